import {
  ATTEMPTS,
  CLASS_WORDS,
  CLOSED_WORDS,
  type FilterMember,
  type RecordFilter,
  TREATMENTS,
} from '../../audit/export/record-filter.ts'
import { findNearestWord } from '../../encoding/nearest-word.ts'
import { UUID } from '../../encoding/uuid.ts'
import { isMoment, isPeriodEmpty, presentFilter } from '../../review/check-filter.ts'
import type { OptionTable } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'

/** Options of every command that filters records. */
export const FILTER_OPTIONS = {
  party: { type: 'string', value: 'ID', what: 'only records in which this organisation is a party' },
  sender: { type: 'string', value: 'ID', what: 'only what this organisation sent' },
  recipient: { type: 'string', value: 'ID', what: 'only what was meant for this organisation' },
  purpose: { type: 'string', value: 'WORD', what: 'only this purpose' },
  basis: { type: 'string', value: 'ID', what: 'only this declared legal basis: the id of a rule file' },
  field: { type: 'string', value: 'WORD', what: 'only decisions about this field' },
  class: {
    type: 'string',
    value: CLASS_WORDS.join('|'),
    what: 'only decisions about a field of this class; avg-9 are the special categories together',
  },
  treatment: {
    type: 'string',
    value: TREATMENTS.join('|'),
    what: 'only where a field, or the field or class that is asked for, was treated so',
  },
  file: { type: 'string', value: 'ID', what: 'only decisions in which a rule of this file determined something' },
  rule: { type: 'string', value: 'ID/RULE', what: 'only decisions in which this rule determined something' },
  outcome: { type: 'string', value: 'WORD', what: 'only this outcome, such as geweigerd' },
  reason: { type: 'string', value: 'WORD', what: 'only refusals for this reason, such as geen-grondslag' },
  attempt: {
    type: 'string',
    value: ATTEMPTS.join('|'),
    what: 'only trials, refusals that stayed, or reports that passed within an hour after a refusal',
  },
  duty: { type: 'string', value: 'WORD', what: 'only decisions with this duty, such as vier-ogen' },
  type: { type: 'string', value: 'WORD', what: 'only this type of record, such as exchange' },
  since: { type: 'string', value: 'DATE', what: 'only from this day or instant' },
  until: { type: 'string', value: 'DATE', what: 'only before this day or instant' },
  exchange: { type: 'string', value: 'ID', what: 'only records about this exchange' },
} as const satisfies OptionTable

/** Options of a report, which takes part of them. */
export const REPORT_FILTER_OPTIONS = {
  sender: FILTER_OPTIONS.sender,
  recipient: FILTER_OPTIONS.recipient,
  field: FILTER_OPTIONS.field,
  class: FILTER_OPTIONS.class,
  treatment: FILTER_OPTIONS.treatment,
  file: FILTER_OPTIONS.file,
  attempt: FILTER_OPTIONS.attempt,
} as const satisfies OptionTable

type FilterValues = { readonly [Option in keyof typeof FILTER_OPTIONS]?: string | undefined }

const MEMBER_OF: Readonly<Record<keyof typeof FILTER_OPTIONS, FilterMember>> = {
  party: 'party',
  purpose: 'purpose',
  sender: 'sender',
  recipient: 'recipient',
  field: 'field',
  class: 'fieldClass',
  treatment: 'treatment',
  file: 'file',
  basis: 'legalBasis',
  rule: 'rule',
  outcome: 'outcome',
  reason: 'reason',
  attempt: 'attempt',
  duty: 'duty',
  type: 'recordType',
  since: 'since',
  until: 'until',
  exchange: 'exchangeId',
}

/**
 * The filter that the options describe. Words of the rule files are checked where those are available.
 * @throws UsageError for an unknown word, with the nearest one, and for a malformed moment or id
 */
export function parseFilter(values: FilterValues): RecordFilter {
  const options = Object.keys(FILTER_OPTIONS) as (keyof typeof FILTER_OPTIONS)[]
  const filter: RecordFilter = Object.fromEntries(
    options.flatMap((option) => (values[option] === undefined ? [] : [[MEMBER_OF[option], values[option]]])),
  )
  for (const option of options) checkOption(option, filter[MEMBER_OF[option]])
  if (isPeriodEmpty(filter))
    throw new UsageError('--until is not after --since, so the period is empty; --until itself is left out')
  return presentFilter(filter) ?? {}
}

function checkOption(option: keyof typeof FILTER_OPTIONS, word: string | undefined): void {
  if (word === undefined) return
  const member = MEMBER_OF[option]
  if (member in CLOSED_WORDS) {
    const known: readonly string[] = CLOSED_WORDS[member as keyof typeof CLOSED_WORDS]
    if (known.includes(word)) return
    const nearest = findNearestWord(word, known)
    const mend = nearest === undefined ? `choose from ${known.join(', ')}` : `did you mean \`${nearest}\`?`
    throw new UsageError(`--${option}: this word is not known; ${mend}`)
  }
  if ((option === 'since' || option === 'until') && !isMoment(word)) {
    throw new UsageError(`--${option} takes a date as YYYY-MM-DD or an instant as in RFC 3339`)
  }
  if (option === 'exchange' && !UUID.test(word)) {
    throw new UsageError('--exchange takes the id of an exchange: 36 lower-case hexadecimal digits and hyphens')
  }
}
