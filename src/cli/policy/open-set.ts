import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Settings } from '../../boot/settings.ts'
import type { Language } from '../../model/language.ts'
import { formatFault } from '../../policy/files/fault.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import type { PolicySet, PolicyText } from '../../policy/policy-set.ts'
import type { OptionTable, Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION } from '../terminal/options.ts'

/** What every command about rule files takes. */
export const POLICY_OPTIONS = { ...LANGUAGE_OPTION, ...JSON_OPTION } as const

export const FOLDER_OPERAND = {
  FOLDER: {
    nl: 'map met de regelbestanden; zonder dit SLUIS_POLICIES',
    en: 'folder of the rule files; without it SLUIS_POLICIES',
  },
} as const

/** For commands whose operand is something else than the rule files. */
export const POLICIES_OPTION = {
  policies: {
    type: 'string',
    value: 'FOLDER',
    what: { nl: 'map met de regelbestanden', en: 'folder of the rule files' },
    otherwise: 'SLUIS_POLICIES',
  },
} as const satisfies OptionTable

export const DATABASE_OPTION = {
  database: {
    type: 'string',
    value: 'FILE',
    what: { nl: 'database van de gateway, of een kopie ervan', en: 'database of the gateway, or a copy of one' },
  },
} as const satisfies OptionTable

/** The only operand of a command, or the folder of the settings. @throws UsageError for a second operand */
export function folderOf({
  positionals,
  settings,
}: {
  readonly positionals: readonly string[]
  readonly settings: () => Settings
}): string {
  if (positionals.length > 1) throw new UsageError({ nl: 'geef één map', en: 'give one folder' })
  return positionals[0] ?? settings().policyFolder
}

/** @throws UsageError for any operand of a command that takes options alone */
export function rejectOperands(positionals: readonly string[]): void {
  if (positionals.length > 0)
    throw new UsageError({
      nl: 'geef alleen opties; deze opdracht neemt verder niets',
      en: 'give options only; this command takes nothing else',
    })
}

/** The rule files of a folder. @throws UsageError when the folder, or a file in it, cannot be read */
export function readRuleFiles(folder: string): readonly PolicyText[] {
  try {
    return readPolicyFolder(folder)
  } catch {
    throw new UsageError({
      nl: `${folder} is niet te lezen; geef het pad van de map met de regelbestanden`,
      en: `${folder} cannot be read; give the path of the folder of the rule files`,
    })
  }
}

/** The rule set of a folder; undefined when it has faults, which are printed. @throws UsageError when it cannot be read */
export function loadSet(
  terminal: Terminal,
  folder: string,
  { language, isJson }: { readonly language: Language; readonly isJson: boolean },
): PolicySet | undefined {
  const loaded = loadPolicySet(readRuleFiles(folder))
  if (loaded.ok) return loaded.set
  if (isJson) terminal.out(JSON.stringify({ ok: false, faults: loaded.faults }))
  else for (const fault of loaded.faults) terminal.out(formatFault(fault, language))
  return undefined
}
