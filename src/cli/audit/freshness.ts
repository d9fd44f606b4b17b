import { verifyCosignedCheckpoint, type WitnessCosignature } from '../../audit/checkpoint/cosigned-checkpoint.ts'
import { parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import type { WitnessPolicy } from '../../audit/checkpoint/witness-policy.ts'
import { parseRecord } from '../../audit/record/parse.ts'

/** Remembers the newest heartbeat among the records that it is shown. Believe it only once they were verified. */
export interface HeartbeatWatch {
  look(record: Uint8Array | string): void
  /** Instant, RFC 3339. */
  readonly newest: string | undefined
}

// A record is canonical JSON: `type` and `v` are its last members. Parsing every record would be slow.
const HEARTBEAT_END = ',"type":"heartbeat","v":1}'

export function createHeartbeatWatch(): HeartbeatWatch {
  let newest: string | undefined
  return {
    look(record) {
      // Of bytes only the end is decoded before it is known to be a heartbeat.
      const end = typeof record === 'string' ? record : decodeText(record.subarray(-HEARTBEAT_END.length))
      if (!end.endsWith(HEARTBEAT_END)) return
      newest = parseMoment(typeof record === 'string' ? record : decodeText(record)) ?? newest
    },
    get newest() {
      return newest
    },
  }
}

/** Who cosigned one of the checkpoints, newest first, or why nobody did. */
export type Witnessing =
  | { readonly ok: true; readonly treeSize: number; readonly cosignatures: readonly WitnessCosignature[] }
  | { readonly ok: false; readonly reason: string }

/**
 * Verifies that a quorum of the policy cosigned the first of these checkpoints that it did cosign. Witnessing lags behind, so that
 * the newest may not have its cosignatures yet.
 */
export async function verifyWitnessing(
  notes: readonly string[],
  verifierKeys: readonly string[],
  policy: WitnessPolicy,
): Promise<Witnessing> {
  const keys = verifierKeys.map((line) => parseVerifierKey(line))
  let first: string | undefined
  for (const note of notes) {
    const verification = await verifyCosignedCheckpoint(note, keys, policy)
    if (verification.ok) {
      return { ok: true, treeSize: verification.checkpoint.treeSize, cosignatures: verification.cosignatures }
    }
    first ??= verification.reason
  }
  return { ok: false, reason: first ?? 'checkpoint: there is none; ask the operator of the log for it' }
}

/** The newest sign that the log lived, in milliseconds since 1970; undefined when there is none. */
export function newestSign(
  heartbeat: string | undefined,
  cosignatures: readonly WitnessCosignature[],
): number | undefined {
  const times = [
    ...(heartbeat === undefined ? [] : [Date.parse(heartbeat)]),
    ...cosignatures.map(({ time }) => time * 1000),
  ]
  return times.length === 0 ? undefined : Math.max(...times)
}

const decoder = new TextDecoder()
/** Leniently: what is no text is no heartbeat either, and parsing says so. */
const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes)

function parseMoment(text: string): string | undefined {
  try {
    return parseRecord(text).at
  } catch {
    return undefined
  }
}
