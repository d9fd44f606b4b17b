import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { checkLaws } from './check-laws.ts'
import { knowableSituations } from './knowable-world.ts'

/**
 * Checks the laws of questions and plans over more than 100,000 questions that nearly fit a rule, against every state of
 * knowledge; some minutes. Half of the words stand alone and half follow from and exclude each other, and in half of the worlds
 * rules presume answers. Fails on the first counterexample, and prints the seed of its world.
 *
 *     npm run test:questions -- SEED
 */

const WORLDS = 1_700
const QUESTIONS = 40
const PROGRESS_SECONDS = 10

interface Counts {
  checked: number
  openQuestions: number
  plans: number
  /** Questions of which something was open. */
  open: number
}

interface Share {
  readonly seed: number
  readonly first: number
  readonly step: number
}

if (isMainThread) await checkAll(Number(process.argv[2] ?? 20270101))
else checkShare(workerData)

async function checkAll(seed: number): Promise<void> {
  const start = performance.now()
  const step = availableParallelism()
  const perShare: Counts[] = Array.from({ length: step }, () => ({ checked: 0, openQuestions: 0, plans: 0, open: 0 }))
  const describe = (): string => {
    const sum = (name: keyof Counts) =>
      perShare.reduce((total, counts) => total + counts[name], 0).toLocaleString('en-GB')
    const seconds = Math.round((performance.now() - start) / 1000)
    return `${sum('checked')} questions in ${seconds} s: ${sum('open')} with something open, ${sum('openQuestions')} open questions, ${sum('plans')} plans`
  }
  const progress = setInterval(() => console.error(describe()), PROGRESS_SECONDS * 1000)
  const shares = perShare.map(
    (_, first) =>
      new Promise<void>((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { seed, first, step } satisfies Share })
        worker.on('message', (counts: Counts) => {
          perShare[first] = counts
        })
        worker.on('error', reject)
        worker.on('exit', resolve)
      }),
  )
  try {
    await Promise.all(shares)
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
  clearInterval(progress)
  console.log(`seed ${seed}: every law holds. ${describe()}`)
}

function checkShare({ seed, first, step }: Share): void {
  const counts: Counts = { checked: 0, openQuestions: 0, plans: 0, open: 0 }
  for (let world = first; world < WORLDS; world += step) {
    const presumptions = (world / 2) % 2 < 1 ? 0 : 0.4
    for (const hasRelations of [false, true]) {
      for (const { set, question } of knowableSituations(seed + world, 1, QUESTIONS, hasRelations, presumptions)) {
        try {
          const { openQuestions, plans } = checkLaws(set, question)
          counts.checked++
          counts.openQuestions += openQuestions.length
          counts.plans += plans.length
          if (openQuestions.length > 0) counts.open++
        } catch (cause) {
          const where = `world of seed ${seed + world}${hasRelations ? ', with relations' : ''}`
          throw new Error(`a law fails: ${where}, ${JSON.stringify(question)}`, { cause })
        }
      }
    }
    parentPort!.postMessage(counts)
  }
}
