import { Hono } from 'hono'
import { type Principal, scopeInsufficient } from '../auth/authenticate.ts'
import { TOKEN_PATH } from '../auth/metadata.ts'
import type { Json } from '../encoding/json.ts'
import type { SluisError } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import { createSubmitter } from '../exchange/submit.ts'
import type { Scope } from '../model/party.ts'
import type { ReportSchemas } from '../report/submission.ts'
import { createErrorAnswer } from './answer-error.ts'
import { setCommonHeaders } from './headers.ts'
import { findMethods, formatHonoPath, methodNotAllowed, type Served } from './methods.ts'
import { formatOpenApi } from './openapi.ts'
import { createPace } from './pace.ts'
import { PAGE_PATHS, servePages } from './pages/serve-pages.ts'
import { performRoute, type RouteContext } from './perform-route.ts'
import { addressesOf, json, notFound } from './route.ts'
import { ROUTES } from './routes/table.ts'
import type { CallAs, Caller, ServedPages } from './served-pages.ts'

export interface AppOptions {
  readonly rules: RulesInForce
  /** Public address of the gateway, without a trailing slash; also the OAuth issuer. */
  readonly issuer: string
  /** Authenticates the sender of a request and checks its scope. @throws SluisError */
  readonly authenticate: (request: Request, scope: Scope) => Promise<Principal>
  /** Headers that tell a client how to fix an error of authentication. */
  readonly formatChallenge: (error: SluisError) => Record<string, string>
  /** Answers as RFC 6749 says, not with problems. */
  readonly tokenEndpoint: (request: Request) => Promise<Response>
  /** OAuth documents by path (RFC 8414, RFC 9728, RFC 7517). */
  readonly metadata: ReadonlyMap<string, Json>
  /** Milliseconds between the moments at which answers about persons leave (`pace.ts`). */
  readonly answerIntervalMs: number
  /** Receives every fault of the gateway itself; errors hold no personal data. */
  readonly reportFault: (error: unknown) => void
  /** Opens the console, which calls the API through `callAs`. */
  readonly openConsole: (callAs: CallAs) => ServedPages
}

const OPENAPI_PATH = '/openapi.json'

/**
 * The application, the same for every runtime: a function from request to response. Reads in the order in which a request passes:
 * common headers, the routes of the API, the token endpoint, documents for programs, pages for people, errors.
 */
export function createApp(options: AppOptions): { fetch(request: Request): Promise<Response> } {
  const { rules, issuer, authenticate, formatChallenge, reportFault, metadata, answerIntervalMs } = options
  const pace = createPace(answerIntervalMs)
  const routeContext = { rules, authenticate, pace, submitter: createSubmitter(rules.now()) }
  const answerApiError = createErrorAnswer({ formatChallenge, reportFault, served: listServed([]) })
  const console = options.openConsole(createCallAs(routeContext, answerApiError))
  const served = listServed([...PAGE_PATHS, OPENAPI_PATH, ...metadata.keys()], console.pages)
  const answerError = createErrorAnswer({ formatChallenge, reportFault, served })
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    setCommonHeaders(context.res.headers)
  })

  serveRoutes(app, routeContext)
  app.all(TOKEN_PATH, (context) => options.tokenEndpoint(context.req.raw))

  for (const [path, document] of metadata) app.get(path, () => openJson(document, 300))
  const describeApi = createApiDescription(issuer)
  app.get(OPENAPI_PATH, () => openJson(describeApi(rules.now()), 60))

  servePages(app, ROUTES)
  for (const page of console.pages)
    app.on(page.method.toUpperCase(), formatHonoPath(page.path), (context) =>
      page.perform(context.req.raw, context.req.param()),
    )

  app.notFound((context) => {
    const request = context.req.raw
    const methods = findMethods(served, new URL(request.url).pathname)
    if (methods.length === 0) return asksForPage(request) ? console.notFound(request) : answerError(notFound(), request)
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: methods.join(', ') } })
    return answerError(methodNotAllowed(methods), request)
  })
  app.onError((error, context) => answerError(error, context.req.raw))

  return { fetch: async (request) => app.fetch(request) }
}

function serveRoutes(app: Hono, context: RouteContext): void {
  for (const route of ROUTES) {
    app.on(route.method.toUpperCase(), addressesOf(route).map(formatHonoPath), ({ req }) =>
      performRoute(route, req.raw, req.param(), context),
    )
  }
}

/** The routes once more, for callers that this process has authenticated itself. They share budgets, pace and submitter. */
function createCallAs(context: RouteContext, answerError: (error: unknown, request: Request) => Response): CallAs {
  const callers = new WeakMap<Request, Caller>()
  const api = new Hono()
  serveRoutes(api, {
    ...context,
    async authenticate(request, scope) {
      const caller = callers.get(request)
      if (!caller?.scopes.includes(scope)) throw scopeInsufficient(scope)
      return caller
    },
  })
  api.notFound(({ req }) => answerError(notFound(), req.raw))
  api.onError((error, { req }) => answerError(error, req.raw))
  return async (caller, request) => {
    callers.set(request, caller)
    return api.fetch(request)
  }
}

/** Whether a browser asks for a page, and no program for an answer of the API. */
const asksForPage = (request: Request): boolean =>
  request.method === 'GET' &&
  !new URL(request.url).pathname.startsWith('/v1/') &&
  /(?:^|,) *text\/html *(?:[,;]|$)/i.test(request.headers.get('accept') ?? '')

/** Every method and path that is served; everything beside the routes and the console is an open GET. */
const listServed = (otherPaths: readonly string[], pages: ServedPages['pages'] = []): readonly Served[] => [
  ...ROUTES.flatMap((route) => addressesOf(route).map((path) => ({ ...route, path }))),
  ...pages,
  ...otherPaths.map((path) => ({ method: 'get' as const, path })),
]

/** A document that programs on any origin may read. */
const openJson = (document: Json, maxAgeSeconds: number): Response =>
  json(document, 200, {
    'access-control-allow-origin': '*',
    'cache-control': `public, max-age=${maxAgeSeconds}`,
  })

/** The description of the API; made again when a new rule set has other words. */
function createApiDescription(issuer: string): (gateway: Pick<Gateway, 'schemas' | 'operatorContact'>) => Json {
  let described: { schemas: ReportSchemas; document: Json } | undefined
  return ({ schemas, operatorContact }) => {
    if (described?.schemas !== schemas) {
      const document = formatOpenApi({
        issuer,
        routes: ROUTES,
        schemas,
        ...(operatorContact !== undefined && { operatorContact }),
      })
      described = { schemas, document }
    }
    return described.document
  }
}
