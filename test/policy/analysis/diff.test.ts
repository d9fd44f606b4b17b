import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Question, SubjectQuestion } from '../../../src/model/decision.ts'
import type { BasisRule, Duty, Exception, Prohibition, Safeguard } from '../../../src/model/rule.ts'
import type { Vocabulary } from '../../../src/model/vocabulary.ts'
import { type DecisionChange, diffPolicySets } from '../../../src/policy/analysis/diff.ts'
import { decide } from '../../../src/policy/decide.ts'
import { assemblePolicySet, type PolicySet } from '../../../src/policy/policy-set.ts'
import { askMoreOfFirstSender } from '../situations.ts'
import { loadSmall, ruleFile, SENTENCE } from '../small-set.ts'

// A vocabulary so small that every question that can be asked is asked.
const small = loadSmall()
const keep = <Value>(map: ReadonlyMap<string, Value>, words: readonly string[]) =>
  new Map([...map].filter(([word]) => words.includes(word)))
const vocabulary: Vocabulary = {
  ...small.vocabulary,
  purposes: keep(small.vocabulary.purposes, ['opvang']),
  roles: keep(small.vocabulary.roles, ['slachtoffer']),
  circumstances: keep(small.vocabulary.circumstances, ['toestemming', 'minderjarig']),
  fields: keep(small.vocabulary.fields, ['land', 'geboren']),
}
const parties = keep(small.parties, ['politie', 'opvanghuis'])
const FILES = ['wet-a', 'wet-b']
const DAYS = ['2024-06-01T12:00:00Z', '2025-06-01T12:00:00Z']

const pick = (words: readonly string[], maxLength = 1): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(fc.constantFrom(...words), { maxLength })
const scope = fc
  .record({ senders: fc.constantFrom(undefined, ['politie']), recipients: fc.constantFrom(undefined, ['opvanghuis']) })
  .map(({ senders, recipients }) => ({ ...(senders && { senders }), ...(recipients && { recipients }) }))
const conditions = {
  when: pick([...vocabulary.circumstances.keys()]),
  whenNot: pick([...vocabulary.circumstances.keys()]),
  assessments: pick(['noodzaak', 'belang']),
}
const duty = fc.constantFrom<Duty>(
  { kind: 'vier-ogen', for: 'sluis', people: 2 },
  { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 30 },
  { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 90 },
)
const common = {
  id: fc.constant(''),
  citation: fc.constant('Wet'),
  validity: fc.constantFrom(
    { from: '2020-01-01' },
    { from: '2025-01-01' },
    { from: '2020-01-01', until: '2025-01-01' },
  ),
  scope,
  explanation: fc.constant({ nl: 'Omdat.', en: 'Because.' }),
}
const born = fc.constantFrom<ReadonlyMap<string, string>>(
  new Map(),
  new Map([['geboren', 'maand']]),
  new Map([['geboren', 'geboortejaar']]),
)
const permits: fc.Arbitrary<BasisRule> = fc
  .record({
    ...common,
    ...conditions,
    file: fc.constantFrom(...FILES),
    anyOf: fc.constantFrom<readonly string[]>([], [], ['toestemming', 'minderjarig']),
    release: pick(['land', 'geboren'], 2),
    generalise: born,
    link: pick(['geboren']),
    duties: fc.array(duty, { maxLength: 1 }),
    extra: fc.constantFrom<readonly string[]>([], [], ['toestemming'], ['minderjarig']),
    presumed: fc.constantFrom<readonly string[]>([], [], ['toestemming'], ['minderjarig']),
  })
  .map(({ extra, presumed, ...rule }) => ({
    ...askMoreOfFirstSender(rule, extra),
    ...(presumed.length > 0 && { unlessDenied: presumed }),
  }))
const exceptions: fc.Arbitrary<Exception> = fc
  .tuple(fc.record(conditions), scope)
  .map(([asked, where]) => ({ ...asked, ...where }))
