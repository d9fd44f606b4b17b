import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summariseDecision } from '../../../src/audit/record/decision-summary.ts'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import type { Question } from '../../../src/model/decision.ts'
import { decide } from '../../../src/policy/decide.ts'
import { closeQuestion, settleQuestion } from '../../../src/policy/facts/settle-question.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { parseQuestion } from '../../../src/policy/request.ts'

const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped rule files have faults')
const { set } = loaded
const cases = set.files.flatMap(({ cases }) => cases)

const words = [...set.vocabulary.circumstances.keys()]

/** A question of a rule file, in which some words are stated otherwise or left out. */
const questions = fc
  .tuple(
    fc.constantFrom(...cases.map(({ question }) => question)),
    fc.dictionary(fc.constantFrom(...words), fc.option(fc.boolean()), { maxKeys: 4 }),
    fc.boolean(),
  )
  .map(([question, changes, isDeclared]): Question => {
    const { legalBasis, ...open } = question
    const [subject] = question.dataSubjects
    const changed = { ...subject!.circumstances, ...changes }
    const circumstances = Object.fromEntries(
      Object.entries(changed).flatMap(([word, value]) => (typeof value === 'boolean' ? [[word, value] as const] : [])),
    )
    return {
      ...open,
      ...(isDeclared && legalBasis !== undefined && { legalBasis }),
      dataSubjects: [{ ...subject!, circumstances }],
    }
  })

describe('a question with what follows', () => {
  test('the log keeps less than what is known, and what it keeps gets the same decision', () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const { question, recorded, faults, follows } = settleQuestion(set, asked)
        fc.pre(faults.length === 0)
        const [whole, kept, stated] = [question, recorded, asked].map(
          ({ dataSubjects }) => dataSubjects[0]!.circumstances,
        )
        expect(whole).toMatchObject(kept!)
        expect(kept).toMatchObject(stated!)
        expect(follows[0]!.map(({ circumstance }) => circumstance).toSorted()).toEqual(
          Object.keys(kept!)
            .filter((word) => !Object.hasOwn(stated!, word))
            .toSorted(),
        )
        expect(summariseDecision(recorded, decide(set, recorded))).toEqual(
          summariseDecision(recorded, decide(set, question)),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('every case of the rule files is consistent, and closing its question changes nothing that was stated', () => {
    for (const { question, name } of cases) {
      expect(settleQuestion(set, question).faults, name).toEqual([])
      const [closed] = closeQuestion(set, question).dataSubjects
      expect(closed!.circumstances, name).toMatchObject(question.dataSubjects[0]!.circumstances)
    }
  })

  test('a question from the command line comes back complete, or with both places', () => {
    const asked = (circumstances: Record<string, boolean>) => ({
      sender: 'fier',
      recipient: 'comensha',
      purpose: 'registratie-mensenhandel',
      dataSubjects: [{ role: 'slachtoffer', circumstances, fields: ['voornaam'] }],
    })
    const now = '2026-11-22T10:00:00Z'
    expect(parseQuestion(set, asked({ 'jonger-dan-12': true }), now)).toMatchObject({
      ok: true,
      question: { dataSubjects: [{ circumstances: { 'jonger-dan-12': true, 'jonger-dan-16': true } }] },
    })
    expect(parseQuestion(set, asked({ 'jonger-dan-12': true, 'jonger-dan-16': false }), now)).toMatchObject({
      ok: false,
      faults: [
        { pointer: '/dataSubjects/0/circumstances/jonger-dan-12' },
        { pointer: '/dataSubjects/0/circumstances/jonger-dan-16' },
      ],
    })
  })
})
