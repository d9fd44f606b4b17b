import type { RecordFilter } from '../../audit/export/record-filter.ts'
import { parseRecord } from '../../audit/record/parse.ts'
import type { AuditRecord } from '../../audit/record/record.ts'
import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Settings } from '../../boot/settings.ts'
import type { Language } from '../../model/language.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { UsageError, VerificationError } from '../terminal/failure.ts'

/**
 * Labels for the words of records: those of the rule set in the log, else of the rule files of the settings. Without either, a word
 * is its own label; the meaning of a record does not depend on it.
 */
export function availableLabels(
  settings: () => Settings,
  language: Language,
  policySet: PolicySet | undefined,
): Labels {
  const set = policySet ?? readLocalSet(settings)
  return labelsOf(language, ...(set ? [set] : []))
}

/**
 * The vocabulary that a filter by class needs: of the rule set in the log, else of the rule files of the settings.
 * @throws UsageError when a class is asked for and neither is there
 */
export function vocabularyFor(
  { fieldClass }: RecordFilter,
  policySet: PolicySet | undefined,
  settings: () => Settings,
): PolicySet['vocabulary'] | undefined {
  if (fieldClass === undefined) return undefined
  const set = policySet ?? readLocalSet(settings)
  if (set === undefined) throw new UsageError('--class needs the rule files: set SLUIS_POLICIES to their folder')
  return set.vocabulary
}

/** @throws VerificationError for a record that is in the log and that this version cannot read */
export function readRecord(leafIndex: number, text: string): AuditRecord {
  try {
    return parseRecord(text)
  } catch (error) {
    throw new VerificationError(
      `record ${leafIndex}: ${error instanceof SyntaxError ? error.message.replace(/^record: /, '') : 'cannot be read'}`,
    )
  }
}

function readLocalSet(settings: () => Settings): PolicySet | undefined {
  try {
    const loaded = loadPolicySet(readPolicyFolder(settings().policyFolder))
    return loaded.ok ? loaded.set : undefined
  } catch {
    return undefined
  }
}
