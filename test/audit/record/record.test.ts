import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDeviations, parseFieldOutcomes, summariseDecision } from '../../../src/audit/record/decision-summary.ts'
import { formatDeliveryRecord } from '../../../src/audit/record/delivery.ts'
import { MAX_RECORD_BYTES, sealedHash } from '../../../src/audit/record/envelope.ts'
import {
  type CheckRecord,
  type ExchangeRecord,
  formatCheckRecord,
  formatExchangeRecord,
  parseExchangeQuestion,
} from '../../../src/audit/record/exchange.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { formatPolicyRecord } from '../../../src/audit/record/policy.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import { SluisError } from '../../../src/errors.ts'
import {
  type Decision,
  type FieldDecision,
  type Question,
  RELEASES,
  type SubjectDecision,
} from '../../../src/model/decision.ts'
import { DUTY_KINDS } from '../../../src/model/rule.ts'

const nonce = Uint8Array.from({ length: 16 }, (_, index) => index)
const sentence = { nl: 'zin', en: 'sentence' }

const question: Question = {
  sender: 'politie',
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  at: '2026-11-22T09:30:00.000Z',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, minderjarig: false },
      assessments: ['noodzaak'],
      fields: ['nationaliteit', 'geboortedatum', 'achternaam', 'telefoon'],
    },
  ],
}

