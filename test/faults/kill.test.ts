import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { Client } from '../../src/auth/client.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { verifyDatabase } from '../../src/cli/audit/verify-database.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import { openSqliteReader } from '../../src/storage/better-sqlite.ts'
import { createSite, type Site, startChild } from './child-gateway.ts'
import { reportAbout } from './reports.ts'

const ROUNDS = 20
const SENDERS = ['politie', 'politie', 'fier', 'fier'] as const
/** Milliseconds of load before the kill: at least, and how much more at most. */
const LOAD = { least: 20, spread: 200 } as const
/** Submissions of one sender under way at the same time. */
const IN_FLIGHT = 3

/** One report under its own key, sent until it is answered. */
interface Sent {
  readonly client: Client
  readonly key: string
  readonly body: string
  answer?: { readonly status: number; readonly text: string }
}

test('a gateway that is killed at any moment under load loses no acknowledged exchange and doubles none', {
  timeout: 300_000,
}, async () => {
  const site = await createSite()
  const random = seededRandom(20261122)
  const all: Sent[] = []
  let persons = 0
  let killedUnderWay = 0
  let gateway = await startChild(site)
  // The same clients through all lives of the gateway: their tokens stay good, the nonces of their proofs do not.
  const clients = await Promise.all(SENDERS.map((sender) => site.connect(sender)))

  for (let round = 0; round < ROUNDS; round++) {
    const sent: Sent[] = []
    let isOver = false
    const load = clients.flatMap((client, position) =>
      Array.from({ length: IN_FLIGHT }, async () => {
        while (!isOver) {
          const number = persons++
          const report = reportAbout(SENDERS[position]!, number)
          const submission: Sent = { client, key: `round-${round}-${number}`, body: JSON.stringify(report) }
          sent.push(submission)
          await submit(submission)
        }
      }),
    )
    await delay(LOAD.least + random() * LOAD.spread)
    isOver = true
    await gateway.kill()
    await Promise.all(load)
    killedUnderWay += sent.filter(({ answer }) => !answer).length
    all.push(...sent)

    expect(await verifyDatabase(site.databasePath, site.verifierKey())).toMatchObject({ ok: true })
    const anchored = sizeIn(readFileSync(join(site.dataFolder, DATA_FILES.anchor), 'utf8'))
    for (const { answer } of sent) {
      if (!answer) continue
      const { receipt } = JSON.parse(answer.text) as ExchangeAnswer
      expect(
        sizeIn(receipt.proof.slice(receipt.proof.indexOf('\n\n') + 2)),
        'anchored before it was answered',
      ).toBeLessThanOrEqual(anchored)
    }
    gateway = await startChild(site)
    const retried = sent.filter(({ answer }, position) => !answer || position % 4 === 0)
    await inTurns(retried, async (submission) => {
      const first = submission.answer
      await submit(submission)
      expect(submission.answer, 'answered after the restart').toBeDefined()
      if (first) expect(submission.answer, 'the same answer as before the kill').toEqual(first)
    })
  }

  expect(killedUnderWay, 'submissions that the kills cut off').toBeGreaterThan(ROUNDS)
  await inTurns(all, async ({ client, answer }) => {
    const { id, receipt } = JSON.parse(answer!.text) as ExchangeAnswer
    const found = await client.request('GET', `/v1/exchanges/${id}`)
    expect(found.status).toBe(200)
    expect(((await found.json()) as ExchangeAnswer).receipt).toEqual(receipt)
  })

  const answers = all.map(({ answer }) => ({ status: answer!.status, ...(JSON.parse(answer!.text) as ExchangeAnswer) }))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 403]))
  const ids = answers.map(({ id }) => id).toSorted()
  expect(new Set(ids).size, 'one exchange for each key').toBe(all.length)
  expect(await exchangesInLog(site)).toEqual(ids)
  const delivered = answers.filter(({ status }) => status === 201).map(({ id }) => id)
  expect(await listInbox(await site.connect('comensha')), 'one delivery for each exchange that passed').toEqual(
    delivered.toSorted(),
  )
  expect(countPersons(site), 'one person for each report that passed').toBe(delivered.length)
  await gateway.kill()
  expect(await verifyDatabase(site.databasePath, site.verifierKey())).toMatchObject({ ok: true })
})

const sizeIn = (note: string): number => Number(note.split('\n')[1])

/** Sends once; leaves the submission without a new answer when the connection breaks. */
async function submit(submission: Sent): Promise<void> {
  const { client, key, body } = submission
  try {
    const response = await client.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'accept-language': 'en', 'idempotency-key': key },
      body,
    })
    submission.answer = { status: response.status, text: await response.text() }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
}

async function inTurns<Item>(items: readonly Item[], perform: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const turns = Array.from({ length: 16 }, async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await perform(item)
  })
  await Promise.all(turns)
}

async function exchangesInLog({ databasePath }: Site): Promise<string[]> {
  const reader = openSqliteReader(databasePath)
  const ids: string[] = []
  for await (const bytes of reader.records()) {
    const record = parseRecord(parseUtf8(bytes))
    if (record.type === 'exchange') ids.push(record.id)
  }
  reader.close()
  return ids.toSorted()
}

async function listInbox(client: Client): Promise<string[]> {
  const exchangeIds: string[] = []
  for (let cursor = '0', hasMore = true; hasMore; ) {
    const response = await client.request('GET', `/v1/deliveries?cursor=${cursor}`)
    const page = (await response.json()) as { deliveries: { exchangeId: string }[]; cursor: string; hasMore: boolean }
    exchangeIds.push(...page.deliveries.map(({ exchangeId }) => exchangeId))
    cursor = page.cursor
    hasMore = page.hasMore
  }
  return exchangeIds.toSorted()
}

function countPersons({ databasePath }: Site): number {
  const client = new Database(databasePath, { readonly: true })
  const count = client.prepare('select count(*) from person').pluck().get() as number
  client.close()
  return count
}

/** mulberry32: the same delays in every run. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
