import { parseVerifierKey } from '../audit/checkpoint/signed-note.ts'
import type { WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'
import type { CheckpointSigner, Clock } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'
import { checkAgainst } from '../storage/log/known-checkpoint.ts'
import type { Fetch } from '../witness/ask.ts'
import { createWitnessClient } from '../witness/client.ts'
import { listReachable, readAllWitnessed } from '../witness/read-witnessed.ts'
import { startWitnessing, type Witnessing } from '../witness/witnessing.ts'
import { formatFaultLine, formatWitnessLine } from './fault-line.ts'

/** How long a witness may take to answer. Nothing waits for it, so this only bounds the submissions in progress. */
export const WITNESS_TIMEOUT_MS = 10_000
/** At most one submission per witness in this time, whose checkpoint covers everything since the one before. */
const INTERVAL_MS = 1_000

/** How long a start waits for the checkpoints of witnesses; a slower witness answers with the first submission. */
const START_TIMEOUT_MS = 3_000

export interface WitnessParts {
  readonly store: Store
  readonly signer: CheckpointSigner
  readonly fetch: Fetch
  readonly clock: Clock
  /** Prints a line for the operator. */
  readonly print: (line: string) => void
}

/** Has the log cosigned by the witnesses of a policy that have an address. Without a policy, or an address in it, nothing is asked of anybody. */
export function openWitnesses(policy: WitnessPolicy | undefined, parts: WitnessParts): Witnessing {
  const { store, signer, fetch, clock, print } = parts
  const abort = new AbortController()
  const asking = { fetch, timeoutMs: WITNESS_TIMEOUT_MS, signal: abort.signal }
  const logKey = parseVerifierKey(signer.verifierKey)
  return startWitnessing({
    store,
    clients: listReachable(policy?.witnesses ?? []).map((witness) =>
      createWitnessClient(witness, store.log, logKey, asking),
    ),
    intervalMs: INTERVAL_MS,
    abort,
    report: (witness, submission) => print(formatWitnessLine(witness, submission, clock())),
    reportFault: (error) => print(formatFaultLine(error, clock())),
  })
}

/**
 * Refuses to continue a log when a witness of the policy has a checkpoint of it that the log does not extend. Call it before anything
 * is written. A witness without an address, without an answer in time or without a checkpoint that both signed is ignored.
 *
 * @param parts.timeoutMs how long the start waits for all of them together; three seconds when absent
 * @throws SluisError `not-ready` that states the sizes, what they mean and how to continue
 */
export async function checkAgainstWitnesses(
  policy: WitnessPolicy | undefined,
  parts: Pick<WitnessParts, 'store' | 'signer' | 'fetch'> & { readonly timeoutMs?: number },
): Promise<void> {
  const { store, signer, fetch, timeoutMs = START_TIMEOUT_MS } = parts
  const logKey = parseVerifierKey(signer.verifierKey)
  const asking = { fetch, timeoutMs }
  for (const { witness, reading } of await readAllWitnessed(policy?.witnesses ?? [], logKey, asking)) {
    if (reading.ok) await checkAgainst(store.log, { ...reading, origin: logKey.name, from: witness.name })
  }
}
