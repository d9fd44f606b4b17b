import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formatDeliveryRecord } from '../../../src/audit/record/delivery.ts'
import type { HeartbeatRecord } from '../../../src/audit/record/heartbeat.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { createHeartbeatCheck } from '../../../src/audit/verify/heartbeats.ts'
import { parseUtf8 } from '../../../src/encoding/bytes.ts'
import { sluisError } from '../../../src/errors.ts'
import { createHeartbeatWriter } from '../../../src/exchange/upkeep/heartbeat.ts'
import { createRecordCounter } from '../../../src/exchange/upkeep/record-counter.ts'
import type { Commit, CommitResult } from '../../../src/ports/commit.ts'
import type { Store } from '../../../src/ports/store.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { createGroupCommit } from '../../../src/storage/group-commit.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { TEST_LOG_KEY } from '../../storage/commits.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const record = (at: Date) =>
  formatDeliveryRecord({
    type: 'delivered',
    at: at.toISOString(),
    deliveryId: 'd',
    recipient: 'comensha',
    nonce: random(16),
  })

async function openStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-heartbeat-'))
  const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path: join(folder, 'sluis.sqlite'), signer })
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true })
  })
  return store
}

/** A heartbeat writer on a real store, under a wall clock and a passing of time that the test sets apart. */
async function heartbeatWriterOf(start = '2026-11-22T10:00:00.000Z', settings: { checkSeconds?: number } = {}) {
  const store = await openStore()
  let wallMs = Date.parse(start)
  let passedMs = 0
  let isBroken = false
  let attempts = 0
  const stale: string[] = []
  const live = (from = store) => {
    const counter = createRecordCounter({
      log: from.log,
      async commit(commits) {
        attempts += 1
        if (isBroken) throw sluisError('log-unavailable', { nl: 'kapot', en: 'broken' })
        return from.commit(commits)
      },
    })
    const heartbeatWriter = createHeartbeatWriter({
      counter,
      log: from.log,
      clock: () => new Date(wallMs),
      monotonic: () => passedMs,
      random,
      checkSeconds: settings.checkSeconds ?? 1,
      reportStale: (at) => stale.push(at),
    })
    return { heartbeatWriter, queue: createGroupCommit(counter) }
  }
  const first = live()
  return {
    ...first,
    stale,
    /** Another process on the same database; this one is gone without a word. */
    restart: () => live(),
    breakStore: (broken: boolean) => {
      isBroken = broken
    },
    /** How often something was committed, or tried. */
    attempts: () => attempts,
    /** Time passes. */
    pass(ms: number) {
      wallMs += ms
      passedMs += ms
    },
    /** The wall clock is set, and no time passes. */
    shift(ms: number) {
      wallMs += ms
    },
    set(moment: string) {
      wallMs = Date.parse(moment)
    },
    now: () => new Date(wallMs),
    async records() {
      const { treeSize } = (await store.log.checkpoint())!
      return (await store.log.records(0, treeSize)).map((bytes) => parseRecord(parseUtf8(bytes)))
    },
    async beats(): Promise<HeartbeatRecord[]> {
      return (await this.records()).filter((one) => one.type === 'heartbeat')
    },
    async findings() {
      const check = createHeartbeatCheck()
      for (const [leafIndex, one] of (await this.records()).entries()) check.add({ leafIndex, record: one })
      return check.finish().findings
    },
  }
}

