import { parseCheckpointBody } from '../audit/checkpoint/checkpoint.ts'
import { parseNote, parseVerifierKey } from '../audit/checkpoint/signed-note.ts'
import { formatTlogProof, parseTlogProof } from '../audit/receipt/receipt.ts'
import type { ReceiptFile } from '../audit/receipt/receipt-file.ts'
import { inclusionPath, nodesOfTiles } from '../audit/tree/proofs.ts'
import type { ServedCheckpoint } from '../ports/store.ts'
import type { Receipt, StoredDelivery, StoredExchange, StoredHold } from '../ports/stored.ts'
import type { Gateway } from './gateway.ts'
import { type Approval, formApproval } from './retention.ts'

/** Everything that the gateway keeps about an exchange and its sender may see. */
export interface ExchangeHistory {
  readonly exchange: StoredExchange
  readonly receipt: ReceiptFile
  readonly hold?: StoredHold
  /** Of `hold`: how many approvals are still needed, and who can give them now. */
  readonly approval?: Approval
  readonly delivery?: StoredDelivery
}

/** An exchange of a sender with its receipt, refused ones included; undefined when this sender has no such exchange. */
export async function findHistory(gateway: Gateway, sender: string, id: string): Promise<ExchangeHistory | undefined> {
  const { store } = gateway
  const exchange = await store.findExchange(sender, id)
  if (!exchange) return undefined
  const hold = await store.findHold(sender, id)
  const delivery = await store.findDeliveryOf(sender, id)
  const receipt = { ...(await renewReceipt(gateway, exchange.receipt)), verifierKey: gateway.verifierKey }
  return {
    exchange,
    receipt,
    ...(hold && { hold, approval: formApproval(gateway.policySet.parties, hold) }),
    ...(delivery && { delivery }),
  }
}

/**
 * The receipt under the newest checkpoint that a witness cosigned, when that covers the record: then not only the operator vouches
 * for it. Otherwise the receipt as it was issued, unless the log has continued under another origin since: then under the newest
 * checkpoint of that origin, whose key is published.
 */
export async function renewReceipt(
  { store, verifierKey }: Pick<Gateway, 'store' | 'verifierKey'>,
  receipt: Receipt,
): Promise<Receipt> {
  const cosigned = await store.log.cosignedCheckpoint(1)
  const { name } = parseVerifierKey(verifierKey)
  const newest = cosigned && isOf(cosigned.note, name) && covers(cosigned, receipt) ? cosigned : undefined
  const isCurrent = isOf(parseTlogProof(receipt.proof).checkpoint, name)
  const checkpoint = newest ?? (isCurrent ? undefined : await store.log.checkpoint())
  if (!checkpoint || !covers(checkpoint, receipt)) return receipt
  const hashes = await inclusionPath(receipt.leafIndex, checkpoint.treeSize, nodesOfTiles(store.log))
  const proof = formatTlogProof({ leafIndex: receipt.leafIndex, hashes, checkpoint: checkpoint.note })
  return { ...receipt, proof }
}

const covers = ({ treeSize }: ServedCheckpoint, { leafIndex }: Receipt): boolean => leafIndex < treeSize

const isOf = (note: string, origin: string): boolean => parseCheckpointBody(parseNote(note).text).origin === origin
