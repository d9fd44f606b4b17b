import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseCheckpointBody } from '../src/audit/checkpoint/checkpoint.ts'
import { parseNote } from '../src/audit/checkpoint/signed-note.ts'
import { inclusionPath, nodesOfTiles, verifyInclusion } from '../src/audit/tree/proofs.ts'
import { formatEntryBundle, TILE_WIDTH, type Tile } from '../src/audit/tree/tiles.ts'
import { leafHash } from '../src/audit/tree/tree.ts'
import { type LogVerification, verifyLog } from '../src/audit/verify/verify.ts'
import { verifyTiledLog } from '../src/audit/verify/verify-tiled-log.ts'
import { formatUtf8 } from '../src/encoding/bytes.ts'
import { openSqliteReader, type SqliteReader } from '../src/storage/better-sqlite.ts'
import { nativeLeafHash } from '../src/storage/log/native-leaf-hash.ts'
import { type Appender, MAX_BATCH, openBareTable, openLog } from './audit-appenders.ts'
import { createAuditRecords } from './audit-records.ts'

/**
 * What the log costs. First appends through the real store, signer and group commit, beside the least that a durable insert
 * can be: the same records through the same queue into one table, on the same disk, in turns, because the speed of a shared
 * machine changes from one second to the next. Then how appending, proving and verifying grow with the log.
 *
 *     npm run bench:audit [-- --seconds 36 --entries 1000000]
 */

const CLIENTS = [1, 32, 128]
const ROUNDS = 5
/** How many different records there are; appended over and over. */
const RECORDS = 10_000
const PROOF_MILLISECONDS = 2000

interface Round {
  readonly perSecond: number
  /** Milliseconds from asking to the answer that it is durable. */
  readonly latencies: readonly number[]
}

interface Duration {
  readonly seconds: number
  /** Of this process: what it would take on a machine that does nothing else. */
  readonly cpuSeconds: number
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '36' },
    entries: { type: 'string', default: '1000000' },
    // A file system in memory would flatter both.
    folder: { type: 'string', default: 'var' },
  },
})
const roundSeconds = Number(values.seconds) / (2 * (ROUNDS + 1) * CLIENTS.length)
const entries = Number(values.entries)
if (!(roundSeconds > 0))
  throw new RangeError('--seconds is a number above 0: how long appends are measured, all rounds together')
if (!(Number.isSafeInteger(entries) && entries >= 10_000))
  throw new RangeError('--entries is a whole number from 10000 up: how far the log grows')

const [loadBefore] = loadavg()
mkdirSync(values.folder, { recursive: true })
const folder = mkdtempSync(join(resolve(values.folder), 'bench-audit-'))
const records = createAuditRecords(RECORDS)
let taken = 0
const nextRecord = (): string => records[taken++ % RECORDS]!
try {
  await compareAppends()
  await showGrowth()
  console.log(
    `\n${availableParallelism()} cpus (${cpus()[0]?.model.trim()}), node ${process.version}, ${process.platform} ${process.arch}, load before ${loadBefore!.toFixed(1)}, after ${loadavg()[0]!.toFixed(1)}`,
  )
} finally {
  rmSync(folder, { recursive: true })
}

async function compareAppends(): Promise<void> {
  const bare = openBareTable(join(folder, 'bare.sqlite'))
  const log = await openLog(join(folder, 'turns.sqlite'))
  const rounds = new Map(CLIENTS.map((clients) => [clients, { bare: [] as Round[], log: [] as Round[] }]))
  // The first round only lets both reach their speed.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const clients of CLIENTS) {
      const [ofBare, ofLog] = [await appendRound(bare, clients), await appendRound(log, clients)]
      if (round === 0) continue
      rounds.get(clients)!.bare.push(ofBare)
      rounds.get(clients)!.log.push(ofLog)
    }
  }
  bare.close()
  log.close()
  console.log(
    `Appends, closed loop, ${ROUNDS} rounds of about ${roundSeconds.toFixed(1)} s for each number, in turns; medians. A ratio is of two rounds in a row.\n` +
      `Records of ${records[0]!.length} bytes, WAL, synchronous=FULL, at most ${MAX_BATCH} a commit. bare: into one table. log: with leaf hash, tree, signed\n` +
      `checkpoint and an inclusion proof for each. Latencies in milliseconds.\n`,
  )
  printTable(
    ['clients', 'bare/s', 'log/s', 'ratio', 'bare p50', 'p99', 'log p50', 'p99'],
    [...rounds].map(([clients, { bare, log }]) => [
      clients,
      ...[bare, log].map((of) => median(of.map(({ perSecond }) => perSecond)).toFixed(0)),
      median(log.map(({ perSecond }, round) => perSecond / bare[round]!.perSecond)).toFixed(2),
      ...[bare, log].flatMap((of) =>
        [0.5, 0.99].map((share) => median(of.map(({ latencies }) => quantile(latencies, share))).toFixed(2)),
      ),
    ]),
  )
}

