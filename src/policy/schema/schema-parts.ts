import type { Json } from '../../encoding/json.ts'
import type { LocalisedText } from '../../model/language.ts'
import {
  MAX_ID_CHARACTERS,
  MAX_ITEMS,
  MAX_LABEL_CHARACTERS,
  MAX_MEMBERS,
  MAX_TEXT_CHARACTERS,
} from '../../model/rule-file-bounds.ts'

/** JSON Schema (draft-07, which editors support best) for the few shapes that rule files are made of. */
export type Schema = { readonly [key: string]: Json }

export const text = (description: string, maxLength = MAX_TEXT_CHARACTERS): Schema => ({
  type: 'string',
  minLength: 1,
  maxLength,
  description,
})

/** The address of a page. */
export const url = (description: string): Schema => ({ ...text(description), pattern: '^https://' })

/** Labels in both languages, as members beside others. */
export const LABELS: Readonly<Record<'nl' | 'en', Schema>> = {
  nl: text('Nederlands', MAX_LABEL_CHARACTERS),
  en: text('Engels', MAX_LABEL_CHARACTERS),
}

export const DATE: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'Een bestaande dag, JJJJ-MM-DD.',
}

export const ID: Schema = {
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: MAX_ID_CHARACTERS,
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
export const idMap = (value: Schema, maxProperties = MAX_MEMBERS): Schema => ({
  type: 'object',
  maxProperties,
  propertyNames: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: MAX_ID_CHARACTERS },
  additionalProperties: value,
})

export const list = (items: Schema, description?: string, minItems = 1): Schema => ({
  type: 'array',
  items,
  minItems,
  maxItems: MAX_ITEMS,
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
    ? { type: 'string', maxLength: MAX_ID_CHARACTERS }
    : {
        type: 'string',
        enum: [...known.keys()],
        markdownEnumDescriptions: [...known.values()].map(({ label }) => label.nl),
      }

export const oneOf = (known: readonly string[]): Schema => ({ type: 'string', enum: known })

export const LOCALISED: Schema = members(LABELS, ['nl', 'en'])
