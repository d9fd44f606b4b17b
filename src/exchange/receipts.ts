import { parseCheckpointBody } from '../audit/checkpoint/checkpoint.ts'
import { parseNote, parseVerifierKey } from '../audit/checkpoint/signed-note.ts'
import { formatTlogProof, parseTlogProof } from '../audit/receipt/receipt.ts'
import type { ReceiptFile } from '../audit/receipt/receipt-file.ts'
import { inclusionPath, nodesOfTiles } from '../audit/tree/proofs.ts'
import type { ServedCheckpoint } from '../ports/store.ts'
import type { Receipt, StoredDelivery, StoredExchange, StoredHold } from '../ports/stored.ts'
import type { Gateway } from './gateway.ts'

/** All that the gateway keeps about an exchange that its sender may see. */
export interface ExchangeHistory {
  readonly exchange: StoredExchange
  readonly receipt: ReceiptFile
  readonly hold?: StoredHold
  readonly delivery?: StoredDelivery
}

/** An exchange of a sender, refused ones included, with its receipt; undefined when there is none of this sender. */
export async function findHistory(gateway: Gateway, sender: string, id: string): Promise<ExchangeHistory | undefined> {
  const { store } = gateway
  const exchange = await store.findExchange(sender, id)
  if (!exchange) return undefined
  const hold = await store.findHold(sender, id)
  const delivery = await store.findDeliveryOf(sender, id)
  const receipt = { ...(await renewReceipt(gateway, exchange.receipt)), verifierKey: gateway.verifierKey }
  return { exchange, receipt, ...(hold && { hold }), ...(delivery && { delivery }) }
}

/**
 * The receipt on the newest checkpoint that a witness cosigned, when that covers the record: then others than the operator
 * vouch for it too. Else as it was given out, unless the log went on under another origin since: then under the newest
 * checkpoint of that one, whose key everybody can get.
 */
export async function renewReceipt({ store, verifierKey }: Gateway, receipt: Receipt): Promise<Receipt> {
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
