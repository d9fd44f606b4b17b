import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import type { Plan } from '../../../src/model/advice.ts'
import type { Question, SubjectQuestion } from '../../../src/model/decision.ts'
import { decide } from '../../../src/policy/decide.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { advise, leavesOpen } from '../../../src/policy/questions/advise.ts'
import { askOpenQuestions } from '../../../src/policy/questions/search-questions.ts'
import { withConsequences } from '../../../src/policy/questions/statements.ts'

const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped set has faults')
const { set } = loaded

const ask = (question: Partial<Question> = {}, subject: Partial<SubjectQuestion> = {}): Question => ({
  sender: 'fier',
  recipient: 'comensha',
  purpose: 'coordinatie-opvang-verzorging',
  legalBasis: 'avg-toestemming-comensha',
  at: '2026-11-22T12:00:00Z',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: {},
      assessments: [],
      fields: ['voornaam', 'geboortedatum', 'opvangbehoefte', 'bsn'],
      ...subject,
    },
  ],
  ...question,
})

const wordsOf = (question: Question, setAside: readonly string[] = []) =>
  advise(set, question, setAside).openQuestions.map(({ word }) => word)
const formatStatements = ({ statements }: Plan) =>
  statements.map(({ word, value }) => `${value === false ? 'not ' : ''}${word}`).sort()

const CONSENT = 'toestemming'
const WITHDRAWN = 'toestemming-ingetrokken'
const ADULT = {
  [WITHDRAWN]: false,
  'jonger-dan-16': false,
  'onder-curatele-bewind-of-mentorschap': false,
  'afkomstig-van-opsporingsdienst': false,
}

describe('a shelter that has stated nothing yet', () => {
  const advice = advise(set, ask())

  test('a shelter hears what to find out, with the question, who knows it and both answers', () => {
    const question = advice.openQuestions.find(({ word }) => word === CONSENT)!
    expect(question.question.nl).toMatch(/^Heeft de betrokkene toestemming gegeven .*\?$/)
    expect(question.knownBy).toEqual(['betrokkene'])
    expect(question.yes.send).toEqual({ circumstances: { [CONSENT]: true } })
    expect(question.no.send).toEqual({ circumstances: { [CONSENT]: false } })
    expect(advice.isComplete).toBe(true)
  })

  test('a shelter hears under which smallest sets of statements the most passes, the consent of an adult among them', () => {
    expect(advice.plans.map(formatStatements)).toContainEqual([
      'not afkomstig-van-opsporingsdienst',
      'not jonger-dan-16',
      'not toestemming-ingetrokken',
      CONSENT,
    ])
    for (const { dataSubjects } of advice.plans) {
      expect(dataSubjects[0]!.fields.map(({ release }) => release)).toEqual([
        'verstrekken',
        'verstrekken',
        'verstrekken',
        'weglaten',
      ])
    }
  })

  test('a shelter hears which prohibition no answer lifts', () => {
    expect(advice.unreachable).toMatchObject([
      { fields: ['bsn'], reason: 'prohibition', citation: 'UAVG art. 46', rule: { file: 'verbod-bsn' } },
    ])
  })

  test('a shelter is asked nothing more once everything is known that matters', () => {
    const stated = { [CONSENT]: true, ...ADULT }
    const { openQuestions, plans, note } = advise(set, ask({}, { circumstances: stated }))
    expect([openQuestions, plans]).toEqual([[], []])
    expect(note!.nl).toMatch(/^Er is geen plan: /)
  })
})

describe('a question that matters no more', () => {
  test.each([
    ['about being younger than twelve, of a person of sixteen or older', { 'jonger-dan-16': false }, 'jonger-dan-12'],
    [
      'about withdrawal, when nobody consented',
      { [CONSENT]: false, 'toestemming-wettelijk-vertegenwoordiger': false },
      WITHDRAWN,
    ],
  ])('a question %s, is not asked', (_, circumstances, word) => {
    expect(wordsOf(ask())).toContain(word)
    expect(wordsOf(ask({}, { circumstances }))).not.toContain(word)
  })

  test('a question that was put aside is not asked', () => {
    expect(wordsOf(ask(), [CONSENT])).not.toContain(CONSENT)
  })

  test('a question of which only the gateway states the answer is not asked of a sender', () => {
    const identity = ask(
      { purpose: 'identiteit-na-navraag', legalBasis: 'identiteitsvraag' },
      { fields: ['voornaam', 'achternaam'] },
    )
    expect(wordsOf(identity)).not.toContain('antwoord-op-identiteitsvraag')
  })

  test('nothing is asked about a person about whom no rule gives anything', () => {
    const { openQuestions, plans, unreachable } = advise(set, ask({}, { role: 'verdachte' }))
    expect([openQuestions, plans]).toEqual([[], []])
    expect(unreachable.map(({ reason }) => reason)).toContain('no-rule')
  })
})

describe('plans', () => {
  test('a plan names another legal basis that the sender may use', () => {
    const refused = { [CONSENT]: false, 'toestemming-wettelijk-vertegenwoordiger': false }
    const { plans } = advise(
      set,
      ask(
        { purpose: 'registratie-mensenhandel' },
        { circumstances: refused, fields: ['nationaliteit', 'uitbuitingsvorm'] },
      ),
    )
    expect(plans[0]).toMatchObject({
      legalBasis: 'avg-pseudoniem-comensha',
      effort: 'other-choice',
      outcome: 'verstrekt',
    })
  })

  test('plans put what the sender can find out before what another decides', () => {
    const { plans } = advise(
      set,
      ask({ sender: 'politie', legalBasis: 'wpg-bpg-4-2-comensha', purpose: 'registratie-mensenhandel' }),
    )
    const efforts = plans.map(({ effort }) => ['sender', 'data-subject', 'other', 'other-choice'].indexOf(effort))
    expect(efforts[0]).toBe(0)
    expect(efforts).toEqual(efforts.toSorted((a, b) => a - b))
  })

  test('a plan says who must approve', () => {
    const answer = ask(
      { purpose: 'identiteit-na-navraag', legalBasis: 'identiteitsvraag' },
      {
        circumstances: { 'antwoord-op-identiteitsvraag': true, 'onder-medisch-beroepsgeheim': false },
        fields: ['voornaam', 'achternaam'],
      },
    )
    const [plan] = advise(set, answer).plans
    expect(plan!.outcome).toBe('in-afwachting')
    expect(plan!.sentence.en).toContain('Approval by more than one person')
  })
})

test('without plans the questions are the same', () => {
  const { openQuestions, isComplete } = advise(set, ask())
  expect(askOpenQuestions(set, ask())).toEqual({ openQuestions, isComplete })
})

test('nothing is open where every field is released whole', () => {
  const whole = ask({}, { circumstances: { [CONSENT]: true, ...ADULT }, fields: ['voornaam', 'nationaliteit'] })
  expect(leavesOpen(decide(set, withConsequences(set, whole)))).toBe(false)
  expect(leavesOpen(decide(set, ask()))).toBe(true)
  expect(advise(set, whole)).toEqual({ openQuestions: [], plans: [], unreachable: [], isComplete: true })
})

test('no text names a value, and every sentence is in both languages', () => {
  const { openQuestions, plans, unreachable } = advise(set, ask())
  const texts = [
    ...openQuestions.flatMap(({ question, statement, yes, no }) => [question, statement, yes.sentence, no.sentence]),
    ...[...plans, ...unreachable].map(({ sentence }) => sentence),
  ]
  for (const { nl, en } of texts)
    expect([nl.trim().length > 0, en.trim().length > 0, nl === en]).toEqual([true, true, false])
})
