import type { Language, LocalisedText } from '../model/language.ts'
import type { PolicySet } from './policy-set.ts'

type Labelled = ReadonlyMap<string, { readonly label: LocalisedText }>

/** The labels of a set in one language; a word without a label is its own. */
export interface Labels {
  party(word: string): string
  purpose(word: string): string
  kind(word: string): string
  role(word: string): string
  circumstance(word: string): string
  assessment(word: string): string
  duty(word: string): string
  group(word: string): string
  field(word: string): string
  file(word: string): string
  /** `a, b en c`. */
  list(items: readonly string[]): string
}

/** Labels for use inside sentences; a circumstance loses its full stop. */
export function labelsOf(language: Language, ...sets: readonly PolicySet[]): Labels {
  const find = (words: (set: PolicySet) => Labelled) => (word: string) => {
    const label = sets.map((set) => words(set).get(word)?.label[language]).find((known) => known !== undefined)
    return (label ?? word).replace(/\.$/, '')
  }
  return {
    party: find(({ parties }) => parties),
    purpose: find(({ vocabulary }) => vocabulary.purposes),
    kind: find(({ vocabulary }) => vocabulary.kinds),
    role: find(({ vocabulary }) => vocabulary.roles),
    circumstance: find(({ vocabulary }) => vocabulary.circumstances),
    assessment: find(({ vocabulary }) => vocabulary.assessments),
    duty: find(({ vocabulary }) => vocabulary.duties),
    group: find(({ vocabulary }) => vocabulary.groups),
    field: find(({ vocabulary }) => vocabulary.fields),
    file: (word) => sets.flatMap(({ files }) => files.find(({ id }) => id === word)?.title ?? [])[0] ?? word,
    list(items) {
      const last = items.at(-1) ?? ''
      return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${language === 'nl' ? 'en' : 'and'} ${last}`
    },
  }
}

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  nl: [
    'januari',
    'februari',
    'maart',
    'april',
    'mei',
    'juni',
    'juli',
    'augustus',
    'september',
    'oktober',
    'november',
    'december',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

/** A legal date `YYYY-MM-DD` as people write it. */
export function formatDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-')
  return `${Number(day)} ${MONTHS[language][Number(month) - 1]} ${year}`
}
