import { z } from 'zod'
import type { Client } from '../../auth/client.ts'
import { keepDelivery, type PulledDelivery } from '../../delivery/pulled.ts'
import { UUID } from '../../encoding/uuid.ts'
import { CommandError } from '../terminal/failure.ts'

const id = z.string().regex(UUID)

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
  const delivery = keepDelivery(await readJson(response, path))
  if (delivery?.id === id) return delivery
  throw new CommandError({
    nl: `${path}: is niet die levering; gebruik de versie van Sluis die de gateway draait`,
    en: `${path}: is not that delivery; use the version of Sluis that the gateway runs`,
  })
}

/** The gateway does not know the cursor: its log is another one, or a backup was restored. */
export class CursorUnknownError extends Error {
  override readonly name = 'CursorUnknownError'
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
