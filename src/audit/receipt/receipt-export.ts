import type { Receipt } from '../../ports/stored.ts'

/**
 * All receipts of one party, as NDJSON: a head, a line for each exchange that it sent and each delivery that it received, and
 * a last line with their number, so that a file that was cut off is noticed.
 */

const VERSION = 1
export const SIDES = ['sent', 'received'] as const
export const HOLDS = ['waiting', 'approved', 'refused', 'expired'] as const

export interface ExportHead {
  readonly party: string
  /** The verifier key that the file names. Compare it with a trusted one. */
  readonly verifierKey: string
  /** The newest checkpoint before the receipts were listed: the file contains every receipt of the party that it covers. */
  readonly checkpoint: string
}

export interface ExportedReceipt extends Receipt {
  readonly side: (typeof SIDES)[number]
  /** State of a held exchange according to the gateway; not proven. */
  readonly hold?: (typeof HOLDS)[number]
}

/** Contents of one line of an export. An unreadable line is a fault; the lines after it still count. */
export type ExportLine =
  | { readonly kind: 'head'; readonly head: ExportHead }
  | { readonly kind: 'receipt'; readonly receipt: ExportedReceipt }
  | { readonly kind: 'end'; readonly count: number }
  | { readonly kind: 'fault'; readonly reason: string }

export const formatExportHead = ({ party, verifierKey, checkpoint }: ExportHead): string =>
  `${JSON.stringify({ sluisReceiptExport: VERSION, party, verifierKey, checkpoint })}\n`

export const formatExportedReceipt = ({ side, leafIndex, record, proof, hold }: ExportedReceipt): string =>
  `${JSON.stringify({ side, leafIndex, record, proof, ...(hold !== undefined && { hold }) })}\n`

export const formatExportEnd = (count: number): string => `${JSON.stringify({ receipts: count })}\n`

/** Reads one line, without its newline. It must be in the one accepted form: a duplicate or unknown member is a fault. */
export function parseExportLine(text: string): ExportLine {
  const line = readLine(text)
  return line.kind !== 'fault' && formatLine(line) !== `${text}\n`
    ? fault('has another spelling than Sluis writes; export again and leave the file as it is')
    : line
}

function formatLine(line: Exclude<ExportLine, { kind: 'fault' }>): string {
  if (line.kind === 'head') return formatExportHead(line.head)
  return line.kind === 'end' ? formatExportEnd(line.count) : formatExportedReceipt(line.receipt)
}

function readLine(text: string): ExportLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fault('is not JSON; export again and leave the file as it is')
  }
  if (value === null || typeof value !== 'object') return fault('is not a JSON object; export again')
  const members = value as Readonly<Record<string, unknown>>
  if ('sluisReceiptExport' in members) return readHead(members)
  if ('side' in members) return readReceipt(members)
  const { receipts } = members
  return isIndex(receipts)
    ? { kind: 'end', count: receipts }
    : fault('is neither head, receipt nor count; export again')
}

function readHead({
  sluisReceiptExport,
  party,
  verifierKey,
  checkpoint,
}: Readonly<Record<string, unknown>>): ExportLine {
  if (sluisReceiptExport !== VERSION)
    return fault(`/sluisReceiptExport: is not ${VERSION}; use the version that wrote it`)
  if (typeof party !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(party))
    return fault('/party: is not a party; export again')
  if (typeof verifierKey !== 'string') return fault('/verifierKey: is not text; export again')
  if (typeof checkpoint !== 'string') return fault('/checkpoint: is not text; export again')
  return { kind: 'head', head: { party, verifierKey, checkpoint } }
}

function readReceipt({ side, leafIndex, record, proof, hold }: Readonly<Record<string, unknown>>): ExportLine {
  if (!isOneOf(SIDES, side)) return fault('/side: is not `sent` or `received`; export again')
  if (!isIndex(leafIndex)) return fault('/leafIndex: is not a whole number from 0; export again')
  if (typeof record !== 'string') return fault('/record: is not text; export again')
  if (typeof proof !== 'string') return fault('/proof: is not text; export again')
  if (hold !== undefined && !isOneOf(HOLDS, hold))
    return fault('/hold: is not a state of a held exchange; export again')
  return { kind: 'receipt', receipt: { side, leafIndex, record, proof, ...(hold !== undefined && { hold }) } }
}

const fault = (reason: string): ExportLine => ({ kind: 'fault', reason })

const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isOneOf = <Word extends string>(words: readonly Word[], value: unknown): value is Word =>
  words.some((word) => word === value)
