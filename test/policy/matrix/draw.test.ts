import { describe, expect, test } from 'vitest'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { type Cell, drawMatrices, type Matrix, type MatrixOptions } from '../../../src/policy/matrix/draw.ts'
import { findFiles } from '../../../src/policy/matrix/find-files.ts'
import type { PolicySet } from '../../../src/policy/policy-set.ts'
import { loadSmall, loadTexts, PARTIES, ruleFile, SENTENCE, VOCABULARY } from '../small-set.ts'

const OPTIONS: MatrixOptions = { columns: 'roles', on: '2024-06-01' }
const rule = (id: string, members: string) => `  - {id: ${id}, ${members}, uitleg: ${SENTENCE}}\n`
const basis = (rules: string, cases?: string, id = 'wet-a') =>
  ruleFile('grondslag', id, rules, cases === undefined ? {} : { cases })
const draw = (set: PolicySet, text = 'wet-a', options: Partial<MatrixOptions> = {}) =>
  drawn(drawMatrices(set, findFiles(set, text), { ...OPTIONS, ...options }))
/** The tables, when they are not too large. */
const drawn = (matrices: ReturnType<typeof drawMatrices>): readonly Matrix[] => {
  if (matrices === 'too-large') throw new Error('too large')
  return matrices
}
/** `released naam, geboren` of each cell, and `!` where no case covers it. */
const describeCell = ({ fields, isCovered }: Cell): string =>
  `${isCovered ? '' : '! '}${fields.map(({ field, treatment, level, citations }) => [treatment, field, level, ...citations].filter(Boolean).join(' ')).join(', ')}`

const POLICE = `van: [politie], naar: [opvanghuis], doel: [registratie]`
const TO_SHELTER =
  'van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, gegevens: [land]'

describe('the rows and columns of a matrix', () => {
  test('parties that the rules cannot tell apart are one row, and roles with equal cells one column', () => {
    const set = loadSmall(
      basis(
        rule('een', 'van: [politie, kmar], naar: [opvanghuis], doel: [registratie], gegevens: {verstrekken: [land]}'),
      ),
    )
    const [matrix] = draw(set)
    expect(matrix?.rows).toMatchObject([
      { senders: ['politie', 'kmar'], recipients: ['opvanghuis'], purposes: ['registratie'] },
    ])
    expect(matrix?.columns).toEqual([
      [
        { kind: 'role', role: 'slachtoffer' },
        { kind: 'role', role: 'verdachte' },
      ],
    ])
  })

  test('a prohibition on one sender makes rows of their own, with its article', () => {
    const set = loadSmall(
      basis(rule('een', 'van: [politie, kmar], naar: [opvanghuis], gegevens: {verstrekken: [land, vorm]}')),
      ruleFile('verbod', 'verbod-a', rule('een', 'van: [kmar], verbiedt: [land], uitkomst: weglaten')),
    )
    expect(draw(set)[0]?.rows.map(({ senders, cells }) => [senders.join(), describeCell(cells[0]!)])).toEqual([
      ['politie', 'released land, released vorm'],
      ['kmar', '! withheld land Wet verbod-a, released vorm'],
    ])
  })

  test('what no rule is about has no row, and what an organisation does with itself neither', () => {
    const set = loadSmall(basis(rule('een', 'van: [politie], naar: [politie], gegevens: {verstrekken: [land]}')))
    expect(draw(set)).toEqual([])
  })

  test('dates are columns between which a rule changes', () => {
    const set = loadSmall(
      basis(rule('een', `${POLICE}, geldig: {vanaf: 2022-01-01, tot: 2023-01-01}, gegevens: {verstrekken: [land]}`)),
    )
    const [matrix] = draw(set, 'wet-a', { columns: 'dates' })
    expect(
      matrix?.columns.map((topics) => topics.map((topic) => (topic.kind === 'period' ? topic.from : topic.kind))),
    ).toEqual([['0000-01-01', '2020-01-01', '2023-01-01'], ['2022-01-01']])
    expect(matrix?.rows[0]?.cells.map(describeCell)).toEqual(['withheld land', '! released land'])
  })

  test('regimes are the words of which a rule asks at least one, and those that follow from or exclude them', () => {
    const vocabulary = VOCABULARY.replace(
      'The person is a minor.,',
      'The person is a minor., sluit-uit: [toestemming],',
    )
    const set = loadTexts(
      { path: 'policies/woordenlijst.yaml', text: vocabulary },
      { path: 'policies/partijen.yaml', text: PARTIES },
      basis(
        rule(
          'een',
          `${POLICE}, als: [politietaak], ten_minste_een_van: [toestemming], gegevens: {verstrekken: [land]}`,
        ),
      ),
    )
    const [matrix] = draw(set, 'wet-a', { columns: 'regimes' })
    expect(matrix?.columns).toEqual([
      [{ kind: 'statement', circumstance: 'toestemming' }],
      [{ kind: 'statement', circumstance: 'minderjarig' }, { kind: 'unstated' }],
    ])
    expect(matrix?.rows[0]?.cells[0]?.statements).toEqual({ yes: ['politietaak'], no: [], declared: [] })
    expect(matrix?.rows[0]?.cells.map(describeCell)).toEqual(['! released land', 'withheld land'])
  })
})

