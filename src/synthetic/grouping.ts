/** A record of which the person is known. */
export interface Truth {
  readonly entity: string
  /** Position of its file. */
  readonly file: number
}

/** Pairs of records in one group, and how many of them are about one person. */
export interface PairCount {
  readonly found: number
  readonly right: number
}

/** Groups of records that are taken for one person. */
export interface Grouping {
  join(one: number, other: number): void
  areTogether(one: number, other: number): boolean
  /** Pairs in one group; when the records are of two files, only pairs across them. */
  count(): PairCount
}

/** Number of records of the first and of the second file. */
type Sizes = readonly [number, number]

interface Group {
  readonly sizes: Sizes
  readonly byEntity: Map<string, Sizes>
}

/** Every record is a group of its own at first. Pairs are counted while groups grow, so that `count` costs nothing. */
export function createGrouping(records: readonly Truth[], isAcross: boolean): Grouping {
  const parents = records.map((_, position) => position)
  const groups = records.map(({ entity, file }): Group => {
    const sizes: Sizes = file === 0 ? [1, 0] : [0, 1]
    return { sizes, byEntity: new Map([[entity, sizes]]) }
  })
  let found = 0
  let right = 0
  const pairsBetween = (one: Sizes, other: Sizes) =>
    isAcross ? one[0] * other[1] + one[1] * other[0] : (one[0] + one[1]) * (other[0] + other[1])
  const find = (position: number): number => {
    let root = position
    while (parents[root] !== root) root = parents[root]!
    for (let next = position; next !== root; ) {
      const above = parents[next]!
      parents[next] = root
      next = above
    }
    return root
  }
  return {
    join(one, other) {
      const [from, into] = [find(one), find(other)].sort(
        (a, b) => groups[a]!.byEntity.size - groups[b]!.byEntity.size,
      ) as [number, number]
      if (from === into) return
      const [small, large] = [groups[from]!, groups[into]!]
      found += pairsBetween(small.sizes, large.sizes)
      for (const [entity, sizes] of small.byEntity) {
        const known = large.byEntity.get(entity)
        if (known) right += pairsBetween(sizes, known)
        large.byEntity.set(entity, known ? add(known, sizes) : sizes)
      }
      groups[into] = { sizes: add(small.sizes, large.sizes), byEntity: large.byEntity }
      parents[from] = into
    },
    areTogether: (one, other) => find(one) === find(other),
    count: () => ({ found, right }),
  }
}

const add = (one: Sizes, other: Sizes): Sizes => [one[0] + other[0], one[1] + other[1]]

/** The pairs of records about one person, across the files when there are two. */
export function* listTruePairs(records: readonly Truth[], isAcross: boolean): Generator<readonly [number, number]> {
  const byEntity = Map.groupBy(records.keys(), (position) => records[position]!.entity)
  for (const positions of byEntity.values()) {
    for (const [place, one] of positions.entries()) {
      for (const other of positions.slice(place + 1)) {
        if (!isAcross || records[one]!.file !== records[other]!.file) yield [one, other]
      }
    }
  }
}
