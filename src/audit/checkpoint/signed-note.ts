import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { formatBase64, formatHex, formatUtf8, parseBase64, parseHex } from '../../encoding/bytes.ts'
import { verifyCosignature } from './cosignature.ts'
import { isEd25519Signature } from './ed25519.ts'

/** Signed text and the keys that verify it, as transparency logs write them. @see C2SP signed-note */

/** Kind of signature: over the text of a note, or, by a witness, over that text with the time. */
export type SignatureType = 'ed25519' | 'cosignature/v1'

const TYPES = {
  ed25519: { byte: 0x01, fault: 'is not an Ed25519 note key; give one of type 1' },
  'cosignature/v1': { byte: 0x04, fault: 'is not the key of a witness; give one of type 4' },
} as const satisfies Record<SignatureType, { byte: number; fault: string }>
// The specification requires at least 16; the bound limits the cost of a forged note.
const MAX_SIGNATURES = 100

/** Public half of a note key. */
export interface VerifierKey {
  readonly type: SignatureType
  /** Not empty, no white space, no `+`. The key of a log has its origin as name. */
  readonly name: string
  /** Eight lower-case hexadecimal digits: SHA-256(name ‖ 0x0A ‖ type ‖ public key)[0:4]. */
  readonly keyId: string
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array
}

export interface NoteSignature {
  readonly name: string
  readonly keyId: string
  readonly signature: Uint8Array
}

export interface Note {
  /** What was signed, the last newline included. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A verified signature by a known key. */
export interface VerifiedSignature {
  readonly key: VerifierKey
  /** What follows the key id in the signature line. */
  readonly signature: Uint8Array
  /** When it was made, in POSIX seconds; only a cosignature has a time. */
  readonly time?: number
}

export type NoteVerification =
  | { readonly ok: true; readonly text: string; readonly signatures: readonly VerifiedSignature[] }
  | { readonly ok: false; readonly reason: string }

/** The verifier key of an Ed25519 public key (32 bytes) under a name. */
export function verifierKeyOf(name: string, publicKey: Uint8Array, type: SignatureType = 'ed25519'): VerifierKey {
  const digest = sha256(concatBytes(formatUtf8(`${name}\n`), Uint8Array.of(TYPES[type].byte), publicKey))
  return { type, name, keyId: formatHex(digest.subarray(0, 4)), publicKey }
}

/** `name+<key id>+<base64 of type and key>`, the only line an outsider needs. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${formatBase64(concatBytes(Uint8Array.of(TYPES[key.type].byte), key.publicKey))}`
}

/**
 * Parses a verifier key of one type, so that the key of a witness is never accepted as that of a log.
 *
 * @throws SyntaxError when it is not such a key or its key id does not match
 */
export function parseVerifierKey(line: string, type: SignatureType = 'ed25519'): VerifierKey {
  // Base64 has a `+` of its own: only the first two separate.
  const [, name, keyId, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(line) ?? []
  if (name === undefined || encoded === undefined) {
    throw new SyntaxError('verifier key: is not `name+id+key`; copy the whole line')
  }
  if (!isKeyName(name)) throw new SyntaxError('verifier key: the name is empty or has white space; give another name')
  const bytes = parseBase64(encoded)
  if (bytes[0] !== TYPES[type].byte || bytes.length !== 33) {
    throw new SyntaxError(`verifier key: ${TYPES[type].fault}`)
  }
  const key = verifierKeyOf(name, bytes.subarray(1), type)
  if (key.keyId !== keyId) {
    throw new SyntaxError('verifier key: the key id does not fit name and key; copy the whole line')
  }
  return key
}

/** One signature line, with its newline. */
export function noteSignatureLine(signature: NoteSignature): string {
  return `— ${signature.name} ${formatBase64(concatBytes(parseHex(signature.keyId), signature.signature))}\n`
}

/** The note of a text, which ends in a newline, and its signatures. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  return `${text}\n${signatures.map(noteSignatureLine).join('')}`
}

/** The note of a text, which ends in a newline, and the Ed25519 signature (64 bytes over the UTF-8 of the text) by one key. */
export function formatSignedNote(text: string, key: VerifierKey, signature: Uint8Array): string {
  return formatNote(text, [{ name: key.name, keyId: key.keyId, signature }])
}

/**
 * Parses a note. Verifies nothing.
 *
 * @throws SyntaxError when it is not a signed note
 */
export function parseNote(note: string): Note {
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    throw new SyntaxError('note: has a control character or a lone surrogate; fetch it again, byte for byte')
  }
  // The text may contain empty lines; the signatures never do.
  const split = note.lastIndexOf('\n\n')
  if (split === -1 || !note.endsWith('\n')) {
    throw new SyntaxError('note: has no signatures after an empty line; fetch the whole note')
  }
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) {
    throw new SyntaxError(`note: has too many signatures; keep at most ${MAX_SIGNATURES}`)
  }
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) }
}

/**
 * Verifies a note: at least one signature is by a known key, and no signature by a known key fails. Signatures by
 * unknown keys are ignored. Returns one signature for each key, the latest, in the order of the note.
 */
export async function verifyNote(note: string, verifierKeys: readonly VerifierKey[]): Promise<NoteVerification> {
  let parsed: Note
  try {
    parsed = parseNote(note)
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
  const verified = new Map<VerifierKey, VerifiedSignature>()
  for (const { name, keyId, signature } of parsed.signatures) {
    const key = verifierKeys.find((known) => known.name === name && known.keyId === keyId)
    if (key === undefined) continue
    const found = await verifySignature(key, signature, parsed.text)
    if (found === undefined) {
      return { ok: false, reason: 'note: the signature by a known key fails; the text or the signature was changed' }
    }
    const earlier = verified.get(key)
    if (earlier === undefined || (found.time ?? 0) > (earlier.time ?? 0)) verified.set(key, found)
  }
  if (verified.size === 0) return { ok: false, reason: 'note: no signature is by a known key; check the verifier key' }
  return { ok: true, text: parsed.text, signatures: [...verified.values()] }
}

/** The signature with its time, if it has one; undefined when it is not valid for this key. */
async function verifySignature(
  key: VerifierKey,
  signature: Uint8Array,
  text: string,
): Promise<VerifiedSignature | undefined> {
  if (key.type === 'cosignature/v1') {
    const time = await verifyCosignature(key.publicKey, signature, text)
    return time === undefined ? undefined : { key, signature, time }
  }
  return (await isEd25519Signature(key.publicKey, signature, formatUtf8(text))) ? { key, signature } : undefined
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(' ')
  if (dash !== '—' || name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) {
    throw new SyntaxError('note: a signature line is not dash, name and base64; fetch it again, byte for byte')
  }
  const bytes = parseBase64(encoded)
  if (bytes.length <= 4) throw new SyntaxError('note: a signature is too short; fetch it again, byte for byte')
  return { name, keyId: formatHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

/** Whether a text can be the name of a key: not empty, no white space, no `+`. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\p{White_Space}+]/u.test(name)
