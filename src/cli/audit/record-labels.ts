import { parseRecord } from '../../audit/record/parse.ts'
import type { AuditRecord } from '../../audit/record/record.ts'
import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Settings } from '../../boot/settings.ts'
import type { LoadSet } from '../../exchange/rule-sets/archived.ts'
import type { Language } from '../../model/language.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type FindVocabulary, vocabulariesOf } from '../../review/class-fields.ts'
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
 * The vocabularies that a filter by class needs: of the archived set of each record, or the rule files of the settings where they are
 * that set.
 * @throws UsageError from the look-up, for a set that is in neither
 */
export function vocabulariesFor(loadSet: LoadSet, settings: () => Settings): FindVocabulary {
  let local: PolicySet | undefined
  return vocabulariesOf(loadSet, (policyHash) => {
    local ??= readLocalSet(settings)
    if (local?.policyHash === policyHash) return local.vocabulary
    throw new UsageError({
      nl: `--class: over records is beslist onder regels ${policyHash}, die hier niet zijn; geef ze met --policies FILE, zoals \`sluis audit policies\` ze schrijft`,
      en: `--class: records were decided under rule set ${policyHash}, which is not here; give it with --policies FILE, as \`sluis audit policies\` writes it`,
    })
  })
}

/** @throws VerificationError for a record that is in the log and that this version cannot read */
export function readRecord(leafIndex: number, text: string): AuditRecord {
  try {
    return parseRecord(text)
  } catch (error) {
    throw new VerificationError({
      nl: `record ${leafIndex}: ${error instanceof SyntaxError ? error.message.replace(/^record: /, '') : 'is niet te lezen'}`,
      en: `record ${leafIndex}: ${error instanceof SyntaxError ? error.message.replace(/^record: /, '') : 'cannot be read'}`,
    })
  }
}

/** The rule files of the settings; undefined where there are none without faults. */
export function readLocalSet(settings: () => Settings): PolicySet | undefined {
  try {
    const loaded = loadPolicySet(readPolicyFolder(settings().policyFolder))
    return loaded.ok ? loaded.set : undefined
  } catch {
    return undefined
  }
}
