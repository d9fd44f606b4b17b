import { type CryptoKey, GeneralEncrypt, importJWK } from 'jose'
import { type SluisError, sluisError } from '../errors.ts'
import { isExpired, type PublicJwk } from '../model/party.ts'
import { legalDate } from '../policy/legal-date.ts'
import type { Clock, PartyKeys, Sealer } from '../ports/keys.ts'
import { CONTENT_ENCRYPTION, isSealingKey, KEY_AGREEMENT } from './keys.ts'

/** The shortest content, so that a report of a few fields looks like one of one field. */
const LEAST_BYTES = 1024
/** Above this length content grows by a quarter of it at a time: a Durable Object stores at most 2 MB in a row. */
const DOUBLING_BYTES = 1_048_576

/**
 * Seals JSON text to a recipient. The result is a JWE in general JSON serialisation, with one or with more keys; its headers
 * contain the recipient's key ids and the form of the content, nothing of the content itself.
 *
 * The text is followed by spaces up to the next power of two, at least 1 KiB: content of up to 1 MiB has one of eleven lengths, at
 * most twice its own, and longer content is padded to a multiple of 256 KiB. To JSON those spaces are insignificant (RFC 8259 §2), so
 * a recipient can open it with any JWE library. Not compressed, because the length would then depend on the content.
 *
 * @see RFC 7516 §7.2.1
 */
export function createSealer(partyKeys: PartyKeys, clock: Clock): Sealer {
  const imported = new WeakMap<PublicJwk, Promise<CryptoKey>>()
  const importKey = (jwk: PublicJwk): Promise<CryptoKey> => {
    const key = imported.get(jwk) ?? (importJWK({ ...jwk }, KEY_AGREEMENT) as Promise<CryptoKey>)
    imported.set(jwk, key)
    return key
  }
  return {
    async seal(recipient, plaintext, which = 'valid') {
      const today = legalDate(clock())
      const all = partyKeys.find(recipient, 'enc')
      const valid = all.filter((key) => !isExpired(key, today))
      const keys = valid.length === 0 && which === 'all' ? all : valid
      // Not skipped: a recipient with only that key could not open the delivery.
      if (keys.length === 0 || !keys.every(isSealingKey)) throw withoutKey()
      const jwe = new GeneralEncrypt(formatPadded(plaintext)).setProtectedHeader({
        typ: 'JOSE+JSON',
        cty: 'application/json',
        enc: CONTENT_ENCRYPTION,
      })
      for (const key of keys) {
        jwe.addRecipient(await importKey(key)).setUnprotectedHeader({ alg: KEY_AGREEMENT, kid: key.kid })
      }
      return JSON.stringify(await jwe.encrypt())
    },
  }
}

function formatPadded(text: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedLength(text.length)).fill(0x20)
  padded.set(text)
  return padded
}

function paddedLength(length: number): number {
  if (length > DOUBLING_BYTES) return Math.ceil(length / (DOUBLING_BYTES / 4)) * (DOUBLING_BYTES / 4)
  let padded = LEAST_BYTES
  while (padded < length) padded *= 2
  return padded
}

const withoutKey = (): SluisError =>
  sluisError('recipient-without-key', {
    nl: 'ontvanger: heeft geen bruikbare sleutel om voor te verzegelen; registreer een openbare sleutel met `use` `enc` op P-256 of X25519',
    en: 'recipient: has no usable key to seal to; register a public key with `use` `enc` on P-256 or X25519',
  })
