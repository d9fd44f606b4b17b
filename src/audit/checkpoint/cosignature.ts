import { formatUtf8 } from '../../encoding/bytes.ts'
import { isEd25519Signature } from './ed25519.ts'

/**
 * A witness's statement about a checkpoint: at this time it was the largest tree of this log that the witness knew, and an extension
 * of every earlier one.
 *
 * @see C2SP tlog-cosignature
 */
export interface Cosignature {
  /** When the witness signed, in POSIX seconds. */
  readonly time: number
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array
}

const TIME_BYTES = 8
const COSIGNATURE_BYTES = TIME_BYTES + 64

/** The bytes that a witness signs: a heading, the time and the text of the checkpoint, its last newline included. */
export function formatCosignedMessage(time: number, checkpointText: string): Uint8Array {
  return formatUtf8(`cosignature/v1\ntime ${time}\n${checkpointText}`)
}

/** The 72 bytes that follow the key id in a signature line: the time (64 bits, big-endian), then the signature. */
export function formatCosignature({ time, signature }: Cosignature): Uint8Array {
  const bytes = new Uint8Array(COSIGNATURE_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  bytes.set(signature, TIME_BYTES)
  return bytes
}

/**
 * Reads what follows the key id in a signature line. Verifies nothing.
 *
 * @throws SyntaxError when it is not 72 bytes or its time is above 2^53 - 1
 */
export function parseCosignature(bytes: Uint8Array): Cosignature {
  if (bytes.length !== COSIGNATURE_BYTES) {
    throw new SyntaxError(`cosignature: is not ${COSIGNATURE_BYTES} bytes; fetch it again, byte for byte`)
  }
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  if (!Number.isSafeInteger(time)) throw new SyntaxError('cosignature: the time is above 2^53 - 1; no clock shows that')
  return { time, signature: bytes.slice(TIME_BYTES) }
}

/** The time at which the witness with this public key cosigned a checkpoint; undefined when the cosignature is invalid. */
export async function verifyCosignature(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  checkpointText: string,
): Promise<number | undefined> {
  try {
    const { time, signature } = parseCosignature(bytes)
    const isCosigned = await isEd25519Signature(publicKey, signature, formatCosignedMessage(time, checkpointText))
    return isCosigned ? time : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
