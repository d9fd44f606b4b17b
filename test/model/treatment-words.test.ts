import { describe, expect, test } from 'vitest'
import { formatDecision } from '../../src/cli/demo/print-decision.ts'
import { explainCheck } from '../../src/exchange/explain-check.ts'
import type { Statement } from '../../src/exchange/statement.ts'
import { statementPage } from '../../src/http/pages/statement-page.ts'
import type { Decision, FieldDecision, Question, Release } from '../../src/model/decision.ts'
import type { Language } from '../../src/model/language.ts'
import {
  capitalised,
  describeTreatment,
  type Mood,
  nameTreatment,
  TREATMENT_NAMES,
  TREATMENT_WORDS,
  type TreatmentName,
} from '../../src/model/treatment-words.ts'
import { describeBehaviour } from '../../src/policy/docs/change-blocks.ts'
import { formatDocs } from '../../src/policy/docs/pages.ts'
import { explainDecision } from '../../src/policy/explain.ts'
import { labelsOf } from '../../src/policy/labels.ts'
import type { CheckRequest } from '../../src/report/submission.ts'
import { describeRecord } from '../../src/review/words/describe-record.ts'
import { loadSmall, ruleFile, SENTENCE } from '../policy/small-set.ts'

/** A treatment of every name, each of a field of its own. */
const TREATED: Readonly<Record<TreatmentName, { field: string; release: Release; level?: string; link: boolean }>> = {
  released: { field: 'land', release: 'verstrekken', link: false },
  coarser: { field: 'geboren', release: 'generaliseren', level: 'geboortejaar', link: false },
  linkedOnly: { field: 'naam', release: 'weglaten', link: true },
  withheld: { field: 'plaats', release: 'weglaten', link: false },
  refused: { field: 'bsn', release: 'weigeren', link: false },
}
const RECORDED = { released: 'v', coarser: 'g:geboortejaar', linkedOnly: 'wk', withheld: 'w', refused: 'x' } as const

const ban = (id: string, field: string, outcome: string) =>
  `  - {id: ${id}, verbiedt: [${field}], uitkomst: ${outcome}, uitleg: ${SENTENCE}}\n`
