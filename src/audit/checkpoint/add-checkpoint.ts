import { formatBase64, parseBase64 } from '../../encoding/bytes.ts'
import type { Hash } from '../tree/tree.ts'

/** A log's request to a witness to cosign a checkpoint that extends the last cosigned one. @see C2SP tlog-witness, add-checkpoint */
export interface AddCheckpoint {
  /** Tree size of the checkpoint that the witness cosigned last; 0 when there is none. */
  readonly oldSize: number
  /** Consistency proof from `oldSize` to the size of the checkpoint; empty when they are equal and when `oldSize` is 0. */
  readonly proof: readonly Hash[]
  /** Signed note with all its signature lines. */
  readonly checkpoint: string
}

/** Largest request that is read: far above 63 hashes and a checkpoint with many signatures. */
export const MAX_ADD_CHECKPOINT_BYTES = 65_536
// The longest proof in a tree of 2^63 leaves.
const MAX_PROOF_HASHES = 63

/** The body of the request. @throws RangeError for more than 63 hashes */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  if (proof.length > MAX_PROOF_HASHES) {
    throw new RangeError(`proof: has more than ${MAX_PROOF_HASHES} hashes; no log is that large`)
  }
  return `old ${oldSize}\n${proof.map((hash) => `${formatBase64(hash)}\n`).join('')}\n${checkpoint}`
}

/**
 * Parses the body of the request. Verifies nothing and does not parse the checkpoint.
 *
 * @throws SyntaxError when it is not the canonical form of such a request
 */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  // The head has no empty line, so the first one ends it.
  const split = body.indexOf('\n\n')
  if (split === -1) throw new SyntaxError('request: has no empty line before a checkpoint; send the whole body')
  const [old, ...lines] = body.slice(0, split).split('\n')
  const [, size] = /^old (0|[1-9][0-9]{0,15})$/.exec(old!) ?? []
  const oldSize = Number(size)
  if (!Number.isSafeInteger(oldSize)) {
    throw new SyntaxError(
      'request: does not begin with `old` and a tree size; begin with the size that was cosigned last',
    )
  }
  if (lines.length > MAX_PROOF_HASHES) {
    throw new SyntaxError(`request: has more than ${MAX_PROOF_HASHES} hashes; no log is that large`)
  }
  return { oldSize, proof: lines.map(parseHash), checkpoint: body.slice(split + 2) }
}

function parseHash(line: string): Hash {
  // A hash has 44 characters; a longer line is refused without decoding it.
  const hash = line.length === 44 ? parseBase64(line) : undefined
  if (hash?.length !== 32)
    throw new SyntaxError('request: a hash of the proof is not 32 bytes in base64; make it again')
  return hash
}
