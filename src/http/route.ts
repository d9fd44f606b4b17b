import type { Principal } from '../auth/authenticate.ts'
import type { Json } from '../encoding/json.ts'
import type { ErrorCode } from '../errors.ts'
import { type Fault, SluisError } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import type { Submitter } from '../exchange/submit.ts'
import { formatClientId } from '../model/client-id.ts'
import type { Language } from '../model/language.ts'
import type { Scope } from '../model/party.ts'
import type { WireName } from './wire/schemas.ts'

/** What a route may use. `principal` is there exactly when the route names a scope. */
export interface Visit {
  readonly request: Request
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly principal: Principal | undefined
  readonly language: Language
  /** The gateway of the moment the request came in; it stays the same to the end of the request. */
  readonly gateway: Gateway
  readonly rules: RulesInForce
  readonly submitter: Submitter
}

/** Something a caller passes beside the body. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly required: boolean
  readonly schema: Json
  readonly example?: Json
}

/** Bodies whose schema is made from the vocabulary. */
export type ReportBodyName = 'Submission' | 'CheckRequest' | 'IdentityQuestion' | 'SubjectRequest'

/** Under which heading of the documentation a route stands. */
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
  /** Another address of the same. The document does not show it: the linter of the NL API Design Rules takes `_verb` in one word only. */
  readonly alias?: string
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  /** Scope the token must hold; absent means open to everybody. */
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
    /** Media types that it can be had in beside that one, as text. */
    readonly alternatives?: readonly string[]
  }
  /** Answered with 202 and the same schema when the exchange waits for somebody; what that means. */
  readonly accepted?: string
  /** Problems besides those of every guarded or body-taking route. */
  readonly problems?: readonly ErrorCode[]
  perform(visit: Visit): Promise<Response>
}

/** JSON with a status; everything under `/v1` answers through here. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** The party that calls. @throws Error on a route without a scope: a mistake of ours */
export function callingParty(visit: Visit): string {
  if (!visit.principal) throw new Error('a route that asks for its caller must name a scope')
  return visit.principal.party
}

/** The client id of whoever calls: the party's, or that of one of its people. */
export function callingClient(visit: Visit): string {
  const party = callingParty(visit)
  const person = visit.principal?.person
  return formatClientId({ party, ...(person !== undefined && { person }) })
}

/** The same answer for a thing that is not there and a thing of somebody else. */
export function notFound(): SluisError {
  const fault: Fault = {
    code: 'not-found',
    detail: {
      nl: 'hier is niets, of niet voor u; controleer het adres en met welke partij u bent aangemeld',
      en: 'there is nothing here, or not for you; check the address and the party you are signed in as',
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
