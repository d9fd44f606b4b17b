import { describe, expect, test } from 'vitest'
import type { Question } from '../../src/model/decision.ts'
import { analysePolicySet } from '../../src/policy/analysis/analyse.ts'
import { decide } from '../../src/policy/decide.ts'
import { explainDecision } from '../../src/policy/explain.ts'
import type { PolicyText } from '../../src/policy/files/load.ts'
import { advise } from '../../src/policy/questions/advise.ts'
import { CASES, faultsOf, loadSmall, ruleFile, SENTENCE, words } from './small-set.ts'

const permit = (conditions: string) =>
  ruleFile('grondslag', 'wet-a', `  - {id: een, ${conditions}gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`)
const prohibition = (conditions: string, rest = '') =>
  ruleFile(
    'verbod',
    'verbod-a',
    `  - {id: een, ${conditions}, verbiedt: [land], uitkomst: weigeren, uitleg: ${SENTENCE}${rest}}\n`,
  )
const safeguard = (conditions: string) =>
  ruleFile('waarborg', 'waarborg-a', `  - {id: een, ${conditions}, weglaten: [land], uitleg: ${SENTENCE}}\n`)
const ask = (circumstances: Question['dataSubjects'][0]['circumstances']): Question => ({
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00Z',
  dataSubjects: [{ role: 'slachtoffer', circumstances, assessments: [], fields: ['land'] }],
})

const stated = loadSmall(permit(''), prohibition('als_gezegd: [minderjarig]'))
const guarded = loadSmall(permit(''), safeguard('als_gezegd: [minderjarig]'))
const undenied = loadSmall(permit('als_niet_ontkend: [politietaak], '))

describe('an answer that counts only if it was stated', () => {
  test.each([
    ['a prohibition waits for a yes', stated, { minderjarig: true }, 'verbod'],
    ['a prohibition stays away at a no', stated, { minderjarig: false }, undefined],
    ['a prohibition stays away while nobody says anything', stated, {}, undefined],
    ['a safeguard waits for a yes', guarded, { minderjarig: true }, 'verbod'],
    ['a safeguard stays away while nobody says anything', guarded, {}, undefined],
    ['a permit fires at a yes', undenied, { politietaak: true }, undefined],
    ['a permit does not fire at a no, and that is no prohibition', undenied, { politietaak: false }, 'geen-grondslag'],
    ['a permit fires while nobody says anything', undenied, {}, undefined],
  ])('an answer counts only if it was stated: %s', (_, set, circumstances, reason) => {
    const { outcome, reason: found } = decide(set, ask(circumstances as Record<string, boolean>))
    expect([outcome, found]).toEqual([reason === undefined ? 'verstrekt' : 'geweigerd', reason])
  })

  test('the same word still protects in another rule', () => {
    const set = loadSmall(permit('als_niet: [minderjarig], '), prohibition('als_gezegd: [minderjarig]'))
    expect(decide(set, ask({})).reason).toBe('geen-grondslag')
  })

  test.each([
    [stated, 'minderjarig', false, 'verbod-a', 'het telt hier daarom als nee (Wet verbod-a)'],
    [guarded, 'minderjarig', false, 'waarborg-a', 'het telt hier daarom als nee (Wet waarborg-a)'],
    [undenied, 'politietaak', true, 'wet-a', 'het telt hier daarom als ja (Wet wet-a)'],
  ])('the decision and its explanation say what was presumed (%#)', (set, circumstance, isTrue, file, told) => {
    const decision = decide(set, ask({}))
    expect(decision.dataSubjects[0]!.presumed).toMatchObject([
      { circumstance, isTrue, rule: { file, rule: 'een' }, citation: `Wet ${file}` },
    ])
    expect(explainDecision(set, ask({}), decision, 'nl').join('\n')).toContain(told)
  })

  test.each([
    ['the answer is stated', stated, { minderjarig: false }],
    ['nothing passes', undenied, { politietaak: false }],
    [
      'something else lifts the prohibition',
      loadSmall(permit(''), prohibition('als: [toestemming], als_gezegd: [minderjarig]')),
      { toestemming: false },
    ],
  ])('nothing was presumed where %s', (_, set, circumstances) => {
    const [subject] = decide(set, ask(circumstances as Record<string, boolean>)).dataSubjects
    expect(subject).not.toHaveProperty('presumed')
  })

  test('nobody is asked about a word only because it is presumed', () => {
    const set = loadSmall(permit('als: [toestemming], '), prohibition('als_gezegd: [minderjarig]'))
    expect(advise(set, ask({})).openQuestions.map(({ word }) => word)).toEqual(['toestemming'])
  })

  test('a word that is presumed is asked where its yes opens something, and the answer says what else it closes', () => {
    const set = loadSmall(
      ruleFile(
        'grondslag',
        'wet-a',
        `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}
  - {id: twee, als: [minderjarig], gegevens: {verstrekken: [vorm]}, uitleg: ${SENTENCE}}
`,
      ),
      ruleFile(
        'verbod',
        'verbod-a',
        `  - {id: een, als_gezegd: [minderjarig], verbiedt: [land], uitkomst: weglaten, tenzij: [{als: [toestemming]}], uitleg: ${SENTENCE}}\n`,
      ),
    )
    const question = { ...ask({}), dataSubjects: [{ ...ask({}).dataSubjects[0]!, fields: ['land', 'vorm'] }] }
    const { openQuestions, plans } = advise(set, question)
    expect(openQuestions.map(({ word }) => word)).toEqual(['minderjarig'])
    const { yes } = openQuestions[0]!
    expect(yes.changes.map(({ field, release }) => [field, release])).toEqual([
      ['land', 'weglaten'],
      ['vorm', 'verstrekken'],
    ])
    expect(yes.reachable.map(({ field, release }) => [field, release])).toEqual([['land', 'verstrekken']])
    // Only with consent beside it does all of it pass.
    expect(plans.map(({ statements }) => statements.map(({ word }) => word).sort())).toEqual([
      ['minderjarig', 'toestemming'],
    ])
  })
})

