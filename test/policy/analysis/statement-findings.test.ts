import { describe, expect, test } from 'vitest'
import { analysePolicySet } from '../../../src/policy/analysis/analyse.ts'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { loadTexts, PARTIES, ruleFile, SENTENCE, VOCABULARY } from '../small-set.ts'

/** The small vocabulary in which minors exclude consent. */
const words = [
  {
    path: 'policies/woordenlijst.yaml',
    text: VOCABULARY.replace('The person is a minor.,', 'The person is a minor., sluit-uit: [toestemming],'),
  },
  { path: 'policies/partijen.yaml', text: PARTIES },
]
const rule = (id: string, members: string) => `  - {id: ${id}, ${members}, uitleg: ${SENTENCE}}\n`
const land = 'gegevens: {verstrekken: [land]}'
const basis = (...rules: readonly string[]) => ruleFile('grondslag', 'wet-a', rules.join(''))
const prohibition = (members: string) =>
  ruleFile('verbod', 'verbod-a', rule('een', `${members}, verbiedt: [land], uitkomst: weglaten`))
const find = (...files: readonly PolicyText[]) =>
  analysePolicySet(loadTexts(...words, ...files), '2026-11-22').findings.filter(
    ({ kind }) => kind === 'onbekend-open' || kind === 'alleen-bij-tegenspraak',
  )
const kinds = (...files: readonly PolicyText[]) =>
  find(...files).map(({ kind, file, rule: id }) => `${kind} ${file}/${id}`)

const yes = rule('ja', `als: [politietaak], ${land}`)
const no = (members = land) => rule('nee', `als_niet: [politietaak], ${members}`)

describe('a yes and a no that leave unknown open', () => {
  test.each<readonly [name: string, rules: readonly string[], found: readonly string[]]>([
    ['two rules for a yes and a no, and none without the question', [yes, no()], ['onbekend-open wet-a/nee']],
    ['a third rule that does not ask', [yes, no(), rule('zonder', land)], []],
    [
      'a third rule that does not ask, for one role only',
      [yes, no(), rule('zonder', `over: [verdachte], ${land}`)],
      ['onbekend-open wet-a/nee'],
    ],
    [
      'a third rule that asks something else',
      [yes, no(), rule('zonder', `als: [toestemming], ${land}`)],
      ['onbekend-open wet-a/nee'],
    ],
    ['the no gives other data', [yes, no('gegevens: {verstrekken: [vorm]}')], []],
    [
      'the no is for others',
      [rule('ja', `van: [politie], als: [politietaak], ${land}`), no(`van: [kmar], ${land}`)],
      [],
    ],
    [
      'the yes and the no need what excludes each other',
      [rule('ja', `als: [politietaak, toestemming], ${land}`), no(`als: [minderjarig], ${land}`)],
      [],
    ],
    [
      'the answer follows from what both need',
      [rule('ja', `als: [minderjarig], ${land}`), rule('nee', `als: [toestemming], als_niet: [minderjarig], ${land}`)],
      [],
    ],
  ])('the analysis of a yes and a no: %s', (_, rules, found) => {
    expect(kinds(basis(...rules))).toEqual(found)
  })

  test('the finding names the field, the question and the other rule', () => {
    const [finding] = find(basis(yes, no()))
    expect(finding).toMatchObject({
      path: 'policies/wet-a.yaml',
      fields: ['land'],
      others: [{ file: 'wet-a', rule: 'ja' }],
    })
    expect(finding?.message.en).toBe(
      '`ja` needs a yes to `politietaak` and this rule a no; when that is unknown, no rule gives `land`',
    )
  })
})

describe('a release that contradicts itself', () => {
  const consent = basis(rule('een', `als: [toestemming], ${land}`))
  test.each<readonly [name: string, prohibition: PolicyText, found: readonly string[]]>([
    [
      'only what excludes the ground lifts the prohibition',
      prohibition('tenzij: [{als: [minderjarig]}]'),
      ['alleen-bij-tegenspraak wet-a/een'],
    ],
    ['something else lifts it too', prohibition('tenzij: [{als: [minderjarig]}, {als: [politietaak]}]'), []],
    [
      'something else lifts it for one sender',
      prohibition('tenzij: [{als: [minderjarig]}, {van: [kmar], als: [politietaak]}]'),
      [],
    ],
    ['the prohibition falls with a no to what the ground excludes', prohibition('als: [minderjarig]'), []],
    ['the prohibition is never lifted, which is another finding', prohibition('over: [slachtoffer, verdachte]'), []],
  ])('the analysis of a release: %s', (_, file, found) => {
    expect(kinds(consent, file)).toEqual(found)
  })

  test('a rule whose own conditions contradict each other for its only sender is found, with both words', () => {
    const own = `van: [politie], als_van: {politie: [toestemming]}, ten_minste_een_van: [minderjarig], ${land}`
    const [finding] = find(basis(rule('een', own)))
    expect(finding).toMatchObject({ kind: 'alleen-bij-tegenspraak', rule: 'een', fields: ['land'], others: [] })
    expect(finding?.message.en).toMatch(/such as `toestemming` and `minderjarig`: the rule itself asks/)
  })

  test('the finding names the field, the prohibition and two words that contradict each other', () => {
    const [finding] = find(consent, prohibition('tenzij: [{als: [minderjarig]}]'))
    expect(finding).toMatchObject({ fields: ['land'], others: [{ file: 'verbod-a', rule: 'een' }] })
    expect(finding?.message.en).toContain('such as `toestemming` and `minderjarig`')
  })
})
