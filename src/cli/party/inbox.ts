import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { WitnessPolicy } from '../../audit/checkpoint/witness-policy.ts'
import type { Client } from '../../auth/client.ts'
import { readWitnessPolicy } from '../../boot/witness-policy-file.ts'
import { openSealed } from '../../delivery/open.ts'
import { verifyDelivery } from '../../delivery/verify-delivery.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import { SluisError } from '../../errors.ts'
import type { Content } from '../../exchange/content.ts'
import type { Notice } from '../../exchange/notices.ts'
import type { PrivateJwk } from '../../model/party.ts'
import type { Receipt } from '../../ports/stored.ts'
import { parseJson } from '../../report/json.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { openClient, readSettings } from './open-client.ts'
import { readPartyKeys } from './party-folder.ts'

const receipt = z.strictObject({ leafIndex: z.int(), record: z.string(), proof: z.string() })
// Strict, because nothing vouches for a member that is not compared with a record.
const pulledDelivery = z.strictObject({
  id: z.string(),
  kind: z.enum(['exchange', 'notice']),
  exchangeId: z.string().exactOptional(),
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

/** A delivery as `inbox pull` keeps it: all of it is in a record that one of its receipts proves. */
export interface PulledDelivery {
  readonly id: string
  readonly kind: 'exchange' | 'notice'
  /** Absent for a notice about no exchange in particular. */
  readonly exchangeId?: string
  readonly sender: string
  readonly at: string
  readonly sealed: string
  readonly receipt: Receipt
  /** Of the record that it was handed over; names the delivery. */
  readonly handedOver: Receipt
}

export const inboxPull: Command = {
  name: 'inbox pull',
  usage: '--as PARTY [--to FOLDER]',
  summary: 'fetch the sealed deliveries that came since the last time',
  async run(args, terminal) {
    const { values } = parseArguments(args, { as: { type: 'string' }, to: { type: 'string' } })
    if (!values.as) throw new UsageError('say which party you are with --as PARTY')
    const folder = values.to ?? join(readSettings(terminal).partyFolder, '..', 'inbox', values.as)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const cursorPath = join(folder, '.cursor')
    const cursor = existsSync(cursorPath) ? readFileSync(cursorPath, 'utf8') : undefined
    const client = await openClient(terminal, values.as)
    for await (const { delivery, cursor: reached } of pullDeliveries(client, cursor)) {
      const path = join(folder, `${delivery.id}.json`)
      writeFileSync(path, JSON.stringify(delivery, null, 2), { mode: 0o600 })
      // Only now: a run that dies before it pulls this delivery again.
      if (reached !== undefined) writeFileSync(cursorPath, reached)
      terminal.out(path)
    }
    return EXIT.done
  },
}

export const inboxOpen: Command = {
  name: 'inbox open',
  usage: 'FILE… --as PARTY --log-key KEY|FILE… [--witness-policy FILE] [--acknowledge]',
  summary: 'verify deliveries against the log, then open them',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      as: { type: 'string' },
      ...LOG_KEY_OPTION,
      'witness-policy': { type: 'string' },
      acknowledge: { type: 'boolean' },
    })
    const party = values.as
    if (!party || values['log-key'].length === 0 || positionals.length === 0)
      throw new UsageError('give files, --as PARTY and --log-key')
    const verifierKeys = readVerifierKeys(values['log-key'])
    const policyPath = values['witness-policy']
    const policy = policyPath === undefined ? undefined : readWitnessPolicy(policyPath)
    const { encryption } = readPartyKeys(readSettings(terminal).partyFolder, party)
    for (const path of positionals) {
      const delivery = readDelivery(readFileSync(path))
      if ('reason' in delivery) {
        terminal.err(`${path}: ${delivery.reason}`)
        return EXIT.verificationFailed
      }
      const opened = await openDelivery(delivery, party, verifierKeys, encryption, policy).catch((cause: Error) => {
        throw new Error(`${path}: ${cause.message}`, { cause })
      })
      if (!opened.ok) {
        terminal.err(`${path}: ${opened.reason}`)
        return EXIT.verificationFailed
      }
      terminal.out(JSON.stringify(opened.content, null, 2))
      if (values.acknowledge) {
        const response = await (await openClient(terminal, party)).request(
          'POST',
          `/v1/deliveries/${delivery.id}/_acknowledge`,
        )
        if (!response.ok)
          throw new Error(`${path}: the gateway did not take the acknowledgement (HTTP ${response.status}); try again`)
      }
    }
    return EXIT.done
  },
}

/** A delivery from the bytes of its file, in which no member is doubled or unknown. */
function readDelivery(bytes: Uint8Array): PulledDelivery | { readonly reason: string } {
  try {
    const parsed = pulledDelivery.safeParse(parseJson(bytes, DELIVERY_MEMBERS, MAX_DELIVERY_BYTES))
    if (parsed.success) return parsed.data
    const place = parsed.error.issues[0]!.path.map((part) => `/${String(part)}`).join('')
    const where = place === '' ? '' : `${place}: `
    return { reason: `${where}is not that of a delivery; give a file that \`sluis inbox pull\` wrote, unchanged` }
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    const { pointer, detail } = error.faults[0]!
    return { reason: `${pointer ? `${pointer}: ` : ''}${detail.en}` }
  }
}

/** Every delivery after a cursor, oldest first; `cursor` comes with the last of a page. */
export async function* pullDeliveries(
  client: Client,
  cursor?: string,
): AsyncGenerator<{ delivery: PulledDelivery; cursor?: string }> {
  let from = cursor
  for (;;) {
    const page = await get<{ deliveries: { id: string; erasedAt?: string }[]; cursor: string; hasMore: boolean }>(
      client,
      `/v1/deliveries${from ? `?cursor=${from}` : ''}`,
    )
    // What came too late to be fetched has no content any more.
    const present = page.deliveries.filter(({ erasedAt }) => erasedAt === undefined)
    for (const [position, { id }] of present.entries()) {
      // What no receipt in it proves, such as when it was acknowledged, is left out.
      const { success, data: delivery } = keptOfDelivery.safeParse(await get(client, `/v1/deliveries/${id}`))
      if (!success) throw new Error(`/v1/deliveries/${id}: is not a delivery; use the version of Sluis that runs there`)
      yield position === present.length - 1 ? { delivery, cursor: page.cursor } : { delivery }
    }
    if (!page.hasMore) return
    from = page.cursor
  }
}

/** What came out of a delivery: what a party sent, or a notice of the gateway itself. */
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

/** Verifier keys on the command line: one, or one for each origin that the log had. */
export const LOG_KEY_OPTION = {
  'log-key': { type: 'string' as const, multiple: true as const, default: [] as string[] },
}

/** Verifier keys (C2SP signed-note), each given as text or as the file that holds it; a file may hold several, one a line. */
export const readVerifierKeys = (keysOrFiles: readonly string[]): readonly string[] =>
  keysOrFiles.flatMap((keyOrFile) =>
    (existsSync(keyOrFile) ? readFileSync(keyOrFile, 'utf8') : keyOrFile).trim().split('\n'),
  )

async function get<Answer>(client: Client, path: string): Promise<Answer> {
  const response = await client.request('GET', path)
  if (!response.ok) throw new Error(`${path.split('?')[0]}: HTTP ${response.status}`)
  return (await response.json()) as Answer
}
