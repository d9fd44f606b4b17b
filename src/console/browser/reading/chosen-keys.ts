import { importJWK } from 'jose'
import { parseVerifierKey } from '../../../audit/checkpoint/signed-note.ts'
import { isSealingKey, KEY_AGREEMENT } from '../../../delivery/keys.ts'
import type { HeldKey } from '../../../delivery/open.ts'
import type { PublicJwk } from '../../../model/party.ts'

/** A file that somebody chose is not what was asked for. */
export type KeyFault = 'too-large' | 'no-key' | 'public-key' | 'signing-key' | 'no-log-key'

export type Chosen<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: KeyFault }

/** The keys of a party with several years of renewed keys fit in this. */
const MAX_KEY_FILE_BYTES = 65_536

const refused = (fault: KeyFault) => ({ ok: false, fault }) as const

/**
 * Reads the private keys that open deliveries from a key file: a JWK Set, or one JWK. The keys become keys of Web Crypto that cannot be
 * read back; nothing else of the file is kept.
 * @see RFC 7517 §5
 */
export async function chooseKeys(file: File): Promise<Chosen<readonly HeldKey[]>> {
  if (file.size > MAX_KEY_FILE_BYTES) return refused('too-large')
  const jwks = parseKeys(await file.text())
  if (jwks.length === 0) return refused('no-key')
  const forSealing = jwks.filter(isSealingKey)
  if (forSealing.length === 0) return refused('signing-key')
  const secret = forSealing.filter(({ d }) => typeof d === 'string')
  if (secret.length === 0) return refused('public-key')
  try {
    const held = await Promise.all(
      secret.map(async (jwk) => ({
        kid: jwk.kid,
        held: (await importJWK({ ...jwk }, KEY_AGREEMENT, { extractable: false })) as CryptoKey,
      })),
    )
    return { ok: true, value: held }
  } catch {
    return refused('no-key')
  }
}

/** Every member of the file that has the form of a key. */
function parseKeys(text: string): readonly PublicJwk[] {
  try {
    const parsed: unknown = JSON.parse(text)
    const { keys } = Object(parsed) as { keys?: unknown }
    return (Array.isArray(keys) ? keys : [parsed]).filter(isKey)
  } catch {
    return []
  }
}

function isKey(candidate: unknown): candidate is PublicJwk {
  const { kty, kid } = Object(candidate) as Partial<PublicJwk>
  return typeof kty === 'string' && typeof kid === 'string'
}

/** Reads the verifier keys of the log, one a line: one for each origin that the log had. */
export async function chooseLogKeys(file: File): Promise<Chosen<readonly string[]>> {
  if (file.size > MAX_KEY_FILE_BYTES) return refused('too-large')
  const lines = (await file.text())
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.length > 0 && lines.every(isVerifierKey) ? { ok: true, value: lines } : refused('no-log-key')
}

function isVerifierKey(line: string): boolean {
  try {
    parseVerifierKey(line)
    return true
  } catch {
    return false
  }
}
