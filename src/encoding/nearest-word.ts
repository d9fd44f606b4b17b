/**
 * The known word that was probably meant: within `maxDistance` typing errors, and fewer than half of it. Case, accents and
 * the choice between space, `_` and `-` are ignored; the first of equally near words wins. Undefined when no word is near.
 *
 * @param maxDistance typing errors to allow for a pair of words
 */
export function findNearestWord(
  sent: string,
  known: Iterable<string>,
  maxDistance: (sent: string, word: string) => number = () => 2,
): string | undefined {
  const simplified = simplifyWord(sent.slice(0, MAX_LENGTH))
  let nearest: { word: string; distance: number } | undefined
  for (const word of known) {
    const limit = Math.min(
      maxDistance(sent, word),
      nearest === undefined ? Number.POSITIVE_INFINITY : nearest.distance - 1,
    )
    if (Math.abs(simplified.length - word.length) > limit * 2) continue
    if (word.length > MAX_LENGTH) continue
    const distance = measureDistance(simplified, simplifyWord(word), limit)
    if (distance !== undefined && distance < word.length / 2) nearest = { word, distance }
  }
  return nearest?.word
}

// Bounds the work that a sender, or an officer with a vocabulary, can cause; no word is longer.
const MAX_LENGTH = 64

/** A word for comparison, without case, accents and the difference between space, `_` and `-`. */
export const simplifyWord = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')

/**
 * Optimal string alignment: insert, delete, replace and swap of neighbours each count one. Undefined above the limit, which most
 * pairs exceed after a few letters. Looks no further than the limit beside the diagonal, because each step aside costs one.
 */
function measureDistance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined
  let twoAgo: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = new Array<number>(b.length + 1).fill(Number.POSITIVE_INFINITY)
    current[0] = i
    let least = i
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(replace, previous[j]! + 1, current[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, twoAgo[j - 2]! + 1)
      current[j] = cost
      least = Math.min(least, cost)
    }
    // A later row is no smaller than the smallest of the two before it.
    if (least > limit && Math.min(...previous) > limit) return undefined
    twoAgo = previous
    previous = current
  }
  const distance = previous[b.length]!
  return distance <= limit ? distance : undefined
}
