import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { MAX_FILES } from '../../../src/model/rule-file-bounds.ts'
import { formatFault } from '../../../src/policy/files/fault.ts'
import { loadPolicySet, type PolicyText } from '../../../src/policy/files/load.ts'
import { formatSchemas, type SchemaName } from '../../../src/policy/schema/schema.ts'
import { findUnbounded } from '../../unbounded-schema.ts'
import { loadSmall, ruleFile, words } from '../small-set.ts'

const basis = ruleFile(
  'grondslag',
  'wet-a',
  `  - id: een
    van: [politie]
    als: [politietaak]
    als_van: {politie: [toestemming]}
    als_niet: [minderjarig]
    beoordeling: [noodzaak]
    uitzondering: AVG 9 lid 2 onder a
    gegevens: {verstrekken: [land], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}
    plichten:
      - {soort: bewaartermijn, dagen: 30, voor: ontvanger, grond: Wet}
    uitleg: {nl: Omdat., en: Because.}
`,
)
const accounted = {
  ...basis,
  text: `${basis.text}vragen:\n  - {vraag: Mag dit, hangt_af: [een], intussen: Nee}\nverantwoord:\n  - {bevinding: dood, regel: een, waarom: Zo hoort het}\n`,
}
const prohibition = ruleFile(
  'verbod',
  'verbod-b',
  `  - id: streep
    naar: [behalve:politie]
    verbiedt: [naam, "klasse:gezondheid"]
    uitkomst: weglaten
    tenzij: [{als: [toestemming], beoordeling: [belang]}]
    uitleg: {nl: Omdat., en: Because.}
`,
)
const safeguard = ruleFile(
  'waarborg',
  'waarborg-c',
  `  - {id: grens, weglaten: [vonnis], uitleg: {nl: Omdat., en: Because.}}
  - {id: deel, bij_grondslag: [wet-a], plichten: [{soort: loggen, voor: ontvanger}], uitleg: {nl: Omdat., en: Because.}}
`,
)
const files = [...words, basis, prohibition, safeguard]
const schemas = formatSchemas(loadSmall(basis, prohibition, safeguard))

const schemaOf = (path: string): SchemaName =>
  (
    ({
      'policies/woordenlijst.yaml': 'woordenlijst',
      'policies/partijen.yaml': 'partijen',
      'policies/wet-a.yaml': 'grondslag',
      'policies/verbod-b.yaml': 'verbod',
      'policies/waarborg-c.yaml': 'waarborg',
    }) as const
  )[path]!

test.each(Object.entries(schemas))('every list, record and text of the schema %s has a bound', (_, schema) => {
  expect(findUnbounded(schema)).toEqual([])
})

/** Every copy of `value` in which one list, map or text is larger than any bound. */
function* grow(value: unknown, path = ''): Generator<readonly [path: string, grown: unknown]> {
  if (typeof value === 'string') yield [path, 'a'.repeat(20_001)]
  if (Array.isArray(value)) {
    yield [path, Array.from({ length: 501 }, (_, index) => value[index % value.length])]
    for (const [index, item] of value.entries()) {
      for (const [at, grown] of grow(item, `${path}/${index}`)) yield [at, value.with(index, grown)]
    }
  } else if (typeof value === 'object' && value !== null) {
    const [sample] = Object.values(value)
    const extra = Array.from({ length: 501 }, (_, index) => [`woord-${index}`, sample])
    yield [path, { ...value, ...Object.fromEntries(extra) }]
    for (const [key, member] of Object.entries(value)) {
      for (const [at, grown] of grow(member, `${path}/${key}`)) yield [at, { ...value, [key]: grown }]
    }
  }
}

const others = (path: string): readonly PolicyText[] => files.filter((file) => file.path !== path)

test.each([...words, accounted, prohibition, safeguard])(
  'whatever grows beyond its bound in $path is refused by loader and schema',
  ({ path, text }) => {
    const content = parse(text) as unknown
    const validate = new Ajv({ strict: false }).compile(schemas[schemaOf(path)])
    expect(validate(content)).toBe(true)
    const accepted = [...grow(content)].flatMap(([at, grown]) => {
      const loaded = loadPolicySet([
        ...others(path),
        { path, text: stringify(grown, { aliasDuplicateObjects: false }) },
      ])
      return [...(loaded.ok ? [`${at}: loader`] : []), ...(validate(grown) ? [`${at}: schema`] : [])]
    })
    expect(accepted).toEqual([])
  },
)

const labels = (count: number, form = (index: number) => `  woord-${index}: {nl: Woord, en: Word}\n`) =>
  Array.from({ length: count }, (_, index) => form(index)).join('')
const vocabulary = words[0]!.text
const line = (list: string) => vocabulary.split('\n').indexOf(`${list}:`) + 2

test.each([
  ['omstandigheden', 197, 200, undefined],
  ['beoordelingen', 30, 32, undefined],
  ['rollen', 498, 500, undefined],
  ['velden', 192, 200, (index: number) => `  veld-${index}: {type: tekst, klasse: gewoon, nl: Veld, en: Field}\n`],
] as const)(
  'the vocabulary has room for so many %s, and one more is a fault at its place',
  (list, most, bound, form) => {
    const load = (count: number) =>
      loadPolicySet([
        {
          path: 'policies/woordenlijst.yaml',
          text: vocabulary.replace(`${list}:\n`, `${list}:\n${labels(count, form)}`),
        },
        ...others('policies/woordenlijst.yaml'),
      ])
    expect(load(most).ok).toBe(true)
    const beyond = load(most + 1)
    expect(beyond.ok ? [] : beyond.faults.map((fault) => formatFault(fault))).toContain(
      `policies/woordenlijst.yaml:${line(list)}:3: hier staan meer dan ${bound} sleutels; houd er hooguit ${bound}; verdeel regels en gevallen over meer bestanden`,
    )
  },
)

test('a text is measured in characters, not in code units', () => {
  const titled = (title: string) => ({ ...basis, text: basis.text.replace('Titel van wet-a', title) })
  const load = (title: string) => loadPolicySet([...others(basis.path), titled(title)])
  expect(load('😀'.repeat(4000)).ok).toBe(true)
  const beyond = load('😀'.repeat(4001))
  expect(beyond.ok ? [] : beyond.faults.map((fault) => formatFault(fault, 'en'))).toEqual([
    'policies/wet-a.yaml:3:8: this text is longer than 4000 characters; shorten it',
  ])
})

test('a set of too many files is one fault', () => {
  const many = Array.from({ length: MAX_FILES + 1 }, (_, index) => ({ path: `policies/file-${index}.yaml`, text: '' }))
  const loaded = loadPolicySet(many)
  expect(loaded.ok ? [] : loaded.faults.map((fault) => formatFault(fault, 'en'))).toEqual([
    'policies/file-500.yaml:1:1: there are more than 500 files; combine files',
  ])
})
