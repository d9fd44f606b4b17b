import { z } from 'zod'
import { formatBase64, formatUtf8, parseBase64 } from '../../encoding/bytes.ts'
import { readLines } from '../../encoding/lines.ts'
import { type Hash, isSameHash, leafHash } from '../tree/tree.ts'

/**
 * A log, or a part of it, in one self-contained verifiable file: NDJSON (one JSON object per line). The first line is the head
 * with the signed checkpoint, the last line the count, with one record per line in between. A whole log has no proofs, because its
 * root is recomputed; each line has the hash of its leaf instead, which names a record that was changed afterwards. In a part every
 * record has its inclusion proof.
 */

/** The first line. */
export interface LogExportHead {
  readonly origin: string
  /** Verifier key (C2SP signed-note) of the log that signed `checkpoint`. Named by the file itself: verify with a trusted key. */
  readonly verifierKey: string
  readonly treeSize: number
  /** Signed note of the tree of `treeSize` leaves, with the lines of its witnesses. */
  readonly checkpoint: string
  /** Records `[start, end)` were read for it. */
  readonly start: number
  readonly end: number
  /** The filter, in words; absent when every record of the range is included. */
  readonly filter?: { readonly [member: string]: string }
}

export interface ExportedRecord {
  readonly leafIndex: number
  /** The record, byte for byte as it was hashed. */
  readonly record: string
  /** Inclusion path to `treeSize`; present exactly when the export is a part. */
  readonly proof?: readonly Hash[]
}

/** A record as its line has it. */
type RecordLine = ExportedRecord & { readonly leafHash?: Hash }

/** An export being read: the head, and the records after it, which can be read once. */
export interface LogExport {
  readonly head: LogExportHead
  /** @throws SyntaxError `line N: …` at the first line that does not belong in an export, and at the end when the count differs */
  readonly records: AsyncIterable<ExportedRecord & { readonly line: number }>
}

const MEND = 'export the log again, or copy the whole file byte for byte'
// A note has at most a hundred signature lines; a record is 4 KiB before its quotes are escaped, its proof 63 hashes.
const MAX_LINE_BYTES = 65_536
const MAX_PROOF_HASHES = 63

const index = z.int().nonnegative()
const headSchema = z.strictObject({
  sluisLogExport: z.literal(1),
  origin: z.string(),
  verifierKey: z.string(),
  treeSize: index,
  checkpoint: z.string(),
  start: index,
  end: index,
  filter: z.exactOptional(z.record(z.string(), z.string())),
})
const recordSchema = z.strictObject({
  leafIndex: index,
  record: z.string(),
  proof: z.exactOptional(z.array(z.string()).max(MAX_PROOF_HASHES)),
  leafHash: z.exactOptional(z.string()),
})
const endSchema = z.strictObject({ records: index })

/** Whether an export contains every record of the log, so that the root covers all of them together. */
export const isWholeLog = ({ start, end, treeSize, filter }: LogExportHead): boolean =>
  start === 0 && end === treeSize && filter === undefined

/** Writes an export, a line at a time, each with its newline. The records are ascending, with proofs exactly when it is a part. */
export async function* formatLogExport(
  head: LogExportHead,
  records: AsyncIterable<ExportedRecord>,
): AsyncGenerator<string> {
  yield formatHead(head)
  const isWhole = isWholeLog(head)
  let count = 0
  for await (const record of records) {
    yield formatRecordLine(isWhole ? { ...record, leafHash: leafHash(formatUtf8(record.record)) } : record)
    count += 1
  }
  yield formatEnd(count)
}

/**
 * Reads an export. Verifies only its form: every line canonical, indexes ascending and in range, no record missing from an
 * unfiltered export, proofs exactly where required, and the count at the end.
 *
 * @throws SyntaxError `line 1: …` when the head is malformed; `records` throws for later lines
 */
export async function parseLogExport(chunks: AsyncIterable<Uint8Array>): Promise<LogExport> {
  const lines = readLines(chunks, MAX_LINE_BYTES, MEND)
  const first = await lines.next()
  if (first.done) throw new SyntaxError(`line 1: is missing; the file is empty: ${MEND}`)
  const head = parseHead(first.value.text)
  return { head, records: parseRecords(head, lines) }
}

/** Parses the lines, and names the record of a line that cannot be read as one. */
async function* parseRecords(
  head: LogExportHead,
  lines: ReturnType<typeof readLines>,
): AsyncGenerator<ExportedRecord & { line: number }> {
  let last: number | undefined
  try {
    for await (const record of parseLines(head, lines)) {
      last = record.leafIndex
      yield record
    }
  } catch (error) {
    if (!(error instanceof SyntaxError) || / record \d/.test(error.message)) throw error
    const next = last === undefined ? head.start : last + 1
    if (next >= head.end) throw error
    const place = head.filter === undefined ? `this is the line of record ${next}` : formAfter(last)
    throw new SyntaxError(`${error.message}; ${place}`)
  }
}

