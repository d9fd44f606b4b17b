import type { Clock } from '../../ports/keys.ts'
import type { Store } from '../../ports/store.ts'
import type { InboxEntry } from '../../ports/stored.ts'

export const DELIVERY_STATES = ['new', 'unread', 'overdue', 'acknowledged', 'recalled', 'erased'] as const
/**
 * How far its recipient is with a delivery: not fetched yet, fetched and not acknowledged, either of the two for longer than
 * `ACKNOWLEDGE_DAYS`, acknowledged; or its content is gone.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/**
 * Days from the inbox to the acknowledgement. No statute names a term; what was not fetched for a week was not seen.
 */
export const ACKNOWLEDGE_DAYS = 7

/** An entry of an inbox with its state at this moment. */
export interface ListedDelivery extends InboxEntry {
  readonly state: DeliveryState
}

/** What still asks for attention among the newest `COUNTED_DELIVERIES` of an inbox. */
export interface InboxCounts {
  readonly new: number
  readonly unread: number
  readonly overdue: number
}

/** Deliveries that a count looks at, so that a full inbox costs no more than this many rows. */
export const COUNTED_DELIVERIES = 1000

interface InboxReader {
  readonly store: Pick<Store, 'listNewestDeliveries'>
  readonly clock: Clock
}

const DAY_MS = 86_400_000

/** The newest deliveries of a recipient, or those before one of them, newest first. */
export async function listInbox(
  { store, clock }: InboxReader,
  recipient: string,
  before: string | undefined,
  limit: number,
): Promise<readonly ListedDelivery[]> {
  const now = clock()
  const entries = await store.listNewestDeliveries(recipient, before, limit)
  return entries.map((entry) => ({ ...entry, state: stateOf(entry, now) }))
}

/** Counts what a recipient has not acknowledged yet; each delivery counts once. */
export async function countInbox(gateway: InboxReader, recipient: string): Promise<InboxCounts> {
  const counts = { new: 0, unread: 0, overdue: 0 }
  for (const { state } of await listInbox(gateway, recipient, undefined, COUNTED_DELIVERIES))
    if (state === 'new' || state === 'unread' || state === 'overdue') counts[state]++
  return counts
}

function stateOf({ recalledAt, erasedAt, acknowledgedAt, fetchedAt, placedAt }: InboxEntry, now: Date): DeliveryState {
  if (recalledAt !== undefined) return 'recalled'
  if (erasedAt !== undefined) return 'erased'
  if (acknowledgedAt !== undefined) return 'acknowledged'
  if (now.getTime() - Date.parse(placedAt) > ACKNOWLEDGE_DAYS * DAY_MS) return 'overdue'
  return fetchedAt === undefined ? 'new' : 'unread'
}
