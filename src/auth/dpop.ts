import { sha256 } from '@noble/hashes/sha2.js'
import { calculateJwkThumbprint, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import { formatBase64Url, formatUtf8 } from '../encoding/bytes.ts'
import { type SluisError, sluisError } from '../errors.ts'
import type { RandomBytes } from '../ports/keys.ts'
import { CLOCK_TOLERANCE_SECONDS } from './clock-tolerance.ts'
import { isKeyFor, isSignatureAlgorithm } from './keys.ts'
import { createReplayMemory, type ReplayMemory } from './replay.ts'

/** Requirements for proofs in one gateway process. One policy serves every endpoint of the process. */
export interface DpopPolicy {
  /** This process's nonce: a proof that carries it was made after the process started. */
  readonly nonce: string
  /** POSIX seconds. An earlier proof may have been used in a previous process, whose replay memory is lost. */
  readonly nonceNeededBefore: number
  readonly maxAgeSeconds: number
  readonly maxAheadSeconds: number
  readonly replay: ReplayMemory
}

/**
 * The policy of a process that starts at `startedAt`. The default capacity exceeds the number of proofs that one process can verify
 * while they are remembered, so the memory cannot be filled with valid proofs.
 */
export function createDpopPolicy(options: {
  readonly startedAt: Date
  readonly random: RandomBytes
  readonly replayCapacity?: number
  readonly maxAgeSeconds?: number
  readonly maxAheadSeconds?: number
}): DpopPolicy {
  const {
    startedAt,
    random,
    replayCapacity = 500_000,
    maxAgeSeconds = 60,
    maxAheadSeconds = CLOCK_TOLERANCE_SECONDS,
  } = options
  return {
    nonce: formatBase64Url(random(16)),
    // A proof accepted before the start can be dated this far after it.
    nonceNeededBefore: startedAt.getTime() / 1000 + maxAheadSeconds,
    maxAgeSeconds,
    maxAheadSeconds,
    replay: createReplayMemory({ capacity: replayCapacity }),
  }
}

export interface DpopCheck {
  /** The `DPoP` header's value. */
  readonly proof: string
  readonly method: string
  /** The public address of the request, from the configuration and not from the Host header. */
  readonly url: string
  /** Present at a protected resource: the proof must be made for this token. */
  readonly accessToken?: string
  /** Present at a protected resource: thumbprint of the key that the token is bound to. */
  readonly jkt?: string
  readonly now: Date
  readonly policy: DpopPolicy
}

const MAX_JTI_LENGTH = 256

/**
 * Checks a proof of possession and consumes it: the same proof is refused from then on.
 *
 * @returns the RFC 7638 thumbprint of the key that the sender proved to possess
 * @throws SluisError `dpop-invalid`; `dpop-nonce-required` when a new proof with the policy's nonce is needed;
 *   `too-many-requests` when it cannot be remembered
 * @see RFC 9449 §4.3 (checks), §8 and §9 (nonce), §11.1 (replay)
 */
export async function verifyDpopProof(check: DpopCheck): Promise<string> {
  const { policy } = check
  const now = check.now.getTime() / 1000
  const { claims, jkt } = await verifySignature(check)
  if (claims.htm !== check.method) {
    throw invalid(
      '`htm` is niet de methode van dit verzoek; gebruik dezelfde',
      '`htm` is not the method of this request; use the same',
    )
  }
  if (typeof claims.htu !== 'string' || formatTarget(claims.htu) !== formatTarget(check.url)) {
    throw invalid(
      '`htu` is niet het openbare adres van dit verzoek; onderteken dat adres zonder zoekdeel',
      '`htu` is not the public address of this request; sign that address without its query',
    )
  }
  if (check.accessToken !== undefined && !isHashOf(claims.ath, check.accessToken)) {
    throw invalid(
      '`ath` hoort niet bij dit token; neem de SHA-256 van dit token',
      '`ath` does not belong to this token; take the SHA-256 of this token',
    )
  }
  if (check.jkt !== undefined && jkt !== check.jkt) {
    throw invalid(
      'het token hoort bij een andere sleutel; onderteken met die sleutel',
      'the token is bound to another key; sign with that key',
    )
  }
  const { iat, jti } = claims
  if (typeof iat !== 'number' || iat < now - policy.maxAgeSeconds || iat > now + policy.maxAheadSeconds) {
    throw invalid(
      '`iat` ligt te ver van nu; maak voor elk verzoek een bewijs en zet de klok gelijk',
      '`iat` is too far from now; make one proof a request and set the clock',
    )
  }
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) {
    throw invalid(
      '`jti` ontbreekt of is te lang; gebruik ten minste 128 willekeurige bits',
      '`jti` is missing or too long; use at least 128 random bits',
    )
  }
  // Another nonce is from an earlier process, and so may be the whole proof.
  if (claims.nonce === undefined ? iat < policy.nonceNeededBefore : claims.nonce !== policy.nonce) {
    throw sluisError('dpop-nonce-required', {
      nl: 'DPoP-bewijs: de nonce ontbreekt of is verouderd; maak het opnieuw met de nonce uit de header DPoP-Nonce',
      en: 'DPoP proof: the nonce is missing or outdated; make it again with the nonce of the DPoP-Nonce header',
    })
  }
  const memory = policy.replay.remember(jkt, jti, iat + policy.maxAgeSeconds, now)
  if (memory === 'replayed') {
    throw invalid(
      'is al gebruikt; maak voor elk verzoek een nieuw bewijs',
      'was used before; make a new one for each request',
    )
  }
  if (memory === 'full') {
    throw sluisError('too-many-requests', {
      nl: 'DPoP-bewijs: er zijn te veel verzoeken om dit te onthouden; probeer het over een minuut opnieuw',
      en: 'DPoP proof: there are too many requests to remember this one; try again in a minute',
    })
  }
  return jkt
}

