import {
  ATTEMPTS,
  CLASS_WORDS,
  CLOSED_WORDS,
  type FilterMember,
  type RecordFilter,
  TREATMENTS,
} from '../../audit/export/record-filter.ts'
import { findNearestWord, simplifyWord } from '../../encoding/nearest-word.ts'
import { UUID } from '../../encoding/uuid.ts'
import { findWord, type NamedWords, nameFiles } from '../../policy/find-word.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { isMoment, isPeriodEmpty, presentFilter } from '../../review/check-filter.ts'
import type { OptionTable } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'

/** Options of every command that filters records. */
export const FILTER_OPTIONS = {
  party: {
    type: 'string',
    value: 'ID',
    what: {
      nl: 'alleen records waarin deze organisatie partij is',
      en: 'only records in which this organisation is a party',
    },
  },
  sender: {
    type: 'string',
    value: 'ID',
    what: { nl: 'alleen wat deze organisatie stuurde', en: 'only what this organisation sent' },
  },
  recipient: {
    type: 'string',
    value: 'ID',
    what: { nl: 'alleen wat voor deze organisatie bedoeld was', en: 'only what was meant for this organisation' },
  },
  purpose: { type: 'string', value: 'WORD', what: { nl: 'alleen dit doel', en: 'only this purpose' } },
  basis: {
    type: 'string',
    value: 'ID',
    what: {
      nl: 'alleen deze opgegeven grondslag: het id van een regelbestand',
      en: 'only this declared legal basis: the id of a rule file',
    },
  },
  field: {
    type: 'string',
    value: 'WORD',
    what: { nl: 'alleen besluiten over dit gegeven', en: 'only decisions about this field' },
  },
  class: {
    type: 'string',
    value: CLASS_WORDS.join('|'),
    what: {
      nl: 'alleen besluiten over een gegeven van deze klasse; avg-9 zijn de bijzondere categorieën samen',
      en: 'only decisions about a field of this class; avg-9 are the special categories together',
    },
  },
  treatment: {
    type: 'string',
    value: TREATMENTS.join('|'),
    what: {
      nl: 'alleen waar een gegeven, of het gevraagde gegeven of de gevraagde klasse, zo werd behandeld',
      en: 'only where a field, or the field or class that is asked for, was treated so',
    },
  },
  file: {
    type: 'string',
    value: 'ID',
    what: {
      nl: 'alleen besluiten waarin een regel van dit bestand iets bepaalde',
      en: 'only decisions in which a rule of this file determined something',
    },
  },
  rule: {
    type: 'string',
    value: 'ID/RULE',
    what: {
      nl: 'alleen besluiten waarin deze regel iets bepaalde',
      en: 'only decisions in which this rule determined something',
    },
  },
  outcome: {
    type: 'string',
    value: 'WORD',
    what: { nl: 'alleen deze uitkomst, zoals geweigerd', en: 'only this outcome, such as geweigerd' },
  },
  reason: {
    type: 'string',
    value: 'WORD',
    what: {
      nl: 'alleen weigeringen om deze reden, zoals geen-grondslag',
      en: 'only refusals for this reason, such as geen-grondslag',
    },
  },
  attempt: {
    type: 'string',
    value: ATTEMPTS.join('|'),
    what: {
      nl: 'alleen pogingen, weigeringen die bleven, of meldingen die binnen een uur na een weigering slaagden',
      en: 'only trials, refusals that stayed, or reports that passed within an hour after a refusal',
    },
  },
  duty: {
    type: 'string',
    value: 'WORD',
    what: {
      nl: 'alleen besluiten met deze verplichting, zoals vier-ogen',
      en: 'only decisions with this duty, such as vier-ogen',
    },
  },
  type: {
    type: 'string',
    value: 'WORD',
    what: { nl: 'alleen dit type record, zoals exchange', en: 'only this type of record, such as exchange' },
  },
  since: {
    type: 'string',
    value: 'DATE',
    what: { nl: 'alleen vanaf deze dag of dit moment', en: 'only from this day or instant' },
  },
  until: {
    type: 'string',
    value: 'DATE',
    what: { nl: 'alleen voor deze dag of dit moment', en: 'only before this day or instant' },
  },
  exchange: {
    type: 'string',
    value: 'ID',
    what: { nl: 'alleen records over deze uitwisseling', en: 'only records about this exchange' },
  },
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
 * The filter that the options describe. Labels and capitals become the word that they mean, those of the rule files where these are
 * available.
 *
 * @param readSet the rule files to look labels up in
 * @throws UsageError for an unknown word, with the nearest one, and for a malformed moment or id
 */
export function parseFilter(values: FilterValues, readSet: () => PolicySet | undefined): RecordFilter {
  const options = Object.keys(FILTER_OPTIONS) as (keyof typeof FILTER_OPTIONS)[]
  const filter: RecordFilter = Object.fromEntries(
    options.flatMap((option) => {
      const [member, text] = [MEMBER_OF[option], values[option]]
      return text === undefined ? [] : [[member, findMeant(member, text, readSet)]]
    }),
  )
  for (const option of options) checkOption(option, filter[MEMBER_OF[option]])
  if (isPeriodEmpty(filter))
    throw new UsageError({
      nl: '--until ligt niet na --since, dus de periode is leeg; --until zelf doet niet mee',
      en: '--until is not after --since, so the period is empty; --until itself is left out',
    })
  return presentFilter(filter) ?? {}
}

function findMeant(member: FilterMember, text: string, readSet: () => PolicySet | undefined): string {
  if (member in CLOSED_WORDS) {
    const known: readonly string[] = CLOSED_WORDS[member as keyof typeof CLOSED_WORDS]
    return known.find((word) => simplifyWord(word) === simplifyWord(text.trim())) ?? text
  }
  // What looks like a word may be one of an earlier rule set, which records still name.
  if (/^[a-z0-9-]+$/.test(text)) return text
  const words = LABELLED[member]
  const set = words && readSet()
  return (set && findWord(text, words(set))) ?? text
}

const LABELLED: { readonly [Member in FilterMember]?: (set: PolicySet) => NamedWords } = {
  party: ({ parties }) => parties,
  sender: ({ parties }) => parties,
  recipient: ({ parties }) => parties,
  purpose: ({ vocabulary }) => vocabulary.purposes,
  field: ({ vocabulary }) => vocabulary.fields,
  file: ({ files }) => nameFiles(files),
  legalBasis: ({ files, rulesByFile }) => nameFiles(files.filter(({ id }) => rulesByFile.has(id))),
}

function checkOption(option: keyof typeof FILTER_OPTIONS, word: string | undefined): void {
  if (word === undefined) return
  const member = MEMBER_OF[option]
  if (member in CLOSED_WORDS) {
    const known: readonly string[] = CLOSED_WORDS[member as keyof typeof CLOSED_WORDS]
    if (known.includes(word)) return
    const nearest = findNearestWord(word, known)
    const mend =
      nearest === undefined
        ? { nl: `kies uit ${known.join(', ')}`, en: `choose from ${known.join(', ')}` }
        : { nl: `bedoelde u \`${nearest}\`?`, en: `did you mean \`${nearest}\`?` }
    throw new UsageError({
      nl: `--${option}: dit woord is niet bekend; ${mend.nl}`,
      en: `--${option}: this word is not known; ${mend.en}`,
    })
  }
  if ((option === 'since' || option === 'until') && !isMoment(word)) {
    throw new UsageError({
      nl: `--${option} is een datum als JJJJ-MM-DD of een moment zoals in RFC 3339`,
      en: `--${option} takes a date as YYYY-MM-DD or an instant as in RFC 3339`,
    })
  }
  if (option === 'exchange' && !UUID.test(word)) {
    throw new UsageError({
      nl: '--exchange is het id van een uitwisseling: 36 hexadecimale cijfers en streepjes, in kleine letters',
      en: '--exchange takes the id of an exchange: 36 lower-case hexadecimal digits and hyphens',
    })
  }
}
