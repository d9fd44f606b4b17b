/** Numbers for words, from 0 up in the order in which they were first seen. */
export interface WordIds {
  readonly ids: ReadonlyMap<string, number>
  /** The number of a word, a new one if it has none. */
  add(word: string): number
}

export function createWordIds(): WordIds {
  const ids = new Map<string, number>()
  return {
    ids,
    add: (word) => {
      const id = ids.get(word) ?? ids.size
      ids.set(word, id)
      return id
    },
  }
}
