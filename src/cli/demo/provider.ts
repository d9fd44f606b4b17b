import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Configuration, type JWKS } from 'oidc-provider'
import { readBounded } from '../../encoding/bounded-body.ts'
import { formatBase64Url, parseUtf8 } from '../../encoding/bytes.ts'
import type { Language } from '../../model/language.ts'
import { createProviderMemory } from './provider-memory.ts'
import { type DemoPerson, formatChoicePage, formatOverPage } from './provider-pages.ts'

export const DEMO_CLIENT_ID = 'sluis'
const MAX_FORM_BYTES = 4_096
const HOUR_SECONDS = 3_600

/** The gateway that a provider is for. */
export interface ServedGateway {
  /** Where its keys are. */
  readonly issuer: string
  /** Where it expects the answers. */
  readonly redirectUri: string
  readonly people: readonly DemoPerson[]
}

/** The OpenID provider of a demo on this machine. It asks for no password and forgets everything when it stops. */
export interface DemoProvider {
  /** Issuer identifier. */
  readonly issuer: string
  /** Lets a gateway sign people in. */
  serve(gateway: ServedGateway): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a provider on a free port. Until `serve` it answers 503, because a gateway must know its issuer before it starts, and the
 * provider the keys of the gateway.
 */
export async function startDemoProvider(): Promise<DemoProvider> {
  let respond: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) =>
    response.writeHead(503, { 'retry-after': '1' }).end()
  const server = createServer((request, response) => respond(request, response))
  await new Promise<void>((resolve, reject) => server.listen(0, '127.0.0.1', resolve).once('error', reject))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    async serve(gateway) {
      const provider = await createProvider(issuer, gateway)
      const answerOidc = provider.callback()
      respond = (request, response) => {
        forgetSession(request)
        return request.url?.startsWith('/choose/')
          ? choosePerson(provider, gateway.people, request, response).catch(() => answerOver(response))
          : answerOidc(request, response)
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Everybody chooses anew, also right after somebody else did in the same browser. */
function forgetSession(request: IncomingMessage): void {
  const cookies = request.headers.cookie?.split(/; */).filter((pair) => !/^_session(\.|=)/.test(pair))
  request.headers.cookie = cookies?.join('; ')
}

async function createProvider(issuer: string, gateway: ServedGateway): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwks = await fetch(`${gateway.issuer}/oauth/jwks`, { redirect: 'error' })
  const configuration: Configuration = {
    adapter: createProviderMemory(),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
    clients: [
      {
        client_id: DEMO_CLIENT_ID,
        redirect_uris: [gateway.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'EdDSA',
        jwks: (await jwks.json()) as JWKS,
      },
    ],
    cookies: { keys: [formatBase64Url(crypto.getRandomValues(new Uint8Array(32)))] },
    claims: { openid: ['sub'] },
    scopes: ['openid'],
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    interactions: { url: (_, { uid }) => `/choose/${uid}` },
    ttl: { Interaction: HOUR_SECONDS, Session: HOUR_SECONDS, Grant: HOUR_SECONDS, AccessToken: 60, IdToken: 60 },
    findAccount: (_, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    // The organisation of a person agreed to Sluis; the person is not asked.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError(context) {
      context.type = 'html'
      context.body = formatOverPage('nl')
    },
  }
  return new Provider(issuer, configuration)
}

/** Shows who can sign in, or signs in at once the person whom the gateway expects. */
async function choosePerson(
  provider: Provider,
  people: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const chosen = request.method === 'POST' ? await readChoice(request) : params.login_hint
  const person = people.find(({ subject }) => subject === chosen)
  if (person) return finish({ login: { accountId: person.subject } })
  if (request.method === 'POST') return finish({ error: 'access_denied' })
  const language: Language = String(params.ui_locales ?? 'nl').startsWith('en') ? 'en' : 'nl'
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(formatChoicePage(people, language))

  function finish(result: Parameters<Provider['interactionFinished']>[2]): Promise<void> {
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }
}

async function readChoice(request: IncomingMessage): Promise<string | undefined> {
  const body = ReadableStream.from(request) as ReadableStream<Uint8Array>
  return new URLSearchParams(parseUtf8(await readBounded(body, MAX_FORM_BYTES))).get('subject') ?? undefined
}

function answerOver(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(formatOverPage('nl'))
}
