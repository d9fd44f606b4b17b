import { SEPARATORS, type Separator } from '../../audit/export/csv.ts'
import type { OptionTable } from './command.ts'
import { UsageError } from './failure.ts'

const NAMES = Object.keys(SEPARATORS) as Separator[]

/** For commands that write a table. */
export const SEPARATOR_OPTION = {
  separator: {
    type: 'string',
    value: NAMES.join('|'),
    default: 'comma',
    what: { nl: 'tussen de cellen van csv', en: 'between the cells of csv' },
  },
} as const satisfies OptionTable

/** @throws UsageError that names the choices */
export function parseSeparator(text: string): Separator {
  const separator = NAMES.find((known) => known === text)
  if (separator === undefined)
    throw new UsageError({
      nl: `--separator is een van ${NAMES.join(', ')}`,
      en: `--separator is one of ${NAMES.join(', ')}`,
    })
  return separator
}
