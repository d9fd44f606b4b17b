import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSqlite, prepareDatabase } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { createSqliteStore } from '../../src/storage/sqlite-store.ts'
import {
  AT,
  commitOne,
  exchangeCommit,
  lookup,
  match,
  matchToken,
  record,
  report,
  TEST_LOG_KEY,
  TEST_ORIGIN,
} from './commits.ts'
import { failingDriver } from './failing-driver.ts'
import { temporaryFolder } from './temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })

const temporaryPath = () => join(temporaryFolder(), 'sluis.db')

describe('what is in a database', () => {
  const open = async () => {
    const path = temporaryPath()
    const { store, close } = await openSqlite({ path, signer })
    onTestFinished(close)
    const client = new Database(path, { readonly: true })
    onTestFinished(() => {
      client.close()
    })
    return { store, count: (table: string) => client.prepare(`select count(*) from ${table}`).pluck().get(), client }
  }

  test('every answer to a match stays in the database, in order', async () => {
    const { store, client } = await open()
    await report(store, 'a', ['bsn a'])
    await report(store, 'b', ['bsn b'], { matches: [match('1', 'a', 'b')] })
    const answer = { matchId: '1', others: [], moves: [], reads: [], by: 'comensha.een', at: AT }
    await store.commit([
      { record: record('no'), answer: { ...answer, from: 'possible', status: 'rejected', joins: false } },
      { record: record('yes'), answer: { ...answer, from: 'rejected', status: 'confirmed', joins: true } },
    ])
    expect(
      client.prepare('select match_id, status, joins, "by", at from match_answer order by seq').raw().all(),
    ).toEqual([
      ['1', 'rejected', 0, 'comensha.een', AT],
      ['1', 'confirmed', 1, 'comensha.een', AT],
    ])
  })

  test('a stored decision of another form is reported, and not handed on', async () => {
    const path = temporaryPath()
    const { store, close } = await openSqlite({ path, signer })
    onTestFinished(close)
    await commitOne(store, exchangeCommit('a'))
    const client = new Database(path)
    client.prepare("update exchange set decision = json_remove(decision, '$.duties')").run()
    client.close()
    await expect(store.findExchange('politie', 'a')).rejects.toThrow(
      /^exchange a: the stored decision has another form;/,
    )
  })

  test('nothing of a person is left once the last exchange that mentions them is erased', async () => {
    const { store, count } = await open()
    await report(store, 'a', ['bsn', 'name'])
    await report(store, 'b', ['bsn'], { matches: [match('1', 'a', 'b', { status: 'automatic', joins: true })] })
    const tables = ['person', 'mention', 'match_token', 'link_match', 'salt']
    expect(tables.map(count)).toEqual([1, 2, 3, 1, 4])
    for (const id of ['a', 'b']) {
      await commitOne(store, { record: record(`erase ${id}`), erase: { deliveryId: `delivery-${id}`, at: AT } })
    }
    expect(tables.map(count)).toEqual([0, 0, 0, 0, 0])
  })

  test('a database holds no token of another length than all others', async () => {
    const { store, count } = await open()
    const tokens = [{ family: 1, token: new Uint8Array(32) }]
    await expect(report(store, 'a', [], {}, { tokens })).rejects.toMatchObject({
      code: 'log-unavailable',
      cause: { message: 'match token: is not 16 bytes long; cut it to that' },
    })
    expect(count('mention')).toBe(0)
  })

  test('a database holds no window of a budget that has passed', async () => {
    const { store, count } = await open()
    for (const party of ['politie', 'kmar', 'comensha']) await store.spend('reports', party, 0, 1)
    await store.spend('reports', 'politie', 3600, 1)
    expect(count('budget')).toBe(1)
  })

  test('a look-up reads no more rows than its limit, however many share a token', async () => {
    const path = temporaryPath()
    const { store, close } = await openSqlite({ path, signer })
    await report(store, 'a', ['bsn', 'common'])
    close()
    const client = new Database(path)
    onTestFinished(() => {
      client.close()
    })
    client.exec(
      `create temp table n as with recursive n(i) as (select 2 union all select i + 1 from n where i < 20000) select i from n;
       insert into person select 'registratie', 'person ' || i, 1 from n;
       insert into mention select i, 'm' || i, 'a', 0, 'registratie', 'person ' || i, 1, x'', x'' from n;
       insert into match_token select cast('common..........' as blob), i from n;`,
    )
    const driver = failingDriver(client)
    const crowded = createSqliteStore(prepareDatabase(driver.client), { signer })
    driver.failAt(0)
    expect(await crowded.findCandidates(lookup(['common', 'bsn'], { blockLimit: 50 }))).toMatchObject({
      candidates: [{ mentionId: 'a' }],
      demoted: [matchToken('common')],
    })
    expect(driver.rows()).toBeLessThan(150)
  })
})
