/** One name and its spellings. */
export interface Spelled {
  /** The usual spelling in Latin letters first, then variants of other languages, keyboards and officials. */
  readonly latin: readonly [string, ...string[]]
  /** Spellings in other scripts; empty where the name is written in Latin letters only. */
  readonly native: readonly string[]
}

/**
 * Names out of a list with white space between them, most common first. `|` separates spellings of one name, `_` is a
 * space: `Lviv|Lvov|Львів`, `Benin_City`.
 */
export function spellings(list: string): readonly Spelled[] {
  return list.trim().split(/\s+/).map(spell)
}

function spell(entry: string): Spelled {
  const all = entry.split('|').map((text) => text.replaceAll('_', ' '))
  const latin = all.filter((text) => !/(?!\p{Script=Latin})\p{L}/u.test(text))
  return { latin: latin as unknown as Spelled['latin'], native: all.filter((text) => !latin.includes(text)) }
}

/** A name made of two parts. Only one part at a time is written in an unusual way. */
export function joinSpelled(head: Spelled, tail: Spelled, between = ''): Spelled {
  const [usualHead, ...otherHeads] = head.latin
  const [usualTail, ...otherTails] = tail.latin
  return {
    latin: [
      `${usualHead}${between}${usualTail}`,
      ...otherHeads.map((text) => `${text}${between}${usualTail}`),
      ...otherTails.map((text) => `${usualHead}${between}${text}`),
    ],
    native: head.native.slice(0, tail.native.length).map((text, place) => `${text}${between}${tail.native[place]}`),
  }
}
