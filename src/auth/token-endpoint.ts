import { isContentEncoded } from '../encoding/bounded-body.ts'
import { formatBase64Url } from '../encoding/bytes.ts'
import { type ErrorCode, SluisError } from '../errors.ts'
import { parseClientId } from '../model/client-id.ts'
import type { Party, Scope } from '../model/party.ts'
import type { Clock, PartyKeys, RandomBytes } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'
import type { AccessTokens } from './access-token.ts'
import { verifyClientAssertion } from './client-assertion.ts'
import { type DpopPolicy, verifyDpopProof } from './dpop.ts'
import { parseForm } from './form.ts'
import { TOKEN_PATH } from './metadata.ts'

const MAX_BODY_BYTES = 16 * 1024
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export interface TokenEndpointDeps {
  /** Public origin of the gateway, without a slash at the end. */
  readonly issuer: string
  readonly tokens: AccessTokens
  readonly partyKeys: PartyKeys
  /** The party or the person with a client identifier. */
  readonly findParty: (id: string) => Pick<Party, 'id' | 'scopes'> | undefined
  readonly store: Pick<Store, 'rememberJti'>
  readonly dpop: DpopPolicy
  readonly now: Clock
  readonly random: RandomBytes
}

/**
 * The token endpoint: a party proves its identity with a signed assertion and its key with a DPoP proof, and receives an access
 * token that only that key can use. Every response is JSON with `no-store`; none repeats values that were sent.
 *
 * The returned function rejects only when `store.rememberJti` does.
 *
 * @see RFC 6749 §4.4 (client credentials), §5.1, §5.2; RFC 7523 §2.2; RFC 9449 §5, §8
 */
export function createTokenEndpoint(deps: TokenEndpointDeps): (request: Request) => Promise<Response> {
  const { issuer, tokens, partyKeys, findParty, store, dpop, random } = deps
  const url = issuer + TOKEN_PATH

  return async (request) => {
    if (request.method !== 'POST') {
      return refuse(405, 'invalid_request', 'method: not accepted here; use POST', { Allow: 'POST' })
    }
    // A credential in an address ends up in other people's logs (NL GOV OAuth, RFC 6749 §2.3.1).
    if (new URL(request.url).search !== '') {
      return refuse(400, 'invalid_request', 'query: not accepted here; send the parameters in the body')
    }
    if (isContentEncoded(request.headers)) {
      return refuse(415, 'invalid_request', 'Content-Encoding header: not accepted; send the body without encoding', {
        'Accept-Encoding': 'identity',
      })
    }
    const form = await parseForm(request, MAX_BODY_BYTES)
    if ('fault' in form) return refuse(form.status, 'invalid_request', form.fault)
    const { parameters } = form

    const grantType = parameters.get('grant_type')
    if (grantType === undefined) return refuse(400, 'invalid_request', 'grant_type: missing; use client_credentials')
    if (grantType !== 'client_credentials') {
      return refuse(400, 'unsupported_grant_type', 'grant_type: not supported; use client_credentials')
    }
    const assertion = parameters.get('client_assertion')
    if (assertion === undefined || parameters.get('client_assertion_type') !== JWT_BEARER) {
      return refuse(
        401,
        'invalid_client',
        `client_assertion: missing; sign one and send client_assertion_type ${JWT_BEARER}`,
      )
    }

    const now = deps.now()
    const clientId = parameters.get('client_id')
    const client = await verifyClientAssertion({ assertion, clientId, audiences: [issuer, url], keys: partyKeys, now })
    if ('fault' in client) return refuse(401, 'invalid_client', client.fault)

    // Before the assertion is consumed, so that it can be sent again with the nonce.
    const proven = await proveKey(request, now)
    if (proven instanceof Response) return proven

    const isFirstUse = await store.rememberJti(client.party, client.jti, client.expiresAt, now.getTime() / 1000)
    if (!isFirstUse) {
      return refuse(401, 'invalid_client', 'client_assertion: was used before; make a new one for each request')
    }
    const scopes = selectScopes(parameters.get('scope'), findParty(client.party)?.scopes ?? [])
    if (scopes === undefined) {
      return refuse(
        400,
        'invalid_scope',
        'scope: not all of it is granted to this client; ask for less or leave it out',
      )
    }

    const jti = formatBase64Url(random(16))
    const accessToken = await tokens.issue({ ...parseClientId(client.party), scopes, jkt: proven.jkt }, jti, now)
    return respond(200, {
      access_token: accessToken,
      token_type: 'DPoP',
      expires_in: tokens.lifetimeSeconds,
      scope: scopes.join(' '),
    })
  }

  async function proveKey(request: Request, now: Date): Promise<{ readonly jkt: string } | Response> {
    const proof = request.headers.get('dpop')
    if (proof === null) return refuse(400, 'invalid_dpop_proof', 'DPoP header: missing; send a proof (RFC 9449)')
    try {
      return { jkt: await verifyDpopProof({ proof, method: 'POST', url, now, policy: dpop }) }
    } catch (error) {
      const refusal = error instanceof SluisError ? PROOF_REFUSALS[error.code] : undefined
      if (!(error instanceof SluisError) || refusal === undefined) throw error
      const nonce = error.code === 'dpop-nonce-required' ? { 'DPoP-Nonce': dpop.nonce } : undefined
      return refuse(refusal.status, refusal.error, error.faults[0]!.detail.en, nonce)
    }
  }
}

const PROOF_REFUSALS: Partial<Record<ErrorCode, { readonly status: number; readonly error: string }>> = {
  'dpop-invalid': { status: 400, error: 'invalid_dpop_proof' },
  'dpop-nonce-required': { status: 400, error: 'use_dpop_nonce' },
  'too-many-requests': { status: 429, error: 'temporarily_unavailable' },
}

/** The scopes to grant; undefined when a requested scope was not granted to the party, or none is left. */
function selectScopes(requested: string | undefined, granted: readonly Scope[]): readonly Scope[] | undefined {
  if (requested === undefined) return granted.length > 0 ? granted : undefined
  const words = requested.split(' ')
  if (!words.every((word) => granted.some((scope) => scope === word))) return undefined
  return granted.filter((scope) => words.includes(scope))
}

const respond = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { ...headers, 'Cache-Control': 'no-store', Pragma: 'no-cache' } })

/** RFC 6749 §5.2: descriptions contain neither quotation marks nor backslashes. */
const refuse = (status: number, error: string, description: string, headers?: Record<string, string>): Response =>
  respond(status, { error, error_description: description }, headers)
