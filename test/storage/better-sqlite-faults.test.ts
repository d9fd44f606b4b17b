import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import type { Commit } from '../../src/ports/commit.ts'
import type { Store } from '../../src/ports/store.ts'
import { prepareDatabase } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { createSqliteStore } from '../../src/storage/sqlite-store.ts'
import {
  AT,
  commitOne,
  deliveryCommit,
  LATER,
  match,
  mention,
  notice,
  receiptOf,
  record,
  statuses,
  TEST_LOG_KEY,
  TEST_ORIGIN,
  token,
} from './commits.ts'
import { failingDriver } from './failing-driver.ts'
import { temporaryFolder } from './temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })

/** What the batch of a round builds on: an exchange that is held, one that may go, and a match between two persons. */
const prepare = async (store: Store, round: number): Promise<void> => {
  const hold = { approvalsNeeded: 1, expiresAt: LATER }
  const [one, other] = [
    await mention(store, `k${round}`, [`k ${round}`]),
    await mention(store, `l${round}`, [`l ${round}`]),
  ]
  await store.commit([
    {
      ...deliveryCommit(`held${round}`, { delivery: { id: `delivery-held${round}`, sealed: 'sealed', hold } }),
      notices: [notice(`held notice ${round}`, { exchangeId: `held${round}` })],
    },
    deliveryCommit(`kept${round}`, { mentions: [one] }),
    deliveryCommit(`gone${round}`, { mentions: [other], matches: [match(`m${round}`, `k${round}`, `l${round}`)] }),
  ])
}

/** One of everything that can be in a batch. */
const batch = async (store: Store, round: number): Promise<Commit[]> => [
  {
    ...deliveryCommit(`a${round}`, {
      mentions: [await mention(store, `a${round}`, [`bsn ${round}`, `k ${round}`])],
      matches: [match(`n${round}`, `k${round}`, `a${round}`)],
    }),
    notices: [notice(`notice ${round}`, { exchangeId: `a${round}` })],
  },
  {
    record: record(`acknowledged ${round}`),
    acknowledge: { deliveryId: `delivery-kept${round}`, recipient: 'comensha', at: AT },
  },
  {
    record: record(`policy ${round}`),
    policyArchive: { policyHash: `${round}`, sourceHash: 's', content: 'c', at: AT },
  },
  {
    record: record(`answer ${round}`),
    answer: {
      matchId: `m${round}`,
      from: 'possible',
      status: 'confirmed',
      joins: true,
      others: [],
      moves: [{ mentionId: `l${round}`, from: `person l${round}`, to: `person k${round}` }],
      reads: [],
      by: 'comensha.een',
      at: AT,
    },
  },
  {
    record: record(`approve ${round}`),
    approve: { exchangeId: `held${round}`, by: 'politie.twee', at: AT, remaining: 0 },
  },
  {
    record: record(`erase subjects ${round}`),
    eraseSubjects: { exchangeId: `gone${round}`, dataSubjects: [0], at: AT },
  },
  {
    record: record(`keys ${round}`),
    keys: {
      checks: [{ epoch: round + 1, check: token('check') }],
      uses: [{ epoch: round + 1, uses: ['match'] }],
      pseudonymEpoch: { domain: 'registratie', epoch: 1 },
      dropTokensOf: 9,
    },
  },
  deliveryCommit(`b${round}`, { mentions: [await mention(store, `b${round}`, [`bsn b ${round}`])] }),
]

function open() {
  const client = new Database(join(temporaryFolder(), 'sluis.db'))
  onTestFinished(() => {
    client.close()
  })
  return client
}

function dump(client: Database.Database): Record<string, unknown[]> {
  const tables = client.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  return Object.fromEntries(tables.map((table) => [table, client.prepare(`select * from "${table}"`).all()]))
}

