import { sha256 } from '@noble/hashes/sha2.js'
import { formatHex } from '../../encoding/bytes.ts'
import { sluisError } from '../../errors.ts'
import type { StoredDelivery } from '../../ports/stored.ts'
import { formatLengthPrefixed } from '../../pseudonym/length-prefixed.ts'
import type { Gateway } from '../gateway.ts'

/**
 * Numbers that mean something within one life of a database only, and what happens to them when an older backup is restored, the log
 * continues under a new origin, or a client turns to another gateway:
 *
 * - cursor of an inbox: bound to the log key and to the last delivery, below; in another life it is refused (`cursor-unknown`);
 * - cursor of exchanges and matches: an id, refused when the gateway does not have it for that party;
 * - cursor in the log (`src/review/log-cursor.ts`), of a search, of the records of an exchange and of `_rederive`: bound to the log key
 *   and the record before it, and refused in the same way;
 * - leaf index of one record, and `start` and `end` of an export: an answer has a proof or a checkpoint, whose origin shows the life
 *   that it is of; a range that begins beyond the log is refused;
 * - address of a tile: its hashes belong to the tree of a checkpoint, so caches are asked to keep it for a day and not for ever;
 * - `Idempotency-Key`: a key whose exchange was lost makes a new exchange, which is right, because the old one is gone;
 * - `.cursor` beside an inbox: names its gateway and log key; of another one it is put aside (`src/cli/party/inbox-folder.ts`).
 */

export interface InboxPage {
  /** Oldest first. */
  readonly deliveries: readonly StoredDelivery[]
  /** Where the next page begins. */
  readonly cursor: string
  readonly hasMore: boolean
}

/** The beginning of every inbox, in every life of a database. */
const START = '0'
/** Form of a cursor of an inbox. A position alone, as earlier versions gave it, is refused as one of another life. */
export const INBOX_CURSOR_FORM = '^(0|[1-9][0-9]{0,14}(\\.[0-9a-f]{32})?)$'

/**
 * Deliveries of a recipient after a cursor, at most `size`. The cursor is the position of the last delivery with a hash of the log key
 * and that delivery: after a restore the position alone would point into other deliveries, and the recipient would miss some.
 *
 * @param cursor of an earlier page, in the form of `INBOX_CURSOR_FORM`; undefined is the start
 * @throws SluisError `cursor-unknown` when this inbox never gave the cursor, or gave it before it was put back
 */
export async function readInboxPage(
  { store, verifierKey }: Pick<Gateway, 'store' | 'verifierKey'>,
  recipient: string,
  cursor: string | undefined,
  size: number,
): Promise<InboxPage> {
  const position = Number(cursor?.split('.')[0] ?? START)
  const format = (at: number, id: string) => `${at}.${bind(verifierKey, recipient, at, id)}`
  // From the delivery that the cursor names, so that it can be compared.
  const listed = await store.listDeliveries(recipient, Math.max(position - 1, 0), size + 2)
  const [named, rows] = position === 0 ? [undefined, listed] : [listed[0], listed.slice(1)]
  if (position !== 0 && (named?.cursor !== position || cursor !== format(position, named.delivery.id)))
    throw cursorUnknown()
  const page = rows.slice(0, size)
  const last = page.at(-1) ?? named
  return {
    deliveries: page.map(({ delivery }) => delivery),
    cursor: last ? format(last.cursor, last.delivery.id) : START,
    hasMore: rows.length > size,
  }
}

/** The error for a cursor of another log, or of what a restored database no longer has. */
export const cursorUnknown = (pointer?: string) =>
  sluisError(
    'cursor-unknown',
    {
      nl: '`cursor` hoort bij een ander logboek, of bij gegevens die deze gateway na terugzetten van een reservekopie niet meer heeft; laat `cursor` weg, begin bij het begin en haal op wat u mist; wat u al heeft herkent u aan zijn `id`',
      en: '`cursor` is of another log, or of data that this gateway no longer has since a backup was restored; leave `cursor` out, start at the beginning and fetch what you lack; you recognise what you already have by its `id`',
    },
    pointer === undefined ? {} : { pointer },
  )

const bind = (verifierKey: string, recipient: string, position: number, deliveryId: string): string =>
  formatHex(sha256(formatLengthPrefixed(['inbox-cursor', verifierKey, recipient, String(position), deliveryId]))).slice(
    0,
    32,
  )
