import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Json } from '../../src/encoding/json.ts'
import { type Fault, SluisError } from '../../src/errors.ts'
import { createSchemas } from '../../src/exchange/rule-sets/rules-in-force.ts'
import { recallRequestExample, subjectRequestExample, submissionExample } from '../../src/http/examples.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { type WireName, wire } from '../../src/http/wire/schemas.ts'
import { parseBody } from '../../src/report/body-schema.ts'
import { loadPolicies } from '../exchange/context.ts'

/** A limit of a schema: where it is, and values at it and one beyond it. */
interface Limit {
  readonly path: readonly (string | number)[]
  readonly what: string
  readonly atMost: Json
  readonly tooMuch: Json
}

type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}

const schemas = createSchemas(loadPolicies())

/** Some value that a schema accepts, as far as limits are concerned. */
function fill(schema: Schema): Json {
  if (schema.anyOf && !schema.properties) return fill(schema.anyOf[0]!)
  if (Array.isArray(schema.enum)) return schema.enum[0] as Json
  if ('const' in schema) return schema.const as Json
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        ((schema.required as string[] | undefined) ?? []).map((name) => [name, fill(schema.properties![name]!)]),
      )
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => fill(schema.items!))
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? 0)
    case 'boolean':
      return true
    default:
      return formText(schema, Number(schema.minLength ?? 1))
  }
}

/** A text of a length; one with a form of its own is cut from an example of it. */
function formText({ pattern, format }: Schema, length: number): string {
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test('x'.repeat(length))) {
    const example = EXAMPLES.find((text) => text.length === length && new RegExp(pattern, 'u').test(text))
    if (example !== undefined) return example
  }
  return format === 'uuid' ? EXAMPLES[0]! : 'x'.repeat(length)
}
const EXAMPLES = ['7f6c8f8e-4a53-4d1e-9f54-6f0a4f1f9c11', '2026-11-22']

/** Every maximum in a schema. */
function* listLimits(schema: Schema, path: readonly (string | number)[] = []): Generator<Limit> {
  const { maxLength, maxItems, maxProperties, maximum } = schema
  if (typeof maxLength === 'number') {
    const [atMost, tooMuch] = [formText(schema, maxLength), `${formText(schema, maxLength)}x`]
    yield { path, what: `${maxLength} characters`, atMost, tooMuch }
  }
  if (typeof maxItems === 'number') {
    const items = listItems(schema.items!, maxItems + 1)
    yield { path, what: `${maxItems} items`, atMost: items.slice(0, maxItems), tooMuch: items }
  }
  if (typeof maxProperties === 'number') {
    const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, true]))
    yield {
      path,
      what: `${maxProperties} members`,
      atMost: members(maxProperties),
      tooMuch: members(maxProperties + 1),
    }
  }
  // The greatest number that JSON carries exactly is no limit that anybody chose.
  if (typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER) {
    yield { path, what: `at most ${maximum}`, atMost: maximum, tooMuch: maximum + 1 }
  }
  for (const [name, member] of Object.entries(schema.properties ?? {})) yield* listLimits(member, [...path, name])
  if (schema.items) yield* listLimits(schema.items, [...path, 0])
  for (const branch of schema.properties ? [] : (schema.anyOf ?? [])) {
    if (branch.properties || branch.anyOf) yield* listLimits(branch, path)
  }
}

/** Items of a list, all different where the words allow it: a list that names a word twice is refused for that. */
function listItems(items: Schema, count: number): Json[] {
  const words = Array.isArray(items.enum) ? (items.enum as Json[]) : []
  return Array.from({ length: count }, (_, index) => words[index] ?? fill(items))
}

/** The body with a value at a path; objects and lists on the way are made. */
function place(body: Json, path: readonly (string | number)[], value: Json): Json {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (typeof step === 'number') {
    const items = Array.isArray(body) && body.length > 0 ? [...(body as Json[])] : [{}]
    return [place(items[0]!, rest, value), ...items.slice(1)]
  }
  const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  return {
    ...members,
    [step]: place((members as Record<string, Json>)[step] ?? (rest[0] === 0 ? [] : {}), rest, value),
  }
}

function faultsAt(parse: (body: Json) => unknown, body: Json, path: readonly (string | number)[]): readonly Fault[] {
  try {
    parse(body)
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    // A limit of an item is reported at its list when the list is a limit too.
    return error.faults.filter(({ pointer }) => pointer === path.map((step) => `/${step}`).join(''))
  }
  return []
}

const knownNames = (schema: Schema): readonly string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [name, ...knownNames(member)]),
  ...(schema.items ? knownNames(schema.items) : []),
  ...(schema.anyOf ?? []).flatMap(knownNames),
]

const REPORTS: Readonly<Record<string, { schema: Schema; parse: (body: Json) => unknown; body: Json }>> = {
  Submission: { schema: schemas.submissionJsonSchema, parse: schemas.parseSubmission, body: submissionExample },
  CheckRequest: { schema: schemas.checkJsonSchema, parse: schemas.parseCheck, body: submissionExample },
  IdentityQuestion: {
    schema: schemas.identityQuestionJsonSchema,
    parse: schemas.parseIdentityQuestion,
    body: fill(schemas.identityQuestionJsonSchema as Schema),
  },
  SubjectRequest: {
    schema: schemas.subjectRequestJsonSchema,
    parse: schemas.parseSubjectRequest,
    body: subjectRequestExample,
  },
}

function openBody(name: string) {
  const report = REPORTS[name]
  if (report) return report
  const schema = z.toJSONSchema(wire[name as WireName], { io: 'input' }) as Schema
  const names = new Set(knownNames(schema))
  const body = name === 'RecallRequest' ? recallRequestExample : fill(schema)
  return { schema, body, parse: (json: Json) => parseBody(wire[name as WireName] as z.ZodType, json, names) }
}

const LIMITS = [...new Set(ROUTES.flatMap(({ body }) => body ?? []))].flatMap((name) => {
  const { schema, parse, body } = openBody(name)
  return [...listLimits(schema)].map((limit) => ({ ...limit, name, parse, body, at: `/${limit.path.join('/')}` }))
})

describe('a limit that is documented', () => {
  test('every kind of limit is among them', () => {
    for (const what of [/characters/, /items/, /members/])
      expect(LIMITS.filter((limit) => what.test(limit.what))).not.toEqual([])
  })

  test.each(LIMITS)('$at of $name takes $what and no more', ({ path, atMost, tooMuch, parse, body }) => {
    const isAboutSize = ({ detail }: Fault) => /too long|too many|at most|1 to \d+/.test(detail.en)
    expect(faultsAt(parse, place(body, path, atMost), path).filter(isAboutSize)).toEqual([])
    expect(faultsAt(parse, place(body, path, tooMuch), path)).not.toEqual([])
  })
})
