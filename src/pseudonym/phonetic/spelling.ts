/** Letters and their equivalents in other spellings of a name. Applied in this order: later lines depend on earlier ones. */
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
 * A common form of the usual spellings of one name part in the letters a to z. Closer to the letters than its sound: Mohamed and
 * Muhammad have one, Hassan and Hussein two. It distinguishes siblings.
 */
export const spellingOf = (name: string): string =>
  TWINS.reduce((text, [spelling, letter]) => text.replace(spelling, letter), name)

/**
 * A spelling, and its variants with one letter deleted. Two spellings with one letter too few, too many, wrong or
 * swapped with its neighbour have at least one of these in common. The first letter is never deleted: it is seldom wrong, and
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