const narrowing = {
  ...common,
  when: conditions.when,
  whenNot: conditions.whenNot,
  unless: fc.array(exceptions, { maxLength: 1 }),
}
const orPresuming = <Rule extends Prohibition | Safeguard>(rules: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
  fc
    .tuple(rules, fc.constantFrom<readonly string[]>([], [], ['toestemming'], ['minderjarig']))
    .map(([rule, whenStated]) => (whenStated.length === 0 ? rule : { ...rule, whenStated }))
const prohibitions: fc.Arbitrary<Prohibition> = orPresuming(
  fc.record({
    ...narrowing,
    file: fc.constant('verbod-z'),
    fields: pick(['land', 'geboren'], 2),
    outcome: fc.constantFrom('alleen-koppelen', 'weglaten', 'weigeren'),
    levels: fc.constant(new Map()),
  }),
)
const safeguards: fc.Arbitrary<Safeguard> = orPresuming(
  fc.record({
    ...narrowing,
    file: fc.constant('waarborg-w'),
    withhold: pick(['land']),
    linkOnly: fc.constant([]),
    generalise: born,
    duties: fc.array(duty, { maxLength: 1 }),
  }),
)

const build = (
  rules: readonly BasisRule[],
  banned: readonly Prohibition[],
  careful: readonly Safeguard[],
): PolicySet => {
  const named = <Rule>(list: readonly Rule[]) => list.map((rule, index) => ({ ...rule, id: `r${index}` }))
  return assemblePolicySet({
    vocabulary,
    parties,
    rules: named(rules),
    prohibitions: named(banned),
    safeguards: named(careful),
    files: [],
    texts: [],
  })
}

/** Two sets that share most of their rules. */
const pairs = fc
  .tuple(
    fc.array(permits, { maxLength: 3 }),
    fc.array(prohibitions, { maxLength: 2 }),
    fc.array(safeguards, { maxLength: 1 }),
    fc.array(permits, { maxLength: 2 }),
    fc.array(prohibitions, { maxLength: 1 }),
    fc.array(safeguards, { maxLength: 1 }),
    fc.nat(2),
  )
  .map(([rules, banned, careful, moreRules, moreBanned, moreCareful, dropped]) => ({
    old: build(rules, banned, careful),
    next: build([...rules.slice(dropped), ...moreRules], [...banned, ...moreBanned].slice(0, 2), [
      ...careful,
      ...moreCareful,
    ]),
  }))

const states: readonly SubjectQuestion[] = [undefined, true, false].flatMap((consent) =>
  [undefined, true, false].flatMap((minor) =>
    [[], ['noodzaak'], ['belang'], ['noodzaak', 'belang']].map((assessments) => ({
      role: 'slachtoffer',
      circumstances: {
        ...(consent !== undefined && { toestemming: consent }),
        ...(minor !== undefined && { minderjarig: minor }),
      },
      assessments,
      fields: [],
    })),
  ),
)

const places: readonly Omit<Question, 'dataSubjects'>[] = [...parties.keys()].flatMap((sender) =>
  [...parties.keys()].flatMap((recipient) =>
    [undefined, ...FILES].flatMap((legalBasis) =>
      DAYS.map((at) => ({ sender, recipient, purpose: 'opvang', at, ...(legalBasis !== undefined && { legalBasis }) })),
    ),
  ),
)

const behaviour = (set: PolicySet, question: Question) => {
  const { dataSubjects, reason, duties } = decide(set, question)
  const { release, level, link } = dataSubjects[0]!.fields[0]!
  return JSON.stringify([release, level, link, reason, duties.map(({ citation: _, ...rest }) => rest)])
}

/** Duties that come along with another field do not show in a question about one. */
const told = ({ release, level, link, reason, duties }: DecisionChange['before']) =>
  JSON.stringify([release, level, link, reason, reason === undefined ? duties : []])

function isCoveredBy(change: DecisionChange, question: Question): boolean {
  const [subject] = question.dataSubjects
  const day = question.at.slice(0, 10)
  const among = (words: readonly string[] | undefined, word: string) => words === undefined || words.includes(word)
  const isBasis = question.legalBasis === undefined || among(change.legalBases, question.legalBasis)
  return (
    isBasis &&
    among(change.senders, question.sender) &&
    among(change.recipients, question.recipient) &&
    change.periods.some(({ from, until }) => from <= day && (until === undefined || day < until)) &&
    change.fields.includes(subject!.fields[0]!) &&
    change.known.some(
      ({ yes, no, declared }) =>
        yes.every((word) => subject!.circumstances[word] === true) &&
        no.every((word) => subject!.circumstances[word] === false) &&
        declared.every((word) => subject!.assessments.includes(word)),
    )
  )
}

describe('the difference between two sets', () => {
  test('a diff contains every decision that changes, and nothing else', () => {
    fc.assert(
      fc.property(pairs, ({ old, next }) => {
        const changes = diffPolicySets(old, next)
        let changing = 0
        for (const place of places) {
          for (const subject of states) {
            for (const field of vocabulary.fields.keys()) {
              const question = { ...place, dataSubjects: [{ ...subject, fields: [field] }] }
              if (behaviour(old, question) === behaviour(next, question)) continue
              changing += 1
              expect(changes.some((change) => isCoveredBy(change, question))).toBe(true)
            }
          }
        }
        expect(changes.some(({ before, after }) => told(before) !== told(after))).toBe(changing > 0)
      }),
      { numRuns: 60 },
    )
  })

  test('a diff states the old and the new treatment of each change', () => {
    fc.assert(
      fc.property(pairs, ({ old, next }) => {
        for (const change of diffPolicySets(old, next)) {
          for (const { yes, no, declared } of change.known) {
            const at = `${change.periods[0]!.from}T12:00:00Z`
            const question: Question = {
              sender: change.senders?.[0] ?? 'politie',
              recipient: change.recipients?.[0] ?? 'opvanghuis',
              purpose: 'opvang',
              at,
              ...(change.legalBases !== undefined &&
                change.legalBases.length > 0 && { legalBasis: change.legalBases[0]! }),
              dataSubjects: [
                {
                  role: 'slachtoffer',
                  circumstances: Object.fromEntries([
                    ...yes.map((word) => [word, true] as const),
                    ...no.map((word) => [word, false] as const),
                  ]),
                  assessments: declared,
                  fields: [change.fields[0]!],
                },
              ],
            }
            expect(behaviour(old, question)).toBe(told(change.before))
            expect(behaviour(next, question)).toBe(told(change.after))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  const land = (members = '') => `  - {id: een${members}, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`
  const basis = (rules: string) => loadSmall(ruleFile('grondslag', 'wet-a', rules))

  test('a set does not differ from itself with other sentences and ids', () => {
    expect(diffPolicySets(basis(land()), basis(land()))).toEqual([])
    expect(diffPolicySets(basis(land()), basis(land().replace('Omdat', 'Daarom').replace('een', 'eerste')))).toEqual([])
  })

  test('an added condition is one change', () => {
    expect(diffPolicySets(basis(land()), basis(land(', als: [toestemming]')))).toMatchObject([
      {
        periods: [{ from: '2020-01-01' }],
        fields: ['land'],
        known: [{ yes: [], no: [], declared: [] }],
        before: { release: 'verstrekken' },
        after: { release: 'weglaten', reason: 'geen-grondslag' },
        rules: [{ file: 'wet-a', rule: 'een' }],
      },
    ])
  })

  test('a condition for which another rule compensates is not a change', () => {
    const other = `  - {id: twee, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`
    expect(diffPolicySets(basis(land() + other), basis(land(', als: [toestemming]') + other))).toEqual([])
  })

  test('changes over many parties and fields are joined', () => {
    const both = land().replace('[land]', '[land, vorm]')
    expect(diffPolicySets(basis(both), basis(both.replace('id: een', 'id: een, van: [politie]')))).toMatchObject([
      { senders: ['kmar', 'opvanghuis', 'meldpunt'], fields: ['land', 'vorm'] },
    ])
  })
})
