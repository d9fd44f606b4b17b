import { describe, expect, test } from 'vitest'
import { listOptions, listOptionsInSteps } from '../../../src/policy/decide.ts'
import { advise, adviseInSteps } from '../../../src/policy/questions/advise.ts'
import { askInSteps, askOpenQuestions } from '../../../src/policy/questions/search-questions.ts'
import { doAtOnce, doInTurns, mapInSteps, type Steps } from '../../../src/policy/steps.ts'
import { loadPolicies } from '../../exchange/context.ts'

const set = loadPolicies()
const roles = [...set.vocabulary.roles.keys()]
const fields = [...set.vocabulary.fields.keys()]
const ask = (recipient: string, purpose: string, count = 12) => ({
  sender: 'politie',
  recipient,
  purpose,
  at: '2026-12-01T12:00:00Z',
  dataSubjects: Array.from({ length: count }, (_, at) => ({
    role: roles[at % roles.length]!,
    circumstances: {},
    assessments: [],
    fields,
  })),
})
const QUESTIONS = [
  ['kmar', 'politietaak'],
  ['nla-toezicht', 'terugkoppeling-aan-melder'],
  ['veilig-thuis', 'taken-veilig-thuis'],
  ['comensha', 'registratie-mensenhandel'],
] as const

/** Does several works at once, one step of each after the other. */
function interleave<Result>(works: readonly Steps<Result>[]): readonly Result[] {
  const results = new Map<Steps<Result>, Result>()
  while (results.size < works.length)
    for (const work of works) {
      if (results.has(work)) continue
      const step = work.next()
      if (step.done) results.set(work, step.value)
    }
  return works.map((work) => results.get(work)!)
}

describe('work in steps', () => {
  test('advice that is found step by step beside that of other questions is the advice found at once', () => {
    const questions = QUESTIONS.map(([recipient, purpose]) => ask(recipient, purpose))
    expect(interleave(questions.map((question) => adviseInSteps(set, { ...question }, ['noodzaak'])))).toEqual(
      questions.map((question) => advise(set, question, ['noodzaak'])),
    )
    expect(interleave(questions.map((question) => askInSteps(set, { ...question })))).toEqual(
      questions.map((question) => askOpenQuestions(set, question)),
    )
    expect(interleave(questions.map((question) => listOptionsInSteps(set, { ...question })))).toEqual(
      questions.map((question) => listOptions(set, question)),
    )
  })

  test.each(QUESTIONS)('twelve persons take a step each in every part of the search: to %s', (recipient, purpose) => {
    const count = (subjects: number) => {
      let steps = 0
      const work = adviseInSteps(set, ask(recipient, purpose, subjects))
      while (!work.next().done) steps++
      return steps
    }
    expect(count(12)).toBeGreaterThanOrEqual(3 * 11)
  })

  test('others go first between two elements of a list, and before none and after none', async () => {
    const order: string[] = []
    const result = await doInTurns(
      mapInSteps(['a', 'b', 'c'], (item) => order.push(item)),
      async () => {
        order.push('others')
      },
    )
    expect([result, order]).toEqual([
      [1, 3, 5],
      ['a', 'others', 'b', 'others', 'c'],
    ])
    expect(doAtOnce(mapInSteps([1, 2], (item) => item * 2))).toEqual([2, 4])
  })
})
