import type { Json } from '../../encoding/json.ts'
import type { LocalisedText } from '../../model/language.ts'

/** JSON Schema (draft-07, which editors support best) for the few shapes that rule files are made of. */
export type Schema = { readonly [key: string]: Json }

export const text = (description: string): Schema => ({ type: 'string', minLength: 1, description })

export const DATE: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'Een bestaande dag, JJJJ-MM-DD.',
}

export const ID: Schema = {
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 80,
  description: 'Kleine letters, cijfers en koppeltekens.',
}

/** A map with a closed list of keys. */
export const members = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 && { required }),
})

/** A map from ids to one shape. */
export const idMap = (value: Schema): Schema => ({
  type: 'object',
  propertyNames: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 },
  additionalProperties: value,
})

export const list = (items: Schema, description?: string, minItems = 1): Schema => ({
  type: 'array',
  items,
  minItems,
  ...(description !== undefined && { description }),
})

/** A list of distinct words of one kind. */
export const words = (kind: string, description: string, minItems = 1): Schema => ({
  ...list(ref(kind), description, minItems),
  uniqueItems: true,
})

export const ref = (kind: string): Schema => ({ $ref: `#/definitions/${kind}` })

/** One of the known words; editors show its Dutch label. */
export const wordOf = (known: ReadonlyMap<string, { readonly label: LocalisedText }>): Schema =>
  known.size === 0
    ? { type: 'string' }
    : {
        type: 'string',
        enum: [...known.keys()],
        markdownEnumDescriptions: [...known.values()].map(({ label }) => label.nl),
      }

export const oneOf = (known: readonly string[]): Schema => ({ type: 'string', enum: known })

export const LOCALISED: Schema = members({ nl: text('Nederlands'), en: text('Engels') }, ['nl', 'en'])