const decision: Decision = {
  outcome: 'gedeeltelijk',
  dataSubjects: [
    {
      outcome: 'gedeeltelijk',
      fields: [
        { field: 'nationaliteit', release: 'verstrekken', link: false, sentence },
        { field: 'geboortedatum', release: 'generaliseren', level: 'geboortejaar', link: true, sentence },
        { field: 'achternaam', release: 'weglaten', link: true, sentence },
        { field: 'telefoon', release: 'weglaten', link: false, sentence },
      ],
      firedRules: [{ file: 'wpg-bpg-4-2-comensha', rule: 'registratie' }],
      prohibitions: [{ file: 'uavg-46', rule: 'bsn' }],
      nearestMisses: [],
    },
  ],
  duties: [
    { kind: 'vastleggen', for: 'sluis', citation: 'Wpg 32 lid 1 onder b' },
    { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 1825 },
  ],
  policyHash: 'policy-hash',
  engineVersion: '1',
  at: question.at,
}

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
const sortedWords = fc.uniqueArray(word, { maxLength: 4 }).map((words) => words.sort())
const anyQuestion: fc.Arbitrary<Question> = fc.record(
  {
    sender: word,
    recipient: word,
    purpose: word,
    legalBasis: word,
    at: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((date) => date.toISOString()),
    dataSubjects: fc.array(
      fc.record({
        role: word,
        circumstances: fc.dictionary(word, fc.boolean(), { maxKeys: 5, noNullPrototype: true }),
        assessments: sortedWords,
        fields: sortedWords,
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['sender', 'recipient', 'purpose', 'at', 'dataSubjects'], noNullPrototype: true },
)

const anyField = (field: string): fc.Arbitrary<FieldDecision> =>
  fc
    .record({ release: fc.constantFrom(...RELEASES), level: word, link: fc.boolean() })
    .map(({ release, level, link }) => ({
      field,
      release,
      link,
      sentence,
      ...(release === 'generaliseren' && { level }),
    }))
const anyRules = fc.uniqueArray(fc.record({ file: word, rule: word }), { maxLength: 3 })

/** Any decision that could answer the question: the record must not depend on what the engine would really say. */
const anyDecision = (asked: Question): fc.Arbitrary<Decision> =>
  fc.record({
    outcome: fc.constantFrom('verstrekt', 'gedeeltelijk', 'in-afwachting', 'geweigerd'),
    dataSubjects: fc.tuple(
      ...asked.dataSubjects.map(
        (subject): fc.Arbitrary<SubjectDecision> =>
          fc.record({
            outcome: fc.constantFrom('verstrekt', 'gedeeltelijk', 'geweigerd'),
            fields: fc.tuple(...subject.fields.map(anyField)),
            firedRules: anyRules,
            prohibitions: anyRules,
            nearestMisses: fc.constant([]),
          }),
      ),
    ),
    duties: fc.array(
      fc.record({ kind: fc.constantFrom(...DUTY_KINDS), for: fc.constantFrom('afzender', 'ontvanger', 'sluis') }),
      { maxLength: 3 },
    ),
    policyHash: word,
    engineVersion: word,
    at: fc.constant(asked.at),
  })
const anyAnswered = anyQuestion.chain((asked) => fc.tuple(fc.constant(asked), anyDecision(asked)))

const exchangeOf = (asked: Question, answered: Decision): ExchangeRecord =>
  parseRecord(
    formatExchangeRecord({ type: 'exchange', id: 'x', kind: 'melding', question: asked, decision: answered, nonce }),
  ) as ExchangeRecord

describe('exchange record', () => {
  test('an exchange record gives back the question it was made from', () => {
    fc.assert(
      fc.property(anyAnswered, ([asked, answered]) => {
        expect(parseExchangeQuestion(exchangeOf(asked, answered))).toEqual(asked)
      }),
    )
  })

  test('an exchange record gives back release, level and link of every field', () => {
    fc.assert(
      fc.property(anyAnswered, ([asked, answered]) => {
        const recorded = exchangeOf(asked, answered).subjects.map(parseFieldOutcomes)
        expect(recorded).toEqual(
          answered.dataSubjects.map(({ fields }) => fields.map(({ sentence: _, ...outcome }) => outcome)),
        )
      }),
    )
  })

  test('an exchange record has the same bytes whatever the order of lists and members', () => {
    const reverse = <Item>(items: readonly Item[]): Item[] => [...items].reverse()
    fc.assert(
      fc.property(anyAnswered, ([asked, answered]) => {
        const otherQuestion: Question = {
          ...asked,
          dataSubjects: asked.dataSubjects.map((subject) => ({
            ...subject,
            circumstances: Object.fromEntries(reverse(Object.entries(subject.circumstances))),
            assessments: [...reverse(subject.assessments), ...subject.assessments],
            fields: reverse(subject.fields),
          })),
        }
        const otherDecision: Decision = {
          ...answered,
          duties: reverse(answered.duties),
          dataSubjects: answered.dataSubjects.map((subject) => ({
            ...subject,
            fields: reverse(subject.fields),
            firedRules: reverse(subject.firedRules),
            prohibitions: reverse(subject.prohibitions),
          })),
        }
        expect(exchangeOf(otherQuestion, otherDecision)).toEqual(exchangeOf(asked, answered))
      }),
    )
  })

  test('an exchange record is written in exactly these bytes', () => {
    const record = formatExchangeRecord({
      type: 'exchange',
      id: 'exchange-1',
      kind: 'melding',
      question,
      decision,
      reference: Uint8Array.of(1),
      payload: Uint8Array.of(2),
      sealed: formatUtf8('sealed'),
      trace: 'trace-1',
      subjectCommitments: new Map([[0, Uint8Array.of(3)]]),
      nonce,
    })
    const sealed = createHash('sha256').update('sealed').digest('base64url')
    expect(record).toBe(
      `{"at":"2026-11-22T09:30:00.000Z","duties":[{"for":"ontvanger","kind":"bewaartermijn","retentionDays":1825},{"for":"sluis","kind":"vastleggen"}],` +
        `"engineVersion":"1","id":"exchange-1","kind":"melding","legalBasis":"wpg-bpg-4-2-comensha","nonce":"AAECAwQFBgcICQoLDA0ODw",` +
        `"outcome":"gedeeltelijk","payload":"Ag","policyHash":"policy-hash","purpose":"registratie-mensenhandel","recipient":"comensha",` +
        `"reference":"AQ","sealed":"${sealed}","sender":"politie","subjects":[{"assessments":["noodzaak"],"commitment":"Aw",` +
        `"false":["minderjarig"],"fields":{"achternaam":"wk","geboortedatum":"gk:geboortejaar","nationaliteit":"v","telefoon":"w"},` +
        `"outcome":"gedeeltelijk","prohibitions":["uavg-46/bsn"],"role":"slachtoffer","rules":["wpg-bpg-4-2-comensha/registratie"],` +
        `"true":["verwerkt-onder-wpg-8"]}],"trace":"trace-1","type":"exchange","v":1}`,
    )
    expect(sealedHash(formatUtf8('sealed'))).toBe(sealed)
  })

  test('an exchange record takes at most 4096 bytes of UTF-8, and a larger one is refused', () => {
    const input = { type: 'exchange', id: '', kind: 'melding', question, decision, nonce } as const
    const room = MAX_RECORD_BYTES - formatExchangeRecord(input).length
    expect(formatUtf8(formatExchangeRecord({ ...input, id: 'x'.repeat(room) }))).toHaveLength(MAX_RECORD_BYTES)
    for (const id of ['x'.repeat(room + 1), 'é'.repeat(Math.floor(room / 2) + 1)]) {
      expect(() => formatExchangeRecord({ ...input, id })).toThrow(
        expect.objectContaining({ code: 'record-too-large' }),
      )
      expect(() => formatExchangeRecord({ ...input, id })).toThrow(SluisError)
    }
  })

  test.each([
    {
      what: 'leaves a field unanswered',
      wrong: { ...decision, dataSubjects: [{ ...decision.dataSubjects[0]!, fields: [] }] },
    },
    { what: 'has no data subject', wrong: { ...decision, dataSubjects: [] } },
  ])('an exchange record is not made from a decision that $what', ({ wrong }) => {
    expect(() => formatCheckRecord({ type: 'check', question, decision: wrong, nonce })).toThrow(RangeError)
  })

  test('an exchange record is not made with a nonce of another length', () => {
    expect(() => formatCheckRecord({ type: 'check', question, decision, nonce: new Uint8Array(15) })).toThrow(
      RangeError,
    )
  })
})

test('an exchange says which one it answers, and a question of whom it asks what', () => {
  const inReplyTo = '01a201c8-ce67-77ef-8e37-8fdaec38babb'
  const asked = { dataSubject: 1, fields: ['voornaam', 'achternaam'] }
  const input = { type: 'exchange', id: 'x', kind: 'identiteitsvraag', question, decision, nonce } as const
  const record = parseRecord(formatExchangeRecord({ ...input, inReplyTo, asked }))
  expect(record).toMatchObject({ inReplyTo, asked: { dataSubject: 1, fields: ['achternaam', 'voornaam'] } })
  expect(Object.keys(parseRecord(formatExchangeRecord(input)))).not.toContain('inReplyTo')
})

describe('other records', () => {
  const at = '2026-11-22T09:30:00.000Z'
  const envelope = { v: 1, at, nonce: 'AAECAwQFBgcICQoLDA0ODw' }

  test('a check record holds question and outcome, without a legal basis when none was declared', () => {
    const { legalBasis: _, ...open } = question
    const record = parseRecord(formatCheckRecord({ type: 'check', question: open, decision, nonce })) as CheckRecord
    expect(record).toMatchObject({ type: 'check', outcome: 'gedeeltelijk' })
    expect(record).not.toHaveProperty('legalBasis')
    expect(parseExchangeQuestion(record).legalBasis).toBeUndefined()
  })

  test.each(['delivered', 'acknowledged'] as const)(
    'the %s record names exchange, delivery and recipient and nothing else',
    (type) => {
      const content = { type, exchangeId: 'x', deliveryId: 'd', recipient: 'comensha' }
      const draft = { ...content, at, nonce, sealed: 'stays out' }
      expect(parseRecord(formatDeliveryRecord(draft))).toEqual({ ...envelope, ...content })
    },
  )

  test.each([{}, { previous: 'before' }])(
    'a policy record names the hashes, and the one before if there was one',
    (previous) => {
      const content = { type: 'policy' as const, policyHash: 'p', sourceHash: 's', ...previous }
      expect(parseRecord(formatPolicyRecord({ ...content, at, nonce }))).toEqual({ ...envelope, ...content })
    },
  )

  const good = formatDeliveryRecord({ type: 'delivered', exchangeId: 'x', deliveryId: 'd', recipient: 'r', at, nonce })
  test.each([
    { what: 'another version', text: good.replace('"v":1', '"v":2') },
    { what: 'an unknown type', text: good.replace('delivered', 'unheard-of') },
    { what: 'an unknown member', text: good.replace('"v":1', '"v":1,"w":1') },
    { what: 'a doubled member', text: good.replace('"v":1', '"v":1,"v":1') },
    { what: 'a member missing', text: good.replace('"deliveryId":"d",', '') },
    { what: 'white space', text: `${good} ` },
    { what: 'another order', text: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(good)).reverse())) },
    { what: 'no JSON', text: 'x' },
  ])('a record with $what is refused', ({ text }) => {
    expect(() => parseRecord(text)).toThrow(SyntaxError)
  })
})

