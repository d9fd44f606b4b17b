import { DIALECT_SPELLINGS, READINGS } from './readings.ts'

/** Every reading of a name is a token, so their number is bounded. */
const MAX_SKELETONS = 4

/** The Arabic article, or a word for son or father, written as one word with the name. It may belong to the name: Elena, Benjamin. */
const GLUED_PARTICLE = /^(?:[ae]l|b[ei]n|ab[ou]u?|ait)(?=.{4})/

/**
 * The skeletons of a name: its consonants, each as a class of consonants that languages and scripts write for one another, without
 * vowels but for the first. Hassan and حسن have one, and so have Zhang, Chang and 张. A name whose spelling has two common
 * readings has several; two spellings of one name have at least one in common.
 *
 * Shorter than its sound: many names have one, so it compares names beside a full date only.
 *
 * @param name one name part in the letters a to z
 * @returns at most four, each once, the most common reading first; empty texts for a name without letters of the alphabet
 */
export function skeletonsOf(name: string): readonly string[] {
  const words = new Set([name, DIALECT_SPELLINGS.get(name) ?? name, name.replace(GLUED_PARTICLE, '')])
  const read = READINGS.reduce<readonly string[]>(
    (texts, [spelling, ...readings]) =>
      texts.some((text) => text.search(spelling) >= 0)
        ? distinct(readings.flatMap((reading) => texts.map((text) => text.replace(spelling, reading))))
        : texts,
    [...words],
  )
  return distinct(
    read.map((text) =>
      text
        .replace(/^[aeiouy]/, 'A')
        .replace(/[aeiouy]/g, '')
        .toUpperCase(),
    ),
  )
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].slice(0, MAX_SKELETONS)
