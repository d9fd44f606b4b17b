import type { Chance } from './names/chance.ts'

/** Errors of typing, scanning and hearing. Every function returns the text unchanged when it cannot be corrupted. */

const KEYBOARD_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** A key next to the right one, a letter too few, a letter twice, or two neighbours in the wrong order. */
export function mistype(chance: Chance, text: string): string {
  const letters = [...text]
  if (letters.length < 3) return text
  const place = 1 + chance.below(letters.length - 2)
  const letter = letters[place]!
  const neighbours = neighboursOf(letter)
  const slip = chance.below(neighbours.length > 0 ? 4 : 3)
  if (slip === 0) letters.splice(place, 1)
  else if (slip === 1) letters.splice(place, 0, letter)
  else if (slip === 2) letters.splice(place, 2, letters[place + 1]!, letter)
  else letters[place] = chance.pick(neighbours)
  return letters.join('')
}

function neighboursOf(letter: string): readonly string[] {
  const row = KEYBOARD_ROWS.find((keys) => keys.includes(letter))
  if (!row) return []
  const place = row.indexOf(letter)
  return [row[place - 1], row[place + 1]].filter((key) => key !== undefined)
}

const LOOKALIKES: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['cl', 'd'],
  ['vv', 'w'],
  ['ii', 'u'],
  ['li', 'h'],
  ['e', 'c'],
  ['l', 'i'],
  ['h', 'b'],
  ['n', 'r'],
  ['g', 'q'],
]

/** Letters that a scanner confuses. */
export const misread = (chance: Chance, text: string): string => replaceOnce(chance, text, LOOKALIKES)

const SOUNDALIKES: readonly (readonly [string, string])[] = [
  ['ij', 'ei'],
  ['ou', 'au'],
  ['oe', 'u'],
  ['ch', 'g'],
  ['sch', 'sj'],
  ['ph', 'f'],
  ['th', 't'],
  ['ck', 'k'],
  ['c', 'k'],
  ['z', 's'],
  ['v', 'f'],
  ['y', 'i'],
  ['x', 'ks'],
  ['q', 'k'],
  ['d', 't'],
  ['b', 'p'],
  ['aa', 'a'],
  ['ss', 's'],
]

/** Spelling of a name that was only heard. */
export const mishear = (chance: Chance, text: string): string => replaceOnce(chance, text, SOUNDALIKES)

function replaceOnce(chance: Chance, text: string, pairs: readonly (readonly [string, string])[]): string {
  const possible = pairs
    .flatMap(([one, other]) => [[one, other] as const, [other, one] as const])
    .filter(([from]) => text.indexOf(from, 1) > 0)
  if (possible.length === 0) return text
  const [from, to] = chance.pick(possible)
  const place = text.indexOf(from, 1)
  return `${text.slice(0, place)}${to}${text.slice(place + from.length)}`
}

/** Another digit somewhere. */
export function mistypeDigit(chance: Chance, text: string): string {
  const places = [...text].flatMap((character, place) => (/\d/.test(character) ? [place] : []))
  if (places.length === 0) return text
  const place = chance.pick(places)
  const digit = (Number(text[place]) + 1 + chance.below(9)) % 10
  return `${text.slice(0, place)}${digit}${text.slice(place + 1)}`
}

/** Without diacritics, as typed on a keyboard without them. */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
