import { expect, test } from 'vitest'
import { COUNTED_DELIVERIES, countInbox, listInbox } from '../../src/exchange/inbox/inbox-list.ts'
import type { InboxEntry } from '../../src/ports/stored.ts'

const NOW = new Date('2026-12-01T12:00:00.000Z')
const entry = (moments: Partial<InboxEntry> = {}): InboxEntry => ({
  id: 'd',
  kind: 'exchange',
  exchangeId: 'e',
  sender: 'politie',
  at: '2026-11-30T12:00:00.000Z',
  placedAt: '2026-11-30T12:00:00.000Z',
  ...moments,
})
const LATE = { at: '2026-11-01T12:00:00.000Z', placedAt: '2026-11-24T11:59:59.999Z' }

const gatewayOf = (...entries: InboxEntry[]) => ({
  clock: () => NOW,
  store: { listNewestDeliveries: async (_: string, __: string | undefined, limit: number) => entries.slice(0, limit) },
})

const AT = '2026-11-30T13:00:00.000Z'
test.each([
  ['not fetched', entry(), 'new'],
  ['fetched', entry({ fetchedAt: AT }), 'unread'],
  ['fetched and not acknowledged for more than a week', entry({ ...LATE, fetchedAt: AT }), 'overdue'],
  ['not fetched for more than a week', entry(LATE), 'overdue'],
  [
    'approved late and placed a week ago to the millisecond',
    entry({ ...LATE, placedAt: '2026-11-24T12:00:00.000Z' }),
    'new',
  ],
  ['acknowledged late', entry({ ...LATE, acknowledgedAt: AT }), 'acknowledged'],
  ['recalled after it was acknowledged', entry({ acknowledgedAt: AT, recalledAt: AT, erasedAt: AT }), 'recalled'],
  ['erased', entry({ acknowledgedAt: AT, erasedAt: AT }), 'erased'],
])('a delivery that was %s', async (_, listed, state) => {
  const gateway = gatewayOf(listed)
  expect((await listInbox(gateway, 'comensha', undefined, 1)).map((delivery) => delivery.state)).toEqual([state])
})

test('a count looks at a bounded number of deliveries, and counts each once', async () => {
  const many = Array.from({ length: COUNTED_DELIVERIES + 5 }, () => entry())
  expect(await countInbox(gatewayOf(...many), 'comensha')).toEqual({
    new: COUNTED_DELIVERIES,
    unread: 0,
    overdue: 0,
  })
})
