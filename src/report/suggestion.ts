const MAX_DISTANCE = 2

/**
 * The known word that was probably meant: at most two typing errors away, and fewer than half of the word. Case, accents
 * and the choice between space, `_` and `-` do not count. Undefined when no word is near.
 */
export function findNearestWord(sent: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let smallest = MAX_DISTANCE + 1
  for (const word of known) {
    if (Math.abs(sent.length - word.length) > MAX_DISTANCE * 2) continue
    const distance = measureDistance(simplify(sent), simplify(word))
    if (distance < smallest && distance < word.length / 2) {
      nearest = word
      smallest = distance
    }
  }
  return nearest
}

const simplify = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')

/** Optimal string alignment: insert, delete, replace and swap of neighbours each count one. */
function measureDistance(a: string, b: string): number {
  let twoAgo: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(replace, previous[j]! + 1, current[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, twoAgo[j - 2]! + 1)
      current.push(cost)
    }
    twoAgo = previous
    previous = current
  }
  return previous[b.length]!
}
