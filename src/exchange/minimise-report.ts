import { takeTurns } from '../audit/export/read-log.ts'
import type { Decision } from '../model/decision.ts'
import type { IdentifierKind } from '../model/identifier.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { canonicalise } from '../pseudonym/canonicalise/canonicalise.ts'
import { romaniseWord } from '../pseudonym/canonicalise/words.ts'
import type { FieldValue } from '../report/field-form.ts'
import { createRedact } from '../report/free-text.ts'
import { identifyingValues, minimise } from '../report/minimise.ts'
import type { Submission } from '../report/submission.ts'
import { canonicaliseReport, type UsedIdentifiers } from './canonicalise-fields.ts'

/** What is left of a data subject of whom something passes. */
export interface MinimisedSubject {
  /** In the report and in the decision, from 0. */
  readonly index: number
  /** For pseudonyms, and for the search of the sender itself. */
  readonly identifiers: UsedIdentifiers
  readonly data: Readonly<Record<string, FieldValue>>
  /** How many identifiers were taken out of free text. */
  readonly redactions: number
}

/**
 * What a decision leaves of a report: nothing of a refused one, and of every other each data subject of whom something passes.
 * @throws SluisError `identifier-invalid` with every identifier that is used and fails its check; the value is not named
 */
export async function minimiseReport(
  vocabulary: Vocabulary,
  { dataSubjects }: Pick<Submission, 'dataSubjects'>,
  decision: Pick<Decision, 'outcome' | 'dataSubjects'>,
): Promise<readonly MinimisedSubject[]> {
  if (decision.outcome === 'geweigerd') return []
  const passing = [...dataSubjects.keys()].filter((index) => decision.dataSubjects[index]!.outcome !== 'geweigerd')
  const identifiers = canonicaliseReport(vocabulary, dataSubjects, decision.dataSubjects, passing)
  // One person's free text may name another.
  const redact = createRedact(identifyingValues(vocabulary, dataSubjects, canonicalOf), romaniseWord)
  const subjects: MinimisedSubject[] = []
  for (const [position, index] of passing.entries()) {
    // The longest texts of sixteen persons together would keep other requests waiting.
    if (position > 0) await takeTurns()
    const minimised = minimise(vocabulary, decision.dataSubjects[index]!, dataSubjects[index]!.data, redact)
    subjects.push({ index, identifiers: identifiers[position]!, ...minimised })
  }
  return subjects
}

function canonicalOf(kind: IdentifierKind, text: string): string | undefined {
  const result = canonicalise(kind, text)
  return result.ok ? result.canonical : undefined
}