describe('a regime without a relation', () => {
  const cases = (stated: string) =>
    `voorbeelden:\n  uitgangspunt: {${TO_SHELTER}}\n  gevallen:\n    - {naam: Iets, gegeven: {${stated}}, verwacht: {besluit: geweigerd}}\n`
  const members = `${POLICE}, ten_minste_een_van: [toestemming], gegevens: {verstrekken: [land]}`
  test.each<readonly [string, string, boolean]>([
    ['beside a no to every word that the rules ask', 'ja: [politietaak], nee: [toestemming]', true],
    ['without that no', 'ja: [politietaak]', false],
  ])('a regime without a relation has a column when a case states it %s', (_, stated, isColumn) => {
    const [matrix] = draw(loadSmall(basis(rule('een', members), cases(stated))), 'wet-a', { columns: 'regimes' })
    const alone = { kind: 'alone', circumstance: 'politietaak' }
    expect(matrix?.columns).toEqual([
      [{ kind: 'statement', circumstance: 'toestemming' }],
      [...(isColumn ? [alone] : []), { kind: 'unstated' }],
    ])
    expect(matrix?.rows[0]?.cells.map(describeCell)).toEqual(['! released land', 'withheld land'])
  })

  test('a regime without a relation stays open when a rule asks it by itself', () => {
    const asking = rule('een', members.replace('ten_minste', 'als: [politietaak], ten_minste'))
    const [matrix] = draw(loadSmall(basis(asking, cases('ja: [politietaak], nee: [toestemming]'))), 'wet-a', {
      columns: 'regimes',
    })
    expect(matrix?.columns.flat().map(({ kind }) => kind)).toEqual(['statement', 'unstated'])
  })
})

describe('the statements of a cell', () => {
  const statementsOf = (...rules: readonly string[]) => {
    const [matrix] = draw(loadSmall(basis(rules.join(''))))
    const { statements, otherWays } = matrix!.rows[0]!.cells[0]!
    return { statements, otherWays }
  }

  test('a cell names the fewest statements that give all of it at once, and how many other ways there are', () => {
    expect(
      statementsOf(
        rule('een', `${POLICE}, als: [politietaak, toestemming], gegevens: {verstrekken: [land]}`),
        rule('twee', `${POLICE}, beoordeling: [noodzaak], gegevens: {verstrekken: [land]}`),
      ),
    ).toEqual({ statements: { yes: [], no: [], declared: ['noodzaak'] }, otherWays: 1 })
  })

  test('fields that need opposite answers have no statements in common', () => {
    expect(
      statementsOf(
        rule('een', `${POLICE}, als: [politietaak], gegevens: {verstrekken: [land]}`),
        rule('twee', `${POLICE}, als_niet: [politietaak], gegevens: {verstrekken: [vorm]}`),
      ),
    ).toEqual({ statements: undefined, otherWays: 0 })
  })
})

