import type { Json } from '../../src/encoding/json.ts'
import type { Route } from '../../src/http/route.ts'
import { KIND_MARKS } from '../exchange/canaries.ts'
import type { CanaryCase } from './canary-cases.ts'

/** One request, as a client could send it. */
export interface Attempt {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const BSN = '999990639'
/** What has the form of what belongs there and says something about somebody even so. */
function lookAlikes(value: string): readonly string[] {
  if (/^[0-9a-f]{8}-/.test(value)) return [`01a201c8-ce67-77ef-8e37-000${BSN}`]
  if (/^[0-9a-f]{64}$/.test(value)) return [BSN.padStart(64, '0')]
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return ['1963-03-17', '1963-03-17T00:00:00Z']
  return [BSN]
}
/** What a header can carry. */
const HEADER_MARKS = KIND_MARKS.map((mark) => (/^[\x20-\x7e]+$/.test(mark) ? mark : encodeURIComponent(mark)))
const ALL = HEADER_MARKS.join(', ')
const hex = (text: string, digits: number) => Buffer.from(text).toString('hex').padEnd(digits, '0').slice(0, digits)

/** Everything that a client may say beside address and body; none of it is for the gateway to keep. */
export const MARKED_HEADERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'accept-language',
      'baggage',
      'cookie',
      'forwarded',
      'from',
      'if-match',
      'origin',
      'range',
      'referer',
      'tracestate',
      'user-agent',
      'via',
      'x-correlation-id',
      'x-forwarded-for',
      'x-request-id',
    ].map((name) => [name, ALL]),
  ),
}

/** Traces whose ids are numbers and text of somebody, and one that is none. */
export const TRACES: readonly string[] = [
  `00-${BSN.padStart(32, '0')}-${BSN.padStart(16, '0')}-01`,
  `00-${hex('QXZKANARIE17', 32)}-${hex('QXZKANAR', 16)}-01`,
  `00-${BSN}-${BSN}-01`,
]

/** The request that is to be answered with the case's own status. */
export function properAttempt(route: Route, address: string, one: CanaryCase, key: string): Attempt {
  return {
    method: route.method.toUpperCase(),
    path: fill(address, one.path ?? {}) + (one.query ?? ''),
    headers: {
      ...(one.body !== undefined && { 'content-type': 'application/json' }),
      ...(takesKey(route) && { 'idempotency-key': key }),
    },
    ...(one.body !== undefined && { body: JSON.stringify(one.body) }),
  }
}

/** The same in every way that is wrong somewhere, with a mark in the wrong place. */
export function* wrongAttempts(route: Route, address: string, one: CanaryCase): Generator<Attempt> {
  let count = 0
  const next = () => KIND_MARKS[count++ % KIND_MARKS.length]!
  const proper = () => properAttempt(route, address, one, `${HEADER_MARKS[0]}-${route.operationId}-${count++}`)
  for (const traceparent of TRACES) yield { ...proper(), headers: { ...proper().headers, traceparent } }
  for (const [name, usual] of Object.entries(one.path ?? {})) {
    for (const value of [...lookAlikes(usual), next(), next(), next()]) {
      yield { ...proper(), path: fill(address, { ...one.path, [name]: value }) }
    }
  }
  const known = route.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name) ?? []
  const base = fill(address, one.path ?? {})
  for (const name of [...known, encodeURIComponent(next())]) {
    for (const value of [BSN, `01a201c8-ce67-77ef-8e37-000${BSN}`, next()]) {
      yield { ...proper(), path: `${base}?${name}=${encodeURIComponent(value)}` }
    }
  }
  if (takesKey(route)) {
    for (const key of ['', ALL, BSN]) yield { ...proper(), headers: { ...proper().headers, 'idempotency-key': key } }
  }
  if (one.body === undefined) return
  for (const type of [ALL, `application/json; charset=${BSN}`, 'text/plain']) {
    yield { ...proper(), headers: { ...proper().headers, 'content-type': type } }
  }
  const text = JSON.stringify(one.body)
  for (const body of [
    next(),
    JSON.stringify(next()),
    `[${JSON.stringify(next())}]`,
    `{${JSON.stringify(next())}:1,"${BSN}":2,"${BSN}":3}`,
    `${text.slice(0, -1)},${JSON.stringify(next())}:${JSON.stringify(next())}}`,
    `${text}${next()}`,
    text.slice(0, text.length / 2),
    `{"__proto__":${JSON.stringify(next())}}`,
    `${text.slice(0, -1)},"x":"${BSN}\\ud800"}`,
  ]) {
    yield { ...proper(), body }
  }
  for (const body of mutations(one.body, next)) yield { ...proper(), body: JSON.stringify(body) }
}

const takesKey = ({ parameters }: Route): boolean => parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false

const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    // A tile's number is a path of its own.
    return name === 'index' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
  })

/** Every value of a body replaced by a mark, every member renamed to one, one at a time. */
function* mutations(value: Json, next: () => string): Generator<Json> {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
    yield next()
    if (typeof value === 'string') yield* lookAlikes(value)
    return
  }
  if (typeof value === 'number') {
    yield Number(BSN)
    yield next()
    return
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const changed of mutations(item as Json, next)) yield value.with(index, changed)
    }
    yield [...value, next()]
    return
  }
  const members = Object.entries(value as { readonly [key: string]: Json })
  yield { ...value, [next()]: next() }
  for (const [name, inner] of members) {
    yield Object.fromEntries(members.map(([key, kept]) => [key === name ? next() : key, kept]))
    for (const changed of mutations(inner, next)) yield { ...value, [name]: changed }
  }
}
