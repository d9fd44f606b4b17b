import { CompactSign } from 'jose'
import { type AccessTokens, createAccessTokens } from '../../src/auth/access-token.ts'
import { createAuthenticator, formatChallenge } from '../../src/auth/authenticate.ts'
import { createDpopPolicy, type DpopPolicy } from '../../src/auth/dpop.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import {
  formatJwks,
  formatResourceMetadata,
  formatServerMetadata,
  JWKS_PATH,
  RESOURCE_METADATA_PATH,
  SERVER_METADATA_PATH,
  TOKEN_PATH,
} from '../../src/auth/metadata.ts'
import { createTokenEndpoint, type TokenEndpointDeps } from '../../src/auth/token-endpoint.ts'
import { formatBase64Url, formatUtf8 } from '../../src/encoding/bytes.ts'
import { SluisError } from '../../src/errors.ts'
import type { PrivateJwk, PublicJwk, Scope } from '../../src/model/party.ts'
import type { PartyKeys, RandomBytes } from '../../src/ports/keys.ts'

export const ISSUER = 'https://sluis.example'
export const NOW = new Date('2026-11-22T09:00:00Z')
export const NOW_SECONDS = NOW.getTime() / 1000

export const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

export const partyKeys = (keys: Readonly<Record<string, readonly PublicJwk[]>>): PartyKeys => ({
  find: (party, use) => (keys[party] ?? []).filter((key) => key.use === use),
})

/** Once per (issuer, jti); nothing here outlives a test. */
export function createJtiMemory(): TokenEndpointDeps['store'] {
  const seen = new Set<string>()
  return {
    rememberJti: async (issuer, jti) => {
      const key = JSON.stringify([issuer, jti])
      const isNew = !seen.has(key)
      seen.add(key)
      return isNew
    },
  }
}

/** Two parties, a gateway that has been up for an hour, and a clock that stands still. */
export async function testContext(overrides: { now?: () => Date; startedAt?: Date; dpop?: Partial<DpopPolicy> } = {}) {
  const now = overrides.now ?? (() => NOW)
  const startedAt = overrides.startedAt ?? new Date(now().getTime() - 3_600_000)
  const [police, comensha, gateway] = await Promise.all([
    generateSigningKey('ES256'),
    generateSigningKey(),
    generateSigningKey(),
  ])
  const parties = new Map<string, { id: string; scopes: readonly Scope[] }>([
    ['politie', { id: 'politie', scopes: ['exchange:submit', 'exchange:check'] }],
    ['comensha', { id: 'comensha', scopes: ['inbox:read'] }],
    ['zonder-rechten', { id: 'zonder-rechten', scopes: [] }],
  ])
  const tokens = await createAccessTokens({ issuer: ISSUER, audience: ISSUER, signingKey: gateway.privateJwk })
  const dpop = { ...createDpopPolicy({ startedAt, random }), ...overrides.dpop }
  const deps = {
    issuer: ISSUER,
    tokens,
    partyKeys: partyKeys({
      politie: [police.publicJwk],
      comensha: [comensha.publicJwk],
      'zonder-rechten': [comensha.publicJwk],
    }),
    findParty: (id: string) => parties.get(id),
    store: createJtiMemory(),
    dpop,
    now,
    random,
  }
  return { police, comensha, gateway, deps, tokens, dpop, fetch: createGateway(deps, tokens) }
}

/** The gateway's OAuth surface and one protected resource, `/v1/exchanges`, as one function from request to response. */
export function createGateway(deps: TokenEndpointDeps, tokens: AccessTokens): (request: Request) => Promise<Response> {
  const tokenEndpoint = createTokenEndpoint(deps)
  const authenticate = createAuthenticator(deps)
  const documents: Readonly<Record<string, unknown>> = {
    [SERVER_METADATA_PATH]: formatServerMetadata(deps.issuer),
    [RESOURCE_METADATA_PATH]: formatResourceMetadata(deps.issuer),
    [JWKS_PATH]: formatJwks([tokens.publicJwk]),
  }
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === TOKEN_PATH) return tokenEndpoint(request)
    if (documents[pathname] !== undefined) return Response.json(documents[pathname])
    try {
      return Response.json(await authenticate(request, 'exchange:submit'))
    } catch (error) {
      if (!(error instanceof SluisError)) throw error
      const status = error.code === 'scope-insufficient' ? 403 : 401
      return Response.json({ code: error.code }, { status, headers: formatChallenge(error, deps) })
    }
  }
}

type Members = Readonly<Record<string, unknown>>

/** A JWT before it is signed. */
export interface Draft {
  readonly header: Members
  readonly claims: Members
  readonly key: PrivateJwk
}

/** What one row of a table changes in a draft; a member that is undefined is taken away. */
export type Change = { readonly [Part in keyof Draft]?: Draft[Part] }

/** Signs any header and claims, including those that no honest client makes. */
export function sign(draft: Draft, change: Change = {}): Promise<string> {
  const { use: _use, alg: _alg, ...key } = change.key ?? draft.key
  const header: Members = { ...draft.header, ...change.header }
  const claims = JSON.stringify({ ...draft.claims, ...change.claims })
  const jws = new CompactSign(formatUtf8(claims)).setProtectedHeader({ ...header, alg: String(header.alg) })
  return jws.sign(key, { crit: { 'urn:example:extension': true } })
}

/** A signed JWT's text with another header and the old signature. */
export const withHeader = (jwt: string, header: Members): string =>
  [formatBase64Url(formatUtf8(JSON.stringify(header))), ...jwt.split('.').slice(1)].join('.')
