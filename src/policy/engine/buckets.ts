import { firstFact } from './condition-index.ts'
import type { NarrowingIndex } from './narrowing-index.ts'
import type { Eras } from './periods.ts'
import type { PermitIndex } from './permit-index.ts'
import { type Point, type ScopeWords, scopesAdmitting } from './scope-index.ts'

/** The permits and bars that are in scope for one sender, recipient, purpose and role, bars also in force in one era. */
export interface Bucket {
  /**
   * Two numbers a tree of permits: a fact without which nothing in it fires, or -1, and its root. Most trees are skipped on
   * the first number alone.
   */
  readonly trees: Int32Array
  /** Words of the bars' vectors in which a bar is in scope and in force, strictest first, and those bars. */
  readonly words: Int32Array
  readonly bars: Uint32Array
}

export interface Buckets {
  bucketAt(point: Point, era: number): Bucket
}

/** How many numbers the remembered buckets may contain together: tens of megabytes, whatever questions come. */
const MAX_REMEMBERED = 4_000_000

/**
 * Buckets are made on first use, because most combinations of parties and purposes never occur, and are remembered up to a
 * bound. Remembering changes how long a decision takes, never what it is.
 */
export function createBuckets(
  permits: PermitIndex,
  narrowings: NarrowingIndex,
  words: ScopeWords,
  eras: Eras,
): Buckets {
  const [senders, recipients, purposes, roles] = words.map(({ ids }) => ids.size)
  const eraCount = eras.starts.length + 1
  // Integers are exact below 2^53; a set with more combinations than that remembers no buckets.
  const isNumberable = senders! * recipients! * purposes! * roles! * eraCount < Number.MAX_SAFE_INTEGER
  const buckets = new Map<number, Bucket>()
  let remembered = 0

  function makeBucket(point: Point, era: number): Bucket {
    const { bars } = narrowings
    const wordsInScope: number[] = []
    const barsInScope: number[] = []
    for (const bar of scopesAdmitting(narrowings.scopes, point)) {
      if (era < bars.from[bar]! || era >= bars.until[bar]!) continue
      const word = bar >>> 5
      if (wordsInScope.at(-1) !== word) {
        wordsInScope.push(word)
        barsInScope.push(0)
      }
      barsInScope[barsInScope.length - 1]! |= 1 << (bar & 31)
    }
    return {
      trees: Int32Array.from(
        scopesAdmitting(permits.scopes, point).flatMap((scope) => {
          const root = permits.trees.roots[scope]!
          return [firstFact(permits.trees, root), root]
        }),
      ),
      words: Int32Array.from(wordsInScope),
      bars: Uint32Array.from(barsInScope),
    }
  }

  return {
    bucketAt: (point, era) => {
      if (!isNumberable) return makeBucket(point, era)
      const [sender, recipient, purpose, role] = point
      const key = (((sender * recipients! + recipient) * purposes! + purpose) * roles! + role) * eraCount + era
      const known = buckets.get(key)
      if (known !== undefined) return known
      const bucket = makeBucket(point, era)
      remembered += sizeOf(bucket)
      buckets.set(key, bucket)
      for (const [oldest, { trees, words }] of buckets) {
        if (remembered <= MAX_REMEMBERED) break
        remembered -= sizeOf({ trees, words })
        buckets.delete(oldest)
      }
      return bucket
    },
  }
}

const sizeOf = ({ trees, words }: Pick<Bucket, 'trees' | 'words'>): number => 50 + trees.length + 2 * words.length