const formAfter = (last: number | undefined): string =>
  last === undefined ? 'this is the line of the first record' : `this line comes after record ${last}`

async function* parseLines(
  head: LogExportHead,
  lines: ReturnType<typeof readLines>,
): AsyncGenerator<ExportedRecord & { line: number }> {
  let count = 0
  let last = head.start - 1
  let isEnded = false
  for await (const { number, text } of lines) {
    if (isEnded) throw fault(number, 'comes after the end of the export')
    if (text.startsWith('{"records":')) {
      parseEnd(text, number, count)
      if (head.filter === undefined && last !== head.end - 1) {
        throw fault(number, `comes before record ${head.end - 1}: records ${last + 1} and on are missing`)
      }
      isEnded = true
      continue
    }
    const record = parseRecordLine(text, number, head)
    if (record.leafIndex <= last) {
      throw fault(number, `record ${record.leafIndex} comes after record ${last}, so it is doubled or out of order`)
    }
    if (head.filter === undefined && record.leafIndex !== last + 1) throw fault(number, `record ${last + 1} is missing`)
    last = record.leafIndex
    count += 1
    yield { ...record, line: number }
  }
  if (!isEnded) throw new SyntaxError(`line ${count + 2}: the count is missing, so the file was cut off; ${MEND}`)
}

// The order of members is part of the form: an export has one canonical form.
const formatHead = ({ origin, verifierKey, treeSize, checkpoint, start, end, filter }: LogExportHead): string =>
  `${JSON.stringify({ sluisLogExport: 1, origin, verifierKey, treeSize, checkpoint, start, end, ...(filter && { filter }) })}\n`

const formatRecordLine = ({ leafIndex, record, proof, leafHash }: RecordLine): string =>
  `${JSON.stringify({ leafIndex, record, ...(proof && { proof: proof.map(formatBase64) }), ...(leafHash && { leafHash: formatBase64(leafHash) }) })}\n`

const formatEnd = (records: number): string => `${JSON.stringify({ records })}\n`

function parseHead(text: string): LogExportHead {
  const { sluisLogExport: _, ...head } = parseJsonLine(text, 1, headSchema, 'the head of an export of version 1')
  if (formatHead(head) !== `${text}\n`) throw fault(1, 'is not spelled as an export spells it')
  if (head.start > head.end || head.end > head.treeSize) throw fault(1, '`start`, `end` and `treeSize` do not ascend')
  return head
}

function parseRecordLine(text: string, number: number, head: LogExportHead): ExportedRecord {
  const { proof, leafHash: stated, ...rest } = parseJsonLine(text, number, recordSchema, 'a record with its index')
  let record: RecordLine
  try {
    record = {
      ...rest,
      ...(proof && { proof: proof.map(parseBase64) }),
      ...(stated !== undefined && { leafHash: parseBase64(stated) }),
    }
  } catch {
    throw fault(number, `a hash of record ${rest.leafIndex} is not base64`)
  }
  if ([...(record.proof ?? []), ...(record.leafHash ? [record.leafHash] : [])].some((hash) => hash.length !== 32)) {
    throw fault(number, `a hash of record ${rest.leafIndex} is not 32 bytes`)
  }
  if (formatRecordLine(record) !== `${text}\n`) throw fault(number, 'is not spelled as an export spells it')
  if (record.leafIndex < head.start || record.leafIndex >= head.end) {
    throw fault(number, `record ${record.leafIndex} is outside the range that line 1 names`)
  }
  if (isWholeLog(head) === (record.proof !== undefined)) {
    throw fault(number, proof === undefined ? 'the record has no proof' : 'a whole log carries no proofs')
  }
  return checkLeaf(record, number, head)
}

/** Without the hash of its leaf. Exports of before these hashes have none, and show only that some record was changed. */
function checkLeaf({ leafHash: stated, ...record }: RecordLine, number: number, head: LogExportHead): ExportedRecord {
  if (stated === undefined) return record
  if (!isWholeLog(head)) throw fault(number, 'a part carries proofs, and no hash of its own')
  if (isSameHash(stated, leafHash(formatUtf8(record.record)))) return record
  throw new SyntaxError(
    `line ${number}: record ${record.leafIndex} does not have the hash on its line, so that one of the two was changed; compare it with another copy`,
  )
}

function parseEnd(text: string, number: number, count: number): void {
  const { records } = parseJsonLine(text, number, endSchema, 'the count at the end')
  if (formatEnd(records) !== `${text}\n`) throw fault(number, 'is not spelled as an export spells it')
  if (records !== count) throw fault(number, `the count is ${records}, but ${count} records came before it`)
}

function parseJsonLine<Value>(text: string, number: number, schema: z.ZodType<Value>, what: string): Value {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fault(number, 'is not JSON')
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw fault(number, `is not ${what}`)
  return parsed.data
}

const fault = (line: number, what: string): SyntaxError => new SyntaxError(`line ${line}: ${what}; ${MEND}`)
