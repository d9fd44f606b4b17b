import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BasisRule } from '../../../src/model/rule.ts'
import { analysePolicySet } from '../../../src/policy/analysis/analyse.ts'
import { diffPolicySets } from '../../../src/policy/analysis/diff.ts'
import type { PolicyFile, PolicyText } from '../../../src/policy/files/load.ts'
import { assemblePolicySet } from '../../../src/policy/policy-set.ts'
import { smallSituations } from '../situations.ts'
import { CASES, faultsOf, head, loadSmall, loadSmallWith, PARTIES, ruleFile, SENTENCE, words } from '../small-set.ts'

const emptyFile: PolicyFile = {
  id: '',
  kind: 'grondslag',
  path: '',
  title: '',
  citation: '',
  sources: [],
  validity: { from: '2020-01-01' },
  explanation: '',
  questions: [],
  cases: [],
  text: '',
}
const TODAY = '2026-11-22'
const analyse = (...files: readonly PolicyText[]) => analysePolicySet(loadSmall(...files), TODAY)
const kinds = (...files: readonly PolicyText[]) =>
  analyse(...files).findings.map(({ kind, file, rule }) => `${kind} ${file}${rule === undefined ? '' : `/${rule}`}`)
const rule = (id: string, members: string) => `  - {id: ${id}, ${members}, uitleg: ${SENTENCE}}\n`
const land = 'gegevens: {verstrekken: [land]}'

/** Rules of one legal basis, and what is found in them. */
const bases: readonly (readonly [name: string, rules: string, found: readonly string[]])[] = [
  ['one plain rule is fine', rule('een', land), []],
  [
    'a rule that asks one of words it refuses is dead',
    rule('een', `als_niet: [toestemming], ten_minste_een_van: [toestemming], ${land}`),
    ['dood wet-a/een'],
  ],
  [
    'a rule that asks one of two words and refuses one of them lives',
    rule('een', `als_niet: [toestemming], ten_minste_een_van: [toestemming, politietaak], ${land}`),
    [],
  ],
  [
    'a rule with more conditions for the same data is shadowed',
    rule('een', land) + rule('twee', `als: [toestemming], ${land}`),
    ['overschaduwd wet-a/twee'],
  ],
  [
    'the later of two equal rules is shadowed, and not both',
    rule('een', land) + rule('twee', land),
    ['overschaduwd wet-a/twee', 'geldigheid-overlap wet-a/twee'],
  ],
  [
    'a rule with more conditions for more data is not shadowed',
    rule('een', land) + rule('twee', 'als: [toestemming], gegevens: {verstrekken: [land, vorm]}'),
    [],
  ],
  [
    'a rule with a coarser level is shadowed',
    rule('een', 'gegevens: {generaliseren: {geboren: maand}}') +
      rule('twee', 'gegevens: {generaliseren: {geboren: geboortejaar}}'),
    ['overschaduwd wet-a/twee'],
  ],
  [
    'a rule with a finer level is not shadowed, and its link counts',
    rule('een', 'gegevens: {generaliseren: {geboren: geboortejaar}}') +
      rule('twee', 'gegevens: {generaliseren: {geboren: geboortejaar}, koppelen: [geboren]}'),
    ['overschaduwd wet-a/een'],
  ],
  [
    'a rule for others is not shadowed',
    rule('een', `van: [politie], ${land}`) + rule('twee', `van: [kmar], ${land}`),
    [],
  ],
  [
    'two rules together shadow a third that spans them',
    rule('een', `over: [slachtoffer], ${land}`) + rule('twee', `over: [verdachte], ${land}`) + rule('z', land),
    ['overschaduwd wet-a/z'],
  ],
  [
    'a rule that adds a duty is not shadowed',
    rule('een', land) + rule('twee', `als: [toestemming], ${land}, plichten: [{soort: bewaartermijn, dagen: 30}]`),
    [],
  ],
  [
    'a hole between two versions of a rule is found',
    rule('een', `geldig: {vanaf: 2020-01-01, tot: 2021-01-01}, ${land}`) +
      rule('twee', `geldig: {vanaf: 2021-02-01}, ${land}`),
    ['geldigheid-gat wet-a', 'geldigheid-gat wet-a'],
  ],
  [
    'versions that follow on from each other are fine',
    rule('een', `geldig: {vanaf: 2020-01-01, tot: 2021-01-01}, ${land}`) +
      rule('twee', `geldig: {vanaf: 2021-01-01}, ${land}`),
    [],
  ],
  [
    'a file that is valid before its first rule has a hole',
    rule('een', `geldig: {vanaf: 2021-01-01}, ${land}`),
    ['geldigheid-gat wet-a'],
  ],
  [
    'versions that overlap are found',
    rule('een', `geldig: {vanaf: 2020-01-01, tot: 2022-01-01}, ${land}`) +
      rule('twee', `geldig: {vanaf: 2021-01-01}, ${land}`),
    ['geldigheid-overlap wet-a/twee'],
  ],
  [
    'a duty twice with another number contradicts itself',
    rule('een', `${land}, plichten: [{soort: bewaartermijn, dagen: 30}, {soort: bewaartermijn, dagen: 60}]`),
    ['plichten-tegenstrijdig wet-a/een'],
  ],
]

