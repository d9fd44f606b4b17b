import { parseCheckpointBody } from '../audit/checkpoint/checkpoint.ts'
import { type VerifierKey, verifyNote } from '../audit/checkpoint/signed-note.ts'
import type { PolicyWitness } from '../audit/checkpoint/witness-policy.ts'
import type { Hash } from '../audit/tree/tree.ts'
import { type Asking, ask, isAnswered } from './ask.ts'
import { formatOriginHash } from './origin-hash.ts'

/** The last checkpoint that a witness cosigned for a log. */
export type WitnessedReading =
  | {
      readonly ok: true
      readonly treeSize: number
      readonly rootHash: Hash
      /** When the witness cosigned it, in POSIX seconds. */
      readonly time: number
      /** Signed by the log and cosigned by the witness: verifiable with both keys. */
      readonly note: string
    }
  | {
      readonly ok: false
      /**
       * `never-cosigned`: the witness does not know the log. `unreachable`: no response, or one that asks to wait.
       * `unverified`: the response is not signed by both and proves nothing.
       */
      readonly reason: 'never-cosigned' | 'unreachable' | 'unverified'
    }

/** A witness that can be asked. */
export type ReachableWitness = PolicyWitness & { readonly url: string }

/** The witnesses of a policy that have an address. */
export const listReachable = (witnesses: readonly PolicyWitness[]): readonly ReachableWitness[] =>
  witnesses.filter((witness): witness is ReachableWitness => witness.url !== undefined)

/**
 * Reads the newest checkpoint that a witness cosigned for a log, and verifies it: signed by the log, cosigned by this witness.
 * Not compared with the log itself; a larger size than the log has means that the log was rolled back.
 *
 * @param logKey the log's key; its name is the origin
 * @see C2SP tlog-witness, monitoring
 */
export async function readWitnessed(
  witness: ReachableWitness,
  logKey: VerifierKey,
  asking: Asking,
): Promise<WitnessedReading> {
  const answer = await ask(asking, `${witness.url}/${formatOriginHash(logKey.name)}/checkpoint`, { method: 'GET' })
  if (!isAnswered(answer)) return { ok: false, reason: 'unreachable' }
  if (answer.status === 404) return { ok: false, reason: 'never-cosigned' }
  if (answer.status !== 200) return { ok: false, reason: 'unverified' }
  const verification = await verifyNote(answer.body, [logKey, witness.key])
  if (!verification.ok) return { ok: false, reason: 'unverified' }
  const { signatures, text } = verification
  const time = signatures.find(({ key }) => key === witness.key)?.time
  const checkpoint = tryCheckpoint(text)
  const isByLog = signatures.some(({ key }) => key === logKey) && checkpoint?.origin === logKey.name
  if (time === undefined || !isByLog) return { ok: false, reason: 'unverified' }
  return { ok: true, treeSize: checkpoint.treeSize, rootHash: checkpoint.rootHash, time, note: answer.body }
}

/** Reads from all witnesses with an address at the same time; results in the order of the witnesses. */
export async function readAllWitnessed(
  witnesses: readonly PolicyWitness[],
  logKey: VerifierKey,
  asking: Asking,
): Promise<readonly { readonly witness: ReachableWitness; readonly reading: WitnessedReading }[]> {
  return Promise.all(
    listReachable(witnesses).map(async (witness) => ({
      witness,
      reading: await readWitnessed(witness, logKey, asking),
    })),
  )
}

function tryCheckpoint(text: string) {
  try {
    return parseCheckpointBody(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
