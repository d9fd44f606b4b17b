import type { Gateway } from '../exchange/gateway.ts'
import type { Language } from '../model/language.ts'
import type { Scope } from '../model/party.ts'
import type { CallApi } from './call-api.ts'
import type { FormValues } from './form-values.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import type { SignedIn } from './sign-in/signed-in.ts'

/**
 * Who may open a page: everybody, everybody who has signed in, or people with a scope. `open-check` is everybody where the operator
 * opened the check (`SLUIS_OPEN_CHECK`), and elsewhere people with `exchange:check`.
 */
export type Access = 'open' | 'open-check' | 'signed-in' | Scope

/** One line of the page table: served, shown in the navigation when it is listed there, and guarded by its access. */
export interface ConsolePage {
  readonly method: 'get' | 'post'
  /** In OpenAPI form: `/exchanges/{id}`. Never holds personal data, and neither does the query. */
  readonly path: string
  readonly access: Access
  /** Sensitive work: the person must have signed in a few minutes ago, or signs in again first. */
  readonly needsFreshSignIn?: true
  /** @throws SluisError, shown as a page with the status of its problem */
  perform(visit: Visit): Promise<Response>
}

/** One request for a page. */
export interface Visit {
  readonly request: Request
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** What the form of a POST holds; empty for a GET. */
  readonly form: FormValues
  readonly language: Language
  /** Who has signed in; present at least when the page is not open to everybody. */
  readonly person: SignedIn | undefined
  readonly signIn: SignIn
  /** Whether the operator opened the check to everybody. */
  readonly isCheckOpen: boolean
  /** The gateway at the moment of the request. */
  readonly gateway: Gateway
  /** Calls the API as this person. @throws Error when nobody has signed in, which is a programming error */
  readonly api: CallApi
  readonly now: Date
}

/** The person of a page that is not open to everybody. @throws Error for an open page, which is a programming error */
export function personOf(visit: Visit): SignedIn {
  if (!visit.person) throw new Error('a page that uses its person must not be open to everybody')
  return visit.person
}

/** Whether a visitor may open a page. Everything that is not granted is refused. */
export function mayOpen({ person, isCheckOpen }: Pick<Visit, 'person' | 'isCheckOpen'>, access: Access): boolean {
  if (access === 'open' || (access === 'open-check' && isCheckOpen)) return true
  return person !== undefined && (access === 'signed-in' || person.scopes.includes(scopeOf(access)))
}

/** The scope that an access asks of people who have signed in. */
export const scopeOf = (access: Exclude<Access, 'open' | 'signed-in'>): Scope =>
  access === 'open-check' ? 'exchange:check' : access
