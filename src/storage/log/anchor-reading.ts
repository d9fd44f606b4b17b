import { type Checkpoint, verifyCheckpoint } from '../../audit/checkpoint/checkpoint.ts'
import { parseNote, parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import type { Anchor } from './anchor.ts'

/** Contents of an anchor. */
export type AnchorReading =
  | { readonly state: 'absent' }
  /** Cut off, changed, or no note at all. */
  | { readonly state: 'unreadable' }
  /** Not signed by a key of this log. */
  | { readonly state: 'foreign' }
  /** Signed under an origin that ended. */
  | { readonly state: 'earlier'; readonly checkpoint: Checkpoint; readonly verifierKey: string }
  | { readonly state: 'known'; readonly checkpoint: Checkpoint; readonly verifierKey: string }

// The most informative first: an intact file outweighs one that a power cut emptied.
const WEIGHT = ['known', 'earlier', 'unreadable', 'foreign', 'absent'] as const satisfies AnchorReading['state'][]

/**
 * The newest checkpoint of a log in its anchor.
 * @param verifierKey the key of the current origin
 * @param earlierKeys the keys of the earlier origins
 */
export async function readAnchored(
  anchor: Pick<Anchor, 'read'>,
  verifierKey: string,
  earlierKeys: readonly string[],
): Promise<AnchorReading> {
  const readings = await Promise.all(anchor.read().map((note) => readNote(note, verifierKey, earlierKeys)))
  const sizeOf = (reading: AnchorReading) => ('checkpoint' in reading ? reading.checkpoint.treeSize : 0)
  const [first] = readings.toSorted(
    (a, b) => WEIGHT.indexOf(a.state) - WEIGHT.indexOf(b.state) || sizeOf(b) - sizeOf(a),
  )
  return first ?? { state: 'absent' }
}

async function readNote(note: string, verifierKey: string, earlierKeys: readonly string[]): Promise<AnchorReading> {
  for (const key of [verifierKey, ...earlierKeys]) {
    const verification = await verifyCheckpoint(note, parseVerifierKey(key))
    if (!verification.ok) continue
    const { checkpoint } = verification
    return { state: key === verifierKey ? 'known' : 'earlier', checkpoint, verifierKey: key }
  }
  return { state: isOfOtherKeys(note, [verifierKey, ...earlierKeys]) ? 'foreign' : 'unreadable' }
}

/** Whether a text is an intact note without a signature line of one of these keys. */
function isOfOtherKeys(note: string, verifierKeys: readonly string[]): boolean {
  try {
    const ids = verifierKeys.map((key) => parseVerifierKey(key).keyId)
    return parseNote(note).signatures.every(({ keyId }) => !ids.includes(keyId))
  } catch {
    return false
  }
}
