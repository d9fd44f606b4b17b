import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { PrivateJwk, PublicJwk } from '../model/party.ts'

/** Algorithms for the content key and for the content (RFC 7518 §4.6, §5.3). */
export const KEY_AGREEMENT = 'ECDH-ES+A256KW'
export const CONTENT_ENCRYPTION = 'A256GCM'

/** True when content can be sealed to a public key: on P-256 or X25519, and not marked for another use. */
export const isSealingKey = (key: PublicJwk): boolean =>
  ((key.kty === 'EC' && key.crv === 'P-256') || (key.kty === 'OKP' && key.crv === 'X25519')) &&
  key.use === 'enc' &&
  (key.alg === undefined || key.alg === KEY_AGREEMENT)

/**
 * A new key pair to receive sealed content with, on P-256. `kid` is the thumbprint of the public key.
 *
 * @see RFC 7638 (thumbprint), RFC 7517 §4 (`use`, `alg`, `kid`)
 */
export async function generateEncryptionKey(): Promise<{
  readonly privateJwk: PrivateJwk
  readonly publicJwk: PublicJwk
}> {
  const pair = await generateKeyPair(KEY_AGREEMENT, { crv: 'P-256', extractable: true })
  const { d, ...publicMembers } = (await exportJWK(pair.privateKey)) as Record<string, string> & {
    d: string
    kty: string
  }
  const kid = await calculateJwkThumbprint(publicMembers)
  const publicJwk: PublicJwk = { ...publicMembers, kid, use: 'enc', alg: KEY_AGREEMENT }
  return { privateJwk: { ...publicJwk, d }, publicJwk }
}