const set = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, gegevens: {verstrekken: [land], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}, uitleg: ${SENTENCE}}\n`,
  ),
  ruleFile(
    'verbod',
    'verbod-z',
    ban('p', 'naam', 'alleen-koppelen') + ban('q', 'plaats', 'weglaten') + ban('r', 'bsn', 'weigeren'),
  ),
)

const subject = { role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['land'] }
const question: Question = {
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'opvang',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00Z',
  dataSubjects: [subject],
}

function decisionOf(name: TreatmentName): Decision {
  const field: FieldDecision = { ...TREATED[name], sentence: { nl: 'Omdat.', en: 'Because.' } }
  const decided = {
    outcome: 'gedeeltelijk',
    fields: [field],
    firedRules: [],
    prohibitions: [],
    nearestMisses: [],
  } as const
  const { at } = question
  return { outcome: 'gedeeltelijk', dataSubjects: [decided], duties: [], policyHash: 'ab', engineVersion: '2', at }
}

const pages = formatDocs(set)

/** Everything that shows people what was decided about a field, and how certain it speaks. */
const SURFACES: readonly (readonly [string, Mood, (name: TreatmentName, language: Language) => string])[] = [
  [
    'the explanation',
    'done',
    (name, language) => explainDecision(set, question, decisionOf(name), language).join('\n'),
  ],
  [
    'the check of a partner',
    'would',
    (name, language) => {
      const request = { ...question, kind: 'melding' } as unknown as CheckRequest
      const receipt = { leafIndex: 0, record: '', proof: '' }
      const nothingOpen = { openQuestions: [], plans: [], unreachable: [], isComplete: true }
      const answer = { decision: decisionOf(name), ...nothingOpen, receipt }
      return explainCheck(set, 'politie', request, answer, language).join('\n')
    },
  ],
  ['the demo', 'done', (name, language) => formatDecision(decisionOf(name), language).join('\n')],
  ['a difference between two sets', 'done', (name, language) => describeBehaviour(TREATED[name], language)],
  ['the log', 'done', (name, language) => recordWith('exchange', name, language)],
  ['a check in the log', 'would', (name, language) => recordWith('check', name, language)],
  ['the statement', 'done', (name, language) => statementWith(name, language)],
  [
    'the page of a rule',
    'done',
    (_, language) => pages.get(`${language}/wet-a.html`)! + pages.get(`${language}/verbod-z.html`)!,
  ],
]

function recordWith(type: 'exchange' | 'check', name: TreatmentName, language: Language): string {
  const { at, sender, recipient, purpose } = question
  const recorded = {
    role: 'slachtoffer',
    true: [],
    false: [],
    assessments: [],
    fields: { [TREATED[name].field]: RECORDED[name] },
    outcome: 'gedeeltelijk',
    rules: [],
    prohibitions: [],
  } as const
  const record = { type, at, sender, recipient, purpose, outcome: 'gedeeltelijk', subjects: [recorded], duties: [] }
  const whole = { ...record, id: '01', kind: 'melding', policyHash: 'ab', engineVersion: '2' }
  return describeRecord(
    whole as unknown as Parameters<typeof describeRecord>[0],
    labelsOf(language, set),
    language,
  ).join('\n')
}

function statementWith(name: TreatmentName, language: Language): string {
  const { field, release, link } = TREATED[name]
  const fields = [{ label: field, isLinked: link }]
  const group = { treatment: nameTreatment({ release, link }), fields, sentence: 'Omdat.' }
  const statement = {
    id: '01',
    sender: 'a',
    recipient: 'b',
    purpose: 'c',
    kind: 'd',
    at: question.at,
    outcome: 'gedeeltelijk',
    subjects: [{ role: 'e', outcome: 'gedeeltelijk', groups: [group] }],
    misses: [],
    duties: [],
    events: [],
    rules: [],
    hasLabels: true,
    proof: { leafIndex: 0, treeSize: 1, cosigners: [] },
    receipt: {},
  } as unknown as Statement
  return statementPage({ statement, madeAt: question.at, warning: { nl: '', en: '' }, language })
}

describe.each(['nl', 'en'] as const)('what a decision does to a field has one word, in %s:', (language) => {
  describe.each(SURFACES)('%s', (surface, mood, show) => {
    test.each(TREATMENT_NAMES)(`${surface} uses the one ${language} word for a field that is %s`, (name) => {
      const text = show(name, language)
      const word = TREATMENT_WORDS[language][mood][name]
      expect(text.includes(word) || text.includes(capitalised(word)), `${word} in: ${text}`).toBe(true)
    })
  })
})

describe('a treatment in words', () => {
  test.each([
    [TREATED.released, 'released'],
    [{ ...TREATED.released, link: true }, 'released, also linked'],
    [{ ...TREATED.coarser, link: true }, 'coarser (geboortejaar), also linked'],
    [TREATED.linkedOnly, 'linked only'],
    [{ ...TREATED.refused, link: true }, 'refused'],
  ])('a treatment in words names the level, and the link of a field that is released: %#', (treatment, words) => {
    expect(describeTreatment(treatment, 'en')).toBe(words)
  })

  test('a treatment in words of a refused exchange states what would have been', () => {
    expect(TREATMENT_NAMES.map((name) => describeTreatment(TREATED[name], 'nl', 'wouldHave'))).toEqual([
      'zou zijn verstrekt',
      'zou grover zijn verstrekt (geboortejaar)',
      'zou alleen zijn gekoppeld',
      'achtergehouden',
      'geweigerd',
    ])
  })
})

describe('the fields of a refused exchange are never shown as released', () => {
  const refused = { ...decisionOf('released'), outcome: 'geweigerd', reason: 'verbod' } as const
  test.each([
    ['the explanation', explainDecision(set, question, refused, 'en')],
    ['the demo', formatDecision(refused, 'en')],
  ])('%s never shows the fields of a refused exchange as released', (_, lines) => {
    expect(lines.join('\n')).toMatch(/would have been released/i)
    expect(lines.join('\n')).not.toMatch(/(?<!been )\breleased\b/i)
  })
})
