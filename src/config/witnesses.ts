import { parseVerifierKey } from '../audit/note.ts'
import type { WitnessPolicy } from '../audit/witness-policy.ts'
import type { CheckpointSigner, Clock } from '../ports.ts'
import type { Store } from '../store.ts'
import type { Fetch } from '../witness/ask.ts'
import { createWitnessClient } from '../witness/client.ts'
import { listReachable } from '../witness/read-witnessed.ts'
import { startWitnessing, type Witnessing } from '../witness/witnessing.ts'
import { formatFaultLine, formatWitnessLine } from './fault-line.ts'

/** How long a witness may take to answer. Nothing waits for it, so that this only bounds what is under way. */
export const WITNESS_TIMEOUT_MS = 10_000
/** A checkpoint of a busy log covers everything of the second before. */
const INTERVAL_MS = 1_000

export interface WitnessParts {
  readonly store: Store
  readonly signer: CheckpointSigner
  readonly fetch: Fetch
  readonly clock: Clock
  /** Where lines for whoever runs the gateway go. */
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
