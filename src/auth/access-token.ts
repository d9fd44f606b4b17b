import { importJWK, jwtVerify, SignJWT } from 'jose'
import { type SluisError, sluisError } from '../errors.ts'
import { formatClientId, parseClientId } from '../model/client-id.ts'
import { type PrivateJwk, type PublicJwk, SCOPES, type Scope } from '../model/party.ts'
import { formatPublicJwk } from './keys.ts'

/** Claims of an access token about its bearer. */
export interface Grant {
  readonly party: string
  /** Role id of the person at the party; absent for the party's own system. */
  readonly person?: string
  readonly scopes: readonly Scope[]
  /** RFC 7638 thumbprint of the only key that may use the token. */
  readonly jkt: string
}

export interface AccessTokens {
  readonly lifetimeSeconds: number
  /** Verifies tokens; published in the JWKS. */
  readonly publicJwk: PublicJwk
  issue(grant: Grant, jti: string, now: Date): Promise<string>
  /** @throws SluisError `token-invalid` */
  verify(token: string, now: Date): Promise<Grant & { readonly jti: string }>
}

/**
 * Issues and verifies this gateway's own access tokens: JWTs signed with Ed25519, bound to the client's DPoP key.
 *
 * @throws when `signingKey` is not an Ed25519 key
 * @see RFC 9068 §2 (claims), §4 (verification); RFC 9449 §6.1 (`cnf.jkt`)
 */
export async function createAccessTokens(options: {
  readonly issuer: string
  readonly audience: string
  readonly signingKey: PrivateJwk
  readonly lifetimeSeconds?: number
}): Promise<AccessTokens> {
  const { issuer, audience, signingKey, lifetimeSeconds = 300 } = options
  const publicJwk = formatPublicJwk(signingKey)
  const [privateKey, publicKey] = await Promise.all([
    importJWK({ ...signingKey }, 'EdDSA'),
    importJWK({ ...publicJwk }, 'EdDSA'),
  ])

  return {
    lifetimeSeconds,
    publicJwk,
    issue({ party, person, scopes, jkt }, jti, now) {
      const issuedAt = Math.floor(now.getTime() / 1000)
      const clientId = formatClientId({ party, ...(person !== undefined && { person }) })
      const claims = {
        client_id: clientId,
        scope: scopes.join(' '),
        cnf: { jkt },
        ...(person !== undefined && { party }),
      }
      return new SignJWT(claims)
        .setProtectedHeader({ typ: 'at+jwt', alg: 'EdDSA', kid: signingKey.kid })
        .setIssuer(issuer)
        .setSubject(clientId)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .setJti(jti)
        .sign(privateKey)
    },
    async verify(token, now) {
      const payload = await verifyClaims(token, now)
      const { sub, client_id, scope, jti, cnf } = payload
      const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : undefined
      const isComplete =
        typeof sub === 'string' && sub === client_id && typeof jti === 'string' && typeof jkt === 'string'
      if (!isComplete || typeof scope !== 'string') throw invalid()
      return { ...parseClient(sub), scopes: SCOPES.filter((word) => scope.split(' ').includes(word)), jkt, jti }
    },
  }

  async function verifyClaims(token: string, now: Date) {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        typ: 'at+jwt',
        algorithms: ['EdDSA'],
        issuer,
        audience,
        currentDate: now,
        requiredClaims: ['exp', 'iat'],
      })
      return payload
    } catch (cause) {
      throw invalid(cause)
    }
  }
}

function parseClient(sub: string) {
  try {
    return parseClientId(sub)
  } catch (cause) {
    throw invalid(cause)
  }
}

const invalid = (cause?: unknown): SluisError =>
  sluisError(
    'token-invalid',
    {
      nl: 'Toegangstoken: verlopen of niet door deze Sluis afgegeven; vraag een nieuw token aan',
      en: 'access token: expired or not issued by this gateway; request a new token',
    },
    { cause },
  )
