import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import type { BlackBox } from './gateway.ts'
import { createOAuthClient, discover, PLAIN_HTTP, withNonce } from './oauth-client.ts'

export function tokenCases(gateway: () => BlackBox): void {
  describe('tokens, for a client of another maker (oauth4webapi)', () => {
    test('the authorization server describes itself', async () => {
      const server = await discover(gateway())
      expect(server).toMatchObject({
        issuer: gateway().issuer,
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      })
      const keys = (await (await fetch(server.jwks_uri!)).json()) as { keys: object[] }
      expect(keys.keys).toHaveLength(1)
      expect(keys.keys[0]).not.toHaveProperty('d')
    })

    test('the resource names its authorization server', async () => {
      const url = new URL(gateway().issuer)
      const response = await oauth.resourceDiscoveryRequest(url, PLAIN_HTTP)
      expect((await oauth.processResourceDiscoveryResponse(url, response)).authorization_servers).toEqual([
        gateway().issuer,
      ])
    })

    test('a party that proves its key gets a token bound to its DPoP key, and uses it', async () => {
      const police = await createOAuthClient(gateway(), 'politie')
      const token = await withNonce(() => police.requestToken('inbox:read'))
      expect(token).toMatchObject({ token_type: 'dpop', scope: 'inbox:read' })
      const response = await withNonce(() => police.call(token.access_token, '/v1/deliveries'))
      expect(response.status).toBe(200)
    })

    test('a scope that was not granted is refused', async () => {
      const police = await createOAuthClient(gateway(), 'politie')
      await expect(withNonce(() => police.requestToken('audit:read'))).rejects.toMatchObject({
        status: 400,
        error: 'invalid_scope',
      })
    })

    test('a party cannot authenticate with the key of another', async () => {
      const impostor = await createOAuthClient(gateway(), 'politie', 'fier')
      await expect(withNonce(() => impostor.requestToken('inbox:read'))).rejects.toMatchObject({
        status: 401,
        error: 'invalid_client',
      })
    })
  })
}
