import type { LocalisedText } from '../model/language.ts'

/** Most choices that an error lists; where there are more, it names the address of the list. */
const MAX_LISTED = 7
/** The same for names of members, which are listed nowhere but in the long description of the API. */
const MAX_LISTED_MEMBERS = 12

/** Where the gateway serves a list of words: the member of the answer at a path of the API. */
export interface ListAddress {
  readonly path: '/v1/vocabulary' | '/v1/policies' | '/openapi.json'
  /** Absent when the answer itself is the list. */
  readonly member?: string
}

/** The list of each kind of word, by the member of a body that takes it. */
const LISTS: Readonly<Record<string, ListAddress>> = {
  recipient: { path: '/v1/vocabulary', member: 'parties' },
  party: { path: '/v1/vocabulary', member: 'parties' },
  sender: { path: '/v1/vocabulary', member: 'parties' },
  purpose: { path: '/v1/vocabulary', member: 'purposes' },
  legalBasis: { path: '/v1/policies' },
  file: { path: '/v1/policies' },
  rule: { path: '/v1/policies' },
  kind: { path: '/v1/vocabulary', member: 'kinds' },
  role: { path: '/v1/vocabulary', member: 'roles' },
  circumstances: { path: '/v1/vocabulary', member: 'circumstances' },
  assessments: { path: '/v1/vocabulary', member: 'assessments' },
  word: { path: '/v1/vocabulary', member: 'assessments' },
  // Of a check: circumstances and assessments.
  setAside: { path: '/v1/vocabulary' },
  field: { path: '/v1/vocabulary', member: 'fields' },
  fields: { path: '/v1/vocabulary', member: 'fields' },
  data: { path: '/v1/vocabulary', member: 'fields' },
  identifiers: { path: '/v1/vocabulary', member: 'fields' },
}

/** Where the choices at a place in a body are listed; `path` leads to the word, or to the object whose members are the words. */
export function findList(path: readonly PropertyKey[]): ListAddress {
  const names = path.filter((step) => typeof step === 'string')
  const [last = '', before = ''] = [names.at(-1), names.at(-2)]
  if (before === 'data' || before === 'identifiers') return { path: '/v1/vocabulary', member: 'fields' }
  return (Object.hasOwn(LISTS, last) ? LISTS[last] : undefined) ?? { path: '/openapi.json' }
}

/** What can be chosen, as the second half of an error: the words where they are few, else the address of their list. */
export function formChoices(words: readonly string[], { path, member }: ListAddress): LocalisedText {
  if (words.length > 0 && words.length <= (path === '/openapi.json' ? MAX_LISTED_MEMBERS : MAX_LISTED)) {
    const list = words.map((word) => `\`${word}\``).join(', ')
    return { nl: `kies uit ${list}`, en: `choose from ${list}` }
  }
  return member === undefined
    ? { nl: `\`GET ${path}\` noemt de keuzes`, en: `\`GET ${path}\` lists the choices` }
    : {
        nl: `\`GET ${path}\` noemt de keuzes onder \`${member}\``,
        en: `\`GET ${path}\` lists the choices under \`${member}\``,
      }
}

/** As `formChoices`, after the word that was probably meant. */
export function formMend(nearest: string | undefined, words: readonly string[], list: ListAddress): LocalisedText {
  const choices = formChoices(words, list)
  if (nearest === undefined) return choices
  return {
    nl: `bedoelde u \`${nearest}\`? ${choices.nl}`,
    en: `did you mean \`${nearest}\`? ${choices.en}`,
  }
}
