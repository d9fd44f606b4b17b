import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import type { Question } from '../src/model/decision.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'
import type { PolicySet } from '../src/policy/policy-set.ts'
import { advise, adviseInSteps } from '../src/policy/questions/advise.ts'
import { createSet } from './made-up-sets.ts'
import { cpuMilliseconds, print } from './measure.ts'

/**
 * CPU time of the open questions, plans and texts of one question about which nothing is stated, so that the most is open: over
 * the cases of the shipped rules, over each of their senders, recipients, purposes, roles and bases with every field that the
 * vocabulary has, and over 10,000 made-up rules. Of each question the best of some tries, so that only the question counts.
 */

const TRIES = 15
const MADE_UP_QUESTIONS = 200
/** What one question may cost, in milliseconds. */
const SHIPPED_CEILING = 1
const LARGE_CEILING = 20
/** How long others may wait for one step. */
const STEP_CEILING = 50
const AT = '2026-11-22T12:00:00Z'

interface Row {
  readonly name: string
  readonly ceiling: number
  /** Of each question in milliseconds, the fastest first. */
  readonly times: readonly number[]
  /** How many of the questions the search examined whole. */
  readonly complete: number
}

function measure(name: string, ceiling: number, set: PolicySet, questions: readonly Question[]): Row {
  // A copy each time: what was searched for one and the same question is remembered.
  const run = (question: Question) => advise(set, { ...question })
  for (const question of questions) run(question)
  const times = questions.map((question) => {
    let best = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const start = cpuMilliseconds()
      run(question)
      best = Math.min(best, cpuMilliseconds() - start)
    }
    return best
  })
  return {
    name,
    ceiling,
    times: times.sort((a, b) => a - b),
    complete: questions.filter((question) => run(question).isComplete).length,
  }
}

function loadShipped(): PolicySet {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the shipped rule set has faults; run `sluis policy check`')
  return loaded.set
}

const unique = (questions: readonly Question[]): readonly Question[] => [
  ...new Map(questions.map((question) => [JSON.stringify(question), question])).values(),
]

const casesOf = (set: PolicySet): readonly Question[] =>
  unique(set.files.flatMap((file) => file.cases.map(({ question }) => withNothingStated(question))))

const withNothingStated = (question: Question): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.map((subject) => ({ ...subject, circumstances: {}, assessments: [] })),
})

/** Every exchange for which a permit is in scope, under its basis and without one, with every field. */
function exchangesOf({ rules, parties, vocabulary }: PolicySet): readonly Question[] {
  const fields = [...vocabulary.fields.keys()]
  const exchanges: Question[] = []
  for (const { file, scope } of rules) {
    for (const sender of scope.senders ?? parties.keys()) {
      for (const recipient of scope.recipients ?? parties.keys()) {
        if (sender === recipient) continue
        for (const purpose of scope.purposes ?? vocabulary.purposes.keys()) {
          for (const role of scope.roles ?? vocabulary.roles.keys()) {
            const dataSubjects = [{ role, circumstances: {}, assessments: [], fields }]
            const exchange = { sender, recipient, purpose, at: AT, dataSubjects }
            exchanges.push(exchange, { ...exchange, legalBasis: file })
          }
        }
      }
    }
  }
  return unique(exchanges)
}

const shipped = loadShipped()
const rows = [
  measure('shipped, its cases', SHIPPED_CEILING, shipped, casesOf(shipped)),
  measure('shipped, every exchange, every field', SHIPPED_CEILING, shipped, exchangesOf(shipped)),
  ...[false, true].map((inOneBucket) => {
    const { set, ask } = createSet(10_000, inOneBucket)
    const questions = Array.from({ length: MADE_UP_QUESTIONS }, () => withNothingStated(ask()))
    return measure(inOneBucket ? '10,000, one bucket' : '10,000, spread', LARGE_CEILING, set, questions)
  }),
]

/**
 * Twelve persons of every role with every field: CPU time of the whole, and of the longest step, for which others wait
 * (`exchange/turns.ts`). Of each question the best of three tries.
 */
function measureTwelve(set: PolicySet): readonly { readonly whole: number; readonly step: number }[] {
  const roles = [...set.vocabulary.roles.keys()]
  const exchanges = unique(
    exchangesOf(set).map(({ legalBasis: _, dataSubjects, ...exchange }) => ({
      ...exchange,
      dataSubjects: Array.from({ length: 12 }, (_, at) => ({ ...dataSubjects[0]!, role: roles[at % roles.length]! })),
    })),
  )
  return exchanges.map((question) => {
    const tries = [1, 2, 3].map(() => {
      const steps = adviseInSteps(set, { ...question })
      let [whole, step] = [0, 0]
      for (let isOver: boolean | undefined = false; !isOver; ) {
        const start = cpuMilliseconds()
        isOver = steps.next().done
        const took = cpuMilliseconds() - start
        whole += took
        step = Math.max(step, took)
      }
      return { whole, step }
    })
    return { whole: Math.min(...tries.map(({ whole }) => whole)), step: Math.min(...tries.map(({ step }) => step)) }
  })
}

const twelve = measureTwelve(shipped)
console.log('twelve persons, every exchange of the shipped rules, every field: CPU time in milliseconds')
print(
  ['', 'questions', 'p50', 'p99', 'max', 'ceiling'],
  (['whole', 'step'] as const).map((name) => {
    const times = twelve.map((measured) => measured[name]).sort((a, b) => a - b)
    return [
      name === 'whole' ? 'whole' : 'longest step',
      times.length.toLocaleString('en-GB'),
      ...[0.5, 0.99, 1].map((part) => quantile(times, part).toFixed(2)),
      name === 'whole' ? '' : String(STEP_CEILING),
    ]
  }),
)

console.log('open questions and plans when nothing is stated: CPU time in milliseconds')
print(
  ['rules', 'questions', 'mean', 'p50', 'p99', 'max', 'ceiling', 'above', 'examined whole'],
  rows.map(({ name, ceiling, times, complete }) => [
    name,
    times.length.toLocaleString('en-GB'),
    ...[
      times.reduce((sum, time) => sum + time, 0) / times.length,
      ...[0.5, 0.99, 1].map((part) => quantile(times, part)),
    ].map((time) => time.toFixed(2)),
    String(ceiling),
    String(times.filter((time) => time > ceiling).length),
    `${((100 * complete) / times.length).toFixed(1)} %`,
  ]),
)

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}
