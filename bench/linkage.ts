import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { secret } from '../src/model/secret.ts'
import type { Commit } from '../src/ports/commit.ts'
import { createKeyring, SERVED_USES } from '../src/pseudonym/keyring.ts'
import type { GeneratedRecord } from '../src/synthetic/record.ts'
import { type Linker, type Links, NO_LINKS, openLinker } from './linker.ts'
import { createPeople, deriveTokens, storePeople, storeStrangers } from './stored-people.ts'

/**
 * What it costs to recognise somebody, by how many persons are known: match keys, look-up with comparison, and the durable
 * commit, next to the same commit without anybody in it, in the same run and in turns.
 *
 *     npm run bench:linkage [-- --sizes 1000,100000,1000000 --real 100000 --records 1024 --seed 1]
 *
 * The stored persons are generated ones with tokens of their own up to `--real`; beyond that their tokens are random bytes,
 * which to the database are the same. Measured records are always of generated people, half of them stored before.
 */

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000,1000000' },
    real: { type: 'string', default: '100000' },
    records: { type: 'string', default: '1024' },
    seed: { type: 'string', default: '1' },
  },
})
const sizes = values.sizes.split(',').map(Number)
const [mostReal, records, seed] = [values.real, values.records, values.seed].map(Number) as [number, number, number]
if (![...sizes, mostReal, records].every((number) => Number.isSafeInteger(number) && number > 0))
  throw new RangeError('--sizes, --real and --records are whole numbers above 0')

/** Commits that share one durable transaction, as they do when so many reports come in at once. */
const COMMITS_AT_ONCE = 64
const COLUMNS = ['persons', 'of them real', 'records/s', 'derive', 'look up', 'commit', 'without', 'ratio', 'database']

/** One database, and what it cost so far. */
interface Contender {
  readonly size: number
  readonly linker: Linker
  readonly realPersons: number
  readonly toMeasure: readonly GeneratedRecord[]
  readonly times: Record<Step, number[]>
}
type Step = 'derive' | 'lookUp' | 'commit' | 'without'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const keyring = createKeyring({ epochs: [{ epoch: 1, uses: SERVED_USES, secret: secret(random(32)) }] })
const folder = mkdtempSync(join(tmpdir(), 'sluis-bench-'))
const linkers: Linker[] = []
try {
  console.log(
    `Microseconds a record, medians of batches of ${COMMITS_AT_ONCE}; the sizes take turns, because the speed of a shared machine changes.\n` +
      'records/s is of derive, look up and commit together, one after the other on one thread. "without" is the same commit that\n' +
      'mentions nobody, and the ratio its share of the whole. Half of the measured records are of stored persons.\n',
  )
  const contenders = await prepare()
  for (let start = 0; start < records; start += COMMITS_AT_ONCE) {
    for (const contender of contenders) await measure(contender, start)
  }
  console.log(formatLine(COLUMNS))
  for (const { size, linker, realPersons, times } of contenders) {
    const [derive, lookUp, commit, without] = [times.derive, times.lookUp, times.commit, times.without].map(median)
    const whole = derive! + lookUp! + commit!
    console.log(
      formatLine([
        size,
        realPersons,
        Math.round(1e6 / whole),
        ...[derive!, lookUp!, commit!, without!].map(Math.round),
        (without! / whole).toFixed(2),
        `${Math.round(statSync(linker.databasePath).size / 1e6)} MB`,
      ]),
    )
  }
  console.log(
    `\n${availableParallelism()} cpus (${cpus()[0]?.model.trim()}), node ${process.version}, ${process.platform} ${process.arch}, load ${loadavg()[0]!.toFixed(1)}`,
  )
} finally {
  for (const linker of linkers) linker.close()
  rmSync(folder, { recursive: true })
}

/** Fills a database of every size. Who is in a small one is in the larger ones too, so that tokens are derived once. */
async function prepare(): Promise<readonly Contender[]> {
  const ascending = sizes.toSorted((a, b) => a - b)
  const people = createPeople(Math.min(mostReal, ascending.at(-1)!), sizes.length * records, seed)
  for (const size of ascending) {
    const own = join(folder, String(size))
    mkdirSync(own)
    linkers.push(await openLinker(own, keyring))
  }
  const contenders: Contender[] = []
  let real = 0
  for (const [place, size] of ascending.entries()) {
    const [linker, ...larger] = linkers.slice(place) as [Linker, ...Linker[]]
    real += await storePeople([linker, ...larger], people, size - real)
    await storeStrangers(linker, size - real)
    const times = { derive: [], lookUp: [], commit: [], without: [] }
    contenders.push({ size, linker, realPersons: real, toMeasure: people.takeMeasured(records), times })
  }
  return contenders
}

/** One batch, each of its records derived, looked up and then stored together with the others. */
async function measure({ linker, toMeasure, times }: Contender, start: number): Promise<void> {
  const batch = toMeasure.slice(start, start + COMMITS_AT_ONCE)
  if (batch.length === 0) return
  const time = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now()
    await work()
    return ((performance.now() - startedAt) * 1000) / batch.length
  }
  const derive = await time(async () => {
    for (const record of batch) await deriveTokens(linker, 'measured', record)
  })
  const found: Links[] = []
  const identify = await time(async () => {
    for (const record of batch) found.push((await linker.identify(record)).links)
  })
  const commits = found.map((links) => linker.commitOf(links))
  const empty = found.map(() => linker.commitOf(NO_LINKS))
  // Which goes first changes, so that neither always pays for what the other left to write.
  const isTurned = (start / COMMITS_AT_ONCE) % 2 === 1
  const withoutFirst = isTurned ? await time(() => commitAll(linker, empty)) : undefined
  const commit = await time(() => commitWhatIsCurrent(linker, commits))
  const without = withoutFirst ?? (await time(() => commitAll(linker, empty)))
  times.derive.push(derive)
  // Identifying derives as well; what is left of it is look-up and comparison.
  times.lookUp.push(Math.max(0, identify - derive))
  times.commit.push(commit)
  times.without.push(without)
}

/** Two records of one batch may lead to the same person; the gateway would identify the second anew, here it is left out. */
async function commitWhatIsCurrent({ gateway }: Linker, commits: readonly Commit[]): Promise<void> {
  const results = await gateway.store.commit(commits)
  const changed = results.filter(({ status }) => status !== 'committed').length
  if (changed > commits.length / 4) throw new Error(`${changed} of ${commits.length} commits found another answer`)
}

async function commitAll({ gateway }: Linker, commits: readonly Commit[]): Promise<void> {
  const results = await gateway.store.commit(commits)
  if (results.some(({ status }) => status !== 'committed')) throw new Error('a commit was refused')
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function formatLine(cells: readonly (string | number)[]): string {
  return cells.map((cell, column) => String(cell).padStart(Math.max(COLUMNS[column]!.length, 8) + 2)).join('')
}
