import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import {
  formatVerifierKey,
  isKeyName,
  type SignatureType,
  type VerifierKey,
  verifierKeyOf,
} from '../../audit/checkpoint/signed-note.ts'
import { formatBase64, parseBase64, parseHex } from '../../encoding/bytes.ts'
import type { RandomBytes } from '../../ports/keys.ts'

/**
 * Private halves of note keys. Ed25519 through node:crypto, which is synchronous and also exists on Workers (`nodejs_compat`);
 * Web Crypto is asynchronous, and nothing can be awaited inside a transaction.
 *
 * A private key is one line, in a file of mode 0600 or in a secret of the platform:
 * `PRIVATE+KEY+<name>+<key id>+<base64 of the type byte and the 32-byte seed>`, as the signed-note tools write it.
 */
export interface NoteKey {
  readonly verifierKey: VerifierKey
  /** Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array): Uint8Array
}

/** The type bytes of C2SP signed-note, and the name of each key in an error. */
const TYPES = {
  ed25519: { byte: 0x01, what: 'log key', kind: 'an Ed25519 note key; make one for this log' },
  'cosignature/v1': { byte: 0x04, what: 'witness key', kind: 'an Ed25519 cosignature key; make one for this witness' },
} as const satisfies Record<SignatureType, { byte: number; what: string; kind: string }>

// PKCS #8 of an Ed25519 key is this and then the seed (RFC 8410 §7).
const PKCS8_PREFIX = parseHex('302e020100300506032b657004220420')

/** Makes a key, both halves as a line. @throws RangeError when the name is empty or has white space or a `+` */
export function generateNoteKey(
  name: string,
  type: SignatureType,
  random: RandomBytes,
): { privateKey: string; verifierKey: string } {
  if (!isKeyName(name)) {
    throw new RangeError(
      `${TYPES[type].what}: the name is empty or has white space or a plus sign; give a URL without its scheme`,
    )
  }
  const seed = random(32)
  const key = deriveVerifierKey(name, type, importSeed(seed))
  const keyData = formatBase64(Uint8Array.of(TYPES[type].byte, ...seed))
  return { privateKey: `PRIVATE+KEY+${name}+${key.keyId}+${keyData}`, verifierKey: formatVerifierKey(key) }
}

/** Reads the private line of a key of one type. @throws SyntaxError when it is not one; the key itself is not shown */
export function parseNoteKey(line: string, type: SignatureType): NoteKey {
  const { byte, what, kind } = TYPES[type]
  // Base64 has a `+` of its own: only the first four separate.
  const [, name, keyId, encoded] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([^\n]+)\n?$/.exec(line) ?? []
  if (name === undefined || encoded === undefined) {
    throw new SyntaxError(`${what}: is not \`PRIVATE+KEY+name+id+key\`; give the whole line`)
  }
  const bytes = parseKeyData(encoded)
  if (bytes?.[0] !== byte || bytes.length !== 33) throw new SyntaxError(`${what}: is not ${kind}`)
  const key = importSeed(bytes.subarray(1))
  const verifierKey = deriveVerifierKey(name, type, key)
  if (verifierKey.keyId !== keyId) {
    throw new SyntaxError(`${what}: the key id does not fit name and key; give the whole line`)
  }
  return { verifierKey, sign: (message) => new Uint8Array(sign(null, message, key)) }
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

function deriveVerifierKey(name: string, type: SignatureType, key: KeyObject): VerifierKey {
  // The last 32 bytes of the SubjectPublicKeyInfo are the key itself (RFC 8410 §4).
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return verifierKeyOf(name, Uint8Array.from(spki.subarray(-32)), type)
}
