import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSetLoader, formatArchive, type LoadSet } from '../../src/exchange/rule-sets/archived.ts'
import type { Question } from '../../src/model/decision.ts'
import { loadPolicySet } from '../../src/policy/files/load.ts'
import type { PolicySet } from '../../src/policy/policy-set.ts'
import { formatPolicyArchives, parsePolicyArchives } from '../../src/review/policy-archives.ts'
import { formatFinding, type Rederivation, type RederivationFinding, rederive } from '../../src/review/rederive.ts'
import type { SetsInForce } from '../../src/review/sets-in-force.ts'
import { createChance, createWorld, SMALL_WORLD } from '../policy/random-set.ts'
import { head, PARTIES, VOCABULARY } from '../policy/small-set.ts'
import { inOrder, logCheck, logExchange, putInForce } from './logged.ts'

const AT = '2024-06-01T12:00:00Z'

const RULES = `  - id: melden
    van: [politie]
    naar: [opvanghuis]
    doel: [registratie]
    over: [slachtoffer]
    als: [politietaak]
    beoordeling: [noodzaak]
    gegevens:
      verstrekken: [land, vorm]
      generaliseren: {geboren: geboortejaar}
    plichten:
      - {soort: bewaartermijn, voor: ontvanger, dagen: 30, grond: Wet 1}
    uitleg: {nl: Mag., en: Allowed.}
`
const CASES = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, ja: [politietaak], verklaard: [noodzaak], gegevens: [land]}
  gevallen:
    - naam: Gaat mee
      verwacht: {besluit: verstrekt}
