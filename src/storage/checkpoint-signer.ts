import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { formatCheckpointBody } from '../audit/checkpoint.ts'
import { formatSignedNote, formatVerifierKey, type VerifierKey, verifierKeyOf } from '../audit/note.ts'
import { formatBase64, formatUtf8, parseBase64, parseHex } from '../encoding.ts'
import type { CheckpointSigner, RandomBytes } from '../ports.ts'

/**
 * Signs checkpoints with Ed25519 through node:crypto, which is synchronous and also exists on Workers (`nodejs_compat`);
 * Web Crypto would need to be awaited, and nothing can be awaited inside a commit.
 *
 * A private key is one line, in a file of mode 0600 or in a secret of the platform:
 * `PRIVATE+KEY+<origin>+<key id>+<base64 of the type byte 0x01 and the 32-byte seed>`, as the signed-note tools write it.
 */

const ED25519 = 0x01
// PKCS #8 of an Ed25519 key is this and then the seed (RFC 8410 §7).
const PKCS8_PREFIX = parseHex('302e020100300506032b657004220420')

/**
 * Makes the key of a new log.
 *
 * @param origin URL of the log without scheme and without trailing slash
 * @throws RangeError when the origin is empty or has white space or a `+`
 */
export function generateLogKey(origin: string, random: RandomBytes): { privateKey: string; verifierKey: string } {
  if (!/^[^\p{White_Space}+]+$/u.test(origin)) {
    throw new RangeError(
      'log origin: is empty or has white space or a plus sign; give the URL of the log without its scheme',
    )
  }
  const seed = random(32)
  const key = deriveVerifierKey(origin, importSeed(seed))
  const keyData = formatBase64(Uint8Array.of(ED25519, ...seed))
  return { privateKey: `PRIVATE+KEY+${origin}+${key.keyId}+${keyData}`, verifierKey: formatVerifierKey(key) }
}

/**
 * The signer of one log. Deterministic: the same size and root give the same note.
 *
 * @param options.origin when given, the key must be the one of this origin; the origin is part of the key
 * @throws SyntaxError when `privateKey` is no such line or is the key of another origin; the key itself is not shown
 */
export function createCheckpointSigner(options: { privateKey: string; origin?: string }): CheckpointSigner {
  const { key, verifierKey } = parsePrivateKey(options.privateKey)
  const origin = verifierKey.name
  if (options.origin !== undefined && options.origin !== origin) {
    throw new SyntaxError('log key: is the key of another origin; give the key that was made for this origin')
  }
  return {
    origin,
    verifierKey: formatVerifierKey(verifierKey),
    sign(treeSize, rootHash) {
      const body = formatCheckpointBody(origin, treeSize, rootHash)
      return formatSignedNote(body, verifierKey, new Uint8Array(sign(null, formatUtf8(body), key)))
    },
  }
}

function parsePrivateKey(line: string): { key: KeyObject; verifierKey: VerifierKey } {
  // Base64 has a `+` of its own: only the first four separate.
  const [, name, keyId, encoded] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([^\n]+)\n?$/.exec(line) ?? []
  if (name === undefined || encoded === undefined) {
    throw new SyntaxError('log key: is not `PRIVATE+KEY+name+id+key`; give the whole line')
  }
  const bytes = parseKeyData(encoded)
  if (bytes?.[0] !== ED25519 || bytes.length !== 33) {
    throw new SyntaxError('log key: is not an Ed25519 note key; make one for this log')
  }
  const key = importSeed(bytes.subarray(1))
  const verifierKey = deriveVerifierKey(name, key)
  if (verifierKey.keyId !== keyId) {
    throw new SyntaxError('log key: the key id does not fit name and key; give the whole line')
  }
  return { key, verifierKey }
}

function parseKeyData(encoded: string): Uint8Array | undefined {
  try {
    return parseBase64(encoded)
  } catch {
    return undefined
  }
}

const importSeed = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })

function deriveVerifierKey(name: string, key: KeyObject): VerifierKey {
  // The last 32 bytes of the SubjectPublicKeyInfo are the key itself (RFC 8410 §4).
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return verifierKeyOf(name, Uint8Array.from(spki.subarray(-32)))
}
