import { describe, expect, test } from 'vitest'
import type { FieldDecision, SubjectQuestion } from '../../../src/model/decision.ts'
import { nameTreatment } from '../../../src/model/treatment-words.ts'
import type { Circumstance } from '../../../src/model/vocabulary.ts'
import type { KnownWords } from '../../../src/policy/analysis/knowledge.ts'
import { decide } from '../../../src/policy/decide.ts'
import { isConsistent } from '../../../src/policy/facts/relations.ts'
import { closeQuestion } from '../../../src/policy/facts/settle-question.ts'
import { COLUMN_KINDS, type ColumnKind, type ColumnTopic } from '../../../src/policy/matrix/columns.ts'
import { type Cell, drawMatrices, type Matrix } from '../../../src/policy/matrix/draw.ts'
import { assemblePolicySet, type PolicyFile, type PolicySet } from '../../../src/policy/policy-set.ts'
import { strictness } from '../../../src/policy/release.ts'
import { createChance, createWorld } from '../random-set.ts'

const ON = '2024-06-01'
const FILE = 'wet-0'
const file = { id: FILE } as PolicyFile

/** `feit-0` and `feit-1` exclude each other; `feit-2` and `feit-3` are younger than 12 and than 18. */
function relatedWorld(seed: number): PolicySet {
  const { set } = createWorld(
    {
      parties: 3,
      purposes: 1,
      roles: 2,
      circumstances: 5,
      assessments: 1,
      fields: 4,
      files: 2,
      rules: 10,
      prohibitions: 3,
      safeguards: 2,
      inOneBucket: false,
      factsAsked: [0, 2],
      presumptions: seed % 2 === 0 ? 0 : 0.4,
    },
    createChance(seed),
  )
  const relations: Readonly<Record<string, Partial<Circumstance>>> = {
    'feit-0': { excludes: ['feit-1'] },
    'feit-1': { excludes: ['feit-0'] },
    'feit-2': { settledBy: { field: 'veld-0', youngerThan: 12 } },
    'feit-3': { impliedBy: ['feit-2'], settledBy: { field: 'veld-0', youngerThan: 18 } },
  }
  const circumstances = new Map(
    [...set.vocabulary.circumstances].map(([id, word]) => [id, { ...word, ...relations[id] }]),
  )
  return assemblePolicySet({ ...set, vocabulary: { ...set.vocabulary, circumstances } })
}

/** What a column of this topic says about the words of the world, and on which day and in which role it is. */
function statedIn(topic: ColumnTopic): {
  readonly circumstances: Record<string, boolean>
  readonly day?: string
  readonly role?: string
} {
  switch (topic.kind) {
    case 'role':
      return { circumstances: {}, role: topic.role }
    case 'period':
      return { circumstances: {}, day: topic.from.startsWith('0000') ? '2001-01-01' : topic.from }
    case 'statement':
      return { circumstances: { [topic.circumstance]: true } }
    case 'age':
      return {
        circumstances: {
          ...(topic.from !== undefined && { [topic.from === 12 ? 'feit-2' : 'feit-3']: false }),
          ...(topic.until !== undefined && { [topic.until === 12 ? 'feit-2' : 'feit-3']: true }),
        },
      }
    default:
      return { circumstances: {} }
  }
}

/** The words that stay as a column has them, by the definition of the columns. */
function fixedWords(set: PolicySet, kind: ColumnKind): readonly string[] {
  if (kind === 'ages') return ['feit-2', 'feit-3']
  if (kind !== 'regimes') return []
  const asked = new Set(set.rules.filter((rule) => rule.file === FILE).flatMap(({ anyOf }) => anyOf))
  const families = [['feit-0', 'feit-1'], ['feit-2', 'feit-3'], ['feit-4']]
  const own = set.rules.filter((rule) => rule.file === FILE)
  const apart = new Set(own.flatMap(({ when, whenFrom }) => [...when, ...[...(whenFrom?.values() ?? [])].flat()]))
  return families
    .filter((family) => family.some((word) => asked.has(word)))
    .flat()
    .filter((word) => !apart.has(word))
}

/** Every set of statements about these words that contradicts nothing. */
function* listStates(
  set: PolicySet,
  stated: Record<string, boolean>,
  open: readonly string[],
): Generator<SubjectQuestion> {
  const assessments = [...set.vocabulary.assessments.keys()]
  for (let state = 0; state < 3 ** open.length * 2; state++) {
    const circumstances = { ...stated }
    let rest = state >> 1
    for (const word of open) {
      if (rest % 3 > 0) circumstances[word] = rest % 3 === 1
      rest = Math.floor(rest / 3)
    }
    const subject = { role: '', circumstances, assessments: state % 2 === 1 ? assessments : [], fields: [] }
    if (isConsistent(set.vocabulary, subject)) yield subject
  }
}

