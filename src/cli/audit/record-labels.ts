import { parseRecord } from '../../audit/record/parse.ts'
import type { AuditRecord } from '../../audit/record/record.ts'
import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Settings } from '../../boot/settings.ts'
import type { Language } from '../../model/language.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { VerificationError } from '../terminal/failure.ts'

/**
 * Labels for the words of records: of the rule set that the log itself holds, else of the rule files at hand. Without either a
 * word is its own label; what a record says does not depend on it.
 */
export function labelsAtHand(settings: () => Settings, language: Language, policySet: PolicySet | undefined): Labels {
  const set = policySet ?? readSetAtHand(settings)
  return labelsOf(language, ...(set ? [set] : []))
}

/** @throws VerificationError when the record is in the log and yet none that this version reads */
export function readRecord(leafIndex: number, text: string): AuditRecord {
  try {
    return parseRecord(text)
  } catch (error) {
    throw new VerificationError(
      `record ${leafIndex}: ${error instanceof SyntaxError ? error.message.replace(/^record: /, '') : 'cannot be read'}`,
    )
  }
}

function readSetAtHand(settings: () => Settings): PolicySet | undefined {
  try {
    const loaded = loadPolicySet(readPolicyFolder(settings().policyFolder))
    return loaded.ok ? loaded.set : undefined
  } catch {
    return undefined
  }
}
