import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import type { Question } from '../src/model/decision.ts'
import { decide } from '../src/policy/decide.ts'
import { indexOf } from '../src/policy/engine/compile.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'
import type { PolicySet } from '../src/policy/policy-set.ts'
import { advise } from '../src/policy/questions/advise.ts'
import { createChance, createWorld, SMALL_WORLD, type WorldShape } from '../test/policy/random-set.ts'
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
const FIELDS = 15

const SHAPE: WorldShape = {
  ...SMALL_WORLD,
  parties: 40,
  purposes: 20,
  roles: 6,
  circumstances: 64,
  assessments: 16,
  fields: 40,
  files: 50,
  safeguards: 0,
  factsAsked: [3, 6],
}

const sets = new Map<string, ReturnType<typeof makeSet>>()

/** A set is made once, so that every engine gets the same one; the largest are not kept. */
function createSet(rules: number, inOneBucket: boolean) {
  const key = `${rules} ${inOneBucket}`
  const made = sets.get(key) ?? makeSet(rules, inOneBucket)
  if (rules <= 10_000) sets.set(key, made)
  return made
}

/** Every rule set has one prohibition to nine permits. */
function makeSet(rules: number, inOneBucket: boolean) {
  const chance = createChance(rules)
  const world = createWorld({ ...SHAPE, inOneBucket, rules: rules * 0.9, prohibitions: rules * 0.1 }, chance)
  // Always with a declared basis: the other engines know no other way of asking.
  const ask = (): Question => {
    const question = world.ask(chance, FIELDS)
    return { legalBasis: 'wet-0', ...question }
  }
  return { set: world.set, ask }
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

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

function print(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)))
  for (const row of [header, ...rows]) {
    console.log(
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
    )
  }
  console.log()
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

/** What a question leaves open, in questions about which nothing is stated. `ceiling` is what it may cost, in milliseconds. */
interface OpenRow {
  readonly name: string
  readonly ceiling: number
  readonly mean: number
  readonly slowest: number
  /** How many of the questions the search could examine whole. */
  readonly complete: number
  readonly asked: number
}

function benchOpen(name: string, ceiling: number, set: PolicySet, questions: readonly Question[]): OpenRow {
  const run = (question: Question) => advise(set, question)
  measure(questions, 1_500, run)
  const times = questions.map((question) => {
    let best = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < 5; attempt++) best = Math.min(best, measure([question], 0, run))
    return best / 1000
  })
  return {
    name,
    ceiling,
    mean: times.reduce((sum, time) => sum + time, 0) / times.length,
    slowest: Math.max(...times),
    complete: questions.filter((question) => run(question).isComplete).length,
    asked: questions.length,
  }
}

/** The questions of the shipped cases, each once, with nothing stated: the most that can be open. */
function openCases(): { readonly set: PolicySet; readonly questions: readonly Question[] } {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the shipped rule set has faults; run `sluis policy check`')
  const questions = loaded.set.files.flatMap((file) => file.cases.map(({ question }) => withNothingStated(question)))
  return { set: loaded.set, questions: [...new Map(questions.map((one) => [JSON.stringify(one), one])).values()] }
}

const withNothingStated = (question: Question): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.map((subject) => ({ ...subject, circumstances: {}, assessments: [] })),
})

warmUp()
const shipped = openCases()
const open = [
  benchOpen('the shipped set', 1, shipped.set, shipped.questions),
  ...[false, true].map((inOneBucket) => {
    const { set, ask } = createSet(10_000, inOneBucket)
    const questions = Array.from({ length: 50 }, () => withNothingStated(ask()))
    return benchOpen(inOneBucket ? '10,000 rules, one bucket' : '10,000 rules, spread', 20, set, questions)
  }),
]
console.log('open questions and plans when nothing is stated: CPU time in milliseconds')
print(
  ['rules', 'mean', 'slowest', 'ceiling', '', 'examined whole'],
  open.map(({ name, mean, slowest, ceiling, complete, asked }) => [
    name,
    mean.toFixed(2),
    slowest.toFixed(2),
    String(ceiling),
    slowest <= ceiling ? 'within' : 'ABOVE',
    `${complete} of ${asked}`,
  ]),
)

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
