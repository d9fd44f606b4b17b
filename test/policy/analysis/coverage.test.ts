import { describe, expect, test } from 'vitest'
import { measureCoverage } from '../../../src/policy/analysis/coverage.ts'
import { loadSmall, ruleFile, SENTENCE } from '../small-set.ts'

const start = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, ja: [politietaak], verklaard: [noodzaak], gegevens: [land]}
  gevallen:
`
const text = (cases: readonly string[]) =>
  start + cases.map((given, index) => `    - {naam: c${index}, ${given}}\n`).join('')
const gapsOf = (kind: 'grondslag' | 'verbod', rule: string, cases: readonly string[], beside: readonly string[] = []) =>
  measureCoverage(
    loadSmall(
      ruleFile(kind, kind === 'verbod' ? 'verbod-z' : 'wet-a', `  - {${rule}, uitleg: ${SENTENCE}}\n`, {
        cases: text(cases),
      }),
      ...beside.map((other, index) =>
        ruleFile('grondslag', `wet-x${index}`, `  - {${other}, uitleg: ${SENTENCE}}\n`, {
          cases: text([
            'gegeven: {grondslag: wet-x0, nee: [minderjarig]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}',
          ]),
        }),
      ),
    ),
  )
const required = (...given: Parameters<typeof gapsOf>) =>
  gapsOf(...given)
    .gaps.filter(({ isRequired, file }) => isRequired && !file.startsWith('wet-x'))
    .map(({ kind, exception, words }) =>
      [kind, exception, ...(words ?? [])].filter((part) => part !== undefined).join(' '),
    )

const permit =
  'id: een, van: [politie], als: [politietaak], ten_minste_een_van: [toestemming, minderjarig], beoordeling: [noodzaak], gegevens: {verstrekken: [land]}'
const fires = 'gegeven: {ja: [politietaak, toestemming]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}'

describe('the coverage of a permit', () => {
  test.each([
    ['a rule that no case fires is a gap', [`verwacht: {besluit: geweigerd}`], ['rule']],
    ['a word that no toggle of a case turns is a gap', [fires], ['circumstance minderjarig']],
  ])('the coverage of a permit: %s', (_, cases, gaps) => {
    expect(required('grondslag', permit, cases)).toEqual(gaps)
  })

  test('a permit is covered when every circumstance decides some case', () => {
    const rule =
      'id: een, als: [politietaak], ten_minste_een_van: [toestemming, minderjarig], gegevens: {verstrekken: [land]}'
    const both = [
      'gegeven: {ja: [politietaak, toestemming]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}',
      'gegeven: {ja: [politietaak, minderjarig]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}',
    ]
    expect(required('grondslag', rule, both)).toEqual([])
    expect(gapsOf('grondslag', rule, both).ok).toBe(true)
  })

  test('a permit with `als_van` needs a case of the sender with more conditions', () => {
    const rule = 'id: een, van: [politie, kmar], als_van: {kmar: [minderjarig]}, gegevens: {verstrekken: [land]}'
    const police = 'gegeven: {ja: [minderjarig]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}'
    const marechaussee = 'gegeven: {van: kmar, ja: []}, verwacht: {besluit: geweigerd}'
    expect(required('grondslag', rule, [police])).toEqual(['circumstance minderjarig'])
    expect(gapsOf('grondslag', rule, [police]).gaps[0]).toMatchObject({
      key: 'als_van',
      message: { nl: 'geen geval slaat om als `minderjarig` (`als_van` `kmar`) anders is' },
    })
    expect(required('grondslag', rule, [police, marechaussee])).toEqual([])
  })

  test('a case that is refused because one word is missing counts', () => {
    const rule = 'id: een, als: [politietaak], als_niet: [minderjarig], gegevens: {verstrekken: [land]}'
    const refused = 'gegeven: {nee: []}, verwacht: {besluit: geweigerd}'
    const passing = 'gegeven: {nee: [minderjarig]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}'
    expect(required('grondslag', rule, [refused, passing])).toEqual([])
  })

  test('a toggle that does not change the decision does not count', () => {
    const twice = 'id: een, als: [politietaak], gegevens: {verstrekken: [land]}'
    const file = ruleFile(
      'grondslag',
      'wet-a',
      `  - {${twice}, uitleg: ${SENTENCE}}\n  - {id: twee, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
      { cases: text(['verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}']) },
    )
    const { gaps } = measureCoverage(loadSmall(file))
    expect(gaps.filter(({ kind }) => kind === 'circumstance')).toMatchObject([
      { rule: 'een', kind: 'circumstance', key: 'als', words: ['politietaak'] },
    ])
  })

  test('assessments and words of the scope are reported without failing', () => {
    const rule =
      'id: een, van: [politie, kmar], doel: [registratie], beoordeling: [noodzaak, belang], gegevens: {verstrekken: [land]}'
    const coverage = gapsOf('grondslag', rule, [
      'gegeven: {verklaard: [noodzaak, belang]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}',
    ])
    expect(coverage.ok).toBe(true)
    expect(coverage.gaps).toMatchObject([{ kind: 'scope', key: 'van', words: ['kmar'], isRequired: false }])
  })
})

