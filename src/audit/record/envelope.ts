import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64Url, formatUtf8 } from '../../encoding/bytes.ts'
import { formatCanonicalJson } from '../../encoding/canonical-json.ts'
import type { Json } from '../../encoding/json.ts'
import { sluisError } from '../../errors.ts'

/**
 * Members that all records of the log share. A record is canonical JSON (RFC 8785) and contains words of the vocabulary, random
 * ids, hashes of random or sealed bytes and salted commitments: never a value of a report. A new meaning is a new `v`.
 */

export const MAX_RECORD_BYTES = 4096
/** Fresh random bytes in every record, so that nobody can guess a record from its leaf hash. */
export const NONCE_BYTES = 16

// Type aliases, not interfaces, in this folder: only an alias fits `Json`.
export type Envelope = {
  readonly v: 1
  /** Instant, RFC 3339 in UTC. Order comes from the index in the log, never from this. */
  readonly at: string
  readonly nonce: string
}

/** A record before it is formatted; the nonce is {@link NONCE_BYTES} fresh random bytes. */
export type Draft<Content extends Envelope> = Content extends Envelope
  ? Omit<Content, 'v' | 'nonce'> & { readonly nonce: Uint8Array }
  : never

/**
 * A record in the form of the log. Callers list its members one by one, so that other properties of their objects never enter the
 * log.
 *
 * @throws SluisError `record-too-large`; RangeError when the nonce has the wrong length
 */
export function formatRecord(
  draft: Readonly<Record<string, Json | Uint8Array>> & { readonly nonce: Uint8Array },
): string {
  const { nonce, ...members } = draft
  if (nonce.length !== NONCE_BYTES) throw new RangeError(`nonce: is not ${NONCE_BYTES} bytes; give random bytes`)
  const record = formatCanonicalJson({
    ...(members as Readonly<Record<string, Json>>),
    v: 1,
    nonce: formatBase64Url(nonce),
  })
  const size = formatUtf8(record).length
  if (size > MAX_RECORD_BYTES) {
    throw sluisError('record-too-large', {
      nl: `de melding heeft te veel betrokkenen, gegevens of omstandigheden voor één regel in het logboek (${size} bytes, en er passen er ${MAX_RECORD_BYTES}); verdeel haar over meer uitwisselingen`,
      en: `the report has too many data subjects, fields or circumstances for one log record (${size} bytes, and it has room for ${MAX_RECORD_BYTES}); divide it over more exchanges`,
    })
  }
  return record
}

/** Hash of sealed bytes in a record: SHA-256 in base64url. The recipient compares it with the delivery. */
export const sealedHash = (sealed: Uint8Array): string => formatBase64Url(sha256(sealed))
