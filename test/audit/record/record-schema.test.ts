import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_RECORD_BYTES } from '../../../src/audit/record/envelope.ts'
import { formatRecordJsonSchema, RECORD_SCHEMA_ID } from '../../../src/audit/record/json-schema.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { RECORD_TYPES } from '../../../src/audit/record/record.ts'
import { recordTypeOf } from '../../../src/audit/record/type-of.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import { formatCanonicalJson } from '../../../src/encoding/canonical-json.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { fitsPublishedSchema } from './published-schema.ts'
import { OPEN, OPTIONAL, RECORDS } from './record-drafts.ts'

type JsonObject = { readonly [member: string]: Json }
const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const schema = formatRecordJsonSchema() as JsonObject
const validate = fitsPublishedSchema

/** Every way to change one member: the place, what was done to it, and the changed value. */
function* mutate(
  value: Json,
  place = '',
): Generator<{ place: string; what: 'extra' | 'missing' | 'type'; value: Json }> {
  const within = (member: string) => (place === '' ? member : `${place}.${member}`)
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const change of mutate(item, within('*')))
        yield { ...change, value: value.toSpliced(index, 1, change.value) }
  }
  if (isObject(value)) {
    yield { place, what: 'extra', value: { ...value, naam: 'Adaeze' } }
    for (const [member, inner] of Object.entries(value)) {
      const { [member]: _, ...rest } = value
      yield { place: within(member), what: 'missing', value: rest }
      for (const change of mutate(inner, within(member)))
        yield { ...change, value: { ...value, [member]: change.value } }
    }
  }
  for (const other of [null, true, 1.5, 'zomaar', ['zomaar'], { zomaar: 'x' }] as const)
    if (typeOf(other) !== typeOf(value)) yield { place, what: 'type', value: other }
}
const typeOf = (value: Json) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value)
const parentOf = (place: string) => place.split('.').slice(0, -1).join('.')

describe('the schema of the records', () => {
  test('the schema of the records names itself and its version, and describes every member', () => {
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: RECORD_SCHEMA_ID })
    const undescribed: string[] = []
    const visit = (node: Json, place: string) => {
      if (Array.isArray(node)) for (const [index, item] of node.entries()) visit(item, `${place}/${index}`)
      if (!isObject(node)) return
      for (const [member, property] of Object.entries((node.properties ?? {}) as JsonObject)) {
        const isTold = isObject(property) && ('description' in property || 'const' in property)
        if (!isTold && member !== 'type') undescribed.push(`${place}/${member}`)
      }
      for (const [member, inner] of Object.entries(node)) visit(inner, `${place}/${member}`)
    }
    visit(schema, '')
    expect(undescribed).toEqual([])
  })

  test('the schema of the records knows every type of record, and these tests every kind', () => {
    const kinds = new Set(Object.keys(RECORDS).map((kind) => kind.split(' ')[0]))
    expect([...kinds].toSorted()).toEqual(RECORD_TYPES.toSorted())
  })

  test.each(Object.entries(RECORDS))(
    'the schema of the records accepts whatever the gateway writes of %s, and nothing that was changed',
    (kind, texts) => {
      fc.assert(
        fc.property(texts, (text) => {
          const record = JSON.parse(text) as Json
          expect(validate(record), JSON.stringify(validate.errors)).toBe(true)
          for (const { place, what, value } of mutate(record)) {
            const isOpen = OPEN.some((open) => place === open || parentOf(place) === open)
            if (what === 'missing' && (isOpen || OPTIONAL[kind]?.includes(place))) continue
            // A name that is free may be any; its value may not.
            const isValid = validate(value)
            const mayBe = what === 'extra' && isOpen && takesTexts(place)
            expect(isValid && !mayBe, `${what} at ${place} of ${text}`).toBe(false)
            // The reader of this version is as strict as what is published.
            if (!isValid) expect(() => parseRecord(formatCanonicalJson(value))).toThrow(SyntaxError)
          }
        }),
        { numRuns: 6 },
      )
    },
  )

  /** Where the free names lead to texts, the extra member of the mutation is one of them. */
  const takesTexts = (place: string) => place === 'filter' || place === 'subjects.*.fields'

  test.each([
    ['a nonce that is too short', 'nonce', 'AAECAwQFBgcICQoLDA0OD'],
    ['a nonce of another alphabet', 'nonce', 'AAECAwQFBgcICQoLDA0OD+'],
    ['a moment of a zone', 'at', '2026-11-22T10:30:00.000+01:00'],
    ['a moment without milliseconds', 'at', '2026-11-22T10:30:00Z'],
    ['another version', 'v', 2],
    ['another type', 'type', 'unheard-of'],
  ])('the schema of the records does not accept %s', (_, member, value) => {
    fc.assert(
      fc.property(RECORDS.feedback!, (text) => !validate({ ...(JSON.parse(text) as JsonObject), [member]: value })),
      { numRuns: 3 },
    )
  })
})

test.each([-1, 0.5])('a count is a whole number from zero, and %d is none', (value) => {
  fc.assert(
    fc.property(RECORDS.heartbeat!, (text) => {
      for (const member of ['since', 'failed']) {
        const changed = { ...(JSON.parse(text) as JsonObject), [member]: value }
        expect(validate(changed)).toBe(false)
        expect(() => parseRecord(formatCanonicalJson(changed))).toThrow(SyntaxError)
      }
    }),
    { numRuns: 3 },
  )
})

describe('a record', () => {
  test.each(Object.entries(RECORDS))(
    'a record of %s has one spelling, within its limit, and its type can be read from it',
    (kind, texts) => {
      fc.assert(
        fc.property(texts, (text) => {
          expect(formatCanonicalJson(JSON.parse(text) as Json)).toBe(text)
          // What was read is what was written (RFC 8785), and written again it is the same bytes.
          expect(formatCanonicalJson(parseRecord(text) as Json)).toBe(text)
          expect(formatUtf8(text).length).toBeLessThanOrEqual(MAX_RECORD_BYTES)
          expect(recordTypeOf(text)).toBe(kind.split(' ')[0])
        }),
        { numRuns: 50 },
      )
    },
  )

  test('a record of no known type has no type', () => {
    for (const text of ['', '{}', '{"type":"unheard-of","v":1}', '{"type":5}', 'no record at all'])
      expect(() => recordTypeOf(text)).toThrow(SyntaxError)
  })
})
