/** Vectors of bits in words of 32: bit `n` is bit `n % 32` of word `n / 32`. */
export const wordsFor = (bits: number): number => (bits + 31) >>> 5

export function setBit(vector: Uint32Array, bit: number): void {
  vector[bit >>> 5]! |= 1 << (bit & 31)
}

/** Position of the lowest bit that is set in a word that is not zero. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word)
