import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Client } from '../auth/client.ts'
import type { Receipt } from '../commit.ts'
import { readJsonFile } from '../config/json-file.ts'
import { openSealed } from '../delivery/open.ts'
import { verifyDelivery } from '../delivery/verify-delivery.ts'
import { parseUtf8 } from '../encoding.ts'
import type { Content } from '../exchange/content.ts'
import type { Notice } from '../exchange/notices.ts'
import type { PrivateJwk } from '../types.ts'
import { type Command, EXIT, parseArguments, UsageError } from './command.ts'
import { openClient, readSettings } from './open-client.ts'
import { readPartyKeys } from './party-folder.ts'

const pulledDelivery = z.object({
  id: z.string(),
  kind: z.enum(['exchange', 'notice']),
  exchangeId: z.string().exactOptional(),
  sender: z.string(),
  at: z.string(),
  acknowledgedAt: z.string().exactOptional(),
  sealed: z.string(),
  receipt: z.object({ leafIndex: z.int(), record: z.string(), proof: z.string() }),
}) satisfies z.ZodType<PulledDelivery>

/** A delivery as the API gives it and `inbox pull` keeps it. */
export interface PulledDelivery {
  readonly id: string
  readonly kind: 'exchange' | 'notice'
  /** Absent for a notice about no exchange in particular. */
  readonly exchangeId?: string
  readonly sender: string
  readonly at: string
  readonly acknowledgedAt?: string
  readonly sealed: string
  readonly receipt: Receipt
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
  usage: 'FILE… --as PARTY --log-key KEY|FILE… [--acknowledge]',
  summary: 'verify deliveries against the log, then open them',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      as: { type: 'string' },
      'log-key': { type: 'string', multiple: true },
      acknowledge: { type: 'boolean' },
    })
    const party = values.as
    if (!party || !values['log-key'] || positionals.length === 0)
      throw new UsageError('give files, --as PARTY and --log-key')
    const verifierKeys = readVerifierKeys(values['log-key'])
    const { encryption } = readPartyKeys(readSettings(terminal).partyFolder, party)
    for (const path of positionals) {
      const delivery = readDelivery(path)
      const opened = await openDelivery(delivery, party, verifierKeys, encryption).catch((cause: Error) => {
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

/** @throws Error that names the file */
function readDelivery(path: string): PulledDelivery {
  const parsed = pulledDelivery.safeParse(readJsonFile(path))
  if (!parsed.success) throw new Error(`${path}: is not a delivery; give a file that \`sluis inbox pull\` wrote`)
  return parsed.data
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
      const delivery = await get<PulledDelivery>(client, `/v1/deliveries/${id}`)
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
): Promise<OpenedDelivery> {
  const verification = await verifyDelivery(delivery, party, verifierKeys)
  if (!verification.ok) return verification
  const content: unknown = JSON.parse(parseUtf8(await openSealed(delivery.sealed, keys)))
  return delivery.kind === 'exchange'
    ? { ok: true, kind: 'exchange', content: content as Content }
    : { ok: true, kind: 'notice', content: content as Notice }
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
