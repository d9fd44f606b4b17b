import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64, formatUtf8 } from '../../encoding/bytes.ts'
import { verifyCheckpoint } from '../checkpoint/checkpoint.ts'
import { parseVerifierKey } from '../checkpoint/signed-note.ts'
import { type ExportedReceipt, type ExportHead, type ExportLine, parseExportLine } from '../receipt/receipt-export.ts'
import type { ExchangeRecord } from '../record/exchange.ts'
import { checkReceipt } from './check-receipt.ts'

/** Compares the receipts of several parties of one log: a Merkle tree proves what is in it, never that it is complete. */

/** One party's export: its lines without their newlines, in order. */
export interface ExportFile {
  readonly name: string
  readonly lines: AsyncIterable<string>
}

/** A line of an export. Lines count from 1. */
export interface ExportPlace {
  readonly file: string
  readonly line: number
}

/** A line that does not verify, or an export that cannot be read. */
export interface ReconcileFault extends ExportPlace {
  readonly reason: string
}

/** An exchange that one side has and the other side should have and has not. */
export interface OneSided extends ExportPlace {
  readonly exchangeId: string
  readonly leafIndex: number
  readonly sender: string
  readonly recipient: string
  readonly missingFrom: 'sender' | 'recipient'
}

/** Two receipts that contradict each other: no honest log can have given both. */
export interface Contradiction {
  readonly kind: 'two-records' | 'two-roots' | 'two-leaves'
  readonly exchangeId?: string
  readonly origin?: string
  readonly treeSize?: number
  readonly leafIndex?: number
  readonly places: readonly [ExportPlace, ExportPlace]
}

export interface Reconciliation {
  readonly parties: readonly string[]
  readonly receipts: number
  /** Exchanges that both sides have, with the same record. */
  readonly joined: number
  readonly oneSided: readonly OneSided[]
  readonly contradictions: readonly Contradiction[]
  readonly faults: readonly ReconcileFault[]
  /** Exchanges that only one side has, for a valid reason. */
  readonly explained: {
    /** Refused by the rules. */
    readonly refused: number
    /** Held and not approved when the sender's export was made, according to the gateway. */
    readonly held: number
    /** Recorded after the other side's export was started. */
    readonly later: number
    /** With a party whose export was not given. */
    readonly elsewhere: number
  }
}

interface Sighting extends ExportPlace {
  readonly digest: string
  readonly leafIndex: number
  readonly hold?: ExportedReceipt['hold']
}

interface Joined {
  readonly sender: string
  readonly recipient: string
  readonly outcome: ExchangeRecord['outcome']
  sent?: Sighting
  received?: Sighting
}

interface State {
  readonly exchanges: Map<string, Joined>
  /** First sighting of a root by origin and size, and of a record by origin and index. */
  readonly roots: Map<string, { readonly rootHash: string; readonly place: ExportPlace }>
  readonly leaves: Map<string, { readonly digest: string; readonly place: ExportPlace }>
  /** Tree size up to which the export of a party must be complete. */
  readonly horizons: Map<string, number>
  readonly contradictions: Contradiction[]
  readonly faults: ReconcileFault[]
  receipts: number
}

/**
 * Verifies every receipt of these exports under `verifierKeys` and joins them by exchange. Reports every fault; a receipt that does
 * not verify is reported and not used any further.
 *
 * Keeps no records in memory: a few hundred bytes per receipt, whatever its length.
 *
 * @param verifierKeys of the log, one for each origin it had; an export never determines which keys count
 */
export async function reconcile(
  files: readonly ExportFile[],
  verifierKeys: readonly string[],
): Promise<Reconciliation> {
  const state: State = {
    exchanges: new Map(),
    roots: new Map(),
    leaves: new Map(),
    horizons: new Map(),
    contradictions: [],
    faults: [],
    receipts: 0,
  }
  for (const file of files) await readExport(file, verifierKeys, state)
  return { ...join(state), parties: [...state.horizons.keys()], receipts: state.receipts }
}

async function readExport({ name, lines }: ExportFile, verifierKeys: readonly string[], state: State): Promise<void> {
  let line = 0
  let head: ExportHead | undefined
  let hasEnded = false
  let count = 0
  const report = (reason: string) => state.faults.push({ file: name, line, reason })
  for await (const text of lines) {
    line++
    if (hasEnded) {
      report('comes after the last line; export again')
      return
    }
    const parsed = parseExportLine(text)
    if (parsed.kind === 'fault') report(parsed.reason)
    // Counted even when it cannot be read, because the last line counts it too.
    if (parsed.kind === 'receipt' || (parsed.kind === 'fault' && line > 1)) count++
    if (line === 1) {
      head = await readHead(parsed, verifierKeys, state, { file: name, line }, report)
      if (head === undefined) return
    } else if (parsed.kind === 'head') report('is a second head; give one export a file')
    else if (parsed.kind === 'end') {
      hasEnded = true
      if (parsed.count !== count) report(`the count is ${parsed.count} and there are ${count} receipts; export again`)
    } else if (parsed.kind === 'receipt') {
      const reason = await readReceipt(parsed.receipt, head!.party, verifierKeys, state, { file: name, line })
      if (reason !== undefined) report(reason)
    }
  }
  line++
  if (!hasEnded) report('the file ends without its count, so it was cut off; export again')
}

