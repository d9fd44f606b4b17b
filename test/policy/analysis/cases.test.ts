import { describe, expect, test } from 'vitest'
import { runCases } from '../../../src/policy/analysis/cases.ts'
import { loadSmall, ruleFile, SENTENCE } from '../small-set.ts'

const start = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, ja: [politietaak], gegevens: [land, geboren, naam]}
  gevallen:
`
const rules = `  - id: een
    als: [politietaak]
    gegevens: {verstrekken: [land], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}
    uitleg: ${SENTENCE}
`
const run = (...cases: readonly string[]) =>
  runCases(
    loadSmall(
      ruleFile('grondslag', 'wet-a', rules, { cases: start + cases.map((text) => `    - ${text}\n`).join('') }),
    ),
  )

describe('a case', () => {
  test.each([
    '{naam: x, verwacht: {besluit: gedeeltelijk}}',
    '{naam: x, verwacht: {besluit: gedeeltelijk, regel: een, koppelen: [naam]}}',
    '{naam: x, verwacht: {besluit: gedeeltelijk, gegevens: {land: verstrekken, geboren: "generaliseren:geboortejaar", naam: weglaten}}}',
    '{naam: x, gegeven: {gegevens: [land]}, verwacht: {besluit: verstrekt, koppelen: []}}',
    '{naam: x, gegeven: {ja: [], nee: [politietaak]}, verwacht: {besluit: geweigerd, reden: geen-grondslag}}',
    '{naam: x, gegeven: {op: 2019-12-31}, verwacht: {besluit: geweigerd}}',
  ])('a case passes: %s', (text) => {
    expect(run(text)).toMatchObject([{ file: 'wet-a', name: 'x', passed: true, differences: [] }])
  })

  test.each([
    ['{naam: x, verwacht: {besluit: verstrekt}}', 'verwacht verstrekt, besloten gedeeltelijk door wet-a/een'],
    [
      '{naam: x, gegeven: {ja: []}, verwacht: {besluit: geweigerd, reden: verbod}}',
      'verwacht verbod, besloten geen-grondslag',
    ],
    [
      '{naam: x, verwacht: {besluit: gedeeltelijk, gegevens: {land: weglaten}}}',
      'verwacht land weglaten, besloten land verstrekken door wet-a/een',
    ],
    [
      '{naam: x, verwacht: {besluit: gedeeltelijk, gegevens: {geboren: "generaliseren:maand"}}}',
      'verwacht geboren generaliseren:maand, besloten geboren generaliseren:geboortejaar door wet-a/een',
    ],
    ['{naam: x, verwacht: {besluit: gedeeltelijk, koppelen: []}}', 'verwacht koppelen niets, besloten koppelen naam'],
    [
      '{naam: x, gegeven: {ja: []}, verwacht: {besluit: geweigerd, regel: een}}',
      'verwacht regel een, besloten regel geen',
    ],
  ])('a case fails: %s', (text, difference) => {
    expect(run(text)).toMatchObject([{ passed: false, differences: [difference] }])
  })

  test('a result has the line of its case, what was expected and what was decided', () => {
    expect(
      run('{naam: x, verwacht: {besluit: verstrekt, regel: een}}', '{naam: y, verwacht: {besluit: gedeeltelijk}}'),
    ).toMatchObject([
      { line: 17, expected: 'verstrekt; regel een', actual: 'gedeeltelijk; regel een' },
      { line: 18, passed: true },
    ])
  })

  test('a case of a prohibition runs against every basis unless it declares one', () => {
    const withhold = `  - {id: p, verbiedt: [land], uitkomst: weglaten, uitleg: ${SENTENCE}}\n`
    const cases = `${start}    - {naam: x, verwacht: {besluit: gedeeltelijk, regel: p, gegevens: {land: weglaten, geboren: "generaliseren:geboortejaar"}}}\n`
    const set = loadSmall(ruleFile('grondslag', 'wet-a', rules), ruleFile('verbod', 'verbod-z', withhold, { cases }))
    expect(runCases(set).find(({ file }) => file === 'verbod-z')).toMatchObject({ passed: true })
    expect(set.files.find(({ id }) => id === 'verbod-z')?.cases[0]?.question).not.toHaveProperty('legalBasis')
    expect(set.files.find(({ id }) => id === 'wet-a')?.cases[0]?.question.legalBasis).toBe('wet-a')
  })
})