describe('the analysis of a legal basis', () => {
  test.each(bases)('the analysis of a legal basis: %s', (_, rules, found) => {
    expect(kinds(ruleFile('grondslag', 'wet-a', rules))).toEqual(found)
  })

  /** Approvers at the police, and what its system and its people may send. */
  const withPeople = (system: string, people: readonly string[]) =>
    PARTIES.replace(
      /politie: .*/,
      `politie: {nl: Politie, en: Police, groepen: [opsporing], toegang: [${system}], medewerkers: {${people.map((scopes, index) => `m${index}: {nl: Mens, en: Person, toegang: [${scopes}]}`).join(', ')}}}`,
    )
  const SUBMIT = '"exchange:submit"'
  const APPROVE = '"exchange:approve"'
  test.each<[string, number, string, readonly string[], boolean]>([
    ['a system and nobody else', 2, SUBMIT, [], false],
    ['a system and one person', 2, SUBMIT, [APPROVE], false],
    ['a system and two people', 2, SUBMIT, [APPROVE, APPROVE], true],
    ['a system and two people, where three are needed', 3, SUBMIT, [APPROVE, APPROVE], false],
    ['one person who submits and approves', 2, '', [`${SUBMIT}, ${APPROVE}`], false],
    ['a person who submits and one who approves', 2, '', [SUBMIT, APPROVE], true],
    ['a system, and a person who submits beside one who approves', 2, SUBMIT, [SUBMIT, APPROVE], true],
    ['nobody who sends', 2, '"inbox:read"', [], true],
  ])(
    'a rule with four eyes and a sender with %s is found exactly when it can never be completed',
    (_, number, system, people, isPossible) => {
      const texts = (rules: string, kind: 'grondslag' | 'waarborg' = 'grondslag') =>
        ruleFile(kind, kind === 'grondslag' ? 'wet-a' : 'waarborg-a', rules)
      const find = (...files: readonly PolicyText[]) => {
        const set = loadSmallWith(withPeople(system, people), ...files)
        return analysePolicySet(set, TODAY).findings.map(({ kind, file, rule }) => `${kind} ${file}/${rule}`)
      }
      const duty = `plichten: [{soort: vier-ogen, aantal: ${number}}]`
      const own = find(texts(rule('een', `van: [politie], ${land}, ${duty}`)))
      expect(own).toEqual(isPossible ? [] : ['vier-ogen-onhaalbaar wet-a/een'])
      const safeguard = texts(rule('twee', duty), 'waarborg')
      const guarded = find(texts(rule('een', `van: [politie], ${land}`)), safeguard)
      expect(guarded).toEqual(isPossible ? [] : ['vier-ogen-onhaalbaar waarborg-a/twee'])
      // Whoever no legal basis lets send is not meant by the safeguard.
      expect(find(texts(rule('een', `van: [meldpunt], ${land}`)), safeguard)).toEqual([])
    },
  )

  test('a rule of one basis does not shadow that of another', () => {
    expect(
      kinds(ruleFile('grondslag', 'wet-a', rule('een', land)), ruleFile('grondslag', 'wet-b', rule('een', land))),
    ).toEqual([])
  })
})

