import { Hono } from 'hono'
import { type Principal, scopeInsufficient } from '../auth/authenticate.ts'
import { TOKEN_PATH } from '../auth/metadata.ts'
import type { Json } from '../encoding/json.ts'
import { SluisError, sluisError } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import { createSubmitter } from '../exchange/submit.ts'
import { formatClientId } from '../model/client-id.ts'
import type { Scope } from '../model/party.ts'
import { findClient } from '../policy/clients.ts'
import type { ReportSchemas } from '../report/submission.ts'
import { setCommonHeaders } from './headers.ts'
import { preferredLanguage } from './language.ts'
import { findMethods, formatHonoPath, methodNotAllowed, type Served } from './methods.ts'
import { formatOpenApi } from './openapi.ts'
import { docsPage, problemPage, STYLESHEET } from './pages/pages.ts'
import { FORMER_CODES, formatProblem, problemPath, problemResponse } from './problem.ts'
import { addressesOf, json, notFound, type Route } from './route.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { authzenRoutes } from './routes/authzen.ts'
import { exchangeRoutes } from './routes/exchanges.ts'
import { identityRoutes } from './routes/identity.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { auditRoutes } from './routes/log-records.ts'
import { reviewRoutes } from './routes/log-review.ts'
import { logStatusRoutes } from './routes/log-status.ts'
import { logRoutes } from './routes/log-tiles.ts'
import { matchRoutes } from './routes/matches.ts'
import { policyRoutes } from './routes/policies.ts'
import { proposalRoutes } from './routes/proposals.ts'
import { recallRoutes } from './routes/recall.ts'
import { receiptRoutes } from './routes/receipts.ts'
import { serviceRoutes } from './routes/service.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { subjectRequestRoutes } from './routes/subject-requests.ts'

export interface AppOptions {
  readonly rules: RulesInForce
  /** Public address of the gateway, without a trailing slash; also the OAuth issuer. */
  readonly issuer: string
  /** Who sends this request, and may it do what the route needs? Throws SluisError when not. */
  readonly authenticate: (request: Request, scope: Scope) => Promise<Principal>
  /** Headers that tell a client how to mend an error of authentication. */
  readonly formatChallenge: (error: SluisError) => Record<string, string>
  /** Speaks RFC 6749 and not problems. */
  readonly tokenEndpoint: (request: Request) => Promise<Response>
  /** OAuth documents by path (RFC 8414, RFC 9728, RFC 7517). */
  readonly metadata: ReadonlyMap<string, Json>
  /** Told of every fault of our own; gets no personal data, because errors hold none. */
  readonly reportFault: (error: unknown) => void
}

/** Every route that the OpenAPI document shows and a scope guards. */
export const ROUTES: readonly Route[] = [
  ...exchangeRoutes,
  ...receiptRoutes,
  ...identityRoutes,
  ...approvalRoutes,
  ...recallRoutes,
  ...inboxRoutes,
  ...matchRoutes,
  ...subjectRequestRoutes,
  ...authzenRoutes,
  ...policyRoutes,
  ...proposalRoutes,
  ...statisticsRoutes,
  ...logRoutes,
  ...auditRoutes,
  ...reviewRoutes,
  ...logStatusRoutes,
  ...serviceRoutes,
]

/** Pages for people, and the description for programs. */
const PAGES = ['/', '/docs', '/style.css', '/openapi.json', '/problems/{code}']

