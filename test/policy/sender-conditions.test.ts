import { describe, expect, test } from 'vitest'
import type { Question } from '../../src/model/decision.ts'
import { analysePolicySet } from '../../src/policy/analysis/analyse.ts'
import { diffPolicySets } from '../../src/policy/analysis/diff.ts'
import { decide } from '../../src/policy/decide.ts'
import { formatDocs } from '../../src/policy/docs/pages.ts'
import { loadSmall, ruleFile, SENTENCE } from './small-set.ts'

// The Marechaussee also has a task in which the data are no police data, so it alone says in which task it obtained them.
const oneRule = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, van: [politie, kmar], naar: [opvanghuis], als_van: {kmar: [politietaak]}, beoordeling: [noodzaak], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
  ),
)
const twins = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, van: [politie], naar: [opvanghuis], beoordeling: [noodzaak], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}
  - {id: een-kmar, van: [kmar], naar: [opvanghuis], als: [politietaak], beoordeling: [noodzaak], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
  ),
)

const ask = (sender: string, circumstances: Record<string, boolean>, recipient = 'opvanghuis'): Question => ({
  sender,
  recipient,
  purpose: 'registratie',
  at: '2024-06-01T12:00:00Z',
  dataSubjects: [{ role: 'slachtoffer', circumstances, assessments: ['noodzaak'], fields: ['land'] }],
})
const missesOf = (question: Question) =>
  decide(oneRule, question).dataSubjects[0]!.nearestMisses.map(({ condition, words }) =>
    [condition, ...words].join(' '),
  )

describe('a circumstance that one sender must meet (`als_van`)', () => {
  test.each([
    ['is not asked of the other senders', 'politie', {}, 'verstrekt'],
    ['does not hinder the other senders when it is false', 'politie', { politietaak: false }, 'verstrekt'],
    ['lets that sender share when it is true', 'kmar', { politietaak: true }, 'verstrekt'],
    ['stops that sender when it is unknown', 'kmar', {}, 'geweigerd'],
    ['stops that sender when it is false', 'kmar', { politietaak: false }, 'geweigerd'],
    ['lets nobody share who is not a sender of the rule', 'meldpunt', { politietaak: true }, 'geweigerd'],
  ])('a circumstance that one sender must meet: %s', (_, sender, circumstances, outcome) => {
    expect(decide(oneRule, ask(sender, circumstances)).outcome).toBe(outcome)
  })

  test.each([
    ['that sender, for whom only the circumstance is missing', ask('kmar', {}), ['when politietaak']],
    ['another party, for whom no answer changes anything', ask('meldpunt', {}), []],
    ['that sender with another recipient, two steps away', ask('kmar', {}, 'meldpunt'), []],
  ])('a circumstance that one sender must meet is in the nearest misses of %s', (_, question, misses) => {
    expect(missesOf(question)).toEqual(misses)
  })

  test('a circumstance that one sender must meet decides exactly what two rules for the two senders decide', () => {
    expect(diffPolicySets(twins, oneRule)).toEqual([])
  })

  test('a circumstance that one sender must meet makes no finding of the analysis twice', () => {
    const findings = analysePolicySet(oneRule, '2024-06-01').findings.map(({ kind, rule }) => [kind, rule])
    expect(new Set(findings.map((finding) => finding.join(' '))).size).toBe(findings.length)
  })

  test('a circumstance that one sender must meet is on the page of the rule, with the name of the sender', () => {
    const page = formatDocs(oneRule).get('nl/wet-a.html')
    expect(page).toContain('<dt>Van KMar ook als dit vaststaat</dt><dd><ul><li>Uit de politietaak</li></ul></dd>')
  })
})
