import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import { answerQuestion } from '../src/console/share/answer.ts'
import { listChoices } from '../src/console/share/choices.ts'
import { formatQuestions } from '../src/console/share/question-cards.ts'
import { formatVerdict } from '../src/console/share/verdict.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'
import { legalDate } from '../src/policy/legal-date.ts'

/**
 * Time on the server of one page "Mag ik dit delen?", over every sender, recipient, purpose and role that some rule of the shipped set
 * knows, with every field ticked and nothing answered, which is the most that an address can ask. Wall clock in one process, the best of
 * three tries for each question, so that only the question counts and not what else the machine does.
 */

/** What the page may take, in milliseconds. */
const CEILING_MS = 200

const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the rule files have faults')
const { set } = loaded
const at = new Date('2026-12-01T12:00:00Z')
const fields = [...set.vocabulary.fields.keys()]

const admits = (words: readonly string[] | undefined, word: string) => words?.includes(word) ?? true
const questions = [...set.parties.keys()].flatMap((from) => {
  const sending = set.rules.filter(({ scope }) => admits(scope.senders, from))
  return [...set.parties.keys()].flatMap((to) => {
    const receiving = from === to ? [] : sending.filter(({ scope }) => admits(scope.recipients, to))
    return [...set.vocabulary.purposes.keys()].flatMap((purpose) => {
      const meant = receiving.filter(({ scope }) => admits(scope.purposes, purpose))
      return [...set.vocabulary.roles.keys()].flatMap((about) =>
        meant.some(({ scope }) => admits(scope.roles, about)) ? [{ from, to, purpose, about }] : [],
      )
    })
  })
})

type Times = Readonly<Record<'choices' | 'answer' | 'page' | 'whole', number>>

async function measure(choice: (typeof questions)[number]): Promise<Times> {
  const question = { ...choice, fields, replies: new Map() }
  const start = performance.now()
  listChoices(set, question, 'nl', legalDate(at))
  const listed = performance.now()
  const answer = answerQuestion(set, question, at.toISOString())
  const answered = performance.now()
  await formatQuestions(set, question, answer, [], 'nl')
  await formatVerdict(set, answer, 'nl', 'page')
  const end = performance.now()
  return { choices: listed - start, answer: answered - listed, page: end - answered, whole: end - start }
}

async function measureBest(choice: (typeof questions)[number]): Promise<Times> {
  const tries = [await measure(choice), await measure(choice), await measure(choice)]
  return tries.toSorted((a, b) => a.whole - b.whole)[0]!
}

const measured: Times[] = []
for (const choice of questions) measured.push(await measureBest(choice))

const format = (value: number) => value.toFixed(2).padStart(9)
console.log(`${questions.length} questions over ${fields.length} fields, milliseconds`)
console.log(`${'step'.padEnd(10)}${['median', '99 %', 'slowest', 'ceiling'].map((name) => name.padStart(9)).join('')}`)
for (const name of ['choices', 'answer', 'page', 'whole'] as const) {
  const sorted = measured.map((times) => times[name]).toSorted((a, b) => a - b)
  const figures = [sorted[sorted.length >> 1]!, sorted[Math.floor(sorted.length * 0.99)]!, sorted.at(-1)!]
  console.log(`${name.padEnd(10)}${figures.map(format).join('')}${name === 'whole' ? format(CEILING_MS) : ''}`)
}
