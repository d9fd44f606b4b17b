import { describe, expect, test } from 'vitest'
import { analysePolicySet } from '../../src/policy/analysis/analyse.ts'
import { runCases } from '../../src/policy/analysis/cases.ts'
import { measureCoverage } from '../../src/policy/analysis/coverage.ts'
import { diffPolicySets } from '../../src/policy/analysis/diff.ts'
import { formatDocs } from '../../src/policy/docs/pages.ts'
import type { PolicyText } from '../../src/policy/files/load.ts'
import { faultsOf, head, loadSmall, ruleFile, SENTENCE, words } from './small-set.ts'

const LOG = '{soort: loggen, ten_minste_bewaren: 30, grond: Wet 1}'
const permit = (id: string, duties = '') =>
  ruleFile('grondslag', id, `  - {id: een, gegevens: {verstrekken: [land]}, ${duties} uitleg: ${SENTENCE}}\n`, {
    cases: casesOf(id, 'verwacht: {besluit: verstrekt}'),
  })
const casesOf = (id: string, rest: string) => `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, grondslag: ${id}, gegevens: [land]}
  gevallen:
    - {naam: Iets, ${rest}}
`
const sharing = (rule: string, cases = casesOf('wet-a', 'verwacht: {besluit: verstrekt, plichten: [loggen]}')) =>
  ruleFile('waarborg', 'waarborg-w', `  - {id: loggen, ${rule} uitleg: ${SENTENCE}}\n`, { cases })
const shared = sharing(`bij_grondslag: ["wet-*", "behalve:wet-c"], plichten: [${LOG}],`)
const bases = [permit('wet-a'), permit('wet-b'), permit('wet-c'), permit('besluit-a')]

describe('duties that belong to legal bases (`bij_grondslag`)', () => {
  const set = loadSmall(...bases, shared)

  test('shared duties come with the rules of their legal bases and no other', () => {
    const citing = set.rules.filter(({ duties }) => duties.length > 0).map(({ file }) => file)
    expect(citing).toEqual(['wet-a', 'wet-b'])
  })

  test('shared duties decide exactly what the same duties in every rule decide', () => {
    const own = `plichten: [${LOG}],`
    const written = loadSmall(permit('wet-a', own), permit('wet-b', own), permit('wet-c'), permit('besluit-a'))
    expect(set.policyHash).toBe(written.policyHash)
    expect(diffPolicySets(written, set)).toEqual([])
  })

  test('shared duties are added to the duties that a rule has itself', () => {
    const own = '{soort: vier-ogen}'
    const [rule] = loadSmall(
      permit('wet-a', `plichten: [${own}],`),
      sharing(`bij_grondslag: [wet-a], plichten: [${LOG}],`),
    ).rules
    expect(rule?.duties.map(({ kind }) => kind)).toEqual(['vier-ogen', 'loggen'])
  })

  test('shared duties make no finding of the analysis: their file is in force without other rules', () => {
    expect(analysePolicySet(set, '2024-06-01').findings).toEqual([])
  })

  test('shared duties are on the page of their file, with the legal bases that they belong to', () => {
    const page = formatDocs(set).get('nl/waarborg-w.html')
    expect(page).toContain('<li>Titel van wet-a</li><li>Titel van wet-b</li>')
    expect(page).not.toContain('Titel van wet-c')
  })
})

describe('a case that states duties', () => {
  test.each([
    ['passes when exactly these kinds come along', '[loggen]', true],
    ['fails when one is missing', '[loggen, vier-ogen]', false],
    ['fails when one comes along that it does not state', '[]', false],
  ])('a case that states duties: %s', (_, duties, passes) => {
    const file = sharing(
      `bij_grondslag: ["wet-*"], plichten: [${LOG}],`,
      casesOf('wet-a', `verwacht: {besluit: verstrekt, plichten: ${duties}}`),
    )
    const result = runCases(loadSmall(permit('wet-a'), file)).find(({ file: id }) => id === 'waarborg-w')
    expect(result?.passed).toBe(passes)
    if (!passes) expect(result?.differences[0]).toMatch(/^verwacht plichten .*, besloten plichten loggen$/)
  })

  test('a case that states duties is what makes shared duties exercised', () => {
    const gapsOf = (expected: string) =>
      measureCoverage(
        loadSmall(
          permit('wet-a'),
          sharing(`bij_grondslag: ["wet-*"], plichten: [${LOG}],`, casesOf('wet-a', `verwacht: {${expected}}`)),
        ),
      ).gaps.filter(({ isRequired }) => isRequired)
    expect(gapsOf('besluit: verstrekt, gegevens: {land: verstrekken}, plichten: [loggen]')).toEqual([])
    expect(gapsOf('besluit: verstrekt, gegevens: {land: verstrekken}')).toMatchObject([
      { file: 'waarborg-w', rule: 'loggen', kind: 'rule' },
    ])
  })
})

describe('a fault in shared duties', () => {
  const faultOf = (rule: string, ...more: readonly PolicyText[]) =>
    faultsOf([...words, permit('wet-a'), ...more, sharing(rule)]).map((fault) => fault.replace(/^policies\//, ''))

  test.each([
    [
      'names an unknown legal basis',
      `bij_grondslag: [wet-x], plichten: [${LOG}],`,
      'waarborg-w.yaml:10:34: grondslag `wet-x` bestaat niet; bedoelde u `wet-a`?',
    ],
    [
      'names a pattern that no legal basis fits',
      `bij_grondslag: ["wte-*"], plichten: [${LOG}],`,
      'waarborg-w.yaml:10:34: geen grondslag heeft een naam die begint met `wte-`; kies het begin van de naam van een bestand met `soort: grondslag`',
    ],
    [
      'names a list of which nothing is left',
      `bij_grondslag: ["wet-*", "behalve:wet-a"], plichten: [${LOG}],`,
      'waarborg-w.yaml:10:33: deze lijst noemt geen enkele grondslag; haal `behalve:` weg',
    ],
    [
      'names a scope or a condition beside the legal bases',
      `bij_grondslag: [wet-a], van: [politie], plichten: [${LOG}],`,
      'waarborg-w.yaml:10:42: onbekende sleutel `van`; kies uit `bij_grondslag`, `geldig`, `id`, `plichten`, `uitleg`',
    ],
    [
      'names the absence of duties',
      'bij_grondslag: [wet-a],',
      'waarborg-w.yaml:10:5: sleutel `plichten` ontbreekt; voeg `plichten:` toe',
    ],
    [
      'names a rule that is in force on other days as well',
      `bij_grondslag: [wet-a], geldig: {vanaf: 2022-01-01}, plichten: [${LOG}],`,
      'waarborg-w.yaml:10:18: regel `wet-a/een` geldt ook op dagen waarop deze plichten niet gelden; verruim `geldig`, of neem die grondslag uit met `behalve:` en zet de plichten in haar regels',
    ],
  ])('a fault in shared duties is reported: %s', (_, rule, fault) => {
    expect(faultOf(rule)).toEqual([fault])
  })

  test('a case that expects shared duties to be the rule in play is a fault', () => {
    const cases = casesOf('wet-a', 'verwacht: {besluit: verstrekt, regel: loggen}')
    const text = `${head('waarborg', 'waarborg-w')}  - {id: loggen, bij_grondslag: [wet-a], plichten: [${LOG}], uitleg: ${SENTENCE}}\n${cases}`
    expect(faultsOf([...words, permit('wet-a'), { path: 'policies/waarborg-w.yaml', text }])[0]).toContain(
      'regel `loggen`',
    )
  })
})
