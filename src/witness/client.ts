import { formatAddCheckpoint } from '../audit/checkpoint/add-checkpoint.ts'
import { compareCheckpoint } from '../audit/checkpoint/compare-checkpoint.ts'
import { noteSignatureLine, parseNote, type VerifierKey, verifyNote } from '../audit/checkpoint/signed-note.ts'
import { consistencyPath, nodesOfTiles } from '../audit/tree/proofs.ts'
import type { CosignatureLine, LogReader, ServedCheckpoint } from '../ports/store.ts'
import { type Answer, type Asking, ask, isAnswered } from './ask.ts'
import { type ReachableWitness, readWitnessed } from './read-witnessed.ts'

/** Result of submitting the newest checkpoint to a witness. */
export type Submission =
  | {
      readonly status: 'cosigned'
      readonly treeSize: number
      /** The verified lines of this witness. */
      readonly lines: readonly CosignatureLine[]
    }
  /** The log has no checkpoint yet. */
  | { readonly status: 'nothing-to-cosign' }
  /**
   * The witness has a checkpoint that this log's key signed and that this log does not extend: `rolled-back` when its tree is larger,
   * `forked` when this log has another root at its size. The log must stop signing.
   */
  | { readonly status: 'rolled-back' | 'forked'; readonly treeSize: number; readonly note: string }
  | {
      readonly status: 'refused'
      /**
       * `unknown-log` (404), `untrusted-key` (403), `malformed` (400) and `inconsistent` (409 or 422 without a
       * checkpoint of this log as evidence): the operator of the witness must investigate.
       */
      readonly reason: 'unknown-log' | 'untrusted-key' | 'malformed' | 'inconsistent'
    }
  /** No answer in time, an error of the witness, or an answer without a cosignature by its key. */
  | { readonly status: 'failed'; readonly reason: 'unreachable' | 'unintelligible' }

export interface WitnessClient {
  readonly witness: ReachableWitness
  /** Submits the newest checkpoint of the log. One call at a time. Outside failures are returned, never thrown. */
  submit(): Promise<Submission>
}

// The first request may only reveal the witness's size, and another process may submit at the same moment.
const MAX_ATTEMPTS = 4

/**
 * Asks one witness to cosign the checkpoints of one log. Remembers the witness's size in memory; the witness corrects it when it
 * is wrong.
 *
 * @param log read for the checkpoint and for the proof that it extends the one of the witness
 * @param logKey the log's key; its name is the origin
 * @see C2SP tlog-witness, add-checkpoint
 */
export function createWitnessClient(
  witness: ReachableWitness,
  log: LogReader,
  logKey: VerifierKey,
  asking: Asking,
): WitnessClient {
  const readNodes = nodesOfTiles(log)
  let witnessedSize = 0

  async function submit(): Promise<Submission> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const checkpoint = await log.checkpoint()
      if (checkpoint === undefined) return { status: 'nothing-to-cosign' }
      const { treeSize } = checkpoint
      if (witnessedSize > treeSize) return explain()
      const proof = witnessedSize === 0 ? [] : await consistencyPath(witnessedSize, treeSize, readNodes)
      const answer = await ask(asking, `${witness.url}/add-checkpoint`, {
        method: 'POST',
        body: formatAddCheckpoint({ oldSize: witnessedSize, proof, checkpoint: checkpoint.note }),
      })
      const read = await readAnswer(answer, checkpoint)
      if (typeof read === 'object') return read
      // The same size would only be refused again.
      if (read === witnessedSize) return explain()
      witnessedSize = read
    }
    return { status: 'failed', reason: 'unintelligible' }
  }

  /** The result, or the size that the witness reports. */
  async function readAnswer(answer: Answer | undefined, checkpoint: ServedCheckpoint): Promise<Submission | number> {
    switch (answer?.status) {
      case 200:
        return readCosignatures(answer.body, checkpoint)
      case 409:
        return parseSize(answer) ?? explain()
      case 422:
        return explain()
      case 404:
        return { status: 'refused', reason: 'unknown-log' }
      case 403:
        return { status: 'refused', reason: 'untrusted-key' }
      case 400:
        return { status: 'refused', reason: 'malformed' }
      default:
        return { status: 'failed', reason: isAnswered(answer) ? 'unintelligible' : 'unreachable' }
    }
  }

  async function readCosignatures(body: string, { treeSize, note }: ServedCheckpoint): Promise<Submission> {
    const { text } = parseNote(note)
    const verification = await verifyNote(`${text}\n${body}`, [witness.key])
    // An empty line among the signatures would change the text of the note: the witness cosigned something else.
    if (!verification.ok || verification.text !== text) return { status: 'failed', reason: 'unintelligible' }
    witnessedSize = treeSize
    const lines = verification.signatures.map(({ key: { name, keyId }, signature }) => ({
      keyName: name,
      keyId,
      line: noteSignatureLine({ name, keyId, signature }),
    }))
    return { status: 'cosigned', treeSize, lines }
  }

  /**
   * Why the witness refuses the checkpoint, with its evidence. A size alone is no evidence: anybody on the network path could claim
   * one to stop the log.
   */
  async function explain(): Promise<Submission> {
    witnessedSize = 0
    const reading = await readWitnessed(witness, logKey, asking)
    if (reading.ok) {
      const standing = await compareCheckpoint(log, reading)
      if (standing !== 'covered') {
        const status = standing === 'behind' ? 'rolled-back' : 'forked'
        return { status, treeSize: reading.treeSize, note: reading.note }
      }
    }
    return !reading.ok && reading.reason === 'unreachable'
      ? { status: 'failed', reason: 'unreachable' }
      : { status: 'refused', reason: 'inconsistent' }
  }

  return { witness, submit }
}

function parseSize({ contentType, body }: Answer): number | undefined {
  const [, digits] = /^(0|[1-9][0-9]{0,15})\n$/.exec(body) ?? []
  const size = Number(digits)
  return contentType === 'text/x.tlog.size' && Number.isSafeInteger(size) ? size : undefined
}