/** Prohibitions beside one basis that releases `land` and links `naam`, and what is found. */
const prohibitions: readonly (readonly [name: string, rules: string, found: readonly string[]])[] = [
  [
    'a rule whose data are all forbidden is wholly under it',
    rule('p', 'verbiedt: ["klasse:*"], uitkomst: weigeren'),
    ['onder-verbod wet-a/een'],
  ],
  [
    'a field that is always forbidden is named',
    rule('p', 'verbiedt: [land], uitkomst: weglaten'),
    ['onder-verbod wet-a/een'],
  ],
  [
    'a prohibition that a fact lifts leaves the rule alive',
    rule('p', 'als: [minderjarig], verbiedt: ["klasse:*"], uitkomst: weigeren'),
    [],
  ],
  [
    'a prohibition that only the opposite of what the rule asks lifts, kills it',
    rule(
      'p',
      'als_niet: [politietaak], verbiedt: ["klasse:*"], uitkomst: weigeren, tenzij: [{als_niet: [toestemming]}]',
    ),
    ['onder-verbod wet-a/een'],
  ],
  [
    'two prohibitions that cannot both be lifted kill together',
    rule('p', 'als: [minderjarig], verbiedt: ["klasse:*"], uitkomst: weigeren') +
      rule('q', 'als_niet: [minderjarig], verbiedt: ["klasse:*"], uitkomst: weigeren'),
    ['onder-verbod wet-a/een'],
  ],
  ['a link that is left keeps the rule alive', rule('p', 'verbiedt: [naam], uitkomst: alleen-koppelen'), []],
  [
    'an exception without condition for everybody it is about kills the prohibition',
    rule('p', 'van: [politie], verbiedt: ["klasse:*"], uitkomst: weigeren, tenzij: [{van: [politie, kmar]}]'),
    ['dood verbod-z/p'],
  ],
  [
    'an exception for others than it is about never counts',
    rule('p', 'van: [politie], als: [minderjarig], verbiedt: [land], uitkomst: weglaten, tenzij: [{van: [kmar]}]'),
    ['dood verbod-z/p'],
  ],
]

describe('the analysis of prohibitions', () => {
  const basis = ruleFile(
    'grondslag',
    'wet-a',
    rule('een', 'als: [toestemming], als_niet: [politietaak], gegevens: {verstrekken: [land], koppelen: [naam]}'),
  )

  test.each(prohibitions)('the analysis of prohibitions: %s', (_, rules, found) => {
    expect(kinds(basis, ruleFile('verbod', 'verbod-z', rules))).toEqual(found)
  })

  test('a finding names the field and the prohibition', () => {
    const [finding] = analyse(
      basis,
      ruleFile('verbod', 'verbod-z', rule('p', 'verbiedt: [land], uitkomst: weglaten')),
    ).findings
    expect(finding).toMatchObject({
      fields: ['land'],
      others: [{ file: 'verbod-z', rule: 'p' }],
      path: 'policies/wet-a.yaml',
    })
    expect(finding?.message.nl).toBe('`land` wordt altijd tegengehouden door `verbod-z/p`')
  })

  test('the analysis lists every rule and prohibition that can both be in play with nothing unknown', () => {
    const rules =
      rule('p', 'als: [minderjarig], verbiedt: [land], uitkomst: weglaten') +
      rule('q', 'als: [politietaak], verbiedt: [land], uitkomst: weglaten') +
      rule('r', 'verbiedt: [land], uitkomst: weglaten, tenzij: [{als: [toestemming]}]')
    expect(analyse(basis, ruleFile('verbod', 'verbod-z', rules)).conflicts).toEqual([
      { rule: { file: 'wet-a', rule: 'een' }, prohibition: { file: 'verbod-z', rule: 'p' }, fields: ['land'] },
    ])
  })
})

