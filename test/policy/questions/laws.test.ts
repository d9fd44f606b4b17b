import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Question } from '../../../src/model/decision.ts'
import { advise } from '../../../src/policy/questions/advise.ts'
import { smallSituations } from '../situations.ts'
import { answerAll, checkLaws } from './check-laws.ts'
import { knowableSituations } from './knowable-world.ts'

const WORLDS = 25
const QUESTIONS = 20

const situations = (worlds = WORLDS) => knowableSituations(20261201, worlds, QUESTIONS)
const presumingSituations = () => knowableSituations(20270101, WORLDS, QUESTIONS, false, 0.4)
const relatedSituations = () => knowableSituations(20261231, WORLDS, QUESTIONS, true)

test('questions and plans agree with every state of knowledge, on made-up rules around a question', () => {
  fc.assert(
    fc.property(smallSituations, ({ set, question }) => {
      checkLaws(set, question)
    }),
    { numRuns: 300 },
  )
})

test('questions and plans agree with every state of knowledge, on made-up worlds', () => {
  let [questions, plans] = [0, 0]
  for (const { set, question } of situations()) {
    const advice = checkLaws(set, question)
    questions += advice.openQuestions.length
    plans += advice.plans.length
  }
  expect(questions).toBeGreaterThan(350)
  expect(plans).toBeGreaterThan(100)
})

test('questions and plans never contradict themselves, and count what follows from an answer', () => {
  let questions = 0
  for (const { set, question } of relatedSituations()) questions += checkLaws(set, question).openQuestions.length
  expect(questions).toBeGreaterThan(250)
})

test('questions and plans count what is presumed as long as nobody states otherwise', () => {
  let [questions, plans] = [0, 0]
  for (const { set, question } of presumingSituations()) {
    const advice = checkLaws(set, question)
    questions += advice.openQuestions.length
    plans += advice.plans.length
  }
  expect(questions).toBeGreaterThan(250)
  expect(plans).toBeGreaterThan(100)
})

test.each([
  ['words of which some are presumed', presumingSituations],
  ['words that stand alone', situations],
  ['words that follow from and exclude each other', relatedSituations],
])('answering the first open question again and again never surprises, and ends, with %s', (_, list) => {
  for (const { set, question, chance } of list()) answerAll(set, question, () => chance() < 0.5)
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
    const other = { ...subject!, circumstances: {}, assessments: [], fields: [] }
    const both: Question = { ...question, dataSubjects: [subject!, other] }
    const alone = advise(set, { ...question, dataSubjects: [subject!] }).openQuestions
    expect(advise(set, both).openQuestions.filter(({ dataSubject }) => dataSubject === 0)).toEqual(alone)
  }
})
