import { describe, expect, test } from 'vitest'
import { INBOX_CURSOR_FORM, readInboxPage } from '../../src/exchange/inbox/inbox-page.ts'
import type { StoredDelivery } from '../../src/ports/stored.ts'

const KEY = 'log.example+12345678+key'

/** A gateway whose inboxes hold these deliveries. */
function gatewayWith(ids: readonly string[], verifierKey = KEY): Parameters<typeof readInboxPage>[0] {
  const rows = ids.map((id, index) => ({ cursor: index + 1, delivery: { id } as StoredDelivery }))
  const listDeliveries = async (_recipient: string, cursor: number, limit: number) => rows.slice(cursor, cursor + limit)
  return { verifierKey, store: { listDeliveries } as unknown as Parameters<typeof readInboxPage>[0]['store'] }
}

const read = async (gateway: Parameters<typeof readInboxPage>[0], cursor?: string, recipient = 'comensha') => {
  const page = await readInboxPage(gateway, recipient, cursor, 2)
  return { ...page, deliveries: page.deliveries.map(({ id }) => id) }
}

describe('a page of an inbox', () => {
  test('the pages of an inbox hold every delivery once, and its last cursor continues with what comes later', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const first = await read(gatewayWith(ids))
    const second = await read(gatewayWith(ids), first.cursor)
    const third = await read(gatewayWith(ids), second.cursor)
    expect([first, second, third].map(({ deliveries, hasMore }) => [deliveries, hasMore])).toEqual([
      [['a', 'b'], true],
      [['c', 'd'], true],
      [['e'], false],
    ])
    const nothing = await read(gatewayWith(ids), third.cursor)
    expect(nothing).toEqual({ deliveries: [], cursor: third.cursor, hasMore: false })
    expect((await read(gatewayWith([...ids, 'f']), nothing.cursor)).deliveries).toEqual(['f'])
    for (const { cursor } of [first, second, third]) expect(cursor).toMatch(new RegExp(INBOX_CURSOR_FORM))
  })

  test('the cursor of an empty inbox is its start, in every log', async () => {
    const { cursor } = await read(gatewayWith([]))
    expect(cursor).toBe('0')
    expect((await read(gatewayWith(['a'], 'other+12345678+key'), cursor)).deliveries).toEqual(['a'])
  })

  test('a cursor of another life is refused, whatever the inbox holds by now', async () => {
    const { cursor } = await read(gatewayWith(['a', 'b']))
    const others: [what: string, gateway: Parameters<typeof readInboxPage>[0], cursor: string, recipient?: string][] = [
      ['shorter after a restore', gatewayWith(['a']), cursor],
      ['empty', gatewayWith([]), cursor],
      ['as long again, with other deliveries', gatewayWith(['a', 'x']), cursor],
      ['longer, with other deliveries', gatewayWith(['a', 'x', 'y', 'z']), cursor],
      ['a log of another origin', gatewayWith(['a', 'b'], 'log.example/2+12345678+key'), cursor],
      ['of another party', gatewayWith(['a', 'b']), cursor, 'fier'],
      ['a position alone', gatewayWith(['a', 'b']), '2'],
      ['a position of the future', gatewayWith(['a', 'b']), '999'],
      ['the hash of another position', gatewayWith(['a', 'b']), cursor.replace(/^2/, '1')],
    ]
    for (const [what, gateway, sent, recipient] of others)
      await expect(read(gateway, sent, recipient), what).rejects.toMatchObject({ code: 'cursor-unknown' })
  })
})