describe('a heartbeat writer', () => {
  test('a heartbeat is written at start, each hour and at the stop, and counts the records in between', async () => {
    const context = await heartbeatWriterOf()
    const { heartbeatWriter, queue } = context
    await queue.commit({ record: record(context.now()) })
    await heartbeatWriter.writeFirst('p')
    await queue.commit({ record: record(context.now()), furtherRecords: [record(context.now())] })
    for (let minute = 0; minute < 60; minute++) {
      context.pass(MINUTE)
      await heartbeatWriter.writeIfDue('p')
    }
    context.pass(MINUTE)
    await heartbeatWriter.writeLast('q')
    expect(await context.beats()).toMatchObject([
      { occasion: 'start', since: 0, counts: { delivered: 1 }, failed: 0, policyHash: 'p', everyMinutes: 60 },
      { occasion: 'time', since: 2, counts: { delivered: 2 } },
      { occasion: 'stop', since: 5, counts: {}, policyHash: 'q' },
    ])
    expect((await context.beats())[2]).not.toHaveProperty('everyMinutes')
    expect(await context.findings()).toEqual([])
  })

  test('a heartbeat comes in time where looks are far apart', async () => {
    const context = await heartbeatWriterOf(undefined, { checkSeconds: 600 })
    await context.heartbeatWriter.writeFirst('p')
    for (let look = 0; look < 24; look++) {
      context.pass(10 * MINUTE + 3 * SECOND)
      await context.heartbeatWriter.writeIfDue('p')
    }
    const moments = (await context.beats()).map(({ at }) => Date.parse(at))
    expect(moments.length).toBeGreaterThan(3)
    for (const [index, moment] of moments.slice(1).entries()) expect(moment - moments[index]!).toBeLessThanOrEqual(HOUR)
    expect(await context.findings()).toEqual([])
  })

  const jumps: [what: string, from: string, to: string, seconds: number | undefined][] = [
    ['ahead by an hour, as summer time would', '2027-03-28T00:59:59.000Z', '2027-03-28T01:59:59.000Z', 3600],
    ['back by an hour, as winter time would', '2026-10-25T01:00:00.000Z', '2026-10-25T00:00:00.000Z', -3600],
    ['ahead by a leap year', '2027-12-31T23:59:59.000Z', '2028-12-31T23:59:59.000Z', 366 * 86_400],
    ['back over a leap day', '2028-03-01T00:00:00.000Z', '2028-02-28T00:00:00.000Z', -2 * 86_400],
    ['back to the epoch', '2026-11-22T10:00:00.000Z', '1970-01-01T00:00:00.000Z', -1_795_341_600],
    ['ahead by decades', '2026-11-22T10:00:00.000Z', '2099-11-22T10:00:00.000Z', 2_303_683_200],
    ['ahead by six seconds', '2026-11-22T10:00:00.000Z', '2026-11-22T10:00:06.000Z', 6],
    ['back by six seconds', '2026-11-22T10:00:00.000Z', '2026-11-22T09:59:54.000Z', -6],
    ['by five seconds, which a clock may be off', '2026-11-22T10:00:00.000Z', '2026-11-22T10:00:05.000Z', undefined],
    ['by a leap second', '2026-11-22T10:00:00.000Z', '2026-11-22T09:59:59.000Z', undefined],
  ]
  test.each(jumps)('a heartbeat notes at once a clock that jumps %s', async (_, from, to, seconds) => {
    const context = await heartbeatWriterOf(from)
    await context.heartbeatWriter.writeFirst('p')
    await context.queue.commit({ record: record(context.now()) })
    context.set(to)
    await context.heartbeatWriter.writeIfDue('p')
    await context.queue.commit({ record: record(context.now()) })
    const beats = await context.beats()
    if (seconds === undefined) expect(beats).toHaveLength(1)
    else expect(beats[1]).toMatchObject({ occasion: 'clock', clockShiftSeconds: seconds, at: to, since: 1 })
    // Once is enough, and the order is that of the index.
    await context.heartbeatWriter.writeIfDue('p')
    expect(await context.beats()).toHaveLength(beats.length)
    const noted = seconds === undefined ? [] : [{ kind: 'clock', leafIndex: 2, seconds }]
    expect(await context.findings()).toEqual(noted)
  })

  test('a heartbeat notes every jump of a clock that goes back and forth, and misses no count by it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -40_000_000, max: 40_000_000 }), { minLength: 1, maxLength: 8 }),
        async (shifts) => {
          const context = await heartbeatWriterOf()
          await context.heartbeatWriter.writeFirst('p')
          for (const seconds of shifts) {
            context.shift(seconds * SECOND)
            await context.heartbeatWriter.writeIfDue('p')
            await context.queue.commit({ record: record(context.now()) })
            context.pass(MINUTE)
          }
          await context.heartbeatWriter.writeLast('p')
          let drift = 0
          const noted: number[] = []
          for (const seconds of shifts) {
            drift += seconds
            if (Math.abs(drift) <= 5) continue
            noted.push(drift)
            drift = 0
          }
          if (Math.abs(drift) > 5) noted.push(drift)
          expect((await context.findings()).map((finding) => finding.kind === 'clock' && finding.seconds)).toEqual(
            noted,
          )
        },
      ),
      { numRuns: 15 },
    )
  })

  test('a heartbeat notes a clock that drifts slowly once it is off', async () => {
    const context = await heartbeatWriterOf()
    await context.heartbeatWriter.writeFirst('p')
    for (let look = 0; look < 50; look++) {
      context.pass(SECOND)
      context.shift(125)
      await context.heartbeatWriter.writeIfDue('p')
    }
    expect(await context.beats()).toMatchObject([{ occasion: 'start' }, { occasion: 'clock', clockShiftSeconds: 5 }])
  })

  test('a heartbeat notes at a start that the newest earlier record lies in the future', async () => {
    const context = await heartbeatWriterOf('2027-11-22T10:00:00.000Z')
    await context.heartbeatWriter.writeFirst('p')
    await context.heartbeatWriter.writeLast('p')
    context.set('2026-11-22T10:00:00.000Z')
    const { heartbeatWriter, queue } = context.restart()
    // What this process wrote before its first heartbeat does not hide it.
    await queue.commit({ record: record(context.now()) })
    await heartbeatWriter.writeFirst('p')
    expect((await context.beats())[2]).toMatchObject({
      occasion: 'start',
      since: 2,
      counts: { delivered: 1 },
      clockShiftSeconds: -365 * 86_400,
    })
  })

  test('a heartbeat shows, at the next start, the records of a process that was killed', async () => {
    const context = await heartbeatWriterOf()
    await context.heartbeatWriter.writeFirst('p')
    await context.queue.commit({ record: record(context.now()) })
    context.pass(MINUTE)
    await context.restart().heartbeatWriter.writeFirst('p')
    expect(await context.findings()).toEqual([{ kind: 'uncounted', start: 1, end: 2 }])
  })

  test('a heartbeat that could not be written loses no count, is tried again every ten seconds, and raises the alarm once', async () => {
    const context = await heartbeatWriterOf()
    const { heartbeatWriter, queue, stale } = context
    await heartbeatWriter.writeFirst('p')
    await queue.commit({ record: record(context.now()) })
    context.breakStore(true)
    await expect(queue.commit({ record: record(context.now()) })).rejects.toMatchObject({ code: 'log-unavailable' })
    context.pass(HOUR)
    const attempts = context.attempts()
    await heartbeatWriter.writeIfDue('p')
    context.pass(9 * SECOND)
    await heartbeatWriter.writeIfDue('p')
    expect(context.attempts()).toBe(attempts + 1)
    context.pass(SECOND)
    await heartbeatWriter.writeIfDue('p')
    expect(context.attempts()).toBe(attempts + 2)
    expect([heartbeatWriter.isFresh(), stale]).toEqual([true, []])
    context.pass(HOUR)
    await heartbeatWriter.writeIfDue('p')
    expect([heartbeatWriter.isFresh(), heartbeatWriter.isFresh()]).toEqual([false, false])
    expect(stale).toEqual(['2026-11-22T10:00:00.000Z'])
    context.breakStore(false)
    context.pass(MINUTE)
    await heartbeatWriter.writeIfDue('p')
    expect(heartbeatWriter.isFresh()).toBe(true)
    expect((await context.beats())[1]).toMatchObject({ since: 1, counts: { delivered: 1 }, failed: 1 })
    expect(heartbeatWriter.newestAt()).toBe(context.now().toISOString())
  })

  test('a heartbeat that is due and cannot be written is thrown once', async () => {
    const context = await heartbeatWriterOf()
    await context.heartbeatWriter.writeFirst('p')
    context.breakStore(true)
    context.pass(HOUR)
    await expect(context.heartbeatWriter.writeIfDue('p')).rejects.toMatchObject({ code: 'log-unavailable' })
    context.pass(MINUTE)
    await context.heartbeatWriter.writeIfDue('p')
    context.breakStore(false)
    context.pass(MINUTE)
    await context.heartbeatWriter.writeIfDue('p')
    expect(await context.beats()).toMatchObject([{ occasion: 'start' }, { occasion: 'time' }])
  })

  test('after a commit that failed a heartbeat shows that the log can be written again, at most one in ten seconds', async () => {
    const context = await heartbeatWriterOf()
    const { heartbeatWriter, queue } = context
    await heartbeatWriter.writeFirst('p')
    const failOnce = async () => {
      context.breakStore(true)
      await expect(queue.commit({ record: record(context.now()) })).rejects.toMatchObject({ code: 'log-unavailable' })
      context.breakStore(false)
    }
    for (let second = 0; second < 30; second++) {
      await failOnce()
      context.pass(SECOND)
      await heartbeatWriter.writeIfDue('p')
    }
    const [, ...recoveries] = await context.beats()
    expect(recoveries.map(({ occasion, failed }) => [occasion, failed])).toEqual(Array(3).fill(['recovery', 10]))
    context.pass(MINUTE)
    await heartbeatWriter.writeIfDue('p')
    expect(await context.beats()).toHaveLength(4)
  })

  test('a heartbeat writer is not fresh before its first heartbeat', async () => {
    const { heartbeatWriter } = await heartbeatWriterOf()
    expect([heartbeatWriter.isFresh(), heartbeatWriter.newestAt()]).toEqual([false, undefined])
  })
})

