/** Letters and their twins in other spellings of a name. In this order: an earlier line makes what a later one looks for. */
const TWINS: readonly (readonly [RegExp, string])[] = [
  [/(?<=..)[eh]$/, ''],
  [/tsj|tsch|tch/g, 'ch'],
  [/sj|sch|sh/g, 's'],
  [/dzh|dj|j/g, 'i'],
  [/oe|ou|oo|o/g, 'u'],
  [/ee|ie|ij|y/g, 'i'],
  [/e/g, 'a'],
  [/ph/g, 'f'],
  [/ck|kh|ch|c|q/g, 'k'],
  [/x/g, 'ks'],
  [/gh/g, 'g'],
  [/th/g, 't'],
  [/z/g, 's'],
  [/w/g, 'v'],
  [/(.)\1+/g, '$1'],
]

/**
 * One spelling for the usual spellings of one name part in the letters a to z. Closer to the letters than its sound: Mohamed
 * and Muhammad have one, Hassan and Hussein two. It is what tells brothers and sisters apart.
 */
export const spellingOf = (name: string): string =>
  TWINS.reduce((text, [spelling, letter]) => text.replace(spelling, letter), name)

/**
 * A spelling, and what is left of it without one of its letters. Two spellings with one letter too few, too many, wrong or
 * swapped with its neighbour have at least one of these in common. The first letter always stays: it is seldom wrong, and
 * often the only difference between two names, as of Daria and Maria.
 *
 * @see https://github.com/wolfgarbe/SymSpell (symmetric deletion)
 */
export function typosOf(spelling: string): readonly string[] {
  const shortened = Array.from(
    { length: Math.max(0, spelling.length - 1) },
    (_, index) => spelling.slice(0, index + 1) + spelling.slice(index + 2),
  )
  return [...new Set([spelling, ...shortened])]
}
