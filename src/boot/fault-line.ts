import { SluisError } from '../errors.ts'
import type { SkippedDomain } from '../exchange/upkeep/renew-pseudonyms.ts'
import type { Submission } from '../witness/client.ts'

/**
 * One line of JSON for whoever runs the gateway. Only names, codes and places in our own code: the message of an unexpected
 * error can hold what was sent.
 */
export function formatFaultLine(error: unknown, at: Date): string {
  const known = error instanceof SluisError ? error.code : undefined
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  const frames = error instanceof Error ? (error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []) : []
  return JSON.stringify({
    at: at.toISOString(),
    event: 'fault',
    name: error instanceof Error ? error.name : typeof error,
    ...(known && { code: known }),
    ...(cause && { cause: cause.name, causeCode: 'code' in cause ? String(cause.code) : undefined }),
    ...(known === undefined && { frames: frames.slice(0, 8).map((line) => line.trim()) }),
  })
}

/** One line of JSON for whoever runs the gateway: no heartbeat could be written for too long. */
export const formatStaleHeartbeatLine = (newestHeartbeatAt: string, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'heartbeat-stale',
    newestHeartbeatAt,
    mend: 'see why the log cannot be written: room on the disk, its rights, its faults; `/readyz` answers 503 until a heartbeat is written',
  })

/** One line of JSON for whoever runs the gateway: a domain keeps its old pseudonyms for now, and how to mend that. */
export const formatNotRenewedLine = ({ domain, recipient }: SkippedDomain, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'pseudonyms-not-renewed',
    domain,
    recipient,
    mend: 'register a public key of the recipient with use enc, and start again',
  })

const WITNESS_MENDS: Readonly<Record<string, string>> = {
  'rolled-back':
    'the witness has a later checkpoint of this log, so that records were lost; nothing is recorded any more: find what was lost, then start again',
  forked:
    'the witness has another checkpoint of this log for a size that it passed; nothing is recorded any more: find out which is right, then start again',
  'unknown-log': 'have whoever runs the witness add the verifier key of this log',
  'untrusted-key': 'have whoever runs the witness replace the verifier key of this log',
  malformed: 'check that the address in the witness policy is that of a witness (C2SP tlog-witness)',
  inconsistent:
    'ask whoever runs the witness what it has; it shows no checkpoint of this log that would explain its refusal',
  unreachable: 'check the address in the witness policy and the network; it is asked again every minute',
  unintelligible: 'check the address and the verifier key in the witness policy',
}

/** One line of JSON for whoever runs the gateway: what came of asking a witness, and how to mend it. Names as in the policy. */
export function formatWitnessLine(witness: string, submission: Submission, at: Date): string {
  const reason = 'reason' in submission ? submission.reason : undefined
  const mend = WITNESS_MENDS[reason ?? submission.status]
  return JSON.stringify({
    at: at.toISOString(),
    event: 'witness',
    witness,
    status: submission.status,
    ...(reason && { reason }),
    ...('treeSize' in submission && { treeSize: submission.treeSize }),
    ...(mend && { mend }),
  })
}
