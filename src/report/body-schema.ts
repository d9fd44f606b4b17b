import { z } from 'zod'
import type { Json } from '../encoding/json.ts'
import { UUID } from '../encoding/uuid.ts'
import { throwFaults } from '../errors.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Word } from '../model/vocabulary.ts'
import { findOversize, listMembers } from './body-bounds.ts'
import { formFaults } from './faults.ts'
import { createTextSchema, formatTitle } from './field-value.ts'

/** JSON Schema 2020-12 as JSON. */
export type JsonSchema = Readonly<Record<string, Json>>

/**
 * Validates a body against a schema.
 * @param memberNames every member name that an error may show
 * @throws SluisError with every fault (a hundred at most)
 */
export function parseBody<T>(schema: z.ZodType<T>, json: Json, memberNames: ReadonlySet<string>): T {
  const names = { memberNames, membersAt: (path: readonly PropertyKey[]) => listMembers(schema, path) }
  throwFaults(formFaults(findOversize(schema, json), json, names))
  const result = schema.safeParse(json)
  if (result.success) return result.data
  throwFaults(formFaults(result.error.issues, json, names))
  throw result.error
}

/** JSON Schema without `$schema` and `$ref`, so that it can be used in OpenAPI 3.1 as it is. */
export function formatJsonSchema(schema: z.ZodType): JsonSchema {
  // The detour by text drops the members that only zod uses.
  const { $schema: _, ...jsonSchema } = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })))
  return jsonSchema
}

/** Schema of the id of an exchange (UUID, RFC 9562 §4, in lower case). */
export const createIdSchema = (label: LocalisedText) =>
  createTextSchema(
    {
      maxLength: 36,
      pattern: UUID,
      form: { nl: 'het id van een uitwisseling, een UUID', en: 'the id of an exchange, a UUID' },
    },
    label,
  )

export const titled = (label: LocalisedText) => ({ title: formatTitle(label) })

export const labelsOf = (words: ReadonlyMap<string, Word>) => new Map([...words].map(([id, { label }]) => [id, label]))

/** A schema for each word, keyed by the word. */
export function mapWords<W, S>(words: ReadonlyMap<string, W>, make: (word: W) => S): Record<string, S> {
  return Object.fromEntries([...words].map(([id, word]) => [id, make(word)]))
}
