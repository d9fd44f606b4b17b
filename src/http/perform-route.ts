import { scopeInsufficient } from '../auth/authenticate.ts'
import { sluisError } from '../errors.ts'
import { spendBudget } from '../exchange/budgets/spend-budget.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import type { Submitter } from '../exchange/submit.ts'
import { formatClientId } from '../model/client-id.ts'
import type { Scope } from '../model/party.ts'
import { findClient } from '../policy/clients.ts'
import { refuseEncoded } from './content-encoding.ts'
import { languageOf } from './language.ts'
import { methodNotAllowed } from './methods.ts'
import type { Pace } from './pace.ts'
import { refuseUnfitPath } from './path-parameters.ts'
import { callingClient, type Route } from './route.ts'
import type { Caller } from './served-pages.ts'

/** What every route needs from the application. */
export interface RouteContext {
  readonly rules: RulesInForce
  readonly submitter: Submitter
  /** Authenticates the sender of a request and checks its scope. @throws SluisError */
  readonly authenticate: (request: Request, scope: Scope) => Promise<Caller>
  /** For routes whose work depends on who is known. */
  readonly pace: Pace
}

/**
 * Performs one route for one request: authenticate, check that the right still exists, check the encoding, the
 * query and the address, spend from the budget of the hour, then the route itself.
 *
 * @throws SluisError of any of these steps
 */
export async function performRoute(
  route: Route,
  request: Request,
  parameters: Readonly<Record<string, string>>,
  { rules, submitter, authenticate, pace }: RouteContext,
): Promise<Response> {
  if (request.method === 'HEAD' && route.scope) throw methodNotAllowed(['GET'])
  const principal = route.scope && (await authenticate(request, route.scope))
  const gateway = route.scope ? await rules.current() : rules.now()
  // A token lives for minutes; a right that the parties no longer grant ends at once.
  if (route.scope && principal && !isStillGranted(gateway, principal, route.scope)) throw scopeInsufficient(route.scope)
  if (route.method === 'post') refuseEncoded(request)
  const query = new URL(request.url).searchParams
  refuseUnknownQuery(route, query)
  refuseUnfitPath(route, parameters)
  const language = languageOf(request)
  const visit = { request, parameters, query, principal, language, gateway, rules, submitter }
  // Before the work, so that whether it is refused depends on the number of calls only.
  if (route.budget && !route.isPricedByWork) await spendBudget(gateway, route.budget, callingClient(visit))
  return route.isPaced ? pace(() => route.perform(visit)) : route.perform(visit)
}

const isStillGranted = ({ policySet }: Gateway, { party, person }: Caller, scope: Scope): boolean =>
  findClient(policySet.parties, formatClientId({ party, ...(person !== undefined && { person }) }))?.scopes.includes(
    scope,
  ) ?? false

function refuseUnknownQuery(route: Route, query: URLSearchParams): void {
  const known = new Set(route.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name))
  const keys = [...query.keys()]
  if (keys.every((key) => known.has(key)) && new Set(keys).size === keys.length) return
  const names = [...known].map((name) => `\`${name}\``).join(', ')
  throw sluisError('query-invalid', {
    nl: names
      ? `dit adres kent alleen de zoeksleutels ${names}, elk hoogstens een keer`
      : 'dit adres kent geen zoeksleutels; laat ze weg',
    en: names
      ? `this address accepts only the query keys ${names}, each at most once`
      : 'this address accepts no query keys; leave them out',
  })
}
