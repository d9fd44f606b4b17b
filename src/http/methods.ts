import { type SluisError, sluisError } from '../errors.ts'
import type { Route } from './route.ts'

/** A method at a path in OpenAPI form. */
export type Served = Pick<Route, 'method' | 'path' | 'scope'>

/**
 * The methods under which a path is served, as `Allow` lists them (RFC 9110 §10.2.1); empty when it is not served at all.
 * Every open GET also answers HEAD. A guarded GET does not: handing over a delivery is recorded, and HEAD hands nothing over.
 */
export function findMethods(served: readonly Served[], pathname: string): readonly string[] {
  const found = served.filter(({ path }) => formatPattern(path).test(pathname))
  return [
    ...new Set(
      found.flatMap(({ method, scope }) => (method === 'get' && !scope ? ['GET', 'HEAD'] : [method.toUpperCase()])),
    ),
  ]
}

export function methodNotAllowed(methods: readonly string[]): SluisError {
  return sluisError('method-not-allowed', {
    nl: `dit adres kent alleen ${methods.join(', ')}; gebruik een van deze methoden`,
    en: `this address accepts only ${methods.join(', ')}; use one of these methods`,
  })
}

/**
 * A path in the form that Hono reads. `{id}` matches one segment, but not a `_verb`; `{index}` of a tile matches the rest of the path.
 */
export const formatHonoPath = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `:${name}{${segmentOf(name)}}`)

const formatPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, (_, name: string) => segmentOf(name))}$`)

const segmentOf = (name: string): string => (name === 'index' ? '.+' : '[^_/][^/]*')
