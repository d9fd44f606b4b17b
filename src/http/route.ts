import type { Json } from '../encoding/json.ts'
import type { ErrorCode } from '../errors.ts'
import { type Fault, SluisError } from '../errors.ts'
import type { PartyLimit } from '../exchange/budgets/limits.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import type { Submitter } from '../exchange/submit.ts'
import { formatClientId } from '../model/client-id.ts'
import type { Language } from '../model/language.ts'
import type { Scope } from '../model/party.ts'
import type { Caller } from './served-pages.ts'
import type { WireName } from './wire/schemas.ts'

/** One request, as its route sees it. `principal` is present exactly when the route names a scope. */
export interface Visit {
  readonly request: Request
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly principal: Caller | undefined
  readonly language: Language
  /** The gateway at the moment of the request; it stays the same until the answer. */
  readonly gateway: Gateway
  readonly rules: RulesInForce
  readonly submitter: Submitter
}

/** A parameter of the path, the query or the headers. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly required: boolean
  readonly schema: Json
  readonly example?: Json
}

/** Bodies whose schema is generated from the vocabulary. */
export type ReportBodyName = 'Submission' | 'CheckRequest' | 'IdentityQuestion' | 'SubjectRequest'

/** Heading of the documentation under which a route is listed. */
export type Tag =
  | 'exchanges'
  | 'approvals'
  | 'deliveries'
  | 'matches'
  | 'rights'
  | 'policies'
  | 'statistics'
  | 'access'
  | 'log'
  | 'service'

/** One line of the route table: served by the app, shown in the OpenAPI document, guarded by its scope. */
export interface Route {
  readonly method: 'get' | 'post'
  /** In OpenAPI form: `/v1/exchanges/{id}`. */
  readonly path: string
  /** Second address of the same route. The document omits it: the linter of the NL API Design Rules accepts a `_verb` of one word only. */
  readonly alias?: string
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  /** Scope that the token must have; undefined means open to everybody. */
  readonly scope?: Scope
  readonly parameters?: readonly Parameter[]
  /** Name of the request body's schema. */
  readonly body?: ReportBodyName | WireName
  readonly bodyExample?: Json
  readonly answer: {
    readonly status: number
    readonly description: string
    readonly schema?: WireName
    readonly contentType?: string
    /** Description of the answer 304, without a body, to a request with `If-None-Match`. */
    readonly notModified?: string
    /** Other media types that the route can answer with, as text. */
    readonly alternatives?: readonly string[]
  }
  /** Description of the answer 202, with the same schema, for an exchange that waits for approval. */
  readonly accepted?: string
  /** Problems beside those that every route with a scope or a body can have. */
  readonly problems?: readonly ErrorCode[]
  /**
   * The hourly limit that a call counts for, because it writes a record: one unit before its work, whatever the answer. Absent for a
   * route that writes none.
   */
  readonly budget?: PartyLimit
  /** The work spends from `budget` itself, because the price depends on the body. */
  readonly isPricedByWork?: true
  /** The work depends on who is known: the answer, errors included, leaves at a fixed distance from its request (`pace.ts`). */
  readonly isPaced?: true
  perform(visit: Visit): Promise<Response>
}

/** A JSON response. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** The calling party. @throws Error on a route without a scope, which is a programming error */
export function callingParty(visit: Visit): string {
  if (!visit.principal) throw new Error('a route that uses its caller must name a scope')
  return visit.principal.party
}

/** Client id of the caller: a party, or one of its people. */
export function callingClient(visit: Visit): string {
  const party = callingParty(visit)
  const person = visit.principal?.person
  return formatClientId({ party, ...(person !== undefined && { person }) })
}

/** The error for something that does not exist and for something of another party: the two must look the same. */
export function notFound(): SluisError {
  const fault: Fault = {
    code: 'not-found',
    detail: {
      nl: 'niet gevonden, of niet zichtbaar voor uw partij; controleer het adres en met welke partij u bent aangemeld',
      en: 'not found, or your party may not see it; check the address and the party you are signed in as',
    },
  }
  return new SluisError([fault])
}

/** Every address at which a route is served. */
export const addressesOf = ({ path, alias }: Pick<Route, 'path' | 'alias'>): readonly string[] =>
  alias === undefined ? [path] : [path, alias]

export const idParameter = (what: string): Parameter => ({
  name: 'id',
  in: 'path',
  description: `Id of the ${what}`,
  required: true,
  schema: { type: 'string', format: 'uuid' },
})
