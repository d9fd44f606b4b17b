import { compareCheckpoint } from '../../audit/checkpoint/compare-checkpoint.ts'
import type { Hash } from '../../audit/tree/tree.ts'
import { sluisError } from '../../errors.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { LogReader } from '../../ports/store.ts'

/**
 * A checkpoint that this log signed under its current origin, as remembered outside the database. The caller has verified its
 * signature.
 */
export interface KnownCheckpoint {
  readonly origin: string
  readonly treeSize: number
  /** 32 bytes. */
  readonly rootHash: Hash
  /** Where it was remembered: the anchor file or the name of a witness. */
  readonly from: string
}

/**
 * Refuses to continue a log that is behind, or differs from, a checkpoint that it signed: under the same origin it would sign a
 * second tree for a size. Call it for the anchor and for every witness that remembers one, before anything is written.
 *
 * @throws SluisError `not-ready` with both sizes, what they mean and the two ways to fix it
 */
export async function checkAgainst(log: LogReader, known: KnownCheckpoint): Promise<void> {
  const standing = await compareCheckpoint(log, known)
  if (standing === 'covered') return
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  throw sluisError('not-ready', standing === 'behind' ? rolledBack(treeSize, known) : forked(treeSize, known))
}

const rolledBack = (treeSize: number, { treeSize: signed, from }: KnownCheckpoint): LocalisedText => ({
  nl: `auditlog: teruggedraaid; de database heeft ${treeSize} records en volgens \`${from}\` heeft dit log er ${signed} ondertekend: de records ${treeSize} tot en met ${signed - 1} zijn gebeurd en hun ontvangstbewijzen gelden, maar ontbreken hier; zet de nieuwste database terug of, als die verloren is, ga verder onder een nieuwe origin met \`sluis log new-origin --reason rolled-back\``,
  en: `audit log: rolled back; the database has ${treeSize} records and according to \`${from}\` this log signed ${signed}: the records ${treeSize} up to and including ${signed - 1} happened and their receipts stay valid, but they are missing here; put the newest database back or, when it is lost, continue under a new origin with \`sluis log new-origin --reason rolled-back\``,
})

const forked = (treeSize: number, { treeSize: signed, from }: KnownCheckpoint): LocalisedText => ({
  nl: `auditlog: gesplitst; de eerste ${signed} van de ${treeSize} records in de database zijn niet die welke dit log volgens \`${from}\` ondertekende: een kopie ging elders verder of records zijn veranderd; zet de database terug die hierbij hoort of, als die verloren is, ga verder onder een nieuwe origin met \`sluis log new-origin --reason forked\``,
  en: `audit log: forked; the first ${signed} of the ${treeSize} records in the database are not those that this log signed according to \`${from}\`: a copy continued elsewhere, or records were changed; put the database back that belongs to it or, when it is lost, continue under a new origin with \`sluis log new-origin --reason forked\``,
})
