import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Question } from '../../../src/model/decision.ts'
import { advise } from '../../../src/policy/questions/advise.ts'
import { smallSituations } from '../situations.ts'
import { answerAll, checkLaws } from './check-laws.ts'
import { knowableSituations } from './knowable-world.ts'

const WORLDS = 40
const QUESTIONS = 20

const situations = (worlds = WORLDS) => knowableSituations(20261201, worlds, QUESTIONS)

test('questions and plans agree with every state of knowledge, on made-up rules around a question', () => {
  fc.assert(
    fc.property(smallSituations, ({ set, question }) => {
      checkLaws(set, question)
    }),
    { numRuns: 800 },
  )
})

test('questions and plans agree with every state of knowledge, on made-up worlds', () => {
  let [questions, plans] = [0, 0]
  for (const { set, question } of situations()) {
    const advice = checkLaws(set, question)
    questions += advice.openQuestions.length
    plans += advice.plans.length
  }
  expect(questions).toBeGreaterThan(1000)
  expect(plans).toBeGreaterThan(300)
})

test('answering the first open question again and again never surprises, and ends', () => {
  for (const { set, question, chance } of situations()) {
    const truths = new Map<string, boolean>()
    answerAll(set, question, (word) => {
      const isSo = truths.get(word) ?? chance() < 0.5
      truths.set(word, isSo)
      return isSo
    })
  }
})

test('what is put aside is in no question and in no plan, and the rest stays exact', () => {
  for (const { set, question } of situations()) {
    const [first] = advise(set, question).openQuestions
    if (first === undefined) continue
    const { openQuestions, plans } = advise(set, question, [first.word])
    expect(openQuestions.map(({ word }) => word)).not.toContain(first.word)
    expect(plans.flatMap(({ statements }) => statements.map(({ word }) => word))).not.toContain(first.word)
  }
})

test('a data subject has the same questions alone and beside others', () => {
  for (const { set, question } of situations(10)) {
    const [subject] = question.dataSubjects
    const other = { ...subject!, circumstances: {}, assessments: [] }
    const both: Question = { ...question, dataSubjects: [subject!, other] }
    const alone = advise(set, { ...question, dataSubjects: [subject!] }).openQuestions
    expect(advise(set, both).openQuestions.filter(({ dataSubject }) => dataSubject === 0)).toEqual(alone)
  }
})
