import { doubleMetaphone } from 'double-metaphone'

/**
 * Spellings of one consonant in the languages that reports come from, as English writes it: Dutch, French and German, the
 * romanisations of Arabic, Persian and Cyrillic. Double Metaphone only knows English. Applied in this order.
 *
 * | spelling | of | source |
 * |---|---|---|
 * | `kh` k, `gh` k, `dh` d, `th` t | خ غ ذ ث, Cyrillic х | BGN/PCGN romanisation of Arabic (1956) and of Russian (1947) |
 * | `tsj`, `sj`, `dj`, `tj` | ч ш ج in Dutch and French | Taalunie transliteration of Russian; French practice in the Maghreb |
 * | a vowel after a first h, j, w or y | ه ح ج و ي | Arabic, Persian and Hebrew write no short vowels |
 * | no h at the end | ة | BGN/PCGN: `ah` or `a` |
 * | `isl`, `ti` before a vowel | | exceptions of English spelling (island, nation) that other names do not make |
 */
const CONSONANTS: readonly (readonly [RegExp, string])[] = [
  [/tsj|tsch|tch/g, 'ch'],
  [/sj|sch/g, 'sh'],
  [/dzh|dj|zh|jj/g, 'j'],
  [/kh|gh/g, 'k'],
  [/dh/g, 'd'],
  [/th/g, 't'],
  [/(?<=[bdfjklmnqrvwz])h$/, ''],
  [/^([hjwy])(?![aeiouyhr]|$)/, '$1a'],
  // Jan, Julia, Jamal: a glide nearly everywhere outside English.
  [/^j(?=[aeiou])/, 'y'],
  [/(?<=t)j(?=[aeou])|(?<=[lr]i)j(?=a$)/, 'y'],
  [/ti(?=[ao])/g, 'ty'],
  [/(?<=[iy])sl/g, 'zl'],
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
