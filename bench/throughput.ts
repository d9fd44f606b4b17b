import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSender, type Round, type Sender } from './load.ts'
import { type Program, startCeiling, startSluis } from './programs.ts'
import { createReports } from './reports.ts'

/**
 * How much of what the machine can do is left when the whole pipeline runs: exchanges per second and latency of the gateway,
 * next to those of a program that does the least a gateway must do (see ceiling.ts). Both run at the same time and are
 * measured in turns, because the speed of a shared machine changes from one second to the next.
 *
 *     npm run bench [-- --seconds 48]
 */

const CLIENTS = [1, 32, 128]
const ROUNDS = 3
const SEED = 20_261_122
const COLUMNS = ['clients', 'ceiling/s', 'sluis/s', 'ratio', 'ceiling p50', 'p99', 'sluis p50', 'p99']

interface Contender {
  readonly sender: Sender
  /** Rounds so far, by number of clients. */
  readonly rounds: Map<number, Round[]>
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '48' } } })
const roundSeconds = Number(values.seconds) / (2 * ROUNDS * CLIENTS.length)
if (!(roundSeconds > 0))
  throw new RangeError('--seconds is a number above 0: how long is measured, all rounds together')

const [loadBefore] = loadavg()
const folder = mkdtempSync(join(tmpdir(), 'sluis-bench-'))
const programs: Program[] = []
try {
  const contenders: Contender[] = []
  for (const start of [startCeiling, startSluis]) {
    const program = await start(folder)
    programs.push(program)
    contenders.push({ sender: await createSender(program, folder, createReports(SEED)), rounds: new Map() })
  }
  const [ceiling, sluis] = contenders as [Contender, Contender]

  console.log(
    `${ROUNDS} rounds of about ${roundSeconds.toFixed(1)} s for each number, in turns; medians. A ratio is of two rounds in a row.\n` +
      'One report of the police to CoMensha a request, each with its own person, Idempotency-Key and DPoP proof; proofs are\n' +
      'signed just before the round, outside the clock. Latencies in milliseconds. Every answer must be 201.\n',
  )
  for (const clients of CLIENTS) for (const contender of contenders) await warmUp(contender, clients)
  for (let round = 0; round < ROUNDS; round++) {
    for (const clients of CLIENTS) for (const contender of contenders) await measure(contender, clients)
  }

  console.log(formatLine(COLUMNS))
  for (const clients of CLIENTS) {
    const [most, ours] = [measured(ceiling, clients), measured(sluis, clients)]
    const cells = [most, ours].map((rounds) => median(rounds.map(({ perSecond }) => perSecond)).toFixed(0))
    const ratio = median(ours.map(({ perSecond }, round) => perSecond / most[round]!.perSecond)).toFixed(2)
    const milliseconds = [most, ours].flatMap((rounds) =>
      [0.5, 0.99].map((share) => median(rounds.map(({ latencies }) => quantile(latencies, share))).toFixed(1)),
    )
    console.log(formatLine([clients, ...cells, ratio, ...milliseconds]))
  }
  console.log(
    `\n${availableParallelism()} cpus (${cpus()[0]?.model.trim()}), node ${process.version}, ${process.platform} ${process.arch}, load before ${loadBefore!.toFixed(1)}`,
  )
} finally {
  for (const program of programs) await program.stop()
  rmSync(folder, { recursive: true })
}

/** Lets the program reach its speed, and finds out how many requests fill a round. */
async function warmUp({ sender, rounds }: Contender, clients: number): Promise<void> {
  rounds.set(clients, [await sender.run(clients === 1 ? 300 : 2000, clients)])
}

async function measure({ sender, rounds }: Contender, clients: number): Promise<void> {
  const earlier = rounds.get(clients)!
  earlier.push(await sender.run(Math.ceil(earlier.at(-1)!.perSecond * roundSeconds), clients))
}

/** The rounds that count, which the first does not. */
function measured({ rounds }: Contender, clients: number): readonly Round[] {
  return rounds.get(clients)!.slice(1)
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5)
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

function formatLine(cells: readonly (string | number)[]): string {
  return cells.map((cell, column) => String(cell).padStart(Math.max(COLUMNS[column]!.length, 6) + 3)).join('')
}
