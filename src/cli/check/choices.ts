import type { Language, LocalisedText } from '../../model/language.ts'
import { mendUnknown, quote } from '../../policy/files/fault.ts'
import { UsageError } from '../terminal/failure.ts'
import type { PolicyList, Words } from './gateway-answers.ts'
import type { Choices } from './statements.ts'

/** What was given on the command line or in a file; the rest is still to choose. */
export interface GivenChoices {
  readonly recipient?: string
  readonly purpose?: string
  readonly role?: string
  readonly legalBasis?: string
  readonly fields?: readonly string[]
}

export interface Choice {
  readonly id: string
  readonly label: string
}

export const DIMENSIONS = ['recipient', 'purpose', 'role', 'legalBasis', 'fields'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Words to choose from: those that some rule knows together with the earlier choices, and the others. */
export interface ChoiceList {
  readonly known: readonly Choice[]
  readonly others: readonly Choice[]
}

/** Lists what can be chosen, from what a gateway publishes about its rules. */
export interface ChoiceLists {
  list(dimension: Dimension, given: GivenChoices): ChoiceList
}

/** @param today legal date, `YYYY-MM-DD`: rules that are not valid on it know nothing */
export function createChoiceLists(
  sender: string,
  vocabulary: Words,
  { policies }: PolicyList,
  language: Language,
  today: string,
): ChoiceLists {
  const party = sender.split('.')[0]!
  const rules = policies.flatMap(({ id, rules = [] }) =>
    rules
      .filter(({ from, until }) => from <= today && (until === undefined || today < until))
      .filter(({ senders }) => senders?.includes(party) ?? true)
      .map((rule) => ({ ...rule, basis: id })),
  )
  const labelled = (words: readonly { readonly id: string; readonly label: LocalisedText }[]): readonly Choice[] =>
    words.map(({ id, label }) => ({ id, label: label[language] }))
  const choices: Readonly<Record<Dimension, readonly Choice[]>> = {
    recipient: labelled(vocabulary.parties).filter(({ id }) => id !== party),
    purpose: labelled(vocabulary.purposes),
    role: labelled(vocabulary.roles),
    legalBasis: policies.flatMap(({ id, kind, title }) => (kind === 'grondslag' ? [{ id, label: title }] : [])),
    fields: labelled(vocabulary.fields),
  }
  return {
    list(dimension, { recipient, purpose, role, legalBasis }) {
      const admits = (words: readonly string[] | undefined, word: string | undefined) =>
        words === undefined || word === undefined || words.includes(word)
      const about = rules.filter(
        (rule) =>
          admits(rule.recipients, recipient) &&
          admits(rule.purposes, purpose) &&
          admits(rule.roles, role) &&
          (legalBasis === undefined || rule.basis === legalBasis),
      )
      const words: Readonly<Record<Dimension, (rule: (typeof rules)[number]) => readonly string[] | undefined>> = {
        recipient: ({ recipients }) => recipients,
        purpose: ({ purposes }) => purposes,
        role: ({ roles }) => roles,
        legalBasis: ({ basis }) => [basis],
        fields: ({ fields }) => fields,
      }
      const lists = about.map(words[dimension])
      const known = new Set(lists.flatMap((list) => list ?? []))
      const isKnown = ({ id }: Choice) => known.has(id) || lists.includes(undefined)
      const all = choices[dimension]
      return { known: all.filter(isKnown), others: all.filter((choice) => !isKnown(choice)) }
    },
  }
}

/** How what is missing is chosen. */
export interface Chooser {
  /** Undefined when the person stops; an empty list leaves the legal basis to the answers. */
  choose(dimension: Dimension, list: ChoiceList): Promise<readonly string[] | undefined>
  /** Says that only one choice was left, and was taken. */
  tellTaken(dimension: Dimension, choice: Choice): void
}

/**
 * Completes the choices, in an order in which each one narrows the next. What only one rule knows is taken without asking.
 * @returns undefined when the person stops
 */
export async function completeChoices(
  given: GivenChoices,
  lists: ChoiceLists,
  chooser: Chooser,
): Promise<Choices | undefined> {
  let chosen = given
  for (const dimension of DIMENSIONS) {
    if (chosen[dimension] !== undefined) continue
    const list = lists.list(dimension, chosen)
    const [only, ...more] = list.known
    if (only && more.length === 0 && dimension !== 'fields') {
      chooser.tellTaken(dimension, only)
      chosen = { ...chosen, [dimension]: only.id }
      continue
    }
    // No legal basis to choose from: the gateway says so, with what would help.
    if (dimension === 'legalBasis' && only === undefined) continue
    const ids = await chooser.choose(dimension, list)
    if (ids === undefined) return undefined
    if (dimension === 'fields') chosen = { ...chosen, fields: ids }
    else if (ids[0] !== undefined) chosen = { ...chosen, [dimension]: ids[0] }
  }
  return chosen as Choices
}

/** A word that was given for an option. @throws UsageError with the nearest word */
export function requireWord(word: string, option: string, known: readonly Choice[]): string {
  const ids = known.map(({ id }) => id)
  if (ids.includes(word)) return word
  const where = { nl: '`sluis request GET /v1/vocabulary`', en: '`sluis request GET /v1/vocabulary`' }
  const mend = mendUnknown(word, ids, where)
  throw new UsageError({
    nl: `${option}: ${quote(word)} kent de gateway niet; ${mend.nl}`,
    en: `${option}: ${quote(word)} is not known to the gateway; ${mend.en}`,
  })
}

/**
 * The choices that a line names: numbers and ranges of the list (`1 3-5`), words or labels, separated by commas.
 * @returns the part of the line that names none, when there is one
 */
export function parseChoice(
  text: string,
  choices: readonly Choice[],
): { readonly ids: readonly string[] } | { readonly unknown: string } {
  const ids = new Set<string>()
  for (const part of text.split(/[,;]/).map((part) => part.trim())) {
    if (part === '') continue
    const named = choices.find(
      ({ id, label }) => id === part.toLowerCase() || label.toLowerCase() === part.toLowerCase(),
    )
    if (named) {
      ids.add(named.id)
      continue
    }
    for (const number of part.split(/\s+/)) {
      const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(number) ?? []
      const range = choices.slice(Math.max(0, Number(first) - 1), Number(last))
      if (first === undefined || Number(first) < 1 || Number(last) > choices.length || range.length === 0)
        return { unknown: part }
      for (const { id } of range) ids.add(id)
    }
  }
  return { ids: [...ids] }
}
