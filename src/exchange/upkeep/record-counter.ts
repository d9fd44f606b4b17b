import type { RecordType } from '../../audit/record/record.ts'
import { recordTypeOf } from '../../audit/record/type-of.ts'
import type { Commit } from '../../ports/commit.ts'
import type { Store } from '../../ports/store.ts'
import type { Receipt } from '../../ports/stored.ts'
import { createTurns } from '../turns.ts'

/** The records that a process wrote since its last heartbeat. */
export interface RecordCount {
  /** Index of the first record that is counted. */
  readonly since: number
  /** Number of records by type: those of commits, further records and records of notices. */
  readonly counts: Readonly<Record<string, number>>
  /** Commits that could not be written. */
  readonly failed: number
}

/** The writing side of a store, with a count of what it wrote. */
export interface RecordCounter extends Pick<Store, 'commit'> {
  /** Index of the first record that this process wrote or will write. */
  findStart(): Promise<number>
  /**
   * Commits one record that is formed from the count. It follows directly on what was counted, because nothing is written in
   * between. Then counting starts again. When the record cannot be written, nothing of the count is lost.
   * @throws SluisError `log-unavailable`
   */
  commitCount(form: (count: RecordCount) => string): Promise<Receipt>
  /** False from a commit that could not be written until one is written. */
  isWritable(): boolean
}

/**
 * Counts what is written through it to a store; it must be the store's only writer. Batches are written one after the other, so
 * that a count always covers whole batches. It counts what the store answered, not what is in the database, so that auditors can
 * compare the two.
 */
export function createRecordCounter(store: Pick<Store, 'commit' | 'log'>): RecordCounter {
  let start: number | undefined
  let since: number | undefined
  let counts: Record<string, number> = {}
  let failed = 0
  let isWritable = true
  const inTurn = createTurns()

  const begin = async () => {
    start ??= (await store.log.checkpoint())?.treeSize ?? 0
    since ??= start
    return since
  }

  return {
    async findStart() {
      await inTurn(begin)
      return start!
    },
    commit: (commits) =>
      inTurn(async () => {
        await begin()
        const types = commits.map(typesOf)
        try {
          const results = await store.commit(commits)
          const written = results.flatMap(({ status }, position) => (status === 'committed' ? types[position]! : []))
          for (const type of written) counts[type] = (counts[type] ?? 0) + 1
          // A batch of refusals wrote nothing, which a full disk allows too.
          isWritable ||= written.length > 0
          return results
        } catch (error) {
          failed += commits.length
          isWritable = false
          throw error
        }
      }),
    commitCount: (form) =>
      inTurn(async () => {
        const record = form({ since: await begin(), counts: { ...counts }, failed })
        const [result] = await store.commit([{ record }]).catch((error: unknown) => {
          isWritable = false
          throw error
        })
        if (result?.status !== 'committed') throw new Error('a record on its own is always committed')
        isWritable = true
        since = result.receipt.leafIndex + 1
        counts = {}
        failed = 0
        return result.receipt
      }),
    isWritable: () => isWritable,
  }
}

/** In the order in which they are written. */
const typesOf = ({ record, furtherRecords = [], notices = [] }: Commit): readonly RecordType[] =>
  [record, ...furtherRecords, ...notices.map((notice) => notice.record)].map(recordTypeOf)
