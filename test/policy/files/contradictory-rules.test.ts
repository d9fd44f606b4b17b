import { describe, expect, test } from 'vitest'
import { faultsOf, PARTIES, ruleFile, SENTENCE, VOCABULARY } from '../small-set.ts'

/** The small vocabulary in which whoever is in the police task is a minor, and both minors and `belang` exclude consent. */
const words = [
  {
    path: 'policies/woordenlijst.yaml',
    text: VOCABULARY.replace(
      'The person is a minor.,',
      'The person is a minor., sluit-uit: [toestemming], volgt-uit: [politietaak],',
    ).replace('en: Interest weighed,', 'en: Interest weighed, sluit-uit: [toestemming],'),
  },
  { path: 'policies/partijen.yaml', text: PARTIES },
]
const basis = (conditions: string) =>
  ruleFile('grondslag', 'wet-a', `  - {id: een, ${conditions}, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`)
const prohibition = (conditions: string) =>
  ruleFile(
    'verbod',
    'verbod-a',
    `  - {id: een, ${conditions}, verbiedt: [land], uitkomst: weglaten, uitleg: ${SENTENCE}}\n`,
  )
const caseOf = (given: string) =>
  ruleFile('grondslag', 'wet-a', `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`, {
    cases: `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, gegevens: [land]}
  gevallen:
    - naam: Iets
      gegeven: {${given}}
      verwacht: {besluit: verstrekt}
`,
  })

describe('a rule or case that no statement can meet', () => {
  test.each<[string, ReturnType<typeof basis>, RegExp]>([
    ['als', basis('als: [minderjarig, toestemming]'), /^policies\/wet-a\.yaml:10:21: `toestemming` en `minderjarig`/],
    ['als_niet', basis('als: [politietaak], als_niet: [minderjarig]'), /niet `minderjarig` en `politietaak`/],
    ['beoordeling', basis('als: [toestemming], beoordeling: [belang]'), /`toestemming` en `belang`/],
    [
      'als_van',
      basis('van: [politie], als: [minderjarig], als_van: {politie: [toestemming]}'),
      /`toestemming` en `minderjarig`/,
    ],
    [
      'ten_minste_een_van',
      basis('als: [minderjarig], ten_minste_een_van: [toestemming, politietaak]'),
      /`toestemming` en `minderjarig`/,
    ],
    ['a prohibition', prohibition('als: [minderjarig, toestemming]'), /`toestemming` en `minderjarig`/],
    ['tenzij', prohibition('tenzij: [{als: [minderjarig, toestemming]}]'), /`toestemming` en `minderjarig`/],
    ['a case', caseOf('ja: [minderjarig, toestemming]'), /`toestemming` en `minderjarig`/],
    ['a case with an assessment', caseOf('ja: [toestemming], verklaard: [belang]'), /`toestemming` en `belang`/],
  ])('a contradiction in %s is one fault at its place', (_, file, fault) => {
    const faults = faultsOf([...words, file])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${file.path.replaceAll('.', '\\.')}:\\d+:\\d+: `))
    expect(faults[0]).toMatch(fault)
    expect(faults[0]).toContain('kunnen niet samengaan; verwijder een van beide')
  })

  test.each([
    ['what follows as well', basis('als: [minderjarig, politietaak]')],
    ['the other way round', basis('als: [minderjarig], als_niet: [politietaak]')],
    ['an alternative that also follows', basis('als: [minderjarig], ten_minste_een_van: [politietaak]')],
    ['a case with what follows', caseOf('ja: [minderjarig, politietaak], nee: [toestemming]')],
  ])('a rule or case with %s is in order', (_, file) => {
    expect(faultsOf([...words, file])).toEqual([])
  })
})
