import { z } from 'zod'
import type { WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'
import { parseUtf8 } from '../encoding/bytes.ts'
import { UUID } from '../encoding/uuid.ts'
import { SluisError } from '../errors.ts'
import type { Content } from '../exchange/content.ts'
import type { Notice } from '../exchange/notices.ts'
import type { LocalisedText } from '../model/language.ts'
import type { PrivateJwk } from '../model/party.ts'
import type { Receipt } from '../ports/stored.ts'
import { parseJson } from '../report/json.ts'
import { type HeldKey, openSealed } from './open.ts'
import { verifyDelivery } from './verify-delivery.ts'

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
export function parseDelivery(bytes: Uint8Array): PulledDelivery | { readonly reason: LocalisedText } {
  try {
    const parsed = pulledDelivery.safeParse(parseJson(bytes, DELIVERY_MEMBERS, MAX_DELIVERY_BYTES))
    if (parsed.success) return parsed.data
    const pointer = parsed.error.issues[0]!.path.map((part) => `/${String(part)}`).join('')
    const where = pointer === '' ? '' : `${pointer}: `
    return {
      reason: {
        nl: `${where}past niet in een levering; geef een bestand dat \`sluis inbox pull\` schreef, ongewijzigd`,
        en: `${where}is not valid in a delivery; give a file that \`sluis inbox pull\` wrote, unchanged`,
      },
    }
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    const { pointer, detail } = error.faults[0]!
    const place = pointer ? `${pointer}: ` : ''
    return { reason: { nl: `${place}${detail.nl}`, en: `${place}${detail.en}` } }
  }
}

/** The members of a delivery that receipts prove, of an answer of the API; undefined for what is no delivery. */
export function keepDelivery(answer: unknown): PulledDelivery | undefined {
  return keptOfDelivery.safeParse(answer).data
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
  keys: readonly (PrivateJwk | HeldKey)[],
  policy?: WitnessPolicy,
): Promise<OpenedDelivery> {
  const verification = await verifyDelivery(delivery, party, verifierKeys, policy)
  if (!verification.ok) return verification
  const content: unknown = JSON.parse(parseUtf8(await openSealed(delivery.sealed, keys)))
  return delivery.kind === 'exchange'
    ? { ok: true, kind: 'exchange', content: content as Content }
    : { ok: true, kind: 'notice', content: content as Notice }
}