describe('the coverage of a prohibition', () => {
  const basis = ['id: b, gegevens: {verstrekken: [land]}']
  const rule =
    'id: p, als: [minderjarig], verbiedt: [land], uitkomst: weigeren, tenzij: [{als: [toestemming]}, {naar: [meldpunt], beoordeling: [belang]}]'
  const applies =
    'gegeven: {grondslag: wet-x0, ja: [minderjarig]}, verwacht: {besluit: geweigerd, gegevens: {land: weigeren}}'
  const lifted =
    'gegeven: {grondslag: wet-x0, ja: [minderjarig, toestemming]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}'
  const liftedFor =
    'gegeven: {grondslag: wet-x0, naar: meldpunt, ja: [minderjarig], verklaard: [belang]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}'

  test.each([
    ['needs a case in which it applies', [lifted], ['rule']],
    ['needs a case for every exception', [applies, lifted], ['exception 2']],
    ['is whole with all of them', [applies, lifted, liftedFor], []],
  ])('the coverage of a prohibition: %s', (_, cases, gaps) => {
    expect(required('verbod', rule, cases, basis)).toEqual(gaps)
  })

  test('every removed case of a prohibition leaves a gap', () => {
    const cases = [applies, lifted, liftedFor]
    for (const removed of cases) {
      const rest = cases.filter((given) => given !== removed)
      expect(gapsOf('verbod', rule, rest, basis).ok, removed).toBe(false)
    }
  })
})