interface Place {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  readonly role: string
}

function decideAt(set: PolicySet, place: Place, day: string, subject: SubjectQuestion, fields: readonly string[]) {
  const { role, ...exchange } = place
  const question = {
    ...exchange,
    legalBasis: FILE,
    at: `${day}T12:00:00Z`,
    dataSubjects: [{ ...subject, role, fields }],
  }
  return decide(set, closeQuestion(set, question)).dataSubjects[0]!.fields
}

/** Strictness with the link as the lesser of two good things. */
const rankOf = (set: PolicySet, decided: FieldDecision): number =>
  2 * Math.min(strictness(decided, set.vocabulary.fields.get(decided.field)), 1000) +
  (decided.release === 'weigeren' ? 2 : 0) +
  (decided.link && decided.release !== 'weigeren' ? 0 : 1)

const describeField = ({ level, link, ...field }: Pick<FieldDecision, 'release' | 'level' | 'link'>): string =>
  `${nameTreatment({ ...field, link })} ${level ?? ''} ${link && field.release !== 'weigeren'}`

function findCell(
  matrix: Matrix | undefined,
  { sender, recipient, purpose, role }: Place,
  at: number,
): Cell | undefined {
  const rows = matrix?.rows.filter(
    (row) =>
      row.senders.includes(sender) &&
      row.recipients.includes(recipient) &&
      row.purposes.includes(purpose) &&
      (row.roles?.includes(role) ?? true),
  )
  expect(rows?.length ?? 0).toBeLessThan(2)
  return rows?.[0]?.cells[at]
}

const SEEDS = [1, 2, 3, 4, 5, 6]

describe('a cell of a matrix', () => {
  test.each(SEEDS.flatMap((seed) => COLUMN_KINDS.map((kind) => [seed, kind] as const)))(
    'every cell is the most over all sets of statements, and its statements give it (world %i, %s)',
    (seed, kind) => {
      const set = relatedWorld(seed)
      const fields = [
        ...new Set(
          set.rules
            .filter((rule) => rule.file === FILE)
            .flatMap((rule) => [...rule.release, ...rule.generalise.keys(), ...rule.link]),
        ),
      ]
      const [matrix] = drawMatrices(set, [file], { columns: kind, on: ON }) as readonly Matrix[]
      const open = [...set.vocabulary.circumstances.keys()].filter((word) => !fixedWords(set, kind).includes(word))
      const parties = [...set.parties.keys()]
      let passing = 0
      for (const [at, topics] of (matrix?.columns ?? []).entries()) {
        for (const topic of topics) {
          const { circumstances, day = ON, role: only } = statedIn(topic)
          for (const sender of parties)
            for (const recipient of parties.filter((party) => party !== sender))
              for (const role of only === undefined ? set.vocabulary.roles.keys() : [only]) {
                const place = { sender, recipient, purpose: 'doel-0', role }
                const best = new Map<string, FieldDecision>()
                for (const subject of listStates(set, circumstances, open)) {
                  for (const decided of decideAt(set, place, day, subject, fields)) {
                    const known = best.get(decided.field)
                    if (known === undefined || rankOf(set, decided) < rankOf(set, known))
                      best.set(decided.field, decided)
                  }
                }
                const cell = findCell(matrix, place, at)
                if (cell === undefined) {
                  expect(
                    [...best.values()].filter(
                      ({ release, link }) =>
                        release.startsWith('ver') || release === 'generaliseren' || (link && release !== 'weigeren'),
                    ),
                  ).toEqual([])
                  continue
                }
                const told = cell.fields.map(
                  ({ field, treatment, level, link }) => `${field} ${treatment} ${level ?? ''} ${link}`,
                )
                expect(told).toEqual(fields.map((field) => `${field} ${describeField(best.get(field)!)}`))
                if (cell.statements === undefined) continue
                const passes = cell.fields.filter(({ reason }) => reason === undefined).map(({ field }) => field)
                passing += passes.length
                const given = decideAt(set, place, day, withStatements(circumstances, cell.statements), passes)
                expect(given.map(describeField)).toEqual(passes.map((field) => describeField(best.get(field)!)))
              }
        }
      }
      if (kind !== 'regimes') expect(passing).toBeGreaterThan(0)
    },
  )
})

const withStatements = (stated: Record<string, boolean>, { yes, no, declared }: KnownWords): SubjectQuestion => ({
  role: '',
  circumstances: {
    ...stated,
    ...Object.fromEntries([...yes.map((word) => [word, true]), ...no.map((word) => [word, false])]),
  },
  assessments: declared,
  fields: [],
})
