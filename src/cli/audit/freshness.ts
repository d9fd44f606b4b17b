import { verifyCosignedCheckpoint, type WitnessCosignature } from '../../audit/checkpoint/cosigned-checkpoint.ts'
import { parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import type { WitnessPolicy } from '../../audit/checkpoint/witness-policy.ts'
import { parseRecord } from '../../audit/record/parse.ts'

/** Remembers the newest heartbeat among the records that it observes. Trust it only after those were verified. */
export interface HeartbeatWatch {
  observe(record: Uint8Array | string): void
  /** Instant, RFC 3339. */
  readonly newest: string | undefined
}

// A record is canonical JSON: `type` and `v` are its last members. Parsing every record would be slow.
const HEARTBEAT_END = ',"type":"heartbeat","v":1}'

export function createHeartbeatWatch(): HeartbeatWatch {
  let newest: string | undefined
  return {
    observe(record) {
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

/** The witnesses that cosigned one of the checkpoints, or the reason why too few did. */
export type Witnessing =
  | { readonly ok: true; readonly treeSize: number; readonly cosignatures: readonly WitnessCosignature[] }
  | { readonly ok: false; readonly reason: string }

/**
 * Finds the first of these checkpoints that a quorum of the policy cosigned. Witnesses lag behind, so the newest may not have its
 * cosignatures yet.
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
  return { ok: false, reason: first ?? 'checkpoint: absent; ask the operator of the log for it' }
}

/** The newest instant at which the log was certainly alive, in milliseconds since 1970; undefined when none is known. */
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
/** Lenient, because bytes that are not UTF-8 are not a heartbeat either, which parsing detects. */
const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes)

function parseMoment(text: string): string | undefined {
  try {
    return parseRecord(text).at
  } catch {
    return undefined
  }
}