describe('the reason of a cell in which nothing passes', () => {
  test.each<readonly [string, PolicyText, object]>([
    [
      'a prohibition that nothing lifts',
      ruleFile('verbod', 'verbod-a', rule('een', 'verbiedt: [land], uitkomst: weglaten')),
      { treatment: 'withheld', reason: 'verbod', citations: ['Wet verbod-a'] },
    ],
    [
      'a prohibition that refuses',
      ruleFile('verbod', 'verbod-a', rule('een', 'verbiedt: [land], uitkomst: weigeren')),
      { treatment: 'refused', reason: 'verbod', citations: ['Wet verbod-a'] },
    ],
    [
      'a safeguard that nothing lifts',
      ruleFile('waarborg', 'waarborg-a', rule('een', 'weglaten: [land]')),
      { treatment: 'withheld', reason: 'verbod', citations: ['Wet waarborg-a'] },
    ],
  ])('%s is named with its article', (_, file, field) => {
    const [matrix] = draw(loadSmall(basis(rule('een', `${POLICE}, gegevens: {verstrekken: [land]}`)), file))
    expect(matrix?.rows[0]?.cells[0]?.fields[0]).toMatchObject(field)
  })

  test('a field that another rule of the file gives has no legal basis', () => {
    const set = loadSmall(basis(rule('een', `${POLICE}, over: [verdachte], gegevens: {verstrekken: [land]}`)))
    expect(draw(set)[0]?.rows[0]?.cells[0]?.fields[0]).toMatchObject({
      treatment: 'withheld',
      reason: 'geen-grondslag',
      citations: [],
    })
  })
})

describe('the cases of a cell', () => {
  const cases = (given: string) => `voorbeelden:
  uitgangspunt: {${TO_SHELTER}}
  gevallen:
    - {naam: Iets, gegeven: {${given}}, verwacht: {besluit: geweigerd}}
`
  const marks = (given: string, options: Partial<MatrixOptions> = {}) => {
    const set = loadSmall(
      basis(
        rule('een', `${POLICE}, over: [slachtoffer], als: [politietaak], gegevens: {verstrekken: [land, vorm]}`),
        cases(given),
      ),
    )
    return draw(set, 'wet-a', options)[0]?.rows[0]?.cells.map(({ isCovered }) => isCovered)
  }

  test.each<readonly [string, string, Partial<MatrixOptions>, readonly boolean[]]>([
    ['something passes as the cell says', 'ja: [politietaak]', {}, [true, false]],
    ['nothing passes where the cell says that something can', 'ja: []', {}, [false, false]],
    ['nothing passes where nothing can', 'over: verdachte', {}, [false, true]],
    ['it is about other parties', 'van: kmar, ja: [politietaak]', {}, [false, false]],
    ['it is on another legal basis', 'grondslag: wet-b, ja: [politietaak]', {}, [false, false]],
    ['it is on another day', 'op: 2019-12-31, ja: [politietaak]', {}, [false, false]],
    ['it asks the field of the table', 'ja: [politietaak]', { field: 'land' }, [true, false]],
    ['it does not ask the field of the table', 'ja: [politietaak]', { field: 'vorm' }, [false, false]],
  ])('a case covers a cell or not: %s', (_, given, options, expected) => {
    const other = given.includes('wet-b')
      ? [basis(rule('een', `${POLICE}, gegevens: {verstrekken: [vorm]}`), undefined, 'wet-b')]
      : []
    if (other.length === 0) expect(marks(given, options)).toEqual(expected)
    else {
      const set = loadSmall(
        basis(
          rule('een', `${POLICE}, over: [slachtoffer], als: [politietaak], gegevens: {verstrekken: [land, vorm]}`),
          cases(given),
        ),
        ...other,
      )
      expect(draw(set)[0]?.rows[0]?.cells.map(({ isCovered }) => isCovered)).toEqual(expected)
    }
  })
})

