import { z } from 'zod'
import type { WitnessPolicy } from '../../audit/checkpoint/witness-policy.ts'
import type { Client } from '../../auth/client.ts'
import { openSealed } from '../../delivery/open.ts'
import { verifyDelivery } from '../../delivery/verify-delivery.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import { UUID } from '../../encoding/uuid.ts'
import { SluisError } from '../../errors.ts'
import type { Content } from '../../exchange/content.ts'
import type { Notice } from '../../exchange/notices.ts'
import type { PrivateJwk } from '../../model/party.ts'
import type { Receipt } from '../../ports/stored.ts'
import { parseJson } from '../../report/json.ts'
import { CommandError } from '../terminal/failure.ts'

const id = z.string().regex(UUID)
const receipt = z.strictObject({ leafIndex: z.int(), record: z.string(), proof: z.string() })
// Strict, because a member that is not compared with a record is not proven.
const pulledDelivery = z.strictObject({
  id,
  kind: z.enum(['exchange', 'notice']),
  exchangeId: id.exactOptional(),
  sender: z.string(),
  at: z.string(),
  sealed: z.string(),
  receipt,
  handedOver: receipt,
}) satisfies z.ZodType<PulledDelivery>

const keptOfDelivery = z.object(pulledDelivery.shape)
const DELIVERY_MEMBERS = new Set([...Object.keys(pulledDelivery.shape), ...Object.keys(receipt.shape)])
// The largest report, sealed, with room to spare.
const MAX_DELIVERY_BYTES = 16_777_216

/** A delivery as `inbox pull` keeps it: every member is in a record that one of its receipts proves. */
export interface PulledDelivery {
  readonly id: string
  readonly kind: 'exchange' | 'notice'
  /** Absent for a notice about no exchange in particular. */
  readonly exchangeId?: string
  readonly sender: string
  readonly at: string
  readonly sealed: string
  readonly receipt: Receipt
  /** Receipt of the record that it was handed over, which names the delivery. */
  readonly handedOver: Receipt
}

/** Parses the file of a delivery; duplicate and unknown members are rejected. */
export function parseDelivery(bytes: Uint8Array): PulledDelivery | { readonly reason: string } {
  try {
    const parsed = pulledDelivery.safeParse(parseJson(bytes, DELIVERY_MEMBERS, MAX_DELIVERY_BYTES))
    if (parsed.success) return parsed.data
    const pointer = parsed.error.issues[0]!.path.map((part) => `/${String(part)}`).join('')
    const where = pointer === '' ? '' : `${pointer}: `
    return { reason: `${where}is not valid in a delivery; give a file that \`sluis inbox pull\` wrote, unchanged` }
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    const { pointer, detail } = error.faults[0]!
    return { reason: `${pointer ? `${pointer}: ` : ''}${detail.en}` }
  }
}

// An id becomes a path and the name of a file, and a cursor a part of an address.
const inboxPage = z.object({
  deliveries: z.array(z.object({ id, erasedAt: z.string().exactOptional() })).max(1000),
  cursor: z.string().regex(/^[0-9A-Za-z._-]{1,200}$/),
  hasMore: z.boolean(),
})

/** What a pull leaves out, and what it reports beside the deliveries. */
export interface PullOptions {
  /** Where to start; the oldest when absent. */
  readonly cursor?: string | undefined
  /** Whether a delivery is here already; then it is not fetched again. */
  readonly isKnown?: (id: string) => boolean
  /** Called with the cursor after each page, when every delivery up to it was taken. */
  readonly onPage?: (cursor: string) => void
}

/**
 * Every delivery after a cursor, oldest first.
 * @throws CursorUnknownError when the gateway no longer knows the cursor; then start without one
 */
export async function* pullDeliveries(
  client: Client,
  { cursor, isKnown = () => false, onPage }: PullOptions = {},
): AsyncGenerator<{ readonly delivery: PulledDelivery }> {
  const path = '/v1/deliveries'
  for (let from = cursor; ; ) {
    const answer = inboxPage.safeParse(await get(client, from === undefined ? path : `${path}?cursor=${from}`))
    if (!answer.success || (answer.data.hasMore && answer.data.cursor === from))
      throw new CommandError({
        nl: `${path}: is geen bladzijde van een postbus; gebruik de versie van Sluis die de gateway draait`,
        en: `${path}: is not a page of an inbox; use the version of Sluis that the gateway runs`,
      })
    const page = answer.data
    for (const { id, erasedAt } of page.deliveries) {
      // A delivery that was not fetched in time has been erased.
      if (erasedAt !== undefined || isKnown(id)) continue
      const delivery = await getDelivery(client, id)
      if (delivery) yield { delivery }
    }
    onPage?.(page.cursor)
    if (!page.hasMore) return
    from = page.cursor
  }
}

/** Undefined when it was recalled or erased after it was listed. */
async function getDelivery(client: Client, id: string): Promise<PulledDelivery | undefined> {
  const path = `/v1/deliveries/${id}`
  const response = await client.request('GET', path)
  if (response.status === 410) {
    await response.body?.cancel()
    return undefined
  }
  // Members that no receipt proves, such as the time of acknowledgement, are left out.
  const { success, data } = keptOfDelivery.safeParse(await readJson(response, path))
  if (success && data.id === id) return data
  throw new CommandError({
    nl: `${path}: is niet die levering; gebruik de versie van Sluis die de gateway draait`,
    en: `${path}: is not that delivery; use the version of Sluis that the gateway runs`,
  })
}

/** The gateway does not know the cursor: its log is another one, or a backup was restored. */
export class CursorUnknownError extends Error {
  override readonly name = 'CursorUnknownError'
}

/** An opened delivery: content that a party sent, or a notice of the gateway itself. */
export type OpenedDelivery =
  | { readonly ok: true; readonly kind: 'exchange'; readonly content: Content }
  | { readonly ok: true; readonly kind: 'notice'; readonly content: Notice }
  | { readonly ok: false; readonly reason: string }

/** Verifies a delivery and only then opens it. */
export async function openDelivery(
  delivery: PulledDelivery,
  party: string,
  verifierKeys: string | readonly string[],
  keys: readonly PrivateJwk[],
  policy?: WitnessPolicy,
): Promise<OpenedDelivery> {
  const verification = await verifyDelivery(delivery, party, verifierKeys, policy)
  if (!verification.ok) return verification
  const content: unknown = JSON.parse(parseUtf8(await openSealed(delivery.sealed, keys)))
  return delivery.kind === 'exchange'
    ? { ok: true, kind: 'exchange', content: content as Content }
    : { ok: true, kind: 'notice', content: content as Notice }
}

async function get(client: Client, path: string): Promise<unknown> {
  return readJson(await client.request('GET', path), path.split('?')[0]!)
}

async function readJson(response: Response, path: string): Promise<unknown> {
  if (response.ok) return response.json()
  const problem: unknown = await response.json().catch(() => undefined)
  const message = `${path}: HTTP ${response.status}`
  throw Object(problem).type === '/problems/cursor-unknown' ? new CursorUnknownError(message) : new Error(message)
}
