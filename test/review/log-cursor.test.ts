import { describe, expect, test } from 'vitest'
import type { Gateway } from '../../src/exchange/gateway.ts'
import { activatePolicySet } from '../../src/exchange/rule-sets/activate.ts'
import { submissionExample } from '../../src/http/examples.ts'
import { formatLogCursor, LOG_CURSOR_FORM, parseLogCursor } from '../../src/review/log-cursor.ts'
import { rederiveLog } from '../../src/review/rederive-log.ts'
import { searchRecords } from '../../src/review/search-records.ts'
import { showExchange } from '../../src/review/show-records.ts'
import { testContext } from '../exchange/context.ts'

const KEY = 'log.example+12345678+key'
const AUDITOR = 'toezichthouder'

/** A log whose leaves hash to these numbers. */
const logOf = (leaves: readonly number[], verifierKey = KEY) => ({
  verifierKey,
  hashes: async (_level: number, start: number, end: number) =>
    leaves.slice(start, end).map((leaf) => Uint8Array.of(leaf)),
})

describe('a cursor in the log', () => {
  test('a cursor is the place that it was made for, also in the log as it grows', async () => {
    for (const index of [0, 1, 3]) {
      const cursor = await formatLogCursor(logOf([1, 2, 3]), index)
      expect(cursor).toMatch(new RegExp(LOG_CURSOR_FORM))
      expect(await parseLogCursor(logOf([1, 2, 3]), 3, cursor)).toBe(index)
      expect(await parseLogCursor(logOf([1, 2, 3, 4]), 4, cursor)).toBe(index)
    }
  })

  test('a cursor of another life is none, whatever the log holds by now', async () => {
    const cursor = await formatLogCursor(logOf([1, 2, 3]), 3)
    const others: readonly [what: string, leaves: readonly number[], cursor: string, key?: string][] = [
      ['shorter after a restore', [1, 2], cursor],
      ['empty', [], cursor],
      ['as long again, with other records', [1, 2, 9], cursor],
      ['longer, with other records', [1, 2, 9, 4], cursor],
      ['a log of another origin', [1, 2, 3], cursor, 'log.example/2+12345678+key'],
      ['the hash of another place', [1, 2, 3], cursor.replace(/^3/, '2')],
      ['of an export, which has no record before it', [1, 2, 3], await formatLogCursor({ verifierKey: KEY }, 3)],
    ]
    for (const [what, leaves, sent, key] of others)
      expect(await parseLogCursor(logOf(leaves, key), leaves.length, sent), what).toBeUndefined()
  })

  test('a cursor of an export is one of every export of that log, and beyond its end of none', async () => {
    const cursor = await formatLogCursor({ verifierKey: KEY }, 3)
    expect(await parseLogCursor({ verifierKey: KEY }, 5, cursor)).toBe(3)
    expect(await parseLogCursor({ verifierKey: KEY }, 2, cursor)).toBeUndefined()
  })

  test('every use with a cursor of another log is refused and says what to do, before anything is recorded', async () => {
    const { gateway, exchange } = await testContext()
    await activatePolicySet(gateway)
    const { id } = await exchange('politie', submissionExample)
    const other: Gateway = { ...gateway, verifierKey: gateway.verifierKey.replace(/^[^+]*/, '$&/2') }
    const search = (of: Gateway, cursor?: string) =>
      searchRecords(of, AUDITOR, { filter: {}, order: 'oldest-first', limit: 2, ...(cursor && { cursor }) })
    const searched = (await search(gateway)).cursor
    const shown = (await showExchange(gateway, AUDITOR, id, undefined, 'en'))!.cursor
    const rederived = (await rederiveLog(gateway, AUDITOR)).next
    expect(await search(gateway, searched)).toMatchObject({ read: { start: 2 } })
    expect(await showExchange(gateway, AUDITOR, id, shown, 'en')).toMatchObject({ records: [] })
    expect(await rederiveLog(gateway, AUDITOR, rederived)).toMatchObject({ findings: [] })
    const size = (await gateway.store.log.checkpoint())!.treeSize
    const elsewhere = { ...rederived.sets, at: rederived.sets.at - 1 }
    for (const refused of [
      search(other, searched),
      showExchange(other, AUDITOR, id, shown, 'en'),
      rederiveLog(other, AUDITOR, rederived),
      rederiveLog(gateway, AUDITOR, { ...rederived, sets: elsewhere }),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'cursor-unknown', message: expect.stringMatching(/leave/) })
    expect((await gateway.store.log.checkpoint())!.treeSize).toBe(size)
  })
})