describe('a presumption in a rule file', () => {
  test.each([
    ['a word that is no circumstance', prohibition('als_gezegd: [noodzaak]'), /omstandigheid `noodzaak` bestaat niet/],
    ['a word under `als` as well', prohibition('als: [minderjarig], als_gezegd: [minderjarig]'), /staat ook onder/],
    [
      'a word under `als_niet` as well',
      permit('als_niet: [politietaak], als_niet_ontkend: [politietaak], '),
      /staat ook onder/,
    ],
    ['`als_gezegd` in a legal basis', permit('als_gezegd: [minderjarig], '), /`als_gezegd`/],
    ['`als_niet_ontkend` in a prohibition', prohibition('als_niet_ontkend: [minderjarig]'), /`als_niet_ontkend`/],
    ['a presumption in an exception', prohibition('tenzij: [{als_gezegd: [minderjarig]}]'), /`als_gezegd`/],
  ])('%s is a fault', (_, file, fault) => {
    const faults = faultsOf([...words, file])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
  })

  test('the analysis lists each file that presumes, with its rules and words, until the file explains it', () => {
    const found = (...files: readonly PolicyText[]) =>
      analysePolicySet(loadSmall(...files), '2024-06-01').findings.filter(({ kind }) => kind === 'veronderstelling')
    const file = prohibition('als_gezegd: [minderjarig]')
    expect(found(permit(''), file)).toMatchObject([
      {
        file: 'verbod-a',
        others: [{ file: 'verbod-a', rule: 'een' }],
        message: { nl: expect.stringContaining('`minderjarig`') },
      },
    ])
    const explained = 'verantwoord:\n  - {bevinding: veronderstelling, waarom: Zo zegt de wet het.}\n'
    expect(found(permit(''), { ...file, text: file.text.replace(CASES, explained + CASES) })).toMatchObject([
      { why: 'Zo zegt de wet het.' },
    ])
  })

  test('a presumption is part of what the hash of a set identifies', () => {
    const hashes = ['als: [minderjarig]', 'als_gezegd: [minderjarig]', 'als_gezegd: [politietaak]'].map(
      (conditions) => loadSmall(permit(''), prohibition(conditions)).policyHash,
    )
    expect(new Set(hashes).size).toBe(3)
  })
})
