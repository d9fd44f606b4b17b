import { describe, expect, test } from 'vitest'
import { evaluateField, type Obligation } from '../../src/exchange/evaluate.ts'
import type { Decision, Outcome, Release } from '../../src/model/decision.ts'
import { RELEASES } from '../../src/model/decision.ts'

const decided = (outcome: Outcome, release: Release, link: boolean): Decision => ({
  outcome,
  dataSubjects: [
    {
      outcome: outcome === 'geweigerd' ? 'geweigerd' : 'gedeeltelijk',
      fields: [
        {
          field: 'land',
          release,
          link,
          sentence: { nl: 'Omdat.', en: 'Because.' },
          ...(release === 'generaliseren' && { level: 'jaar' }),
        },
      ],
      firedRules: [],
      prohibitions: [],
      nearestMisses: [],
    },
  ],
  duties: [],
  policyHash: 'p',
  engineVersion: '1',
  at: '2026-11-22T10:00:00.000Z',
})

const ALL: readonly Obligation[] = ['generaliseren', 'koppelen', 'vier-ogen']

describe('a decision about one field, as yes or no', () => {
  const facts: [outcome: Outcome, release: Release, link: boolean, obligations: readonly Obligation[]][] = [
    ['verstrekt', 'verstrekken', false, []],
    ['verstrekt', 'verstrekken', true, []],
    ['gedeeltelijk', 'generaliseren', false, ['generaliseren']],
    ['gedeeltelijk', 'weglaten', true, ['koppelen']],
    ['in-afwachting', 'verstrekken', false, ['vier-ogen']],
    ['in-afwachting', 'generaliseren', true, ['generaliseren', 'vier-ogen']],
  ]
  test.each(facts)(
    '%s with %s, link %s, is yes exactly to a caller who carries out %j',
    (outcome, release, link, obligations) => {
      const decision = decided(outcome, release, link)
      expect(evaluateField(decision, ALL)).toMatchObject({ decision: true, obligations })
      for (const left of obligations) {
        expect(
          evaluateField(
            decision,
            ALL.filter((one) => one !== left),
          ).decision,
        ).toBe(false)
      }
      expect(evaluateField(decision, []).decision).toBe(obligations.length === 0)
    },
  )

  test.each(RELEASES.flatMap((release) => [true, false].map((link) => [release, link] as const)))(
    'a field of a refused exchange is no for %s, link %s, whatever the caller understands',
    (release, link) => {
      expect(evaluateField(decided('geweigerd', release, link), ALL).decision).toBe(false)
    },
  )

  test('a withheld field is no as an answer', () => {
    expect(evaluateField(decided('gedeeltelijk', 'weglaten', false), ALL).decision).toBe(false)
  })
})
