import { doubleMetaphone } from 'double-metaphone'

/**
 * Spellings of one consonant in the languages that reports come from, as English writes it: Dutch, French and German, the
 * romanisations of Arabic and of Cyrillic. Double Metaphone only knows English. Applied in this order.
 */
const CONSONANTS: readonly (readonly [RegExp, string])[] = [
  [/tsj|tsch|tch/g, 'ch'],
  [/sj|sch/g, 'sh'],
  [/dzh|dj|zh/g, 'j'],
  // Jan, Julia, Jamal: a glide nearly everywhere outside English.
  [/^j(?=[aeiou])/, 'y'],
  [/kh/g, 'k'],
  // Silent in most languages. Where Arabic writes no vowels it keeps the others apart: Mohamed is mhmd.
  [/(?<=.)(?<![cgpst])h/g, 'a'],
]

/**
 * The sound of a name: the primary Double Metaphone code of one name part in the letters a to z. Vowels count only at the
 * beginning, so the many ways of writing Mohammed, Tetiana or Nguyen have one code each; so have Hassan and Hussein.
 *
 * @returns the empty string for a name without sound, as in a script without a Latin form
 * @see Lawrence Philips, The Double Metaphone Search Algorithm, C/C++ Users Journal 18(6), 2000
 */
export function soundOf(name: string): string {
  const english = CONSONANTS.reduce((text, [spelling, letter]) => text.replace(spelling, letter), name)
  return doubleMetaphone(english)[0]
}
