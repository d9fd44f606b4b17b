import { SluisError } from '../errors.ts'
import type { LeftBehind } from '../exchange/renew-pseudonyms.ts'

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
export const formatLeftBehindLine = ({ domain, recipient }: LeftBehind, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'pseudonyms-not-renewed',
    domain,
    recipient,
    mend: 'register a public key of the recipient with use enc, and start again',
  })
