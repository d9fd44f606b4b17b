import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { z } from 'zod'
import { formatUtf8, parseBase64Url, parseUtf8 } from '../../encoding/bytes.ts'
import type { PrivateJwk } from '../../model/party.ts'
import { readCookie } from '../cookies.ts'

/** A sign-in that has begun: what the answer of the provider is held against. */
export interface SignInProgress {
  /** Id of the provider that was asked. */
  readonly provider: string
  readonly state: string
  readonly nonce: string
  /** PKCE (RFC 7636 §4.1). */
  readonly codeVerifier: string
  /** The path to go to afterwards. */
  readonly to: string
  /** Whether the person must sign in anew, although the provider knows them already. */
  readonly isFresh: boolean
  /** Milliseconds since 1970. */
  readonly begunAt: number
}

/** Long enough for a second factor, short enough that a cookie left behind is worth nothing. */
export const PROGRESS_SECONDS = 600

const COOKIE = '__Host-sluis-sign-in'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'
/** The header `Set-Cookie` that forgets a sign-in in progress. */
export const FORGET_PROGRESS = `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`

const progressSchema = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  to: z.string(),
  isFresh: z.boolean(),
  begunAt: z.number(),
}) satisfies z.ZodType<SignInProgress>

/** Seals sign-ins in progress into a cookie, so that somebody who begins many of them makes nothing grow here. */
export interface ProgressSeal {
  /** The header `Set-Cookie`. */
  seal(progress: SignInProgress): Promise<string>
  /** The sign-in of this browser; undefined when there is none, or it began too long ago. */
  open(request: Request, now: Date): Promise<SignInProgress | undefined>
}

/**
 * Seals with A256GCM under a key of its own that follows from the token key, so that a sign-in survives a restart.
 * @see RFC 7518 §4.5 (`dir`), RFC 5869 (HKDF)
 */
export function createProgressSeal(tokenKey: PrivateJwk): ProgressSeal {
  const key = hkdf(sha256, parseBase64Url(tokenKey.d), undefined, formatUtf8('sluis console sign-in in progress'), 32)
  return {
    async seal(progress) {
      const sealed = await new CompactEncrypt(formatUtf8(JSON.stringify(progress)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key)
      return `${COOKIE}=${sealed}; Max-Age=${PROGRESS_SECONDS}; ${ATTRIBUTES}`
    },
    async open(request, now) {
      const cookie = readCookie(request, COOKIE)
      if (!cookie) return undefined
      try {
        const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
        const { plaintext } = await compactDecrypt(cookie, key, algorithms)
        const progress = progressSchema.parse(JSON.parse(parseUtf8(plaintext)))
        const age = now.getTime() - progress.begunAt
        return age >= 0 && age <= PROGRESS_SECONDS * 1000 ? progress : undefined
      } catch {
        // Changed, cut off, or sealed under an earlier token key: the person begins again.
        return undefined
      }
    },
  }
}
