import { formatTlogProof } from '../../../src/audit/receipt/receipt.ts'
import {
  type ExportedReceipt,
  formatExportEnd,
  formatExportedReceipt,
  formatExportHead,
} from '../../../src/audit/receipt/receipt-export.ts'
import { formatExchangeRecord } from '../../../src/audit/record/exchange.ts'
import { formatMatchRecord } from '../../../src/audit/record/match.ts'
import { appendLeaf, appendLeaves, EMPTY_FRONTIER, leafHash, rootHash } from '../../../src/audit/tree/tree.ts'
import type { ExportFile } from '../../../src/audit/verify/reconcile.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { Outcome } from '../../../src/model/decision.ts'
import type { CheckpointSigner } from '../../../src/ports/keys.ts'
import type { Receipt } from '../../../src/ports/stored.ts'
import { AT } from '../../storage/commits.ts'
import { streamOf } from '../memory-log.ts'

/** A real log in memory, and what each party would export of it. Parties are fictional. */

export interface Exchanged {
  readonly id: string
  readonly sender: string
  readonly recipient: string
  readonly outcome: Outcome
  readonly hold?: NonNullable<ExportedReceipt['hold']>
}

let nonces = 0
const nonce = () => new Uint8Array(16).fill(nonces++ % 256)

export const exchangeRecordOf = ({ id, sender, recipient, outcome }: Exchanged): string =>
  formatExchangeRecord({
    type: 'exchange',
    id,
    kind: 'melding',
    question: { sender, recipient, purpose: 'registratie', at: AT, dataSubjects: [] },
    decision: { outcome, dataSubjects: [], duties: [], policyHash: '00', engineVersion: '1', at: AT },
    ...(outcome !== 'geweigerd' && { sealed: formatUtf8(`sealed ${id}`) }),
    nonce: nonce(),
  })

export const noticeRecordOf = (recipient: string): string =>
  formatMatchRecord({
    type: 'match',
    at: AT,
    step: 'proposed',
    effect: 'none',
    matchId: 'match',
    domain: 'domain',
    recipient,
    deliveryId: 'delivery',
    sealed: '00',
    nonce: nonce(),
  })

/** A log with these records, in commits of so many, with the receipt of each on the checkpoint of its commit. */
export function buildLog(
  signer: CheckpointSigner,
  records: readonly string[],
  batch = 3,
): { readonly receipts: readonly Receipt[]; readonly checkpoint: string } {
  const receipts: Receipt[] = []
  let frontier = EMPTY_FRONTIER
  let checkpoint = ''
  for (let start = 0; start < records.length; start += batch) {
    const some = records.slice(start, start + batch)
    const leaves = some.map((record) => leafHash(formatUtf8(record)))
    const proofs = appendLeaves(frontier, leaves).proofs
    for (const leaf of leaves) frontier = appendLeaf(frontier, leaf).frontier
    checkpoint = signer.sign(frontier.treeSize, rootHash(frontier))
    for (const [offset, record] of some.entries()) {
      const leafIndex = start + offset
      const proof = formatTlogProof({ leafIndex, hashes: proofs[offset]!, checkpoint })
      receipts.push({ leafIndex, record, proof })
    }
  }
  return { receipts, checkpoint }
}

/** Whether an exchange is in the inbox of its recipient. */
export const isDelivered = ({ outcome, hold }: Exchanged): boolean =>
  outcome !== 'geweigerd' && (outcome !== 'in-afwachting' || hold === 'approved')

/** The receipts that a party would export. */
export function receiptsOf(
  party: string,
  exchanges: readonly Exchanged[],
  receipts: readonly Receipt[],
): readonly ExportedReceipt[] {
  const both = exchanges.map((exchange, index) => ({ exchange, receipt: receipts[index]! }))
  return [
    ...both
      .filter(({ exchange }) => exchange.sender === party)
      .map(({ exchange: { hold }, receipt }) => ({ side: 'sent' as const, ...receipt, ...(hold && { hold }) })),
    ...both
      .filter(({ exchange }) => exchange.recipient === party && isDelivered(exchange))
      .map(({ receipt }) => ({ side: 'received' as const, ...receipt })),
  ]
}

/** The lines of an export, the head first and the count last. */
export const exportLines = (
  party: string,
  verifierKey: string,
  checkpoint: string,
  receipts: readonly ExportedReceipt[],
): readonly string[] =>
  [
    formatExportHead({ party, verifierKey, checkpoint }),
    ...receipts.map(formatExportedReceipt),
    formatExportEnd(receipts.length),
  ].map((line) => line.trimEnd())

export const fileOf = (name: string, lines: readonly string[]): ExportFile => ({ name, lines: streamOf(lines) })
