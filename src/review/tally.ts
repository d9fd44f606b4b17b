import { SMALL_CELL } from '../policy/analysis/gaps.ts'

/** The counts of one cell, which words identify. */
export type Count<Words extends string, Column extends string> = Readonly<Record<Words, string>> &
  Readonly<Record<Column, number>>

/** A count of exchanges or persons. */
export type Cell<Words extends string, Column extends string> = Count<Words, Column> & {
  /** Fewer than `SMALL_CELL`: combined with other knowledge it may identify somebody. */
  readonly isSmall: boolean
}

/** Counts in cells, each identified by words and with the same columns. */
export interface Tally<Words extends string, Column extends string> {
  add(name: Readonly<Record<Words, string>>, column: Column, amount?: number): void
  /** Every cell that is not empty, ordered by its words. */
  counts(): readonly Count<Words, Column>[]
  /** The same, with small cells marked. */
  cells(): readonly Cell<Words, Column>[]
}

/**
 * @param words the words that identify a cell, most important first
 * @param columns the counts of each cell
 * @param size the columns whose sum is the size of a cell; all of them when absent
 */
export function createTally<const Words extends string, const Column extends string>(
  words: readonly Words[],
  columns: readonly Column[],
  size: readonly Column[] = columns,
): Tally<Words, Column> {
  const found = new Map<string, Count<Words, Column>>()
  const cells = () => [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell)
  return {
    add(name, column, amount = 1) {
      const key = JSON.stringify(words.map((word) => name[word]))
      const none = Object.fromEntries(columns.map((one) => [one, 0]))
      const cell = found.get(key) ?? ({ ...pick(name, words), ...none } as Count<Words, Column>)
      found.set(key, { ...cell, [column]: cell[column] + amount })
    },
    counts: cells,
    cells: () =>
      cells().map((cell) => ({ ...cell, isSmall: size.reduce((sum, column) => sum + cell[column], 0) < SMALL_CELL })),
  }
}

const pick = <Words extends string>(name: Readonly<Record<Words, string>>, words: readonly Words[]) =>
  Object.fromEntries(words.map((word) => [word, name[word]]))
