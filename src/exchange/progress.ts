import type { DeliveryMoments, ListedExchange, StoredExchange, StoredHold } from '../ports/stored.ts'

/** What the recipient did with an exchange, as its sender may see it. Nothing in it depends on who was known. */
export interface Progress {
  /** The furthest that it came. */
  readonly state: 'placed' | 'fetched' | 'acknowledged' | 'answered'
  /** When it was put into the inbox of the recipient: RFC 3339, UTC, like every moment here. */
  readonly placedAt: string
  /** When the recipient fetched the sealed content for the first time. */
  readonly fetchedAt?: string
  /** When the recipient confirmed that it has and verified the content. */
  readonly acknowledgedAt?: string
  /** When the first answer of the recipient (`inReplyTo`) reached your inbox; a question is no answer. */
  readonly answeredAt?: string
  /** When the sealed content was destroyed. */
  readonly erasedAt?: string
}

/** How far an exchange came; undefined for one that was refused, that waits, or whose waiting ended without approval. */
export function formProgress(
  exchange: Pick<StoredExchange, 'outcome' | 'at'>,
  hold: StoredHold | undefined,
  delivery: DeliveryMoments | undefined,
): Progress | undefined {
  if (exchange.outcome === 'geweigerd' || !delivery || (hold && hold.status !== 'approved')) return undefined
  const { fetchedAt, acknowledgedAt, answeredAt, erasedAt } = delivery
  const state =
    answeredAt !== undefined
      ? 'answered'
      : acknowledgedAt !== undefined
        ? 'acknowledged'
        : fetchedAt !== undefined
          ? 'fetched'
          : 'placed'
  return {
    state,
    placedAt: hold?.approvals.at(-1)?.at ?? exchange.at,
    ...(fetchedAt !== undefined && { fetchedAt }),
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
    ...(answeredAt !== undefined && { answeredAt }),
    ...(erasedAt !== undefined && { erasedAt }),
  }
}

/**
 * Where an exchange stands for its sender: never sent (`refused`; `stopped` when nobody approved it), on its way (`waiting`, and how
 * far the recipient came), or taken back.
 */
export const EXCHANGE_STATES = [
  'refused',
  'waiting',
  'stopped',
  'placed',
  'fetched',
  'acknowledged',
  'answered',
  'recalled',
] as const
export type ExchangeState = (typeof EXCHANGE_STATES)[number]

export function stateOf({ exchange, hold, moments }: ListedExchange): ExchangeState {
  if (exchange.outcome === 'geweigerd') return 'refused'
  if (hold && hold.status !== 'approved') return hold.status === 'waiting' ? 'waiting' : 'stopped'
  if (moments?.recalledAt !== undefined) return 'recalled'
  return formProgress(exchange, hold, moments)?.state ?? 'placed'
}
