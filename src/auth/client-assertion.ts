import { type CryptoKey, compactVerify, decodeJwt, decodeProtectedHeader, generateKeyPair, type JWTPayload } from 'jose'
import { isExpired, type PublicJwk } from '../model/party.ts'
import { legalDate } from '../policy/legal-date.ts'
import type { PartyKeys } from '../ports/keys.ts'
import { CLOCK_TOLERANCE_SECONDS } from './clock-tolerance.ts'
import { isKeyFor, isSignatureAlgorithm, type SignatureAlgorithm } from './keys.ts'

const MAX_LIFETIME_SECONDS = 300
const MAX_JTI_LENGTH = 256

export type ClientAssertionResult =
  /** The party signed this. The caller must remember `jti` until `expiresAt` (POSIX seconds). */
  | { readonly party: string; readonly jti: string; readonly expiresAt: number }
  /** What is wrong, for the client's developer. Detailed only for a sender with a registered key. */
  | { readonly fault: string }

/**
 * Verifies a client's signed assertion of its identity (`private_key_jwt`). An unknown client, an unknown key and a wrong signature
 * take one verification each and have the same answer.
 *
 * @see RFC 7523 §3, RFC 7521 §4.2
 */
export async function verifyClientAssertion(check: {
  readonly assertion: string
  /** The form's `client_id`, if it was sent. */
  readonly clientId: string | undefined
  /** What `aud` may be: the issuer and the token endpoint. */
  readonly audiences: readonly string[]
  readonly keys: PartyKeys
  readonly now: Date
}): Promise<ClientAssertionResult> {
  const { assertion, clientId, audiences, keys, now } = check
  const signed = await verifySignature(assertion, keys)
  if (signed === undefined)
    return {
      fault: 'client_assertion: not signed with a registered key of this client; check iss, kid, alg and the key',
    }

  const { party, claims, key } = signed
  if (isExpired(key, legalDate(now))) {
    return {
      fault: `client_assertion: the signing key was valid until ${key.expires}; make new keys (\`sluis party keys\`) and give the public ones to the operator of the gateway`,
    }
  }
  const { sub, aud, exp, nbf, iat, jti } = claims
  const at = now.getTime() / 1000
  if (sub !== party || (clientId !== undefined && clientId !== party)) {
    return { fault: 'client_assertion: iss, sub and client_id differ; give all three the identifier of the client' }
  }
  const audience = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  if (typeof audience !== 'string' || !audiences.includes(audience)) {
    return { fault: 'client_assertion: aud is not this server; use the issuer identifier as the only audience' }
  }
  if (typeof exp !== 'number' || exp + CLOCK_TOLERANCE_SECONDS <= at) {
    return {
      fault: 'client_assertion: exp is missing or has passed; make one assertion for each request and set the clock',
    }
  }
  if (exp > at + MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS) {
    return { fault: 'client_assertion: exp is too far ahead; use at most 300 seconds' }
  }
  for (const [name, moment] of Object.entries({ nbf, iat })) {
    if (moment !== undefined && !(typeof moment === 'number' && moment <= at + CLOCK_TOLERANCE_SECONDS)) {
      return { fault: `client_assertion: ${name} lies ahead; leave it out or set the clock` }
    }
  }
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) {
    return { fault: 'client_assertion: jti is missing or too long; use at least 128 random bits' }
  }
  return { party, jti, expiresAt: exp + CLOCK_TOLERANCE_SECONDS }
}

/** The assertion's issuer and claims, or undefined when no registered key of that issuer signed it. */
async function verifySignature(
  assertion: string,
  keys: PartyKeys,
): Promise<{ party: string; claims: JWTPayload; key: PublicJwk } | undefined> {
  try {
    const { alg, kid, typ } = decodeProtectedHeader(assertion)
    const claims = decodeJwt(assertion)
    // A JWT with the typ of another kind must not be accepted (RFC 8725 §3.11).
    if (!(typ === undefined || typ === 'JWT' || typ === 'client-authentication+jwt')) return undefined
    if (!isSignatureAlgorithm(alg) || typeof claims.iss !== 'string') return undefined
    const registered = keys.find(claims.iss, 'sig').find((key) => key.kid === kid && isKeyFor(alg, key))
    // `isKeyFor` checked the key; its `alg` may be the other name of the same algorithm.
    await compactVerify(assertion, registered ? { ...registered, alg } : await loadDecoyKey(alg), { algorithms: [alg] })
    return registered && { party: claims.iss, claims, key: registered }
  } catch {
    return undefined
  }
}

const decoyKeys = new Map<SignatureAlgorithm, CryptoKey>()

/** An unused key: verifying against it takes as long as against a registered one, and fails. */
async function loadDecoyKey(alg: SignatureAlgorithm): Promise<CryptoKey> {
  const key = decoyKeys.get(alg) ?? (await generateKeyPair(alg)).publicKey
  decoyKeys.set(alg, key)
  return key
}