describe('a counter of records', () => {
  test('a counter of records says that the log is writable, until a commit fails and from the next that is written', async () => {
    let answer: 'committed' | 'stale' | 'broken' = 'committed'
    const counter = createRecordCounter({
      log: (await openStore()).log,
      async commit(commits) {
        if (answer === 'broken') throw sluisError('log-unavailable', { nl: 'kapot', en: 'broken' })
        const receipt = { leafIndex: 0, record: '', proof: '' }
        const result: CommitResult = answer === 'stale' ? { status: 'stale' } : { status: 'committed', receipt }
        return commits.map(() => result)
      },
    })
    const commit = (next: typeof answer) => {
      answer = next
      return counter.commit([{ record: record(new Date(0)) }]).catch(() => undefined)
    }
    const beat = (next: typeof answer) => {
      answer = next
      return counter.commitCount(() => record(new Date(0))).catch(() => undefined)
    }
    const steps: [attempt: () => Promise<unknown>, isWritable: boolean][] = [
      [() => commit('committed'), true],
      [() => commit('broken'), false],
      // A batch of refusals writes nothing.
      [() => commit('stale'), false],
      [() => commit('committed'), true],
      [() => commit('stale'), true],
      [() => beat('broken'), false],
      [() => beat('committed'), true],
    ]
    for (const [attempt, isWritable] of steps) {
      await attempt()
      expect(counter.isWritable()).toBe(isWritable)
    }
  })

  test('a counter of records is exact whatever is written around a heartbeat', async () => {
    const context = await heartbeatWriterOf()
    const { heartbeatWriter, queue } = context
    await heartbeatWriter.writeFirst('p')
    const work = Array.from({ length: 300 }, async (_, index) => {
      await queue.commit({ record: record(context.now()), furtherRecords: index % 3 ? [] : [record(context.now())] })
      if (index % 50 === 0) await heartbeatWriter.writeLast('p')
    })
    await Promise.all(work)
    await heartbeatWriter.writeLast('p')
    expect(await context.findings()).toEqual([])
    const counted = (await context.beats()).reduce((sum, { counts }) => sum + (counts.delivered ?? 0), 0)
    expect(counted).toBe(400)
  })

  test('a counter of records counts only what was stored, and passes on what the store answers', async () => {
    const commits: Commit[] = Array.from({ length: 4 }, () => ({ record: record(new Date(0)) }))
    const results: CommitResult[] = [
      { status: 'stale' },
      { status: 'committed', receipt: { leafIndex: 0, record: '', proof: '' } },
      { status: 'already-stored' },
      { status: 'link-changed' },
    ]
    const counter = createRecordCounter({ log: (await openStore()).log, commit: async () => results })
    expect(await counter.commit(commits)).toBe(results)
    await expect(
      counter.commitCount((count) => {
        expect(count).toEqual({ since: 0, counts: { delivered: 1 }, failed: 0 })
        return commits[0]!.record
      }),
    ).rejects.toThrow()
  })

  test('a counter of records writes nothing of a type that it does not know', async () => {
    const store = await openStore()
    const counter = createRecordCounter(store)
    await expect(counter.commit([{ record: '{"type":"unheard-of","v":1}' }])).rejects.toThrow(SyntaxError)
    expect(await store.log.checkpoint()).toBeUndefined()
  })
})