describe('an explained finding', () => {
  const shadowed = rule('een', land) + rule('twee', `als: [toestemming], ${land}`)
  const file = (explanation: string): PolicyText => ({
    path: 'policies/wet-a.yaml',
    text: `${head('grondslag', 'wet-a')}${shadowed}${CASES}verantwoord:\n  - ${explanation}\n`,
  })

  test('an explained finding is listed with its explanation and does not count', () => {
    const analysis = analyse(file('{bevinding: overschaduwd, regel: twee, waarom: De wet noemt beide.}'))
    expect(analysis.ok).toBe(true)
    expect(analysis.findings).toMatchObject([{ kind: 'overschaduwd', why: 'De wet noemt beide.' }])
  })

  test('an explanation without a finding is a finding itself', () => {
    const analysis = analyse(file('{bevinding: dood, regel: twee, waarom: Zo was het.}'))
    expect(analysis.ok).toBe(false)
    expect(analysis.findings.map(({ kind }) => kind)).toEqual(['overschaduwd', 'verantwoording-overbodig'])
  })

  test.each([
    ['{bevinding: doood, regel: twee, waarom: x}', 'bedoelde u `dood`?'],
    ['{bevinding: dood, regel: twe, waarom: x}', 'bedoelde u `twee`?'],
    ['{bevinding: dood, regel: twee}', 'voeg `waarom:` toe'],
  ])('an explanation of a finding with %s is a fault', (explanation, mend) => {
    expect(faultsOf([...words, file(explanation)]).join()).toContain(mend)
  })
})

