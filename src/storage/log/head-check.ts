import { count, desc } from 'drizzle-orm'
import { parseCheckpointBody, verifyCheckpoint } from '../../audit/checkpoint/checkpoint.ts'
import { parseNote, parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import { EMPTY_ROOT, isSameHash, rootHash } from '../../audit/tree/tree.ts'
import { sluisError } from '../../errors.ts'
import type { CheckpointSigner } from '../../ports/keys.ts'
import { checkpoint, entry } from '../tables/schema.ts'
import type { SqliteDatabase } from '../tables/statements.ts'
import type { Anchor } from './anchor.ts'
import { readAnchored } from './anchor-reading.ts'
import { HEAD_FAULTS, type HeadFault } from './head-faults.ts'
import { checkAgainst } from './known-checkpoint.ts'
import { createLogReader } from './log-reader.ts'
import { parseFrontier } from './log-writer.ts'
import { insertOrigin, listOrigins } from './origins.ts'

/** Knowledge of the log from outside the database. */
export interface Anchored {
  readonly anchor: Anchor
  /** Verifier keys of the earlier origins of this log; empty when it never had another. */
  readonly earlierKeys: readonly string[]
  /** Verifier key of an origin that is about to start. */
  readonly nextKey?: string | undefined
}

/** The newest checkpoint as it is stored. */
export type Head = typeof checkpoint.$inferSelect

/**
 * Checks at start that the log may be continued: the newest checkpoint is signed by this key, its root is that of the stored
 * tree, it covers exactly the stored entries, and the log starts with the tree of the anchor. `verifyLog` checks that every
 * record is intact.
 *
 * A log that was never anchored becomes anchored. Without an anchor, as on Workers, a database that was rolled back as a whole
 * passes: only a witness notices it there (`checkAgainst`).
 *
 * @throws SluisError `not-ready` that explains the fault and how to continue
 */
export async function checkHead(db: SqliteDatabase, signer: CheckpointSigner, anchored?: Anchored): Promise<void> {
  const head = readHead(db)
  const keys = listOrigins(db).map(({ verifierKey }) => verifierKey)
  const owner = keys.at(-1)
  const isOwn = owner === undefined || owner === signer.verifierKey
  if (!isOwn || (head && !(await isSignedBy(head.note, signer.verifierKey)))) {
    throw notReady(await findKeyTrouble({ head, keys, signer, anchored }))
  }
  if (head) checkTree(head)
  if (!anchored) return
  const { anchor, earlierKeys } = anchored
  const reading = await readAnchored(anchor, signer.verifierKey, [...earlierKeys, ...keys])
  if (reading.state === 'known') await checkAgainst(createLogReader(db), { ...reading.checkpoint, from: 'log.anchor' })
  else if (reading.state !== 'absent' || owner !== undefined) throw notReady(`anchor-${reading.state}`)
  // 1. The anchor. Dies here: the next start finds it, and no row yet.
  try {
    anchor.writeDurably(head?.note ?? signer.sign(0, EMPTY_ROOT))
  } catch (cause) {
    throw notReady('anchor-unwritable', cause)
  }
  // 2. The row that records that there is an anchor. From now on a missing anchor is a removed anchor.
  if (owner === undefined) insertOrigin(db, { firstSize: 0, origin: signer.origin, verifierKey: signer.verifierKey })
}

/**
 * The newest checkpoint; undefined for a log without entries.
 * @throws SluisError `not-ready` when it does not cover exactly the stored entries
 */
export function readHead(db: SqliteDatabase): Head | undefined {
  const [entries] = db.select({ count: count() }).from(entry).all()
  const head = db.select().from(checkpoint).orderBy(desc(checkpoint.treeSize)).limit(1).get()
  if (entries!.count !== (head?.treeSize ?? 0)) throw notReady('entries-missing')
  return head
}

/** @throws SluisError `not-ready` when the stored tree is not the signed one. The caller has verified the signature */
export function checkTree(head: Head): void {
  const signed = parseCheckpointBody(parseNote(head.note).text)
  const root = rootHash(parseFrontier(head.treeSize, head.frontier))
  if (signed.treeSize !== head.treeSize || !isSameHash(signed.rootHash, root)) throw notReady('tree-differs')
}

/** Why the key does not belong to the database: which of the two is the wrong one. */
async function findKeyTrouble(log: {
  readonly head: Head | undefined
  /** Verifier keys of the origins in the database, oldest first. */
  readonly keys: readonly string[]
  readonly signer: CheckpointSigner
  readonly anchored: Anchored | undefined
}): Promise<HeadFault> {
  const { head, keys, signer, anchored } = log
  const owner = keys.at(-1)
  if (owner !== undefined && owner === anchored?.nextKey) return 'origin-cut-off'
  if (owner !== signer.verifierKey && keys.includes(signer.verifierKey)) return 'key-of-earlier-origin'
  if (!anchored) return 'key-differs'
  for (const key of anchored.earlierKeys) {
    if (key === owner || (head && (await isSignedBy(head.note, key)))) return 'database-of-earlier-origin'
  }
  const reading = await readAnchored(anchored.anchor, signer.verifierKey, owner === undefined ? [] : [owner])
  if (reading.state === 'known') return 'database-of-other-log'
  return reading.state === 'earlier' ? 'key-of-other-log' : 'key-differs'
}

const isSignedBy = async (note: string, verifierKey: string): Promise<boolean> =>
  (await verifyCheckpoint(note, parseVerifierKey(verifierKey))).ok

const notReady = (trouble: HeadFault, cause?: unknown) => sluisError('not-ready', HEAD_FAULTS[trouble], { cause })
