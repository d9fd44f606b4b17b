import { count, desc } from 'drizzle-orm'
import { verifyCheckpoint } from '../audit/checkpoint.ts'
import { parseVerifierKey } from '../audit/note.ts'
import { isSameHash, rootHash } from '../audit/tree.ts'
import { sluisError } from '../errors.ts'
import type { CheckpointSigner } from '../ports.ts'
import { parseFrontier } from './log-writer.ts'
import { checkpoint, entry } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/**
 * Checks at start that the log may be continued: the newest checkpoint is signed by this key, its root is the one that the
 * tree grows from, and the entries are as many as it covers. Whether every record is intact is for `verifyLog`.
 *
 * @throws SluisError `not-ready`
 */
export async function checkHead(db: SqliteDatabase, signer: CheckpointSigner): Promise<void> {
  const [entries] = db.select({ count: count() }).from(entry).all()
  const head = db.select().from(checkpoint).orderBy(desc(checkpoint.treeSize)).limit(1).get()
  if (entries!.count !== (head?.treeSize ?? 0)) {
    throw notReady({
      nl: 'auditlog: het aantal records is niet wat het laatste checkpoint dekt; zet een volledige reservekopie terug',
      en: 'audit log: the number of records is not what the newest checkpoint covers; restore a complete backup',
    })
  }
  if (!head) return
  const verification = await verifyCheckpoint(head.note, parseVerifierKey(signer.verifierKey))
  if (!verification.ok) {
    throw notReady({
      nl: 'auditlog: het laatste checkpoint is niet met deze logsleutel getekend; geef de sleutel en de origin waarmee het log begon',
      en: 'audit log: the newest checkpoint was not signed with this log key; give the key and the origin that the log began with',
    })
  }
  const { checkpoint: signed } = verification
  const root = rootHash(parseFrontier(head.treeSize, head.frontier))
  if (signed.treeSize !== head.treeSize || !isSameHash(signed.rootHash, root)) {
    throw notReady({
      nl: 'auditlog: de boom is niet die van het laatste checkpoint; zet een volledige reservekopie terug',
      en: 'audit log: the tree is not the one that the newest checkpoint was signed for; restore a complete backup',
    })
  }
}

const notReady = (detail: { nl: string; en: string }) => sluisError('not-ready', detail)
