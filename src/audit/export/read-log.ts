import { parseUtf8 } from '../../encoding/bytes.ts'
import type { LogReader } from '../../ports/store.ts'
import { inclusionPath, nodesOfTiles, type ReadNodes } from '../tree/proofs.ts'
import type { ExportedRecord } from './log-export.ts'

/** A record with its index in the log. */
export interface PlacedRecord {
  readonly leafIndex: number
  readonly record: string
}

/** How many records a reader of the log takes before it gives others a turn: re-deriving so many takes a few milliseconds. */
export const RECORDS_PER_TURN = 64
// Neighbouring records share all but the lowest siblings, so a few are enough.
const MAX_KEPT_NODES = 4096

/** Records `[start, end)`, oldest first, read a page at a time. Gives others a turn between pages. */
export async function* readRecords(
  log: Pick<LogReader, 'records'>,
  start: number,
  end: number,
): AsyncGenerator<PlacedRecord> {
  for (let from = start; from < end; from += RECORDS_PER_TURN) {
    const page = await log.records(from, Math.min(from + RECORDS_PER_TURN, end))
    for (const [offset, bytes] of page.entries()) yield { leafIndex: from + offset, record: parseUtf8(bytes) }
    await takeTurns()
  }
}

/** Adds to every record its inclusion path in the tree of `treeSize` leaves. Cheap for records that are close together. */
export async function* proveRecords(
  log: Pick<LogReader, 'hashes'>,
  treeSize: number,
  records: AsyncIterable<PlacedRecord>,
): AsyncGenerator<ExportedRecord> {
  const readNodes = keepNodes(nodesOfTiles(log))
  for await (const { leafIndex, record } of records) {
    yield { leafIndex, record, proof: await inclusionPath(leafIndex, treeSize, readNodes) }
  }
}

/** Promises alone never yield to the event loop, and a long read would block every other request of the process. */
export const takeTurns = (): Promise<void> =>
  new Promise((resolve) => {
    // Not every runtime has setImmediate; a timer waits a millisecond.
    const { setImmediate } = globalThis as { readonly setImmediate?: (work: () => void) => unknown }
    if (setImmediate) setImmediate(resolve)
    else setTimeout(resolve, 0)
  })

function keepNodes(readNodes: ReadNodes): ReadNodes {
  const kept = new Map<string, ReturnType<ReadNodes>>()
  return (level, start, end) => {
    const place = `${level} ${start} ${end}`
    const known = kept.get(place)
    if (known !== undefined) return known
    if (kept.size >= MAX_KEPT_NODES) kept.clear()
    const nodes = readNodes(level, start, end)
    kept.set(place, nodes)
    return nodes
  }
}