describe('the table of a prohibition', () => {
  test('a prohibition gets the table of each basis that it narrows, with its own fields and exchanges only', () => {
    const set = loadSmall(
      basis(rule('een', 'van: [politie, kmar], naar: [opvanghuis], gegevens: {verstrekken: [land, vorm]}')),
      basis(rule('een', 'gegevens: {verstrekken: [vorm]}'), undefined, 'wet-b'),
      ruleFile(
        'verbod',
        'verbod-a',
        rule('een', 'van: [kmar], verbiedt: [land], uitkomst: weglaten, tenzij: [{als: [toestemming]}]'),
      ),
    )
    const matrices = draw(set, 'verbod-a')
    expect(matrices.map(({ file }) => file)).toEqual(['wet-a'])
    expect(matrices[0]?.rows).toMatchObject([
      { senders: ['kmar'], cells: [{ fields: [{ field: 'land', treatment: 'released' }] }] },
    ])
  })
})

describe('the file or article of a matrix', () => {
  const set = loadSmall(basis(rule('een', 'gegevens: {verstrekken: [land]}')))
  const withCitation = (citation: string): PolicySet => ({ ...set, files: [{ ...set.files[0]!, citation }] })
  test.each<readonly [string, string, boolean]>([
    ['Bpg art. 4:2 lid 1 onder n', 'Bpg 4:2', true],
    ['Bpg art. 4:2 lid 1 onder n', 'bpg artikel 4:2 lid 1', true],
    ['Bpg art. 4:2 lid 1 onder n', 'Bpg 4:2 lid 2', false],
    ['Wpg art. 15a', 'Wpg 15', false],
    ['Wpg art. 15', 'wpg art. 15', true],
    ['AVG art. 7 lid 3 en UAVG art. 5 lid 3', 'UAVG 5', true],
    ['AVG art. 7 lid 3 en UAVG art. 5 lid 3', 'AVG 5', false],
    ['Wpg art. 7, 25, 32 en 32a', 'Wpg 32a', true],
    ['Wpg art. 20 lid 1 en 2', 'Wpg 2', false],
    ['Bpg art. 4:7 en Wpg art. 22', 'Wpg 22', true],
    ['Wpg art. 15', 'Wpg', true],
    ['Wpg art. 15', '', false],
    ['Wpg art. 15', 'wet-a', true],
    ['Wpg art. 15', 'policies/wpg/wet-a.yaml', true],
  ])('a file with the ground %s is found by %j: %s', (citation, text, isFound) => {
    expect(findFiles(withCitation(citation), text)).toHaveLength(isFound ? 1 : 0)
  })

  test.each<readonly [string, string, string, boolean]>([
    ['Wpg art. 8 lid 2 en 15', 'Wpg art. 15', 'Wpg 15', true],
    ['Wpg art. 8 lid 2 en 15', 'Wpg art. 15 lid 1', 'Wpg 15', true],
    ['Wpg art. 8 lid 2 en 15', 'Wpg art. 15', 'Wpg 8', true],
    ['Wpg art. 8 lid 2 en 15', 'AVG art. 15', 'Wpg 15', false],
    ['Wpg art. 20 lid 1 en 2', 'Wpg art. 20 lid 1 en 2', 'Wpg 2', false],
    ['Wpg art. 20 lid 1 en 2', 'Wpg art. 25', 'Wpg 2', false],
  ])(
    'a number after a paragraph in %s is an article when the sources cite it (%s): %s is found: %s',
    (ground, source, text, isFound) => {
      const [file] = withCitation(ground).files
      const sources = file!.sources.map((one) => ({ ...one, citation: source }))
      expect(findFiles({ ...set, files: [{ ...file!, sources }] }, text)).toHaveLength(isFound ? 1 : 0)
    },
  )
})

describe('the bounds of a matrix', () => {
  const set = loadSmall(basis(rule('een', `${POLICE}, over: [slachtoffer], gegevens: {verstrekken: [land]}`)))
  test.each([
    ['shown', { shown: 2, computed: 100 }, true],
    ['shown, one less', { shown: 1, computed: 100 }, false],
    ['computed', { shown: 100, computed: 2 }, true],
    ['computed, one less', { shown: 100, computed: 1 }, false],
  ] as const)(
    'a table with as many cells as the bound is drawn, and one with more is not: %s',
    (_, bounds, isDrawn) => {
      const drawn = drawMatrices(set, findFiles(set, 'wet-a'), OPTIONS, { bounds })
      expect(drawn !== 'too-large').toBe(isDrawn)
    },
  )
})
