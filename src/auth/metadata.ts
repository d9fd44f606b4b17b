import type { Json } from '../encoding/json.ts'
import { type PublicJwk, SCOPES } from '../model/party.ts'
import { SIGNATURE_ALGORITHMS } from './keys.ts'

/** Paths of the OAuth documents and endpoints below the issuer. */
export const TOKEN_PATH = '/oauth/token'
export const JWKS_PATH = '/oauth/jwks'
export const SERVER_METADATA_PATH = '/.well-known/oauth-authorization-server'
export const RESOURCE_METADATA_PATH = '/.well-known/oauth-protected-resource'

/**
 * Metadata of the authorisation server. `issuer` is an origin, without a slash at the end.
 * @see RFC 8414 §2, RFC 9449 §5.1
 */
export const formatServerMetadata = (issuer: string): Json => ({
  issuer,
  token_endpoint: issuer + TOKEN_PATH,
  jwks_uri: issuer + JWKS_PATH,
  scopes_supported: SCOPES,
  // Required by RFC 8414 §2 even where there is no authorisation endpoint.
  response_types_supported: [],
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: SIGNATURE_ALGORITHMS,
  dpop_signing_alg_values_supported: SIGNATURE_ALGORITHMS,
})

/** Metadata of the API as a protected resource (RFC 9728 §2). */
export const formatResourceMetadata = (issuer: string): Json => ({
  resource: issuer,
  authorization_servers: [issuer],
  scopes_supported: SCOPES,
  dpop_bound_access_tokens_required: true,
  dpop_signing_alg_values_supported: SIGNATURE_ALGORITHMS,
})

/** The keys that verify access tokens (RFC 7517 §5). */
export const formatJwks = (keys: readonly PublicJwk[]): Json => ({ keys })
