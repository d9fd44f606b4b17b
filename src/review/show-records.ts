import { type PlacedRecord, readRecords } from '../audit/export/read-log.ts'
import { createRecordTest } from '../audit/export/record-filter.ts'
import { formatTlogProof } from '../audit/receipt/receipt.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { inclusionPath, nodesOfTiles } from '../audit/tree/proofs.ts'
import { parseUtf8 } from '../encoding/bytes.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { cursorUnknown } from '../exchange/inbox/inbox-page.ts'
import { findArchivedSet } from '../exchange/rule-sets/archived.ts'
import type { Language } from '../model/language.ts'
import { labelsOf } from '../policy/labels.ts'
import type { LogReader, ServedCheckpoint } from '../ports/store.ts'
import type { Receipt } from '../ports/stored.ts'
import { boundsOf } from './check-filter.ts'
import { formatLogCursor, parseLogCursor } from './log-cursor.ts'
import { recordLogUse } from './log-use.ts'
import { describeRecord } from './words/describe-record.ts'

/** Greatest number of records that one call reads. */
export const SHOW_READS = 20_000

/** A record with its proof and its description in sentences. */
export interface ShownRecord {
  /** Under the newest checkpoint. */
  readonly receipt: Receipt
  readonly sentences: readonly string[]
}

/** The records about one exchange, as far as the log was read. */
export interface ShownExchange {
  readonly id: string
  /** Oldest first: the exchange itself, then what happened to it. */
  readonly records: readonly ShownRecord[]
  /** In the form of `LOG_CURSOR_FORM`. */
  readonly cursor: string
  readonly hasMore: boolean
}

/**
 * One record with a proof that the newest checkpoint covers it. Undefined when the log is shorter. The use of the log is recorded
 * before the answer leaves.
 *
 * @param by client id
 * @throws SluisError `log-unavailable`
 */
export async function showRecord(
  gateway: Gateway,
  by: string,
  leafIndex: number,
  language: Language,
): Promise<ShownRecord | undefined> {
  const { log } = gateway.store
  const checkpoint = await log.checkpoint()
  const [bytes] = checkpoint && leafIndex < checkpoint.treeSize ? await log.records(leafIndex, leafIndex + 1) : []
  const placed = bytes && { leafIndex, record: parseUtf8(bytes) }
  await recordLogUse(gateway, {
    by,
    use: 'show',
    start: placed ? leafIndex : 0,
    end: placed ? leafIndex + 1 : 0,
    found: placed ? 1 : 0,
  })
  return placed && checkpoint && show(gateway, checkpoint, placed, language)
}

/**
 * Every record that names an exchange, from the exchange itself on. Reads a bounded number of records; when `hasMore` is true, a
 * call with the cursor continues. Undefined when no party ever sent it. The use of the log is recorded before the answer leaves.
 *
 * @param by client id
 * @throws SluisError `cursor-unknown` for one of another log or of before a restore, `log-unavailable`
 */
export async function showExchange(
  gateway: Gateway,
  by: string,
  id: string,
  cursor: string | undefined,
  language: Language,
): Promise<ShownExchange | undefined> {
  const { log } = gateway.store
  const checkpoint = await log.checkpoint()
  const first = await findFirstIndex(gateway, id)
  const filter = { exchangeId: id }
  if (checkpoint === undefined || first === undefined) {
    await recordLogUse(gateway, { by, use: 'show', start: 0, end: 0, filter, found: 0 })
    return undefined
  }
  const bound = { verifierKey: gateway.verifierKey, hashes: log.hashes }
  const from = cursor === undefined ? first : await parseLogCursor(bound, checkpoint.treeSize, cursor)
  if (from === undefined) throw cursorUnknown()
  const start = Math.max(from, first)
  const end = Math.min(start + SHOW_READS, checkpoint.treeSize)
  const found: PlacedRecord[] = []
  const test = createRecordTest(filter, boundsOf(filter))
  for await (const placed of readRecords(log, start, end))
    if ((await test(placed.record)) !== undefined) found.push(placed)
  await recordLogUse(gateway, { by, use: 'show', start, end, filter, found: found.length })
  const records: ShownRecord[] = []
  for (const placed of found) records.push(await show(gateway, checkpoint, placed, language))
  return { id, records, cursor: await formatLogCursor(bound, end), hasMore: end < checkpoint.treeSize }
}

/** The receipt of a record in the tree of a checkpoint. */
export async function proveRecord(
  log: Pick<LogReader, 'hashes'>,
  { treeSize, note }: ServedCheckpoint,
  { leafIndex, record }: PlacedRecord,
): Promise<Receipt> {
  const hashes = await inclusionPath(leafIndex, treeSize, nodesOfTiles(log))
  return { leafIndex, record, proof: formatTlogProof({ leafIndex, hashes, checkpoint: note }) }
}

async function show(
  gateway: Gateway,
  checkpoint: ServedCheckpoint,
  placed: PlacedRecord,
  language: Language,
): Promise<ShownRecord> {
  const record = parseRecord(placed.record)
  const sets = [gateway.policySet]
  // In the words of the set that decided: a later set may lack them.
  if ('policyHash' in record && record.policyHash !== gateway.policySet.policyHash) {
    const archived = await findArchivedSet(gateway, record.policyHash)
    if (archived) sets.unshift(archived)
  }
  return {
    receipt: await proveRecord(gateway.store.log, checkpoint, placed),
    sentences: describeRecord(record, labelsOf(language, ...sets), language),
  }
}

/** The store finds an exchange by its sender, whom an auditor does not know, so every party is tried. */
async function findFirstIndex({ store, policySet }: Gateway, id: string): Promise<number | undefined> {
  const parties = new Set([...policySet.parties.keys(), ...(await store.listPartyStates()).map(({ party }) => party)])
  for (const party of parties) {
    const exchange = await store.findExchange(party, id)
    if (exchange) return exchange.receipt.leafIndex
  }
  return undefined
}
