import { importJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/auth/client.ts'
import { ISSUER, random, testContext } from './context.ts'

const RESOURCE = `${ISSUER}/v1/exchanges?limit=1`

/** Somebody else's OAuth client and resource server against our endpoints; both take the machine's clock. */
async function connect(startedAt?: Date, proofAlgorithm: 'ES256' | 'Ed25519' = 'ES256') {
  const now = () => new Date()
  const { police, fetch } = await testContext(startedAt === undefined ? { now } : { now, startedAt })
  const options = {
    [oauth.customFetch]: (
      url: string,
      { body, headers, method }: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
    ) => fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) })),
  }
  const issuer = new URL(ISSUER)
  const server = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options }),
  )
  const client: oauth.Client = { client_id: 'politie' }
  const key = (await importJWK({ ...police.privateJwk }, 'ES256')) as oauth.CryptoKey
  const authentication = oauth.PrivateKeyJwt({ key, kid: police.privateJwk.kid })
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(proofAlgorithm))

  return {
    police,
    fetch,
    server,
    options,
    async requestToken(scope = 'exchange:submit') {
      const parameters = new URLSearchParams({ scope })
      const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, {
        DPoP,
        ...options,
      })
      return oauth.processClientCredentialsResponse(server, client, response)
    },
    useToken: (token: string) =>
      oauth.protectedResourceRequest(token, 'POST', new URL(RESOURCE), undefined, undefined, {
        DPoP,
        [oauth.customFetch]: (url, { headers, method }) => fetch(new Request(url, { method, headers })),
      }),
  }
}

describe('a client of another maker (oauth4webapi)', () => {
  test.each(['ES256', 'Ed25519'] as const)(
    'oauth4webapi discovers the server, gets a token and uses it with proofs in %s',
    async (algorithm) => {
      const { requestToken, useToken } = await connect(undefined, algorithm)
      const token = await requestToken()
      // That client would take a bearer token for an answer too.
      expect(token.token_type).toBe('dpop')
      expect(token.scope).toBe('exchange:submit')
      const response = await useToken(token.access_token)
      expect(await response.json()).toMatchObject({ party: 'politie' })
    },
  )

  test('oauth4webapi discovers the protected resource', async () => {
    const { options } = await connect()
    const resource = new URL(ISSUER)
    const response = await oauth.resourceDiscoveryRequest(resource, options)
    const metadata = await oauth.processResourceDiscoveryResponse(resource, response)
    expect(metadata.authorization_servers).toEqual([ISSUER])
  })

  test('oauth4webapi reads the refusal of a scope', async () => {
    const { requestToken } = await connect()
    await expect(requestToken('audit:read')).rejects.toMatchObject({ status: 400, error: 'invalid_scope' })
  })

  test('oauth4webapi reads the refusal of a token', async () => {
    const { useToken } = await connect()
    await expect(useToken('a.b.c')).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'dpop', parameters: { error: 'invalid_token' } }],
    })
  })

  test('oauth4webapi sends the nonce when a gateway that just started requires it', async () => {
    const { requestToken, useToken } = await connect(new Date())
    const refusal = await requestToken().catch((error: unknown) => error)
    expect(oauth.isDPoPNonceError(refusal)).toBe(true)
    const { access_token } = await requestToken()
    expect((await useToken(access_token)).status).toBe(200)
  })
})

describe('a resource server of another maker (oauth4webapi)', () => {
  test('oauth4webapi as resource server accepts our token and our client’s proof', async () => {
    const { police, fetch, server, options } = await connect()
    const sent: Request[] = []
    const client = await createClient({
      issuer: ISSUER,
      party: 'politie',
      signingKey: police.privateJwk,
      fetch: (request) => {
        sent.push(request.clone())
        return fetch(request)
      },
      now: () => new Date(),
      random,
    })
    await client.request('POST', '/v1/exchanges')
    const claims = await oauth.validateJwtAccessToken(server, sent[1]!, ISSUER, {
      requireDPoP: true,
      [oauth.customFetch]: (url, { method, headers }) =>
        options[oauth.customFetch](url, { method, headers, body: undefined, redirect: 'manual' }),
    })
    expect(claims).toMatchObject({ client_id: 'politie', scope: 'exchange:submit exchange:check' })
  })
})
