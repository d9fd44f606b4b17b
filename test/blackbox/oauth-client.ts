import { importJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'
import type { BlackBox } from './gateway.ts'

/** The gateways under test are on this machine and speak plain HTTP. */
export const PLAIN_HTTP = { [oauth.allowInsecureRequests]: true }

export async function discover({ issuer }: BlackBox): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer)
  const response = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...PLAIN_HTTP })
  return oauth.processDiscoveryResponse(url, response)
}

/** An OAuth client of another maker, that proves who it is with the signing key of `keyOf`. */
export async function createOAuthClient(gateway: BlackBox, party: string, keyOf = party) {
  const server = await discover(gateway)
  const client: oauth.Client = { client_id: party }
  const { signing } = readPartyKeys(gateway.partyFolder, keyOf)
  const key = await importJWK({ ...signing }, 'EdDSA')
  if (key instanceof Uint8Array) throw new Error('a signing key is not symmetric')
  const authentication = oauth.PrivateKeyJwt({ key, kid: signing.kid })
  const proofKey = await oauth.generateKeyPair('ES256')
  const DPoP = oauth.DPoP(client, proofKey)
  return {
    /** The key that its tokens are bound to. */
    proofKey,
    async requestToken(scope: string) {
      const parameters = new URLSearchParams({ scope })
      const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, {
        DPoP,
        ...PLAIN_HTTP,
      })
      return oauth.processClientCredentialsResponse(server, client, response)
    },
    call: (token: string, path: string) =>
      oauth.protectedResourceRequest(token, 'GET', new URL(path, gateway.issuer), undefined, undefined, {
        DPoP,
        ...PLAIN_HTTP,
      }),
  }
}

/** Once more when a gateway that just started asks for its nonce; the client has it then. */
export async function withNonce<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return attempt()
  }
}
