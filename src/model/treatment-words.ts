import type { Outcome, Reason, Release } from './decision.ts'
import type { Language, LocalisedText } from './language.ts'

/**
 * The words for what a decision does to a field, and for the outcome of an exchange. Everything that people read takes them from
 * here, so that a partner, a privacy officer and an auditor read the same words. Values on the wire and in records are not these.
 */

/** What a decision can do to a field, in the order in which people read it. */
export const TREATMENT_NAMES = ['released', 'coarser', 'linkedOnly', 'withheld', 'refused'] as const
export type TreatmentName = (typeof TREATMENT_NAMES)[number]

/** Signs before the words, so that a list can be scanned; the words say the same. */
export const TREATMENT_SIGNS: Readonly<Record<TreatmentName, string>> = {
  released: '✓',
  coarser: '≈',
  linkedOnly: '○',
  withheld: '–',
  refused: '✗',
}

/**
 * How certain the words are: `done` for what happened, `would` for a question beforehand, `wouldHave` for the fields of a refused
 * exchange, of which nothing left.
 */
export type Mood = 'done' | 'would' | 'wouldHave'

/** Names a treatment; a withheld field that may still be linked has a name of its own. */
export function nameTreatment({ release, link }: { readonly release: Release; readonly link: boolean }): TreatmentName {
  if (release === 'verstrekken') return 'released'
  if (release === 'generaliseren') return 'coarser'
  if (release === 'weigeren') return 'refused'
  return link ? 'linkedOnly' : 'withheld'
}

/** A field with the level that it is coarsened to: `Date of birth (geboortejaar)`. */
export const withLevel = (label: string, level: string | undefined): string =>
  level === undefined ? label : `${label} (${level})`

/** A treatment in lower case, with its level and its link: `coarser (geboortejaar), also linked`. */
export function describeTreatment(
  treatment: { readonly release: Release; readonly level?: string | undefined; readonly link: boolean },
  language: Language,
  mood: Mood = 'done',
): string {
  const name = nameTreatment(treatment)
  const isLinkedToo = treatment.link && (name === 'released' || name === 'coarser')
  return `${withLevel(TREATMENT_WORDS[language][mood][name], treatment.level)}${isLinkedToo ? `, ${LINK_WORDS[language].also}` : ''}`
}

export const TREATMENT_WORDS: Readonly<
  Record<Language, Readonly<Record<Mood, Readonly<Record<TreatmentName, string>>>>>
> = {
  nl: {
    done: {
      released: 'verstrekt',
      coarser: 'grover verstrekt',
      linkedOnly: 'alleen gekoppeld',
      withheld: 'achtergehouden',
      refused: 'geweigerd',
    },
    would: {
      released: 'zou worden verstrekt',
      coarser: 'zou grover worden verstrekt',
      linkedOnly: 'zou alleen worden gekoppeld',
      withheld: 'zou worden achtergehouden',
      refused: 'zou worden geweigerd',
    },
    // A refused exchange withholds and refuses in fact; only what would have left is hypothetical.
    wouldHave: {
      released: 'zou zijn verstrekt',
      coarser: 'zou grover zijn verstrekt',
      linkedOnly: 'zou alleen zijn gekoppeld',
      withheld: 'achtergehouden',
      refused: 'geweigerd',
    },
  },
  en: {
    done: {
      released: 'released',
      coarser: 'coarser',
      linkedOnly: 'linked only',
      withheld: 'withheld',
      refused: 'refused',
    },
    would: {
      released: 'would be released',
      coarser: 'would be coarser',
      linkedOnly: 'would be linked only',
      withheld: 'would be withheld',
      refused: 'would be refused',
    },
    wouldHave: {
      released: 'would have been released',
      coarser: 'would have been coarser',
      linkedOnly: 'would have been linked only',
      withheld: 'withheld',
      refused: 'refused',
    },
  },
}

/** Linking: a value that helps to recognise the person inside the gateway. */
export const LINK_WORDS = {
  nl: {
    linked: 'gekoppeld',
    also: 'ook gekoppeld',
    meaning: 'Gekoppeld betekent: gebruikt om de persoon binnen Sluis te herkennen.',
  },
  en: {
    linked: 'linked',
    also: 'also linked',
    meaning: 'Linked means: used to recognise the person inside Sluis.',
  },
} as const satisfies Record<Language, unknown>

/** One refused field refuses the exchange. */
export const REFUSES_ALL: LocalisedText = {
  nl: 'en daarmee de hele uitwisseling',
  en: 'and the whole exchange with it',
}

/** The outcome of an exchange, in lower case. A decision that waits for approval keeps its word after it was approved. */
export const OUTCOME_WORDS: Readonly<Record<Language, Readonly<Record<Outcome, string>>>> = {
  nl: {
    verstrekt: 'verstrekt',
    gedeeltelijk: 'gedeeltelijk verstrekt',
    'in-afwachting': 'alleen na goedkeuring',
    geweigerd: 'geweigerd',
  },
  en: {
    verstrekt: 'released',
    gedeeltelijk: 'released in part',
    'in-afwachting': 'only after approval',
    geweigerd: 'refused',
  },
}

/** Why an exchange was refused, in two words or a clause. */
export const REASON_WORDS: Readonly<Record<Language, Readonly<Record<Reason, string>>>> = {
  nl: { verbod: 'verbod', 'beoordeling-ontbreekt': 'beoordeling ontbreekt', 'geen-grondslag': 'geen grondslag' },
  en: { verbod: 'prohibition', 'beoordeling-ontbreekt': 'assessment missing', 'geen-grondslag': 'no legal basis' },
}

/** `refused (no legal basis)`. */
export function describeOutcome(outcome: Outcome, reason: Reason | undefined, language: Language): string {
  const word = OUTCOME_WORDS[language][outcome]
  return reason === undefined ? word : `${word} (${REASON_WORDS[language][reason]})`
}

/** The outcome in a sentence, for a question that was asked beforehand. */
export function explainOutcome(outcome: Outcome, reason: Reason | undefined, language: Language): string {
  return OUTCOME_SENTENCES[language][reason ?? outcome]
}

const OUTCOME_SENTENCES: Readonly<Record<Language, Readonly<Record<Outcome | Reason, string>>>> = {
  nl: {
    verstrekt: 'Dit mag: alles wat is gevraagd, wordt verstrekt.',
    gedeeltelijk: 'Dit mag gedeeltelijk: niet alles wat is gevraagd, wordt verstrekt.',
    'in-afwachting': 'Dit mag pas als genoeg mensen het hebben goedgekeurd.',
    geweigerd: 'Dit mag niet.',
    verbod: 'Dit mag niet: een verbod staat in de weg.',
    'beoordeling-ontbreekt': 'Dit mag nog niet: een persoon moet eerst een beoordeling verklaren.',
    'geen-grondslag': 'Dit mag niet: geen regel geeft hiervoor een grondslag.',
  },
  en: {
    verstrekt: 'Allowed: everything requested is released.',
    gedeeltelijk: 'Allowed in part: not everything requested is released.',
    'in-afwachting': 'Allowed only once enough people have approved it.',
    geweigerd: 'Not allowed.',
    verbod: 'Not allowed: a prohibition applies.',
    'beoordeling-ontbreekt': 'Not allowed yet: a person must first declare an assessment.',
    'geen-grondslag': 'Not allowed: no rule provides a legal basis.',
  },
}

/** The same text with a capital, for the start of a line. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
