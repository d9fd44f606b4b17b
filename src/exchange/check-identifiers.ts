import { type Fault, SluisError } from '../errors.ts'
import type { Decision } from '../model/decision.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import type { Submission } from '../report/submission.ts'
import { findIdentifierFaults } from './identifier-faults.ts'

/**
 * Checks every identifier that will be used, and only those: a number that is withheld anyway is not looked at.
 * @throws SluisError `identifier-invalid` with every fault; the field is named, the value is not
 */
export function checkIdentifiers(
  vocabulary: Vocabulary,
  submission: Submission,
  decision: Decision,
  passing: readonly number[],
): void {
  const faults: Fault[] = []
  for (const index of passing) {
    const { data } = submission.dataSubjects[index]!
    for (const { field, release, link } of decision.dataSubjects[index]!.fields) {
      const kind = vocabulary.fields.get(field)?.identifier
      const value = data[field]
      const isUsed = link || release === 'verstrekken' || release === 'generaliseren'
      if (kind === undefined || value === undefined || !isUsed) continue
      faults.push(...findIdentifierFaults(kind, value, `/dataSubjects/${index}/data/${field}`))
    }
  }
  const [first, ...others] = faults
  if (first) throw new SluisError([first, ...others])
}