async function readHead(
  parsed: ExportLine,
  verifierKeys: readonly string[],
  state: State,
  place: ExportPlace,
  report: (reason: string) => void,
): Promise<ExportHead | undefined> {
  if (parsed.kind !== 'head') {
    if (parsed.kind !== 'fault')
      report('is not the head of a receipt export; give a file that `sluis receipt export` wrote')
    return undefined
  }
  const { party, verifierKey, checkpoint } = parsed.head
  if (state.horizons.has(party)) {
    report(`/party: another file is of \`${party}\` too; give one export of each party`)
    return undefined
  }
  const horizon = verifierKeys.includes(verifierKey)
    ? await readHorizon(checkpoint, verifierKey, state, place)
    : '/verifierKey: is none of the keys that you gave; check with the operator which is the key of the log'
  // Without a horizon nothing can be missing from it; it only confirms what it contains.
  state.horizons.set(party, typeof horizon === 'number' ? horizon : 0)
  if (typeof horizon === 'string') report(horizon)
  return parsed.head
}

async function readHorizon(
  note: string,
  verifierKey: string,
  state: State,
  place: ExportPlace,
): Promise<number | string> {
  const verification = await verifyCheckpoint(note, parseVerifierKey(verifierKey))
  if (!verification.ok) return `/checkpoint: ${verification.reason}`
  seeRoot(verification.checkpoint, state, place)
  return verification.checkpoint.treeSize
}

/** Why a receipt is not valid; undefined when it is. */
async function readReceipt(
  receipt: ExportedReceipt,
  party: string,
  verifierKeys: readonly string[],
  state: State,
  place: ExportPlace,
): Promise<string | undefined> {
  const check = await checkReceipt(receipt, verifierKeys)
  if (!check.ok) return `${check.place === undefined ? '' : `${check.place}: `}${check.reason}`
  const { record, origin, treeSize, rootHash } = check
  const digest = formatBase64(sha256(formatUtf8(receipt.record)))
  state.receipts++
  seeRoot({ origin, treeSize, rootHash }, state, place)
  seeLeaf({ origin, leafIndex: receipt.leafIndex, digest }, state, place)
  const isSent = receipt.side === 'sent'
  if (record.type !== 'exchange') {
    if (isSent) return '/record: is not that of an exchange, and nothing else is sent; export again'
    return 'recipient' in record && record.recipient === party
      ? undefined
      : '/record: is not about this party; export again'
  }
  if ((isSent ? record.sender : record.recipient) !== party) return '/record: is not about this party; export again'
  const { id, sender, recipient, outcome } = record
  const joined = state.exchanges.get(id) ?? { sender, recipient, outcome }
  state.exchanges.set(id, joined)
  const { leafIndex, hold } = receipt
  const sighting = { ...place, digest, leafIndex, ...(hold !== undefined && { hold }) }
  const seen = isSent ? joined.sent : joined.received
  if (seen && seen.digest !== digest) addContradiction(state, { kind: 'two-records', exchangeId: id }, seen, place)
  else if (seen) return `/record: is in line ${seen.line} too; export again`
  else if (isSent) joined.sent = sighting
  else joined.received = sighting
  return undefined
}

function seeRoot(
  { origin, treeSize, rootHash }: { origin: string; treeSize: number; rootHash: Uint8Array },
  { roots, ...state }: Pick<State, 'roots' | 'contradictions'>,
  place: ExportPlace,
): void {
  const key = `${treeSize} ${origin}`
  const root = formatBase64(rootHash)
  const seen = roots.get(key)
  if (seen && seen.rootHash !== root)
    addContradiction(state, { kind: 'two-roots', origin, treeSize }, seen.place, place)
  else roots.set(key, { rootHash: root, place: seen?.place ?? place })
}

// The roots differ too, but roots of trees of different sizes can only be compared with both trees at hand.
function seeLeaf(
  { origin, leafIndex, digest }: { origin: string; leafIndex: number; digest: string },
  { leaves, ...state }: Pick<State, 'leaves' | 'contradictions'>,
  place: ExportPlace,
): void {
  const key = `${leafIndex} ${origin}`
  const seen = leaves.get(key)
  if (seen && seen.digest !== digest)
    addContradiction(state, { kind: 'two-leaves', origin, leafIndex }, seen.place, place)
  else if (!seen) leaves.set(key, { digest, place })
}

function addContradiction(
  { contradictions }: Pick<State, 'contradictions'>,
  what: Omit<Contradiction, 'places'>,
  one: ExportPlace,
  other: ExportPlace,
): void {
  const placeOf = ({ file, line }: ExportPlace): ExportPlace => ({ file, line })
  contradictions.push({ ...what, places: [placeOf(one), placeOf(other)] })
}

function join(state: State): Omit<Reconciliation, 'parties' | 'receipts'> {
  const explained = { refused: 0, held: 0, later: 0, elsewhere: 0 }
  const oneSided: OneSided[] = []
  let joined = 0
  for (const [exchangeId, { sender, recipient, outcome, sent, received }] of state.exchanges) {
    if (sent && received) {
      if (sent.digest === received.digest) joined++
      else addContradiction(state, { kind: 'two-records', exchangeId }, sent, received)
      continue
    }
    const seen = (sent ?? received)!
    const missingFrom = sent ? 'recipient' : 'sender'
    const horizon = state.horizons.get(sent ? recipient : sender)
    if (sent && outcome === 'geweigerd') explained.refused++
    else if (sent && outcome === 'in-afwachting' && sent.hold !== 'approved') explained.held++
    else if (horizon === undefined) explained.elsewhere++
    else if (seen.leafIndex >= horizon) explained.later++
    else {
      const { file, line, leafIndex } = seen
      oneSided.push({ exchangeId, leafIndex, sender, recipient, missingFrom, file, line })
    }
  }
  oneSided.sort((one, other) => one.leafIndex - other.leafIndex)
  return { joined, oneSided, contradictions: state.contradictions, faults: state.faults, explained }
}