async function showGrowth(): Promise<void> {
  const path = join(folder, 'growth.sqlite')
  const log = await openLog(path)
  console.log(
    '\nOne log as it grows: appends at 128 clients, inclusion proofs of entries here and there, read from the database, and\n' +
      'everything verified from the first entry to the last: as a stream from the database (stream), and as the files that the\n' +
      `gateway serves (tiles). It grew by ${MAX_BATCH} entries a checkpoint. cpu s: of this process, whatever else the machine does.\nMB: memory of the whole process.\n`,
  )
  const columns = ['entries', 'appends/s', 'p99', 'proofs/s', 'stream s', 'cpu s', 'tiles s', 'cpu s', 'MB']
  printTable(columns, [])
  let grown = 0
  for (let size = 10_000; size <= entries; size *= 10) {
    for (; grown < size; grown += MAX_BATCH) await log.fill(Array.from({ length: MAX_BATCH }, nextRecord))
    const { perSecond, latencies } = await appendRound(log, 128)
    grown += latencies.length
    const reader = openSqliteReader(path)
    const [stream, tiles] = [await timeStream(reader, log.verifierKey), await timeTiles(reader, log.verifierKey)]
    printTable(columns, [
      [
        reader.size,
        perSecond.toFixed(0),
        quantile(latencies, 0.99).toFixed(2),
        (await measureProofs(reader)).toFixed(0),
        ...[stream, tiles].flatMap(({ seconds, cpuSeconds }) => [seconds.toFixed(1), cpuSeconds.toFixed(1)]),
        (process.memoryUsage.rss() / 2 ** 20).toFixed(0),
      ],
    ])
    reader.close()
  }
  log.close()
}

/** Appends for one round: every client waits for its answer before it asks again. */
async function appendRound(appender: Appender, clients: number): Promise<Round> {
  const latencies: number[] = []
  const startedAt = performance.now()
  const loop = async () => {
    for (let askedAt = startedAt; askedAt < startedAt + roundSeconds * 1000; ) {
      await appender.append(nextRecord())
      const answeredAt = performance.now()
      latencies.push(answeredAt - askedAt)
      askedAt = answeredAt
    }
  }
  await Promise.all(Array.from({ length: clients }, loop))
  return { perSecond: (latencies.length / (performance.now() - startedAt)) * 1000, latencies }
}

/** Inclusion proofs a second. One in a thousand is verified, outside the clock, so that nobody measures nonsense. */
async function measureProofs({ log }: SqliteReader): Promise<number> {
  const { treeSize, rootHash } = parseCheckpointBody(parseNote((await log.checkpoint())!.note).text)
  const readNodes = nodesOfTiles(log)
  let made = 0
  let spent = 0
  for (let leafIndex = 0; spent < PROOF_MILLISECONDS; leafIndex = (leafIndex + 7919) % treeSize) {
    const startedAt = performance.now()
    const proof = await inclusionPath(leafIndex, treeSize, readNodes)
    spent += performance.now() - startedAt
    if (made++ % 1000 !== 0) continue
    const [record] = await log.records(leafIndex, leafIndex + 1)
    if (!verifyInclusion({ leafIndex, treeSize, leafHash: leafHash(record!), rootHash, proof }))
      throw new Error(`the proof of entry ${leafIndex} does not verify`)
  }
  return (made / spent) * 1000
}

async function timeStream(reader: SqliteReader, verifierKey: string): Promise<Duration> {
  return timeVerification(() =>
    verifyLog({
      records: reader.records(),
      leafHashes: reader.leafHashes(),
      checkpoints: reader.checkpoints(),
      verifierKeys: [verifierKey],
      hashLeaf: nativeLeafHash,
    }),
  )
}

async function timeTiles({ log }: SqliteReader, verifierKey: string): Promise<Duration> {
  const rangeOf = ({ index, width }: Tile) => [index * TILE_WIDTH, index * TILE_WIDTH + width] as const
  return timeVerification(() =>
    verifyTiledLog({
      fetchCheckpoint: async () => formatUtf8((await log.checkpoint())!.note),
      fetchTile: async (tile) => Buffer.concat(await log.hashes(tile.level as number, ...rangeOf(tile))),
      fetchEntries: async (tile) => formatEntryBundle(await log.records(...rangeOf(tile))),
      verifierKey,
      hashLeaf: nativeLeafHash,
    }),
  )
}

async function timeVerification(verify: () => Promise<LogVerification>): Promise<Duration> {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const verification = await verify()
  if (!verification.ok) throw new Error(verification.reason)
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1_000_000 }
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5)
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** Prints rows under columns, and the columns themselves when there are no rows yet or all of them come at once. */
function printTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = rows.length === 1 ? rows : [columns, ...rows]
  for (const cells of lines) {
    console.log(cells.map((cell, column) => String(cell).padStart(Math.max(columns[column]!.length, 7) + 2)).join(''))
  }
}