async function verifySignature({ proof, now, policy }: DpopCheck): Promise<{ claims: JWTPayload; jkt: string }> {
  const { typ, alg, jwk } = decodeHeader(proof)
  if (typ !== 'dpop+jwt') {
    throw invalid('`typ` is niet `dpop+jwt`; zet dat in de header', '`typ` is not `dpop+jwt`; put that in the header')
  }
  if (!isSignatureAlgorithm(alg)) {
    throw invalid(
      '`alg` wordt niet aanvaard; gebruik ES256, EdDSA, Ed25519 of PS256',
      '`alg` is not accepted; use ES256, EdDSA, Ed25519 or PS256',
    )
  }
  if (!isObject(jwk) || !isKeyFor(alg, jwk) || PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member))) {
    throw invalid(
      '`jwk` is geen openbare sleutel voor `alg`; zet alleen de openbare helft in de header',
      '`jwk` is not a public key for `alg`; put only the public half in the header',
    )
  }
  try {
    const [{ payload }, jkt] = await Promise.all([
      jwtVerify(proof, jwk, { algorithms: [alg], currentDate: now, clockTolerance: policy.maxAheadSeconds }),
      calculateJwkThumbprint(jwk),
    ])
    return { claims: payload, jkt }
  } catch (cause) {
    throw invalid(
      'de handtekening klopt niet; onderteken met de sleutel uit `jwk`',
      'the signature does not verify; sign with the key in `jwk`',
      cause,
    )
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Members of RFC 7518 §6 that only a private or symmetric key has. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

function decodeHeader(proof: string) {
  try {
    return decodeProtectedHeader(proof)
  } catch (cause) {
    throw invalid(
      'is geen ondertekend JWT; stuur één bewijs in de header DPoP',
      'is not a signed JWT; send one proof in the DPoP header',
      cause,
    )
  }
}

const invalid = (nl: string, en: string, cause?: unknown): SluisError =>
  sluisError('dpop-invalid', { nl: `DPoP-bewijs: ${nl}`, en: `DPoP proof: ${en}` }, { cause })

/** An address in the form in which `htu` is compared: without query and fragment, normalised (RFC 3986 §6.2.2, §6.2.3); '' when invalid. */
function formatTarget(address: string): string {
  if (!URL.canParse(address)) return ''
  const { origin, pathname } = new URL(address)
  // URL leaves percent-encodings as they are written; an unreserved character and its encoding are the same.
  const path = pathname.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const char = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return /[A-Za-z0-9._~-]/.test(char) ? char : encoded.toUpperCase()
  })
  return origin + path
}

/** RFC 9449 §4.3 item 12: `ath` is the SHA-256 of the token. Compared in constant time. */
function isHashOf(ath: unknown, accessToken: string): boolean {
  const expected = formatBase64Url(sha256(formatUtf8(accessToken)))
  if (typeof ath !== 'string' || ath.length !== expected.length) return false
  let difference = 0
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ ath.charCodeAt(i)
  return difference === 0
}
