import type { Principal } from '../auth/authenticate.ts'

/** Somebody who calls the API of this process: a party, or one of its people. */
export type Caller = Pick<Principal, 'party' | 'person' | 'scopes'>

/**
 * Calls the API of this process as somebody who has signed in. The route checks the scope, spends the budget and keeps the pace as for
 * any other caller; only tokens and proofs are left out. Never rejects: a fault is answered with its problem.
 */
export type CallAs = (caller: Caller, request: Request) => Promise<Response>

/** A page that the application serves beside the API. */
export interface ServedPage {
  readonly method: 'get' | 'post'
  /** In OpenAPI form: `/exchanges/{id}`. */
  readonly path: string
  /** Never rejects: a page answers its own errors. */
  perform(request: Request, parameters: Readonly<Record<string, string>>): Promise<Response>
}

/** The pages for people who sign in. */
export interface ServedPages {
  readonly pages: readonly ServedPage[]
  /** The page for a browser that asks for an address that is not there. */
  notFound(request: Request): Promise<Response>
}
