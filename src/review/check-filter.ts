import {
  FILTER_MEMBERS,
  type FilterBounds,
  type FilterMember,
  type RecordFilter,
} from '../audit/export/record-filter.ts'
import { OPERATOR } from '../audit/record/access.ts'
import { isCalendarDate, isDayOrInstant } from '../encoding/calendar-date.ts'
import { findNearestWord } from '../encoding/nearest-word.ts'
import { type Fault, throwFaults } from '../errors.ts'
import { formatClientId } from '../model/client-id.ts'
import type { LocalisedText } from '../model/language.ts'
import { legalDayStart } from '../policy/legal-date.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import { findList, formMend } from '../report/choices.ts'
import { classFieldsIn, type FindVocabulary } from './class-fields.ts'

/** Members of a filter whose words come from the rule files. */
export type OpenWords = {
  readonly [Member in
    | 'party'
    | 'sender'
    | 'recipient'
    | 'purpose'
    | 'legalBasis'
    | 'field'
    | 'file'
    | 'rule']: ReadonlySet<string>
}

/** The words that a filter may contain under a rule set. @param formerParties parties in the log that are no longer in the set */
export function listOpenWords(set: PolicySet, formerParties: readonly string[] = []): OpenWords {
  const { parties, vocabulary, rules, prohibitions, safeguards } = set
  const people = [...parties.values()].flatMap((party) =>
    [...party.people.keys()].map((person) => formatClientId({ party: party.id, person })),
  )
  const organisations = new Set([...parties.keys(), ...formerParties])
  return {
    party: new Set([...organisations, ...people, OPERATOR]),
    sender: organisations,
    recipient: organisations,
    purpose: new Set(vocabulary.purposes.keys()),
    legalBasis: new Set(set.rulesByFile.keys()),
    field: new Set(vocabulary.fields.keys()),
    file: new Set(set.files.map(({ id }) => id)),
    rule: new Set([...rules, ...prohibitions, ...safeguards].map(({ file, id }) => `${file}/${id}`)),
  }
}

/** Members of a filter whose word is not among the known ones, each with what can be chosen instead. */
export const findUnknownWords = (
  filter: RecordFilter,
  words: { readonly [Member in FilterMember]?: ReadonlySet<string> },
): readonly { readonly member: FilterMember; readonly detail: LocalisedText }[] =>
  FILTER_MEMBERS.flatMap((member) => {
    const [word, known] = [filter[member], words[member]]
    if (word === undefined || known === undefined || known.has(word)) return []
    return [{ member, detail: formUnknown(member, word, known) }]
  })

/**
 * Refuses a filter with an unknown word before it gets into a record: a name that was typed into the wrong field would otherwise
 * stay in the log for ever. Refuses a period that is empty too, because an answer without records would look like a finding.
 *
 * @throws SluisError `word-unknown` at `/filter/…`, one fault for each member; `value-invalid` at `/filter/until`
 */
export function checkFilter(filter: RecordFilter, words: OpenWords): void {
  const faults = findUnknownWords(filter, words).map(
    ({ member, detail }): Fault => ({ code: 'word-unknown', pointer: `/filter/${member}`, detail }),
  )
  throwFaults(isPeriodEmpty(filter) ? [...faults, PERIOD_EMPTY] : faults)
}

const PERIOD_EMPTY: Fault = {
  code: 'value-invalid',
  pointer: '/filter/until',
  detail: {
    nl: 'de periode is leeg: `until` ligt niet na `since`; `until` zelf telt niet mee, dus geef een later moment',
    en: 'the period is empty: `until` is not after `since`; `until` itself is left out, so give a later moment',
  },
}

/** No log of Sluis is older. A date of birth that was typed into the wrong field is refused, and so stays out of the log. */
const FIRST_MOMENT = '2024-01-01'

/** Whether a text is a day (`YYYY-MM-DD`, in Amsterdam) or an instant (RFC 3339) that a log can have a record of. */
export const isMoment = (text: string): boolean => text >= FIRST_MOMENT && isDayOrInstant(text)

/** Whether no moment is in the period of a filter: `until` itself is not in it. */
export const isPeriodEmpty = ({ since, until }: RecordFilter): boolean =>
  since !== undefined && until !== undefined && startOf(until) <= startOf(since)

/**
 * What the words of a filter stand for. A day begins at midnight in Amsterdam, as legal days do.
 * @param findVocabulary for the fields of a class, as the rules of each record class them
 * @throws RangeError for a class without it
 */
export function boundsOf({ since, until, fieldClass }: RecordFilter, findVocabulary?: FindVocabulary): FilterBounds {
  if (fieldClass !== undefined && !findVocabulary) throw new RangeError('filter: a class needs the vocabulary')
  return {
    since: since === undefined ? Number.NEGATIVE_INFINITY : startOf(since),
    until: until === undefined ? Number.POSITIVE_INFINITY : startOf(until),
    ...(fieldClass !== undefined && findVocabulary && { classFieldsOf: classFieldsIn(fieldClass, findVocabulary) }),
  }
}

/** A filter without its undefined members; undefined when it has no other. */
export function presentFilter(filter: RecordFilter | undefined): { readonly [member: string]: string } | undefined {
  const asked = FILTER_MEMBERS.flatMap((member: FilterMember): [string, string][] => {
    const word = filter?.[member]
    return word === undefined ? [] : [[member, word]]
  })
  return asked.length > 0 ? Object.fromEntries(asked) : undefined
}

/**
 * The filter for the record of a use of the log. The id of an exchange that was not found is left out, because its text was chosen
 * freely by the caller.
 * @param found how many records were returned
 */
export const recordedFilter = (
  { exchangeId, ...filter }: RecordFilter,
  found: number,
): { readonly [member: string]: string } | undefined =>
  presentFilter({ ...filter, ...(found > 0 && exchangeId !== undefined && { exchangeId }) })

const startOf = (moment: string): number => (isCalendarDate(moment) ? legalDayStart(moment) : Date.parse(moment))

function formUnknown(member: FilterMember, word: string, known: ReadonlySet<string>): LocalisedText {
  const mend = formMend(findNearestWord(word, known), [...known], findList([member]))
  return { nl: `dit woord is niet bekend; ${mend.nl}`, en: `this word is not known; ${mend.en}` }
}
