import { type ErrorCode, type SluisError, sluisError } from '../errors.ts'
import type { Scope } from '../model/party.ts'
import type { Clock } from '../ports/keys.ts'
import type { AccessTokens } from './access-token.ts'
import { type DpopPolicy, verifyDpopProof } from './dpop.ts'
import { SIGNATURE_ALGORITHMS } from './keys.ts'
import { RESOURCE_METADATA_PATH } from './metadata.ts'

/** The authenticated sender of a request: the system of a party, or one of its people. */
export interface Principal {
  readonly party: string
  /** Role id of the person; absent for the party's own system. */
  readonly person?: string
  readonly scopes: readonly Scope[]
  /** RFC 7638 thumbprint of the key that signed the request's proof. */
  readonly jkt: string
}

export interface AuthenticatorDeps {
  /** Public origin of the gateway, without a slash at the end. The Host header is ignored. */
  readonly issuer: string
  readonly tokens: AccessTokens
  readonly dpop: DpopPolicy
  readonly now: Clock
}

/**
 * Makes the authenticator of the API: verifies the sender of a request and its right to use the route. A proof is valid for one
 * request, so call it once per request.
 *
 * The returned function throws SluisError `token-missing`, `token-invalid`, `dpop-invalid`, `dpop-nonce-required`,
 * `scope-insufficient` or `too-many-requests`.
 *
 * @see RFC 9449 §7.1
 */
export function createAuthenticator(
  deps: AuthenticatorDeps,
): (request: Request, requiredScope: Scope) => Promise<Principal> {
  const { issuer, tokens, dpop } = deps
  return async (request, requiredScope) => {
    const now = deps.now()
    const { pathname, searchParams } = new URL(request.url)
    if (searchParams.has('access_token')) {
      throw sluisError('token-invalid', {
        nl: 'zoekdeel: een toegangstoken hoort niet in een adres; stuur het in de header Authorization',
        en: 'query: an access token does not belong in an address; send it in the Authorization header',
      })
    }
    const accessToken = parseAuthorization(request.headers.get('authorization'))
    // The token is verified first, so that only keys bound to a token can use space in the replay memory.
    const { party, person, scopes, jkt } = await tokens.verify(accessToken, now)
    const proof = request.headers.get('dpop')
    if (proof === null) {
      throw sluisError('dpop-invalid', {
        nl: 'header DPoP: ontbreekt; stuur een bewijs voor dit verzoek (RFC 9449)',
        en: 'DPoP header: missing; send a proof for this request (RFC 9449)',
      })
    }
    await verifyDpopProof({
      proof,
      method: request.method,
      url: issuer + pathname,
      accessToken,
      jkt,
      now,
      policy: dpop,
    })
    if (!scopes.includes(requiredScope)) throw scopeInsufficient(requiredScope)
    return { party, ...(person !== undefined && { person }), scopes, jkt }
  }
}

/** The error for a right that the token or its bearer does not have. */
export const scopeInsufficient = (scope: Scope): SluisError =>
  sluisError('scope-insufficient', {
    nl: `toegangstoken: het recht ${scope} ontbreekt; vraag een token met dit recht aan of laat het de partij toekennen`,
    en: `access token: the scope ${scope} is missing; request a token with it or have it granted to the party`,
  })

function parseAuthorization(header: string | null): string {
  if (header === null) {
    throw sluisError('token-missing', {
      nl: 'header Authorization: ontbreekt; vraag een token aan en stuur het met het schema DPoP',
      en: 'Authorization header: missing; request a token and send it with the DPoP scheme',
    })
  }
  // token68 of RFC 9110 §11.2; schemes are case-insensitive.
  const token = /^DPoP +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1]
  if (token === undefined) {
    throw sluisError('token-invalid', {
      nl: 'header Authorization: geen token met het schema DPoP; Bearer en andere schema’s worden niet aanvaard',
      en: 'Authorization header: no token with the DPoP scheme; Bearer and other schemes are not accepted',
    })
  }
  return token
}

/** RFC 6750 §3.1 and RFC 9449 §7.1. A request without a token gets a challenge without an error. */
const CHALLENGE_ERRORS: Partial<Record<ErrorCode, string>> = {
  'token-missing': '',
  'token-invalid': 'error="invalid_token", ',
  'dpop-invalid': 'error="invalid_dpop_proof", ',
  'dpop-nonce-required': 'error="use_dpop_nonce", ',
  'scope-insufficient': 'error="insufficient_scope", ',
}

/**
 * The headers that go with an error of the authenticator: how to try again. Empty for any other error.
 * @see RFC 9449 §7.1 and §9, RFC 9728 §5.1
 */
export function formatChallenge(
  error: SluisError,
  deps: Pick<AuthenticatorDeps, 'issuer' | 'dpop'>,
): Record<string, string> {
  const attribute = CHALLENGE_ERRORS[error.code]
  if (attribute === undefined) return {}
  const algorithms = SIGNATURE_ALGORITHMS.join(' ')
  const challenge = `DPoP ${attribute}algs="${algorithms}", resource_metadata="${deps.issuer}${RESOURCE_METADATA_PATH}"`
  return {
    'WWW-Authenticate': challenge,
    ...(error.code === 'dpop-nonce-required' ? { 'DPoP-Nonce': deps.dpop.nonce } : {}),
  }
}
