import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { PrivateJwk, PublicJwk } from '../model/party.ts'

/**
 * The only accepted signature algorithms, for assertions and for proofs (RFC 7518 §3.1, RFC 8037 §3.1). `Ed25519` is the
 * RFC 9864 §2.2 name of the only form of `EdDSA` supported here; libraries use either name.
 */
export const SIGNATURE_ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'PS256'] as const
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number]

/** Members of the public key, besides `kty` and `crv` (RFC 7518 §6, RFC 8037 §2). */
const KEY_FORMS: Readonly<Record<SignatureAlgorithm, { kty: string; crv?: string; members: readonly string[] }>> = {
  ES256: { kty: 'EC', crv: 'P-256', members: ['x', 'y'] },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', members: ['x'] },
  Ed25519: { kty: 'OKP', crv: 'Ed25519', members: ['x'] },
  PS256: { kty: 'RSA', members: ['n', 'e'] },
}

/** Longest modulus in base64url characters (4096 bits): a longer one only makes verification slower. */
const MAX_MODULUS_LENGTH = 683

export const isSignatureAlgorithm = (alg: unknown): alg is SignatureAlgorithm =>
  SIGNATURE_ALGORITHMS.some((accepted) => accepted === alg)

/** True when a JSON Web Key has the form that `alg` requires and is not marked for another use. */
export function isKeyFor(alg: SignatureAlgorithm, jwk: Readonly<Record<string, unknown>>): boolean {
  const { kty, crv, members } = KEY_FORMS[alg]
  return (
    jwk.kty === kty &&
    (crv === undefined || jwk.crv === crv) &&
    members.every((member) => typeof jwk[member] === 'string' && jwk[member].length <= MAX_MODULUS_LENGTH) &&
    (jwk.alg === undefined ||
      jwk.alg === alg ||
      (crv === 'Ed25519' && (jwk.alg === 'EdDSA' || jwk.alg === 'Ed25519'))) &&
    (jwk.use === undefined || jwk.use === 'sig')
  )
}

/** The public half of a signing key: only the members that are known to be public. */
export function formatPublicJwk(key: PrivateJwk): PublicJwk {
  const { kty, kid, use } = key
  const isPublic = new Set(['alg', 'crv', 'x', 'y', 'n', 'e'])
  return { ...Object.fromEntries(Object.entries(key).filter(([member]) => isPublic.has(member))), kty, kid, use }
}

/**
 * A new key pair to sign with. `kid` is the thumbprint of the public key.
 *
 * @see RFC 7638 (thumbprint), RFC 7517 §4 (`use`, `alg`, `kid`)
 */
export async function generateSigningKey(
  alg: 'EdDSA' | 'ES256' = 'EdDSA',
): Promise<{ readonly privateJwk: PrivateJwk; readonly publicJwk: PublicJwk }> {
  const pair = await generateKeyPair(alg, { extractable: true })
  const { d, ...publicMembers } = (await exportJWK(pair.privateKey)) as Record<string, string> & {
    d: string
    kty: string
  }
  const kid = await calculateJwkThumbprint(publicMembers)
  const publicJwk: PublicJwk = { ...publicMembers, kid, use: 'sig', alg }
  return { privateJwk: { ...publicJwk, d }, publicJwk }
}
