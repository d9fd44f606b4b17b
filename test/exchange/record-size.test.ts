import { describe, expect, test } from 'vitest'
import { MAX_RECORD_BYTES } from '../../src/audit/record/envelope.ts'
import { formatExchangeRecord } from '../../src/audit/record/exchange.ts'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import { createSchemas } from '../../src/exchange/rule-sets/rules-in-force.ts'
import type { SubjectQuestion } from '../../src/model/decision.ts'
import type { BasisRule } from '../../src/model/rule.ts'
import { decide } from '../../src/policy/decide.ts'
import { loadPolicies } from './context.ts'

const set = loadPolicies()
const { vocabulary } = set
const longest = (words: Iterable<string>): string =>
  [...words].reduce((found, word) => (word.length > found.length ? word : found), '')
const hash = new Uint8Array(32)

/** Somebody of whom a rule may tell everything that it knows, with everything it asks for. */
const subjectOf = (rule: BasisRule, fields: readonly string[]): SubjectQuestion => ({
  role: longest(rule.scope.roles ?? vocabulary.roles.keys()),
  circumstances: Object.fromEntries([
    ...[...rule.when, ...rule.anyOf].map((word) => [word, true] as const),
    ...rule.whenNot.map((word) => [word, false] as const),
  ]),
  assessments: rule.assessments,
  fields,
})

/** Bytes of the record with every member that a record can have. */
function sizeOf(rule: BasisRule, subjects: readonly SubjectQuestion[]): number {
  const sender = longest(rule.scope.senders ?? set.parties.keys())
  const question = {
    sender,
    recipient: longest(rule.scope.recipients ?? set.parties.keys()),
    purpose: longest(rule.scope.purposes ?? vocabulary.purposes.keys()),
    legalBasis: rule.file,
    at: '2026-11-22T10:00:00.000Z',
    dataSubjects: subjects,
  }
  const record = formatExchangeRecord({
    type: 'exchange',
    id: crypto.randomUUID(),
    kind: longest(vocabulary.kinds.keys()),
    submittedBy: `${sender}.functionaris-1`,
    reference: hash,
    inReplyTo: crypto.randomUUID(),
    sealed: hash,
    payload: hash,
    trace: `${'a'.repeat(32)}-${'b'.repeat(16)}`,
    question,
    decision: decide(set, question),
    subjectCommitments: new Map(subjects.map((_, index) => [index, hash])),
    nonce: new Uint8Array(16),
  })
  return formatUtf8(record).length
}

const known = ({ release, generalise, link }: BasisRule) => [...new Set([...release, ...generalise.keys(), ...link])]

describe('the record of an exchange under the rule files as they are shipped', () => {
  test('the record of an exchange has room for one person with every field of the vocabulary, whatever the rule', () => {
    const fields = [...vocabulary.fields.keys()]
    const sizes = set.rules.map((rule) => sizeOf(rule, [subjectOf(rule, fields)]))
    expect(sizes.length).toBeGreaterThan(100)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_RECORD_BYTES * 0.75)
  })

  test('the record of an exchange has room for three persons with every field that the rule knows, whatever the rule', () => {
    const sizes = set.rules.map((rule) => sizeOf(rule, Array(3).fill(subjectOf(rule, known(rule)))))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_RECORD_BYTES)
  })

  test('the record of an exchange has room for five persons with one field, whatever the rule', () => {
    const sizes = set.rules.map((rule) => sizeOf(rule, Array(5).fill(subjectOf(rule, known(rule).slice(0, 1)))))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_RECORD_BYTES)
  })

  test('the record of an exchange has room for as many persons as the schema allows, under some rule', () => {
    const { submissionJsonSchema } = createSchemas(set) as unknown as {
      submissionJsonSchema: { properties: { dataSubjects: { maxItems: number } } }
    }
    const { maxItems } = submissionJsonSchema.properties.dataSubjects
    const fits = set.rules.filter((rule) => {
      try {
        return sizeOf(rule, Array(maxItems).fill(subjectOf(rule, known(rule).slice(0, 1)))) > 0
      } catch {
        return false
      }
    })
    expect(fits).not.toEqual([])
  })

  test('the record of an exchange that would be larger is refused with how to correct it', () => {
    const [rule] = set.rules
    expect(() => sizeOf(rule!, Array(60).fill(subjectOf(rule!, known(rule!))))).toThrow(
      expect.objectContaining({ code: 'record-too-large' }),
    )
  })
})
