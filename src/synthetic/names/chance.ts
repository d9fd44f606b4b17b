/** Seeded chance: the same seed gives the same numbers on every machine, because nothing but 32-bit and IEEE 754 arithmetic makes them. */
export interface Chance {
  /** In [0, 1), evenly spread. */
  fraction(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** True in this share of the cases. */
  happens(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /**
   * Items at the front come more often, as names do: the place is the product of `skew` even draws. Of a hundred items the
   * first gets about 1 % with skew 1, 6 % with skew 2 and 16 % with skew 3.
   */
  pickCommon<Item>(items: readonly Item[], skew: 1 | 2 | 3): Item
}

const WARM_UP_ROUNDS = 15

/**
 * The generator sfc32 of Chris Doty-Humphrey: 128 bits of state, a counter among them, so that no seed has a short cycle. It
 * passes PractRand; it is not for secrets.
 *
 * @param seed a whole number; its lowest 32 bits count
 */
export function createChance(seed: number): Chance {
  let a = 0
  let b = seed | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return result >>> 0
  }
  for (let round = 0; round < WARM_UP_ROUNDS; round++) next()

  const fraction = () => next() / 2 ** 32
  const below = (limit: number) => Math.floor(fraction() * limit)
  return {
    fraction,
    below,
    happens: (share) => fraction() < share,
    pick: (items) => items[below(items.length)]!,
    pickCommon(items, skew) {
      let place = 1
      for (let draw = 0; draw < skew; draw++) place *= fraction()
      return items[Math.floor(place * items.length)]!
    },
  }
}
