import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Language } from '../../model/language.ts'
import { formatFault } from '../../policy/files/fault.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { OptionTable, Terminal } from '../terminal/command.ts'
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

/** The rule set of a folder; undefined when it has faults, which are printed. */
export function loadSet(
  terminal: Terminal,
  folder: string,
  { language, isJson }: { readonly language: Language; readonly isJson: boolean },
): PolicySet | undefined {
  const loaded = loadPolicySet(readPolicyFolder(folder))
  if (loaded.ok) return loaded.set
  if (isJson) terminal.out(JSON.stringify({ ok: false, faults: loaded.faults }))
  else for (const fault of loaded.faults) terminal.out(formatFault(fault, language))
  return undefined
}
