import { expect, test } from 'vitest'
import { z } from 'zod'
import { SluisError } from '../../src/errors.ts'
import { createSchemas } from '../../src/exchange/rule-sets/rules-in-force.ts'
import { formatOpenApi } from '../../src/http/openapi.ts'
import { formatProblem } from '../../src/http/problem.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { wire } from '../../src/http/wire/schemas.ts'
import { parseBody } from '../../src/report/body-schema.ts'
import { loadPolicies } from '../exchange/context.ts'
import { findUnbounded } from '../unbounded-schema.ts'

const policySet = loadPolicies()
const schemas = createSchemas(policySet)

const bodies = [...new Set(ROUTES.flatMap(({ body }) => body ?? []))]
const document = formatOpenApi({ issuer: 'https://sluis.example', routes: ROUTES, schemas }) as unknown as {
  components: { schemas: Record<string, unknown> }
}

test.each(bodies)('every array, record and text of the body %s has a bound', (name) => {
  expect(findUnbounded(document.components.schemas[name])).toEqual([])
  if (name in wire) {
    expect(findUnbounded(z.toJSONSchema(wire[name as keyof typeof wire], { io: 'input' }))).toEqual([])
  }
})

/**
 * Lists that follow the log or the size of a rule set, and are not divided into pages. No number would be true of them, so none is
 * stated; a list that is not here has a bound.
 */
const WITHOUT_BOUND: Readonly<Record<string, readonly string[]>> = {
  // The whole review is bounded in characters, where rule sets are reviewed in a thread.
  ProposalReview: ['gaps: array', 'findings: array', 'changes/properties/nl: array', 'changes/properties/en: array'],
  // One item per combination of words that reports had, of every rule set since the log began, and one per month.
  GapReport: ['gaps', 'repaired'].flatMap((list) => [
    `${list}: array`,
    `${list}/items/properties/fields: array`,
    `${list}/items/properties/months: array`,
  ]),
  // Exchanges of one millisecond are never divided over two answers.
  SubjectRequestAnswer: ['exchanges: array'],
  // What another rule set decides about the same question.
  RederivationFinding: ['deviations/items/properties/recomputed: string'],
  // One item per combination of parties and words in the month, or per event in it.
  MonthlyReport: [
    ...['exchanges', 'checks', 'refusals', 'acknowledgements', 'feedback', 'recalls', 'erasures', 'outsideOfficeHours'],
    ...['searches', 'limits', 'keys', 'policies', 'parties', 'heartbeats/properties/findings', 'epochs', 'logReads'],
  ].map((list) => `${list}: array`),
}

test.each(Object.keys(document.components.schemas))(
  'every array, record and text of the schema %s has a bound',
  (name) => {
    const places = findUnbounded(document.components.schemas[name])
    expect(places.map((place) => place.replace(/^(\/oneOf\/\d+)?\/properties\//, '')).toSorted()).toEqual(
      (WITHOUT_BOUND[name] ?? []).toSorted(),
    )
  },
)

test('every text in a parameter has a bound', () => {
  const parameters = ROUTES.flatMap((route) => route.parameters ?? [])
  expect(parameters.flatMap(({ name, schema }) => findUnbounded(schema, name))).toEqual([])
})

test('the walk over schemas recognises what has no bound', () => {
  const open = z.object({ a: z.array(z.enum(['b'])), r: z.record(z.string().max(1), z.boolean()), s: z.string() })
  expect(findUnbounded(z.toJSONSchema(open))).toEqual([
    '/properties/a: array',
    '/properties/r: record',
    '/properties/s: string',
  ])
})

/** What a body is refused with. */
function faultsOf(parse: () => unknown) {
  try {
    parse()
  } catch (error) {
    if (error instanceof SluisError) return error.faults.map(({ code, pointer }) => `${code} ${pointer}`)
    throw error
  }
  return []
}
const many = <T>(length: number, value: T): T[] => Array.from({ length }, () => value)
const members = (length: number) => Object.fromEntries(many(length, true).map((value, index) => [`m${index}`, value]))
const context = { recipient: 'a', purpose: 'b' }
const evaluation = {
  subject: { type: 'party', id: 'politie' },
  action: { name: 'share' },
  resource: { type: 'field', id: 'bsn', properties: { role: 'a' } },
}
const names = new Set(['context', 'understands', 'circumstances'])

test('a list or record that is too long is refused before anything in it is checked', () => {
  const evaluate = (more: object) => () =>
    parseBody(wire.EvaluationRequest, { ...evaluation, context: { ...context, ...more } }, names)
  expect(faultsOf(evaluate({ understands: many(200_000, 'x') }))).toEqual(['value-invalid /context/understands'])
  expect(faultsOf(evaluate({ circumstances: members(100_000) }))).toEqual(['value-invalid /context/circumstances'])

  const subject = { role: 'slachtoffer', circumstances: {}, assessments: [], data: {} }
  const submit = (dataSubjects: object[]) => () => schemas.parseSubmission({ dataSubjects } as never)
  expect(faultsOf(submit(many(10_000, {})))).toEqual(['value-invalid /dataSubjects'])
  expect(faultsOf(submit([{ ...subject, circumstances: members(100_000) }]))).toEqual(
    many(100, 'member-unknown /dataSubjects/0/circumstances'),
  )
  expect(faultsOf(submit([{ ...subject, assessments: many(10_000, 0) }]))).toEqual([
    'value-invalid /dataSubjects/0/assessments',
  ])
  const asked = { dataSubjects: [{ role: 'slachtoffer', assessments: [members(100_000)] }] }
  expect(faultsOf(() => schemas.parseCheck(asked))).toEqual(many(100, 'member-unknown /dataSubjects/0/assessments/0'))
  expect(faultsOf(() => schemas.parseSubjectRequest({ exchanges: many(10_000, 'x') }))).toEqual([
    'value-invalid /exchanges',
  ])
})

test('an answer lists at most a hundred faults, and says so', () => {
  const parse = () => schemas.parseSubmission({ dataSubjects: many(12, { data: members(60) }) } as never)
  expect(faultsOf(parse)).toHaveLength(100)
  try {
    parse()
  } catch (error) {
    expect(formatProblem(error, 'en').detail).toContain('this answer lists at most 100 faults')
    expect(formatProblem(error, 'nl').detail).toContain('ten hoogste 100 fouten')
  }
})

test('the bounds of an evaluation have room for every word in force', () => {
  const { vocabulary } = policySet
  expect(vocabulary.circumstances.size).toBeLessThanOrEqual(200)
  expect(vocabulary.assessments.size).toBeLessThanOrEqual(32)
})