/** The application, the same for every runtime: a function from request to response. */
export function createApp(options: AppOptions): { fetch(request: Request): Promise<Response> } {
  const { rules, issuer, authenticate, formatChallenge } = options
  const submitter = createSubmitter(rules.now())
  const describeApi = createApiDescription(issuer)
  const served: readonly Served[] = [
    ...ROUTES.flatMap((route) => addressesOf(route).map((path) => ({ ...route, path }))),
    ...[...PAGES, ...options.metadata.keys()].map((path) => ({ method: 'get' as const, path })),
  ]
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    setCommonHeaders(context.res.headers)
  })

  for (const route of ROUTES) {
    app.on(route.method.toUpperCase(), addressesOf(route).map(formatHonoPath), async (context) => {
      const request = context.req.raw
      if (request.method === 'HEAD' && route.scope) throw methodNotAllowed(['GET'])
      const principal = route.scope && (await authenticate(request, route.scope))
      const gateway = route.scope ? await rules.current() : rules.now()
      // A token lives for minutes; a right that the parties no longer grant ends at once.
      if (route.scope && principal && !isStillGranted(gateway, principal, route.scope))
        throw scopeInsufficient(route.scope)
      const query = new URL(request.url).searchParams
      refuseUnknownQuery(route, query)
      return route.perform({
        request,
        parameters: context.req.param(),
        query,
        principal,
        language: preferredLanguage(request.headers.get('accept-language') ?? undefined),
        gateway,
        rules,
        submitter,
      })
    })
  }
  app.all(TOKEN_PATH, (context) => options.tokenEndpoint(context.req.raw))
  for (const [path, document] of options.metadata) {
    app.get(path, () =>
      json(document, 200, { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' }),
    )
  }

  app.get('/openapi.json', () =>
    json(describeApi(rules.now().schemas), 200, {
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=60',
    }),
  )
  app.get('/', (context) => context.redirect('/docs'))
  app.get('/docs', (context) =>
    context.html(docsPage(ROUTES, preferredLanguage(context.req.header('accept-language')))),
  )
  app.get(
    '/style.css',
    () =>
      new Response(STYLESHEET, {
        headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
      }),
  )
  app.get('/problems/:code', (context) => {
    const code = context.req.param('code')
    const current = FORMER_CODES.get(code)
    if (current !== undefined) return context.redirect(problemPath(current), 308)
    const page = problemPage(code, preferredLanguage(context.req.header('accept-language')))
    return page ? context.html(page) : answerError(notFound(), context.req.raw)
  })

  app.notFound((context) => {
    const methods = findMethods(served, new URL(context.req.url).pathname)
    if (methods.length === 0) return answerError(notFound(), context.req.raw)
    if (context.req.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { allow: methods.join(', ') } })
    return answerError(methodNotAllowed(methods), context.req.raw)
  })
  app.onError((error, context) => answerError(error, context.req.raw))

  function answerError(error: unknown, request: Request): Response {
    const problem = formatProblem(error, preferredLanguage(request.headers.get('accept-language') ?? undefined))
    if (!(error instanceof SluisError) || problem.status >= 500) options.reportFault(error)
    const retrySeconds = error instanceof SluisError ? error.retryAfterSeconds : undefined
    const retry: Record<string, string> =
      problem.status === 503 || problem.status === 429 ? { 'retry-after': String(retrySeconds ?? 5) } : {}
    const challenge = error instanceof SluisError ? formatChallenge(error) : {}
    const methods = problem.status === 405 ? findMethods(served, new URL(request.url).pathname) : []
    const allow: Record<string, string> = methods.length > 0 ? { allow: methods.join(', ') } : {}
    // What is left of the body is not read; who sends its next request after it would lose that one (RFC 9110 §15.5.14).
    const close: Record<string, string> = problem.status === 413 ? { connection: 'close' } : {}
    return problemResponse(problem, { ...challenge, ...retry, ...allow, ...close })
  }

  return { fetch: async (request) => app.fetch(request) }
}

const isStillGranted = ({ policySet }: Gateway, { party, person }: Principal, scope: Scope): boolean =>
  findClient(policySet.parties, formatClientId({ party, ...(person !== undefined && { person }) }))?.scopes.includes(
    scope,
  ) ?? false

/** The description of the API; made again when the rules bring other words. */
function createApiDescription(issuer: string): (schemas: ReportSchemas) => Json {
  let described: { schemas: ReportSchemas; document: Json } | undefined
  return (schemas) => {
    if (described?.schemas !== schemas) {
      described = { schemas, document: formatOpenApi({ issuer, routes: ROUTES, schemas }) }
    }
    return described.document
  }
}

function refuseUnknownQuery(route: Route, query: URLSearchParams): void {
  const known = new Set(route.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name))
  const keys = [...query.keys()]
  if (keys.some((key) => !known.has(key)) || new Set(keys).size !== keys.length) {
    const names = [...known].map((name) => `\`${name}\``).join(', ')
    throw sluisError('query-invalid', {
      nl: names
        ? `dit adres kent alleen ${names} als zoeksleutel, elk hoogstens een keer`
        : 'dit adres kent geen zoeksleutels',
      en: names
        ? `this address only knows the query keys ${names}, each at most once`
        : 'this address knows no query keys',
    })
  }
}