describe('sources', () => {
  const withSource = (id: string, url: string, version: string): PolicyText => {
    const { path, text } = ruleFile('grondslag', id, rule('een', land))
    return { path, text: text.replace(/url: "[^"]*", geldend: [\d-]*/, `url: "${url}", geldend: ${version}`) }
  }
  const wet = (version: string) => `https://wetten.overheid.nl/BWBR0022463/${version}#Artikel5`

  test('a source is stale when another file uses a newer version of the same act', () => {
    const files = [
      withSource('wet-a', wet('2024-01-01'), '2024-01-01'),
      withSource('wet-b', wet('2025-07-01'), '2025-07-01'),
    ]
    expect(kinds(...files)).toEqual(['bron-verouderd wet-a'])
  })

  test.each([
    ['the newest of the same article is not stale', '2025-07-01', '#Artikel5', []],
    ['the newest of another article is stale', '2025-07-01', '#Artikel6', ['bron-verouderd wet-a']],
    [
      'a version between is stale, and so is that one',
      '2024-06-01',
      '#Artikel5',
      ['bron-verouderd wet-a', 'bron-verouderd wet-a'],
    ],
  ])('an older version in a file that also cites %s', (_, version, article, expected) => {
    const { path, text } = withSource('wet-a', wet('2024-01-01'), '2024-01-01')
    const source = /^.*url: .*$/m.exec(text)![0]
    const beside = source.replaceAll('2024-01-01', version).replace('#Artikel5', article)
    const both = { path, text: text.replace(source, `${source}\n${beside}`) }
    expect(kinds(both, withSource('wet-b', wet('2025-07-01'), '2025-07-01'))).toEqual(expected)
  })

  test('a source must link to the version that it states', () => {
    expect(kinds(withSource('wet-a', wet('2024-01-01'), '2025-07-01'))).toEqual(['bron-verouderd wet-a'])
    expect(kinds(withSource('wet-a', 'https://example.org/wet', '2025-07-01'))).toEqual([])
  })

  test.each([
    ['https://wetten.overheid.nl/BWBR0022463', ['bron-ongedateerd wet-a']],
    ['https://wetten.overheid.nl/BWBR0022463#Artikel5', ['bron-ongedateerd wet-a']],
    ['https://eur-lex.europa.eu/eli/reg/2016/679', ['bron-ongedateerd wet-a']],
    ['https://eur-lex.europa.eu/eli/reg/2016/679/oj', []],
    ['https://wetten.overheid.nl/BWBR0022463/2025-07-01', []],
  ])('a link into a register of laws has a date: %s', (url, expected) => {
    expect(kinds(withSource('wet-a', url, '2025-07-01'))).toEqual(expected)
  })

  test.each([
    ['2019-12-31', ['bron-verouderd wet-a']],
    ['2020-01-01', []],
  ])('a file valid from 2020-01-01 has a source of that day or later: %s', (version, expected) => {
    expect(kinds(withSource('wet-a', wet(version), version))).toEqual(expected)
  })
})

describe('the map of legal bases', () => {
  test('the map of legal bases shows what is covered and what is not', () => {
    const rules = rule('een', `van: [politie], naar: [opvanghuis], doel: [opvang], over: [slachtoffer], ${land}`)
    const { covered, holes, pairs } = analyse(ruleFile('grondslag', 'wet-a', rules)).gapMap
    expect(pairs).toBe(4 * 3 * 2)
    expect(covered).toEqual([
      { sender: 'politie', recipient: 'opvanghuis', purpose: 'opvang', roles: ['slachtoffer'], legalBases: ['wet-a'] },
    ])
    const isHole = (sender: string, recipient: string, purpose: string) =>
      holes.some(
        (hole) =>
          hole.senders.includes(sender) && hole.recipients.includes(recipient) && hole.purposes.includes(purpose),
      )
    expect(isHole('politie', 'opvanghuis', 'registratie')).toBe(true)
    expect(isHole('kmar', 'opvanghuis', 'opvang')).toBe(true)
    expect(isHole('politie', 'opvanghuis', 'opvang')).toBe(false)
  })

  test('the map leaves out rules that are not in force or wholly under a prohibition', () => {
    const old = ruleFile('grondslag', 'wet-a', rule('een', land), { validity: '{vanaf: 2020-01-01, tot: 2021-01-01}' })
    const ban = ruleFile('verbod', 'verbod-z', rule('p', 'verbiedt: [land], uitkomst: weglaten'))
    expect(analyse(old).gapMap.covered).toEqual([])
    expect(analyse(ruleFile('grondslag', 'wet-b', rule('een', land)), ban).gapMap.covered).toEqual([])
  })
})

describe('rules that are found dead or shadowed', () => {
  test('dead and shadowed rules can all be removed together without changing any decision', () => {
    fc.assert(
      fc.property(smallSituations, ({ set }) => {
        const files = [...set.rulesByFile.keys()].map((id) => ({ ...emptyFile, id }))
        const { findings } = analysePolicySet({ ...set, files }, TODAY)
        const idle = new Set(
          findings.flatMap(({ kind, file, rule: id }) =>
            kind === 'dood' || kind === 'overschaduwd' ? `${file}/${id}` : [],
          ),
        )
        const without = (isGone: (name: string) => boolean) =>
          assemblePolicySet({ ...set, rules: set.rules.filter(({ file, id }) => !isGone(`${file}/${id}`)) })
        const rest = without((name) => idle.has(name))
        expect(diffPolicySets(set, rest)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('a thousand rules', () => {
  const { vocabulary, parties } = loadSmall()
  const circumstances = [...vocabulary.circumstances.keys()]
  const thousand = Array.from({ length: 1000 }, (_, index): BasisRule => {
    const pick = <Word>(words: readonly Word[], step: number) => words[Math.floor(index / step) % words.length]!
    return {
      file: `wet-${index % 7}`,
      id: `r${index}`,
      citation: 'Wet',
      validity: { from: '2020-01-01' },
      scope: {
        senders: [pick([...parties.keys()], 1)],
        recipients: [pick([...parties.keys()], 4)],
        purposes: [pick([...vocabulary.purposes.keys()], 16)],
      },
      when: [pick(circumstances, 3)],
      whenNot: [],
      anyOf: [],
      assessments: [],
      release: [pick(['land', 'vorm', 'plaats'], 5)],
      generalise: new Map(),
      link: [],
      duties: [],
      explanation: { nl: 'Omdat.', en: 'Because.' },
    }
  })

  test('a thousand rules are analysed whole, with progress reported', () => {
    const set = assemblePolicySet({ vocabulary, parties, rules: thousand, prohibitions: [], files: [], texts: [] })
    const told: number[] = []
    const analysis = analysePolicySet(set, TODAY, (done, total) => told.push(done / total))
    expect(analysis.gapMap.covered.length).toBeGreaterThan(0)
    expect(told.at(-1)).toBe(1)
  })
})