describe('a database that fails', () => {
  test('a database that fails keeps nothing of a batch and stays usable, whichever statement fails', async () => {
    const client = open()
    const driver = failingDriver(client)
    const store = createSqliteStore(prepareDatabase(driver.client), { signer })
    for (const round of [1, 2]) await prepare(store, round)
    // 254 records, so that the failing batches complete a tile of 256.
    await store.commit(Array.from({ length: 246 }, (_, index) => ({ record: record(`fill ${index}`) })))
    const before = dump(client)
    const [failing, next] = [await batch(store, 1), await batch(store, 2)]

    let failures = 0
    for (;;) {
      driver.failAt(failures + 1)
      const outcome = await store.commit(failing).catch((error: unknown) => error)
      if (Array.isArray(outcome)) {
        expect(new Set(statuses(outcome))).toEqual(new Set(['committed']))
        break
      }
      failures += 1
      expect(outcome).toMatchObject({ code: 'log-unavailable', cause: { message: 'disk I/O error' } })
      driver.failAt(0)
      expect(dump(client), `after failure of statement ${failures}`).toEqual(before)
    }
    // Nine records and everything that eight commits of as many kinds write: it did reach all of them.
    expect(failures).toBe(driver.count())
    expect(failures).toBeGreaterThan(80)

    driver.failAt(0)
    const receipts = (await store.commit(next)).map(receiptOf)
    expect(receipts.map(({ leafIndex }) => leafIndex)).toEqual([263, 265, 266, 267, 268, 269, 270, 271])
    for (const receipt of receipts) {
      expect(await verifyReceipt(receipt, signer.verifierKey)).toEqual({ ok: true, treeSize: 272 })
    }
  })

  test('a database that fails does not accept a token id that it could not remember', async () => {
    const driver = failingDriver(open())
    const store = createSqliteStore(prepareDatabase(driver.client), { signer })
    for (const statement of [1, 2, 3]) {
      driver.failAt(statement)
      await expect(store.rememberJti('issuer', 'jti', 100, 0)).rejects.toMatchObject({ code: 'log-unavailable' })
    }
    driver.failAt(0)
    expect(await store.rememberJti('issuer', 'jti', 100, 0)).toBe(true)
  })

  test('a database that fails spends nothing that it could not remember', async () => {
    const driver = failingDriver(open())
    const store = createSqliteStore(prepareDatabase(driver.client), { signer })
    for (const statement of [1, 2, 3, 4]) {
      driver.failAt(statement)
      await expect(store.spend('reports', 'politie', 0, 1)).rejects.toMatchObject({ code: 'log-unavailable' })
    }
    driver.failAt(0)
    expect(await store.spend('reports', 'politie', 0, 1)).toEqual({ isAllowed: true, isFirstRefusal: false })
  })

  test('a database that is full refuses, and recovers by itself when there is room again', async () => {
    const client = open()
    const store = createSqliteStore(prepareDatabase(client), { signer })
    await prepare(store, 0)
    const before = dump(client)
    client.pragma(`max_page_count = ${client.pragma('page_count', { simple: true })}`)
    const large = Array.from({ length: 100 }, (_, index) => deliveryCommit(`large ${index}`))
    for (const _ of ['first', 'second']) {
      const failure = await store.commit(large).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'log-unavailable', cause: { code: 'SQLITE_FULL' } })
      expect(dump(client)).toEqual(before)
      expect((await store.log.checkpoint())?.treeSize).toBe(4)
    }
    client.pragma('max_page_count = 1000000')
    expect(new Set(statuses(await store.commit(large)))).toEqual(new Set(['committed']))
    expect(receiptOf(await commitOne(store, { record: record('last') })).leafIndex).toBe(104)
  })

  test('a database never signs a second tree for a size, even when the head was taken back', async () => {
    const client = open()
    const store = createSqliteStore(prepareDatabase(client), { signer })
    await store.commit([{ record: record('a') }, { record: record('b') }])
    client.exec('delete from checkpoint')
    const before = dump(client)
    await expect(store.commit([{ record: record('other') }])).rejects.toMatchObject({ code: 'log-unavailable' })
    expect(dump(client)).toEqual(before)
  })
})
