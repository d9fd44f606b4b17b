import { simplifyWord } from '../encoding/nearest-word.ts'
import type { LocalisedText } from '../model/language.ts'
import type { PolicyFile } from './policy-set.ts'

/** Words of a rule set with the labels that people read. */
export type NamedWords = ReadonlyMap<string, { readonly label: LocalisedText }>

/**
 * The word that a person means: the word itself, or the only one whose id or label, in Dutch or English, is this text. Capitals,
 * accents, a full stop at the end and the choice between space, `_` and `-` do not matter.
 *
 * @returns undefined when no or more than one word fits
 */
export function findWord(text: string, words: NamedWords): string | undefined {
  if (words.has(text)) return text
  const asked = fold(text)
  const found = [...words].filter(([word, { label }]) =>
    [word, label.nl, label.en].some((name) => fold(name) === asked),
  )
  return found.length === 1 ? found[0]![0] : undefined
}

/** Rule files by id, each with its title as its label. */
export const nameFiles = (files: readonly PolicyFile[]): NamedWords =>
  new Map(files.map(({ id, title }) => [id, { label: { nl: title, en: title } }]))

const fold = (text: string): string => simplifyWord(text.trim().replace(/\.$/, ''))