describe('the coverage of data', () => {
  const rule = (data: string) => `id: een, gegevens: ${data}`
  const all = 'gegevens: [land, geboren, naam]'
  const stated = 'land: verstrekken, geboren: "generaliseren:geboortejaar"'
  const covered = `gegeven: {${all}}, verwacht: {besluit: gedeeltelijk, gegevens: {${stated}}, koppelen: [naam, geboren]}`
  const data = (...given: Parameters<typeof gapsOf>) =>
    gapsOf(...given)
      .gaps.filter(({ kind, file }) => kind === 'data' && !file.startsWith('wet-x'))
      .map(({ key, words }) => `${key}: ${words?.join(', ')}`)

  const small = '{verstrekken: [land], generaliseren: {geboren: geboortejaar}, koppelen: [naam, geboren]}'
  test.each([
    ['a case that states every treatment and every link covers a rule', small, [covered], []],
    [
      'a field that was added is a gap',
      '{verstrekken: [land, vorm], generaliseren: {geboren: geboortejaar}, koppelen: [naam, geboren]}',
      [covered],
      ['verstrekken: vorm'],
    ],
    [
      'a case that states no treatment shows nothing',
      small,
      [`gegeven: {${all}}, verwacht: {besluit: gedeeltelijk, koppelen: [naam, geboren]}`],
      ['verstrekken: land', 'generaliseren: geboren'],
    ],
    [
      'a case that states no links shows none',
      small,
      [`gegeven: {${all}}, verwacht: {besluit: gedeeltelijk, gegevens: {${stated}}}`],
      ['koppelen: naam, geboren'],
    ],
    [
      'a case in which the rule does not fire shows nothing',
      small,
      [
        'verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}',
        `gegeven: {op: 2019-01-01, ${all}}, verwacht: {besluit: geweigerd, gegevens: {geboren: weglaten}}`,
      ],
      ['generaliseren: geboren', 'koppelen: naam, geboren'],
    ],
  ])('the coverage of data: %s', (_, treatments, cases, gaps) => {
    expect(data('grondslag', rule(treatments), cases)).toEqual(gaps)
    expect(gapsOf('grondslag', rule(treatments), cases).ok).toBe(gaps.length === 0)
  })

  test('a case in which another rule gives the same does not show a field', () => {
    const beside = ['id: b, als: [minderjarig], gegevens: {verstrekken: [land]}']
    const both =
      'gegeven: {grondslag: wet-a, ja: [politietaak]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}'
    expect(data('grondslag', 'id: een, gegevens: {verstrekken: [land]}', [both], beside)).toEqual([])
    const twice = ruleFile(
      'grondslag',
      'wet-a',
      `  - {id: een, als: [politietaak], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n  - {id: twee, als: [minderjarig], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
      {
        cases: text([
          'gegeven: {ja: [politietaak, minderjarig]}, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}',
        ]),
      },
    )
    expect(measureCoverage(loadSmall(twice)).gaps.filter(({ kind }) => kind === 'data')).toMatchObject([
      { rule: 'een', words: ['land'], isRequired: true },
      { rule: 'twee', words: ['land'], isRequired: true },
    ])
  })

  test('a prohibition needs a case for each field that it can take from a rule, and for no other', () => {
    const basis = ['id: b, gegevens: {verstrekken: [land, plaats], koppelen: [naam]}']
    const ban = (outcome: string) =>
      `id: p, als: [minderjarig], verbiedt: [land, plaats, naam, vorm], uitkomst: ${outcome}`
    const seen =
      'gegeven: {grondslag: wet-x0, ja: [minderjarig], gegevens: [land, naam]}, verwacht: {besluit: geweigerd, gegevens: {land: weglaten, naam: weglaten}, koppelen: []}'
    expect(data('verbod', ban('weglaten'), [seen], basis)).toEqual(['verbiedt: plaats'])
    expect(data('verbod', ban('alleen-koppelen'), [seen.replace('koppelen: []', 'koppelen: [naam]')], basis)).toEqual([
      'verbiedt: plaats',
    ])
    const refused =
      'gegeven: {grondslag: wet-x0, ja: [minderjarig], gegevens: [land]}, verwacht: {besluit: geweigerd, gegevens: {land: weigeren}}'
    expect(data('verbod', ban('weigeren'), [refused], basis)).toEqual(['verbiedt: plaats, naam, vorm'])
  })

  test('a field that a wider prohibition refuses always needs no case at a narrower one', () => {
    const wide = 'id: q, verbiedt: [land], uitkomst: weigeren'
    const narrow = 'id: p, als: [minderjarig], verbiedt: [land], uitkomst: weigeren'
    const refused = 'gegeven: {ja: [minderjarig]}, verwacht: {besluit: geweigerd, gegevens: {land: weigeren}}'
    const file = ruleFile(
      'verbod',
      'verbod-z',
      `  - {${wide}, uitleg: ${SENTENCE}}\n  - {${narrow}, uitleg: ${SENTENCE}}\n`,
      {
        cases: text([
          refused,
          'gegeven: {nee: [minderjarig]}, verwacht: {besluit: geweigerd, gegevens: {land: weigeren}}',
        ]),
      },
    )
    expect(measureCoverage(loadSmall(file)).gaps.filter(({ kind }) => kind === 'data')).toEqual([])
  })
})
