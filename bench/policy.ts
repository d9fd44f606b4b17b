import type { Question } from '../src/model/decision.ts'
import { decide } from '../src/policy/decide.ts'
import { indexOf } from '../src/policy/engine/compile.ts'
import type { PolicySet } from '../src/policy/policy-set.ts'
import { createSet, FIELDS } from './made-up-sets.ts'
import { cpuMilliseconds, print } from './measure.ts'
import { createCasbin, createCedar, createJsonRules, type Peer } from './policy-peers.ts'

/**
 * CPU time of one decision over fifteen fields, at 10 to 100,000 rules: spread over many parties and purposes, and all of them
 * about one sender, recipient, purpose and role. Beside it three other engines with the same rules, asked the same.
 *
 * warm: questions that were asked before. cold: each asked for the first time of an index that was just made (the code itself
 * has run before). slowest 1 %: wall clock, the best of some tries for each question, so that only the question counts.
 */

const SIZES = [10, 1_000, 10_000, 100_000] as const
const QUESTIONS = 2_000

const isReleased = (set: PolicySet, question: Question): readonly boolean[] =>
  decide(set, question).dataSubjects[0]!.fields.map(({ release }) => release === 'verstrekken')

/** CPU microseconds a decision, over at least `milliseconds` of work. */
function measure(questions: readonly Question[], milliseconds: number, run: (question: Question) => unknown): number {
  let rounds = 0
  const start = cpuMilliseconds()
  let spent = 0
  do {
    for (const question of questions) run(question)
    rounds++
    spent = cpuMilliseconds() - start
  } while (spent < milliseconds)
  return (spent * 1000) / (rounds * questions.length)
}

function slowestPercent(questions: readonly Question[], run: (question: Question) => unknown): number {
  const times = questions.map((question) => {
    let best = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < 15; attempt++) {
      const start = performance.now()
      run(question)
      best = Math.min(best, performance.now() - start)
    }
    return best * 1000
  })
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!
}

const round = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB'))

interface Row {
  readonly shape: string
  readonly rules: number
  readonly load: number
  readonly cold: number
  readonly warm: number
  readonly slowest: number
  readonly misses: number
  readonly inPlay: number
}

function benchEngine(rules: number, inOneBucket: boolean): Row {
  const { set, ask } = createSet(rules, inOneBucket)
  const fresh = Array.from({ length: 10_000 }, ask)
  const questions = fresh.slice(0, QUESTIONS)
  const before = cpuMilliseconds()
  indexOf(set)
  const load = cpuMilliseconds() - before
  const run = (question: Question) => decide(set, question)
  const cold = measure(fresh, 0, run)
  const warm = Math.min(...[1, 2, 3].map(() => measure(questions, 700, run)))
  const read = (question: Question) => decide(set, question).dataSubjects[0]!.nearestMisses
  const misses = measure(questions.slice(0, 50), 0, read) - warm
  const subjects = questions.map((question) => decide(set, question).dataSubjects[0]!)
  const inPlay = subjects.reduce(
    (sum, { firedRules, prohibitions }) => sum + firedRules.length + prohibitions.length,
    0,
  )
  return {
    shape: inOneBucket ? 'one bucket' : 'spread',
    rules,
    load,
    cold,
    warm,
    slowest: slowestPercent(questions, run),
    misses,
    inPlay: inPlay / subjects.length,
  }
}

/** What each peer can bear: beyond it one decision takes seconds, or loading takes minutes. */
const PEERS: readonly {
  readonly name: string
  readonly limit: number
  readonly create: (set: PolicySet) => Promise<Peer>
}[] = [
  { name: 'cedar-wasm', limit: 10_000, create: createCedar },
  { name: 'json-rules-engine', limit: 10_000, create: createJsonRules },
  { name: 'casbin', limit: 1_000, create: createCasbin },
]

interface PeerResult {
  readonly microseconds: number
  /** In how many of the questions the peer released the same fields as the engine. */
  readonly agreed: number
  readonly asked: number
}

const PEER_BUDGET_MS = 1_000

async function benchPeer(
  create: (set: PolicySet) => Promise<Peer>,
  rules: number,
  inOneBucket: boolean,
): Promise<PeerResult> {
  const { set, ask } = createSet(rules, inOneBucket)
  const questions = Array.from({ length: QUESTIONS }, ask)
  const peer = await create(set)
  // Once for what happens only the first time.
  await peer(questions[0]!)
  const answers: (readonly boolean[])[] = []
  const start = cpuMilliseconds()
  let spent = 0
  while (spent < PEER_BUDGET_MS && answers.length < questions.length) {
    answers.push(await peer(questions[answers.length]!))
    spent = cpuMilliseconds() - start
  }
  const agreed = answers.filter((answer, index) =>
    isReleased(set, questions[index]!).every((released, field) => released === answer[field]),
  ).length
  return { microseconds: (spent * 1000) / answers.length, agreed, asked: answers.length }
}

/** Runs the engine's own code hot on sets that are not measured, so that cold means a cold index and not cold code. */
function warmUp(): void {
  for (const inOneBucket of [false, true]) {
    const { set, ask } = createSet(1_010, inOneBucket)
    const questions = Array.from({ length: QUESTIONS }, ask)
    measure(questions, 1_500, (question) => decide(set, question))
  }
}

warmUp()
const rows = [false, true].flatMap((inOneBucket) => SIZES.map((rules) => benchEngine(rules, inOneBucket)))
console.log(`sluis: CPU time of one decision over ${FIELDS} fields, in microseconds`)
print(
  ['rules', 'count', 'load (ms)', 'warm', 'cold', 'slowest 1 %', '+ nearest misses', 'rules in play'],
  rows.map(({ shape, rules, load, cold, warm, slowest, misses, inPlay }) => [
    shape,
    rules.toLocaleString('en-GB'),
    Math.round(load).toLocaleString('en-GB'),
    ...[warm, cold, slowest, misses, inPlay].map(round),
  ]),
)

const peerRows: string[][] = []
for (const { name, limit, create } of PEERS) {
  for (const inOneBucket of [false, true]) {
    for (const rules of SIZES) {
      const row = rows.find(
        (other) => other.rules === rules && other.shape === (inOneBucket ? 'one bucket' : 'spread'),
      )!
      if (rules > limit) {
        peerRows.push([name, row.shape, rules.toLocaleString('en-GB'), 'not run', '', ''])
        continue
      }
      const { microseconds, agreed, asked } = await benchPeer(create, rules, inOneBucket)
      const factor = `${round(microseconds / row.warm)} x`
      peerRows.push([
        name,
        row.shape,
        rules.toLocaleString('en-GB'),
        round(microseconds),
        factor,
        `${agreed} of ${asked}`,
      ])
    }
  }
}
console.log('other engines with the same rules: may the whole value of each field be released? (warm, in microseconds)')
print(['engine', 'rules', 'count', 'warm', 'against sluis', 'same answer'], peerRows)
console.log('not run: beyond this size one decision takes seconds, or loading the rules takes minutes')
