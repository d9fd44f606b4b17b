import type { LoadSet } from '../exchange/rule-sets/archived.ts'
import { CLASS_GROUPS, type FieldClass, type Vocabulary } from '../model/vocabulary.ts'

type Fields = Pick<Vocabulary, 'fields'>
/** Finds the vocabulary of the rule set that a record was decided under. */
export type FindVocabulary = (policyHash: string) => Promise<Fields>

/**
 * Vocabularies of archived rule sets.
 * @param otherwise the vocabulary for a set that is not archived or that this version cannot read
 */
export const vocabulariesOf =
  (loadSet: LoadSet, otherwise: (policyHash: string) => Fields): FindVocabulary =>
  async (policyHash) => {
    const loaded = await loadSet(policyHash)
    return 'set' in loaded ? loaded.set.vocabulary : otherwise(policyHash)
  }

/** Finds the fields of a class as each rule set classes them, once for each set. */
export function classFieldsIn(
  word: string,
  findVocabulary: FindVocabulary,
): (policyHash: string) => Promise<ReadonlySet<string>> {
  const found = new Map<string, Promise<ReadonlySet<string>>>()
  return (policyHash) => {
    const known = found.get(policyHash) ?? findVocabulary(policyHash).then((vocabulary) => fieldsOf(word, vocabulary))
    found.set(policyHash, known)
    return known
  }
}

function fieldsOf(word: string, { fields }: Fields): ReadonlySet<string> {
  const classes: readonly FieldClass[] = Object.hasOwn(CLASS_GROUPS, word)
    ? CLASS_GROUPS[word as keyof typeof CLASS_GROUPS]
    : [word as FieldClass]
  return new Set([...fields.values()].filter((field) => classes.includes(field.class)).map(({ id }) => id))
}
