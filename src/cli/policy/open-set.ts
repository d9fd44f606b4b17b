import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Language } from '../../model/language.ts'
import { formatFault } from '../../policy/files/fault.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { readSettings } from '../party/open-client.ts'
import type { Terminal } from '../terminal/command.ts'

/** What every command about rule files takes. */
export const POLICY_OPTIONS = { json: { type: 'boolean' }, lang: { type: 'string', default: 'nl' } } as const

/** The set of a folder (by default that of the settings); when it has faults they are printed, and the answer is undefined. */
export function loadSet(
  terminal: Terminal,
  folder: string | undefined,
  { language, isJson }: { readonly language: Language; readonly isJson: boolean },
): PolicySet | undefined {
  const loaded = loadPolicySet(readPolicyFolder(folder ?? readSettings(terminal).policyFolder))
  if (loaded.ok) return loaded.set
  if (isJson) terminal.out(JSON.stringify({ ok: false, faults: loaded.faults }))
  else for (const fault of loaded.faults) terminal.out(formatFault(fault, language))
  return undefined
}