`
const textsOf = (rules: string) => [
  { path: 'woordenlijst.yaml', text: VOCABULARY },
  { path: 'partijen.yaml', text: PARTIES },
  { path: 'politie.yaml', text: `${head('grondslag', 'politie')}${rules}${CASES}` },
]
function load(rules: string): PolicySet {
  const loaded = loadPolicySet(textsOf(rules))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return loaded.set
}

const set = load(RULES)
const other = load(RULES.replace('[land, vorm]', '[land]'))
const question: Question = {
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'politie',
  at: AT,
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { politietaak: true },
      assessments: ['noodzaak'],
      fields: ['land', 'vorm', 'geboren', 'naam'],
    },
  ],
}

const archiveOf = (...sets: readonly PolicySet[]) =>
  new Map(sets.map(({ policyHash, texts }) => [policyHash, formatArchive(texts)]))
const loaderOf = (archives: ReadonlyMap<string, string>): LoadSet => createSetLoader(async (hash) => archives.get(hash))

async function run(records: readonly string[], loadSet: LoadSet, sets?: SetsInForce) {
  const findings: RederivationFinding[] = []
  const start = sets?.at ?? 0
  const outcome: Rederivation = await rederive(inOrder(records, start), loadSet, (one) => findings.push(one), sets)
  return { ...outcome, findings, lines: findings.flatMap((finding) => formatFinding(finding, 'en')) }
}

const change = (record: string, from: string, to: string): string => {
  expect(record).toContain(from)
  return record.replace(from, to)
}

describe('rederive', () => {
  const genuine = [putInForce(set, AT), logExchange(set, question), logCheck(set, question)]

  test('re-derivation agrees with what was decided, and counts every record', async () => {
    const { count, findings, alteredTexts } = await run(genuine, loaderOf(archiveOf(set)))
    expect({ count, findings, alteredTexts }).toEqual({
      count: { records: 3, agreeing: 2, deviating: 0, notRederived: 0 },
      findings: [],
      alteredTexts: [],
    })
  })

  test.each<[string, string, (record: string) => string]>([
    ['outcome', '/outcome', (record) => JSON.stringify({ ...JSON.parse(record), outcome: 'verstrekt' })],
    ['treatment of a field', '/subjects/0/fields/land', (record) => change(record, '"land":"v"', '"land":"w"')],
    ['level', '/subjects/0/fields/geboren', (record) => change(record, '"g:geboortejaar"', '"g:maand"')],
    ['list of rules', '/subjects/0/rules', (record) => change(record, '"rules":["politie/melden"]', '"rules":[]')],
    [
      'list of prohibitions',
      '/subjects/0/prohibitions',
      (record) => change(record, '"prohibitions":[]', '"prohibitions":["verbod/bsn"]'),
    ],
    [
      'outcome of a data subject',
      '/subjects/0/outcome',
      (record) => change(record, '"outcome":"gedeeltelijk","prohibitions"', '"outcome":"verstrekt","prohibitions"'),
    ],
    ['duty', '/duties', (record) => change(record, '"retentionDays":30', '"retentionDays":3650')],
  ])('re-derivation finds the record that holds another %s', async (_, pointer, mutate) => {
    const records = [genuine[0]!, genuine[1]!, mutate(genuine[1]!), genuine[2]!]
    const { lines, count } = await run(records, loaderOf(archiveOf(set)))
    expect(lines.map((line) => line.split(': recorded')[0])).toEqual([`record 2: ${pointer}`])
    expect(count).toMatchObject({ agreeing: 2, deviating: 1 })
  })

  test('re-derivation reports what was recorded and what results', async () => {
    const changed = change(genuine[1]!, '"land":"v"', '"land":"w"')
    const { lines } = await run([genuine[0]!, changed], loaderOf(archiveOf(set)))
    expect(lines).toEqual(['record 1: /subjects/0/fields/land: recorded "w", recomputed "v"'])
  })

  test('re-derivation reports every record of a set whose archived texts are those of another', async () => {
    const swapped = new Map([[set.policyHash, formatArchive(other.texts)]])
    const { lines, count } = await run(genuine, loaderOf(swapped))
    expect(count).toMatchObject({ agreeing: 0, deviating: 2 })
    expect(lines.filter((line) => line.includes('/policyHash'))).toEqual([
      `record 1: /policyHash: recorded "${set.policyHash}", recomputed "${other.policyHash}"`,
      `record 2: /policyHash: recorded "${set.policyHash}", recomputed "${other.policyHash}"`,
    ])
    expect(lines).toContain('record 1: /subjects/0/fields/vorm: recorded "v", recomputed "w"')
  })

  test('re-derivation reports a set whose explanation was changed, though it decides the same', async () => {
    const reworded = load(RULES.replace('Mag.', 'Mag altijd.'))
    expect(reworded.policyHash).toBe(set.policyHash)
    const { count, alteredTexts } = await run(genuine, loaderOf(archiveOf(reworded)))
    expect({ agreeing: count.agreeing, alteredTexts }).toEqual({ agreeing: 2, alteredTexts: [set.policyHash] })
  })

  test.each([
    ['a set that nobody archived', new Map<string, string>(), 'the archive has no texts of its rule set'],
    ['texts with faults', new Map([[set.policyHash, '{"woordenlijst.yaml":"["}']]), 'cannot read the texts'],
    ['an archive that is no archive', new Map([[set.policyHash, 'texts']]), 'cannot read the texts'],
  ])('re-derivation does not count %s as agreeing', async (_, archives, reason) => {
    const { lines, count } = await run(genuine, loaderOf(archives))
    expect(count).toEqual({ records: 3, agreeing: 0, deviating: 0, notRederived: 2 })
    expect(lines[0]).toContain(`record 1: not re-derived: `)
    expect(lines[0]).toContain(reason)
  })

  test('re-derivation does not count a record that it cannot read as agreeing', async () => {
    const { lines, count } = await run(
      [genuine[0]!, genuine[1]!.replace('"v":1', '"v":2'), 'no record', genuine[2]!],
      loaderOf(archiveOf(set)),
    )
    expect(count).toEqual({ records: 4, agreeing: 1, deviating: 0, notRederived: 2 })
    expect(lines).toEqual([
      'record 1: not re-derived: this version cannot read the record',
      'record 2: not re-derived: this version cannot read the record',
    ])
  })

  test('re-derivation loads every set once', async () => {
    const asked: string[] = []
    const archives = archiveOf(set)
    await run(
      genuine,
      createSetLoader(async (hash) => {
        asked.push(hash)
        return archives.get(hash)
      }),
    )
    expect(asked).toEqual([set.policyHash])
  })

  test('re-derivation continues where a part before it ended', async () => {
    const loadSet = loaderOf(archiveOf(set))
    const first = await run(genuine.slice(0, 2), loadSet)
    const second = await run(genuine.slice(2), loadSet, JSON.parse(JSON.stringify(first.sets)))
    expect(second.count).toMatchObject({ agreeing: 1, deviating: 0 })
  })
})

describe('the set of a decision', () => {
  const under = (which: PolicySet, at: string) => logExchange(which, { ...question, at })
  const loadSet = loaderOf(archiveOf(set, other))
  const SOON = '2024-06-01T12:00:59Z'
  const LATE = '2024-06-01T12:01:01Z'

  test.each<[string, readonly string[], readonly number[]]>([
    ['nothing was in force yet', [under(set, AT)], [0]],
    ['it is the one in force', [putInForce(set, AT), under(set, LATE)], []],
    ['another is in force', [putInForce(other, AT), under(set, AT)], [1]],
    ['it made way a moment before', [putInForce(set, AT), putInForce(other, AT), under(set, SOON)], []],
    ['it made way long before', [putInForce(set, AT), putInForce(other, AT), under(set, LATE)], [2]],
    [
      'the log had gone on, whatever the record says of its moment',
      [putInForce(set, AT), putInForce(other, AT), under(other, LATE), under(set, AT)],
      [3],
    ],
    ['it came back', [putInForce(set, AT), putInForce(other, AT), putInForce(set, LATE), under(set, LATE)], []],
  ])('the set of a decision is judged by its position in the log: %s', async (_, records, deviating) => {
    const { findings } = await run(records, loadSet)
    expect(findings.map(({ leafIndex }) => leafIndex)).toEqual(deviating)
    for (const finding of findings)
      expect(finding).toMatchObject({ status: 'deviates', deviations: [{ pointer: '/policyHash' }] })
  })

  test('the set of a decision is not put in force by a proposal', async () => {
    const proposed = putInForce(set, AT).replace('"type":"policy"', '"step":"proposed","type":"policy"')
    const canonical = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(proposed)).sort()))
    const { findings } = await run([canonical, under(set, AT)], loadSet)
    expect(findings).toMatchObject([{ leafIndex: 1, deviations: [{ pointer: '/policyHash' }] }])
  })
})

describe('a made-up world', () => {
  const worlds = (seed: number) => createWorld(SMALL_WORLD, createChance(seed))

  test('a made-up world agrees with everything that was recorded under it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (seed, dice) => {
        const world = worlds(seed)
        const chance = createChance(dice)
        const questions = Array.from({ length: 8 }, () => world.ask(chance))
        const records = [
          putInForce(world.set, AT),
          ...questions.map((one, index) => (index % 2 ? logCheck : logExchange)(world.set, one)),
        ]
        const { count } = await run(records, async () => ({ set: world.set }))
        expect(count).toEqual({ records: 9, agreeing: 8, deviating: 0, notRederived: 0 })
      }),
      { numRuns: 60 },
    )
  })

  test('in a made-up world the record with any changed word is found, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(), async (seed, dice, which) => {
        const world = worlds(seed)
        const chance = createChance(dice)
        const records = Array.from({ length: 4 }, () => logExchange(world.set, world.ask(chance)))
        const at = which % 4
        const changed = changeWord(records[at]!, chance)
        const { findings } = await run([putInForce(world.set, AT), ...records.with(at, changed)], async () => ({
          set: world.set,
        }))
        expect(findings.map(({ leafIndex }) => leafIndex)).toEqual([at + 1])
      }),
      { numRuns: 60 },
    )
  })

  test('in a made-up world every record is found whose set is another one than recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (seed, dice) => {
        const world = worlds(seed)
        const chance = createChance(dice)
        const records = Array.from({ length: 4 }, () => logExchange(world.set, world.ask(chance)))
        const { findings } = await run([putInForce(world.set, AT), ...records], async () => ({
          set: worlds(seed + 1).set,
        }))
        expect(findings.map(({ leafIndex }) => leafIndex)).toEqual([1, 2, 3, 4])
      }),
      { numRuns: 20 },
    )
  })
})

/** One of the words that say what was decided becomes another word. */
function changeWord(text: string, chance: () => number): string {
  const record = JSON.parse(text)
  const subject = record.subjects[Math.floor(chance() * record.subjects.length)]
  const field = Object.keys(subject.fields)[0]!
  const changes = [
    () => (record.outcome = record.outcome === 'geweigerd' ? 'verstrekt' : 'geweigerd'),
    () => (record.reason = record.reason === 'verbod' ? 'geen-grondslag' : 'verbod'),
    () => (subject.fields[field] = subject.fields[field] === 'v' ? 'w' : 'v'),
    () => (subject.outcome = subject.outcome === 'geweigerd' ? 'gedeeltelijk' : 'geweigerd'),
    () => subject.rules.push('wet-x/r9999'),
    () => subject.prohibitions.push('verbod/p9999'),
    () => record.duties.push({ for: 'sluis', kind: 'vastleggen' }),
  ]
  changes[Math.floor(chance() * changes.length)]!()
  return sortKeys(record)
}

const sortKeys = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(sortKeys).join(',')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .sort(([one], [another]) => (one < another ? -1 : 1))
          .map(([key, inner]) => `${JSON.stringify(key)}:${sortKeys(inner)}`)
          .join(',')}}`
      : JSON.stringify(value)

describe('the policy archive file', () => {
  test('the policy archive file gives back what was put into it', () => {
    const archives = archiveOf(set, other)
    expect(parsePolicyArchives(formatPolicyArchives(archives))).toEqual(archives)
    expect(parsePolicyArchives(formatPolicyArchives(new Map()))).toEqual(new Map())
  })

  test.each([
    ['is not JSON', 'x'],
    ['is a list', '[]'],
    ['files a set under another name', '{"hash":{}}'],
    ['holds a list of texts', `{"${'a'.repeat(64)}":["x"]}`],
    ['holds a text that is none', `{"${'a'.repeat(64)}":{"x.yaml":1}}`],
  ])('the policy archive file is refused when it %s', (_, text) => {
    expect(() => parsePolicyArchives(text)).toThrow(SyntaxError)
  })
})