describe('deviations', () => {
  const record = exchangeOf(question, decision)
  const [subject] = decision.dataSubjects as [SubjectDecision]
  const change = (part: Partial<SubjectDecision>): Decision => ({
    ...decision,
    dataSubjects: [{ ...subject, ...part }],
  })
  const changeField = (part: Partial<FieldDecision>) =>
    change({ fields: subject.fields.map((field) => (field.field === 'geboortedatum' ? { ...field, ...part } : field)) })

  test.each([
    { what: 'nothing', rederived: decision, paths: [] },
    { what: 'the version of the engine', rederived: { ...decision, engineVersion: '2' }, paths: [] },
    { what: 'a sentence', rederived: changeField({ sentence: { nl: 'anders', en: 'other' } }), paths: [] },
    { what: 'the outcome', rederived: { ...decision, outcome: 'verstrekt' as const }, paths: ['/outcome'] },
    { what: 'a duty', rederived: { ...decision, duties: [] }, paths: ['/duties'] },
    { what: 'the rule set', rederived: { ...decision, policyHash: 'other' }, paths: ['/policyHash'] },
    { what: 'a level', rederived: changeField({ level: 'decennium' }), paths: ['/subjects/0/fields/geboortedatum'] },
    { what: 'a link', rederived: changeField({ link: false }), paths: ['/subjects/0/fields/geboortedatum'] },
    { what: 'a rule', rederived: change({ firedRules: [] }), paths: ['/subjects/0/rules'] },
    { what: 'the reason', rederived: change({ reason: 'verbod' }), paths: ['/subjects/0/reason'] },
  ])('the deviations of a decision that changed $what are $paths', ({ rederived, paths }) => {
    expect(findDeviations(record, summariseDecision(parseExchangeQuestion(record), rederived))).toEqual(paths)
  })
})
