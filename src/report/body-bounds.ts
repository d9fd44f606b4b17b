import { z } from 'zod'
import type { Json } from '../encoding/json.ts'

/** Most faults in one answer: a body can contain tens of thousands, and a hundred are enough to fix before it is sent again. */
export const MAX_FAULTS = 100

type Issue = z.core.$ZodIssue

/** The members of a JSON Schema that bound a body. */
interface Bounds {
  readonly maxItems?: number
  readonly items?: Bounds
  readonly properties?: Readonly<Record<string, Bounds>>
  readonly maxProperties?: number
  readonly anyOf?: readonly Bounds[]
}

const boundsOf = new WeakMap<z.ZodType, Bounds>()

function loadBounds(schema: z.ZodType): Bounds {
  let bounds = boundsOf.get(schema)
  if (!bounds) {
    bounds = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Bounds
    boundsOf.set(schema, bounds)
  }
  return bounds
}

/** The branch of a union that describes an object; a schema with properties of its own is that object. */
const withProperties = (bounds: Bounds): Bounds =>
  bounds.properties ? bounds : (bounds.anyOf?.find(({ properties }) => properties !== undefined) ?? bounds)

/** The member names that the object at a path of a body can have; none for a path that the schema does not know. */
export function listMembers(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let bounds: Bounds | undefined = loadBounds(schema)
  for (const step of path) {
    if (!bounds) return []
    const { items, properties } = withProperties(bounds)
    bounds = typeof step === 'number' ? items : properties?.[String(step)]
  }
  return Object.keys((bounds && withProperties(bounds).properties) ?? {})
}

/**
 * The arrays and objects of a body that have more elements than its schema allows. Found before anything in them is checked, so
 * that the work of a check depends on the schema and not on the sender. An object may have a hundred unknown members, which
 * the check itself names.
 */
export function findOversize(schema: z.ZodType, body: Json): readonly Issue[] {
  const issues: Issue[] = []
  collect(loadBounds(schema), body, [])
  return issues

  function collect(bound: Bounds, value: Json, path: (string | number)[]): void {
    if (issues.length >= MAX_FAULTS || typeof value !== 'object' || value === null) return
    if (bound.anyOf && !bound.properties) {
      const branch = withProperties(bound)
      if (branch !== bound) collect(branch, value, path)
    } else if (Array.isArray(value)) {
      const { maxItems = Number.POSITIVE_INFINITY, items } = bound
      if (value.length > maxItems)
        issues.push({ code: 'too_big', origin: 'array', maximum: maxItems, path, message: '' })
      else if (items) for (const [index, item] of value.entries()) collect(items, item, [...path, index])
    } else collectMembers(bound, value as { readonly [name: string]: Json }, path)
  }

  function collectMembers(bound: Bounds, value: { readonly [name: string]: Json }, path: (string | number)[]): void {
    const { properties = {}, maxProperties } = bound
    const names = Object.keys(value)
    if (maxProperties !== undefined && names.length > maxProperties) {
      issues.push({ code: 'too_big', origin: 'object', maximum: maxProperties, path, message: '' })
    } else if (maxProperties === undefined && names.length > Object.keys(properties).length + MAX_FAULTS) {
      const unknown = names.filter((name) => !Object.hasOwn(properties, name)).slice(0, MAX_FAULTS)
      issues.push({ code: 'unrecognized_keys', keys: unknown, path, message: '' })
    } else {
      for (const name of names) {
        if (Object.hasOwn(properties, name)) collect(properties[name]!, value[name]!, [...path, name])
      }
    }
  }
}
