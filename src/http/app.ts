import { Hono } from 'hono'
import type { Principal } from '../auth/authenticate.ts'
import { TOKEN_PATH } from '../auth/metadata.ts'
import { SluisError, sluisError } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { createSubmitter } from '../exchange/submit.ts'
import { exchangeRoutes } from './exchange-routes.ts'
import { inboxRoutes } from './inbox-routes.ts'
import type { Json, Scope } from '../types.ts'
import { preferredLanguage } from './language.ts'
import { logRoutes } from './log-routes.ts'
import { API_VERSION, formatOpenApi } from './openapi.ts'
import { docsPage, problemPage, STYLESHEET } from './pages.ts'
import { policyRoutes } from './policy-routes.ts'
import { formatProblem, problemResponse } from './problem.ts'
import { json, notFound, type Route } from './route.ts'
import { serviceRoutes } from './service-routes.ts'

export interface AppOptions {
  readonly gateway: Gateway
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
export const ROUTES: readonly Route[] = [...exchangeRoutes, ...inboxRoutes, ...policyRoutes, ...logRoutes, ...serviceRoutes]

/** The application, the same for every runtime: a function from request to response. */
export function createApp(options: AppOptions): { fetch(request: Request): Promise<Response> } {
  const { gateway, issuer, authenticate, formatChallenge } = options
  const submitter = createSubmitter(gateway)
  const openApi = formatOpenApi({
    issuer,
    routes: ROUTES,
    submissionJsonSchema: gateway.schemas.submissionJsonSchema,
    checkJsonSchema: gateway.schemas.checkJsonSchema,
  })
  const app = new Hono()

  // Every response goes through here: versions, caching and what a browser may do are set in one place.
  app.use(async (context, next) => {
    await next()
    const { headers } = context.res
    headers.set('API-Version', API_VERSION)
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    headers.set('content-security-policy', "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
    headers.set('x-content-type-options', 'nosniff')
    headers.set('x-frame-options', 'DENY')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  })

  for (const route of ROUTES) {
    app.on(route.method.toUpperCase(), honoPath(route.path), async (context) => {
      const request = context.req.raw
      const principal = route.scope && (await authenticate(request, route.scope))
      const query = new URL(request.url).searchParams
      refuseUnknownQuery(route, query)
      return route.perform({
        request,
        parameters: context.req.param(),
        query,
        principal,
        language: preferredLanguage(request.headers.get('accept-language') ?? undefined),
        gateway,
        submitter,
      })
    })
  }
  app.all(TOKEN_PATH, (context) => options.tokenEndpoint(context.req.raw))
  for (const [path, document] of options.metadata) {
    app.get(path, () => json(document, 200, { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' }))
  }

  app.get('/openapi.json', () => json(openApi, 200, { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=60' }))
  app.get('/', (context) => context.redirect('/docs'))
  app.get('/docs', (context) => context.html(docsPage(ROUTES, preferredLanguage(context.req.header('accept-language')))))
  app.get('/style.css', () => new Response(STYLESHEET, { headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' } }))
  app.get('/problems/:code', (context) => {
    const page = problemPage(context.req.param('code'), preferredLanguage(context.req.header('accept-language')))
    return page ? context.html(page) : answerError(notFound(), context.req.raw)
  })

  app.notFound((context) => {
    const allowed = allowedMethods(new URL(context.req.url).pathname)
    if (allowed.length === 0) return answerError(notFound(), context.req.raw)
    const error = sluisError('method-not-allowed', {
      nl: `dit adres kent alleen ${allowed.join(', ')}`,
      en: `this address only knows ${allowed.join(', ')}`,
    })
    return answerError(error, context.req.raw, { allow: allowed.join(', ') })
  })
  app.onError((error, context) => answerError(error, context.req.raw))

  function answerError(error: unknown, request: Request, headers: Record<string, string> = {}): Response {
    const problem = formatProblem(error, preferredLanguage(request.headers.get('accept-language') ?? undefined))
    if (!(error instanceof SluisError) || problem.status >= 500) options.reportFault(error)
    const retry: Record<string, string> = problem.status === 503 || problem.status === 429 ? { 'retry-after': '5' } : {}
    const challenge = error instanceof SluisError ? formatChallenge(error) : {}
    return problemResponse(problem, { ...challenge, ...retry, ...headers })
  }

  return { fetch: async (request) => app.fetch(request) }
}

/** `{id}` takes one segment; a tile's index takes the rest of the path. */
const honoPath = (path: string): string => path.replace('{index}', ':index{.+}').replaceAll(/\{(\w+)\}/g, ':$1')

function refuseUnknownQuery(route: Route, query: URLSearchParams): void {
  const known = new Set(route.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name))
  const keys = [...query.keys()]
  if (keys.some((key) => !known.has(key)) || new Set(keys).size !== keys.length) {
    const names = [...known].map((name) => `\`${name}\``).join(', ')
    throw sluisError('query-invalid', {
      nl: names ? `dit adres kent alleen ${names} als zoeksleutel, elk hoogstens een keer` : 'dit adres kent geen zoeksleutels',
      en: names ? `this address only knows the query keys ${names}, each at most once` : 'this address knows no query keys',
    })
  }
}

/** Methods under which the route table knows a path. */
function allowedMethods(pathname: string): string[] {
  const patterns = ROUTES.map(({ method, path }) => ({
    method: method.toUpperCase(),
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace('{index}', '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  return [...new Set(patterns.filter(({ pattern }) => pattern.test(pathname)).map(({ method }) => method))]
}
