import { type CheckpointVerification, verifyCheckpointOfAny } from '../checkpoint/checkpoint.ts'
import { parseVerifierKey, type VerifierKey } from '../checkpoint/signed-note.ts'
import { appendLeaf, EMPTY_FRONTIER, type Hash, isSameHash, leafHash, rootHash } from '../tree/tree.ts'
import { followOrigins, type OriginChange } from './origins.ts'

const SIGNATURES_AHEAD = 16

/** The contents of a log, as far as the auditor has them. */
export interface LogCopy {
  /** Every record from the first, byte for byte. */
  readonly records: AsyncIterable<Uint8Array>
  /** Leaf hashes as stored or published beside the records; with them a changed record is found exactly. */
  readonly leafHashes?: AsyncIterable<Hash>
  /** Signed checkpoints by ascending size; the newest covers every record. More of them narrow down where a fault is. */
  readonly checkpoints: AsyncIterable<{ readonly treeSize: number; readonly note: string }>
  /**
   * Verifier keys of the log (C2SP signed-note): one for each origin that signed one of the checkpoints. A log with a
   * single origin has one.
   */
  readonly verifierKeys: readonly string[]
  /** Leaf hash function; a faster SHA-256 than that of {@link leafHash}, which runs everywhere. */
  readonly hashLeaf?: (record: Uint8Array) => Hash
}

export type LogVerification =
  | {
      readonly ok: true
      readonly treeSize: number
      readonly rootHash: Hash
      /** Where the log continued under another origin; absent when it never did. */
      readonly originChanges?: readonly OriginChange[]
    }
  | {
      readonly ok: false
      readonly reason: string
      /** Index of the first record that is wrong, when known. */
      readonly firstBadIndex?: number
      /** Records `[start, end)` that contain the fault, when only checkpoints narrow it down. */
      readonly badRange?: { readonly start: number; readonly end: number }
    }

type Fault = Extract<LogVerification, { ok: false }>

/**
 * Recomputes the whole log in one pass: every leaf from the bytes of its record, the root at every checkpoint, and every
 * signature. Every checkpoint must be signed by the key of its origin, another origin must start with its `epoch` record, and
 * that record must agree with the previous origin. Stops at the first fault; a checkpoint without a given key is a fault. Keeps one frontier in memory, whatever the size of the log.
 */
export async function verifyLog(log: LogCopy): Promise<LogVerification> {
  let keys: readonly VerifierKey[]
  try {
    keys = log.verifierKeys.map((line) => parseVerifierKey(line))
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
  const records = log.records[Symbol.asyncIterator]()
  const leafHashes = log.leafHashes?.[Symbol.asyncIterator]()
  try {
    return await verifyCheckpoints(log, records, leafHashes, keys)
  } finally {
    await Promise.all([records.return?.(), leafHashes?.return?.()])
  }
}

async function verifyCheckpoints(
  { checkpoints, hashLeaf = leafHash }: LogCopy,
  records: AsyncIterator<Uint8Array>,
  leafHashes: AsyncIterator<Hash> | undefined,
  keys: readonly VerifierKey[],
): Promise<LogVerification> {
  let frontier = EMPTY_FRONTIER
  let root: Hash | undefined
  const origins = followOrigins(keys)
  for await (const { treeSize, origin, verification } of verifySignatures(checkpoints, keys)) {
    const where = `checkpoint of size ${treeSize}`
    if (!keys.some(({ name }) => name === origin))
      return fault(
        `${where}: is of origin \`${origin}\`, and no key of that origin was given; give its verifier key too`,
      )
    if (!verification.ok) return fault(`${where}: ${verification.reason}`)
    const { checkpoint } = verification
    if (checkpoint.treeSize !== treeSize)
      return fault(`${where}: was signed for another size; check for a misplaced one`)
    const start = frontier.treeSize
    if (treeSize < start) return fault(`${where}: comes after a larger one; give checkpoints by ascending size`)
    while (frontier.treeSize < treeSize) {
      const before = frontier
      const firstBadIndex = before.treeSize
      const record = await records.next()
      if (record.done) return fault(`${where}: records are missing; find a copy that has them`, { firstBadIndex })
      const leaf = hashLeaf(record.value)
      const stored = await leafHashes?.next()
      if (stored?.done)
        return fault(`record ${firstBadIndex}: has no leaf hash; find a complete copy`, { firstBadIndex })
      if (stored !== undefined && !isSameHash(leaf, stored.value)) {
        return fault(`record ${firstBadIndex}: does not have its leaf hash; compare it with another copy`, {
          firstBadIndex,
        })
      }
      const mistake = origins.takeRecord(record.value, () => before)
      if (mistake !== undefined) return fault(mistake, { firstBadIndex })
      frontier = appendLeaf(frontier, leaf).frontier
    }
    root = rootHash(frontier)
    if (!isSameHash(root, checkpoint.rootHash)) {
      // Two roots for one size, or a tree that differs from the one that was signed.
      if (start === treeSize) return fault(`${where}: has another root than these records; the log signed two trees`)
      const what = `records ${start} up to and including ${treeSize - 1} do not lead to the signed root`
      return fault(`${where}: ${what}; compare them with another copy`, { badRange: { start, end: treeSize } })
    }
    const misplaced = origins.takeCheckpoint(checkpoint.origin)
    if (misplaced !== undefined) return fault(`${where}: ${misplaced}`)
  }
  if (root === undefined) return fault('log: has no checkpoint, so nothing proves it; give the newest one')
  const firstBadIndex = frontier.treeSize
  const hasMore = !(await records.next()).done || (await leafHashes?.next())?.done === false
  if (hasMore)
    return fault(`record ${firstBadIndex}: no checkpoint covers it; give the newest checkpoint`, { firstBadIndex })
  const { changes } = origins
  return {
    ok: true,
    treeSize: frontier.treeSize,
    rootHash: root,
    ...(changes.length > 0 && { originChanges: changes }),
  }
}

interface SignedCheckpoint {
  readonly treeSize: number
  /** As in the note, not verified. */
  readonly origin: string
  readonly verification: CheckpointVerification
}

/** Verifies each checkpoint by itself, in order, a few of them ahead: signatures are verified in threads. */
async function* verifySignatures(
  checkpoints: LogCopy['checkpoints'],
  keys: readonly VerifierKey[],
): AsyncGenerator<SignedCheckpoint> {
  const ahead: Promise<SignedCheckpoint>[] = []
  for await (const { treeSize, note } of checkpoints) {
    const verifying = verifyCheckpointOfAny(note, keys).then((verification) => ({
      treeSize,
      origin: note.slice(0, note.indexOf('\n')),
      verification,
    }))
    // When verification stops at an earlier one, nothing awaits this one.
    verifying.catch(() => undefined)
    ahead.push(verifying)
    if (ahead.length >= SIGNATURES_AHEAD) yield await ahead.shift()!
  }
  for (const verifying of ahead) yield await verifying
}

function fault(reason: string, where: Omit<Fault, 'ok' | 'reason'> = {}): Fault {
  return { ok: false, reason, ...where }
}
