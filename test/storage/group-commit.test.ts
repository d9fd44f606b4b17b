import { describe, expect, test } from 'vitest'
import type { Commit, CommitResult } from '../../src/ports/commit.ts'
import { createGroupCommit } from '../../src/storage/group-commit.ts'

/** A store that notes its batches, and finishes or fails each when the test says so. */
function recordingStore() {
  const batches: { records: string[]; finish: () => void; fail: (error: Error) => void }[] = []
  return {
    batches,
    commit: (commits: readonly Commit[]) =>
      new Promise<readonly CommitResult[]>((resolve, reject) => {
        const records = commits.map(({ record }) => record)
        const results = records.map(
          (record) => ({ status: 'committed', receipt: { leafIndex: 0, record, proof: '' } }) as const,
        )
        batches.push({ records, finish: () => resolve(results), fail: reject })
      }),
  }
}

const nextTurns = async (turns = 3) => {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const commit = (record: string): Commit => ({ record })

describe('group commit', () => {
  test('commits that arrive in one turn of the event loop are one batch, in order', async () => {
    const store = recordingStore()
    const queue = createGroupCommit(store)
    const results = ['a', 'b', 'c'].map((record) => queue.commit(commit(record)))
    await Promise.resolve()
    results.push(queue.commit(commit('d')))
    expect(store.batches).toEqual([])
    await nextTurns()
    expect(store.batches.map(({ records }) => records)).toEqual([['a', 'b', 'c', 'd']])
    store.batches[0]!.finish()
    expect(
      (await Promise.all(results)).map((result) => result.status === 'committed' && result.receipt.record),
    ).toEqual(['a', 'b', 'c', 'd'])
  })

  test('one batch is under way at a time, and commits that arrive meanwhile are the next', async () => {
    const store = recordingStore()
    const queue = createGroupCommit(store)
    const first = queue.commit(commit('a'))
    await nextTurns()
    const others = ['b', 'c'].map((record) => queue.commit(commit(record)))
    await nextTurns()
    expect(store.batches).toHaveLength(1)
    store.batches[0]!.finish()
    await first
    await nextTurns()
    expect(store.batches[1]?.records).toEqual(['b', 'c'])
    store.batches[1]!.finish()
    await Promise.all(others)
  })

  test('a batch holds at most as many as allowed, and nothing is lost or reordered', async () => {
    const sizes: number[] = []
    const stored: string[] = []
    const queue = createGroupCommit(
      {
        commit: async (commits) => {
          sizes.push(commits.length)
          stored.push(...commits.map(({ record }) => record))
          return commits.map(() => ({ status: 'already-stored' }))
        },
      },
      { maxBatch: 4 },
    )
    const records = Array.from({ length: 10 }, (_, index) => `${index}`)
    await Promise.all(records.map((record) => queue.commit(commit(record))))
    expect(sizes).toEqual([4, 4, 2])
    expect(stored).toEqual(records)
  })

  test('an error reaches exactly the commits of its batch', async () => {
    const store = recordingStore()
    const queue = createGroupCommit(store, { maxBatch: 2 })
    const settled = Promise.allSettled(['a', 'b', 'c'].map((record) => queue.commit(commit(record))))
    await nextTurns()
    store.batches[0]!.fail(new Error('no room'))
    await nextTurns()
    store.batches[1]!.finish()
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    const later = queue.commit(commit('d'))
    await nextTurns()
    store.batches[2]!.finish()
    expect(await later).toMatchObject({ status: 'committed' })
  })
})
