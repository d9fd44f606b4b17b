import type { PlacedRecord } from '../../audit/export/read-log.ts'
import type { RecordFilter } from '../../audit/export/record-filter.ts'
import { SluisError } from '../../errors.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { checkFilter, listOpenWords } from '../../review/check-filter.ts'
import { UsageError } from '../terminal/failure.ts'

/**
 * The records of a filter. A filter that matches nothing is refused when a word of it is in no rule file, because a typing error would
 * look like a finding. A word of an earlier rule set that records still name is not.
 *
 * @param set the rule set to look the words up in; without one nothing is refused
 * @throws UsageError after the last record, naming each unknown word by its nearest
 */
export async function* refuseUnknownWords(
  records: AsyncIterable<PlacedRecord>,
  filter: RecordFilter,
  set: PolicySet | undefined,
): AsyncGenerator<PlacedRecord> {
  let hasFound = false
  for await (const placed of records) {
    hasFound = true
    yield placed
  }
  if (!hasFound && set) checkWords(filter, set)
}

/** @throws UsageError that names each unknown word of the filter */
export function checkWords(filter: RecordFilter, set: PolicySet): void {
  try {
    checkFilter(filter, listOpenWords(set))
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    throw new UsageError({
      nl: error.faults.map(({ pointer, detail }) => `${pointer?.slice(1)}: ${detail.nl}`).join('\n'),
      en: error.faults.map(({ pointer, detail }) => `${pointer?.slice(1)}: ${detail.en}`).join('\n'),
    })
  }
}
