import { parseSettings, type Settings } from '../../boot/settings.ts'
import { UsageError } from './failure.ts'

/** Settings from environment variables. @throws UsageError that names every setting that does not fit */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = parseSettings(environment)
  if (!parsed.ok) throw new UsageError({ nl: parsed.faults.join('\n'), en: parsed.faults.join('\n') })
  return parsed.settings
}
