import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** An OpenID provider that answers as a test wants, also wrongly. */
export interface FakeProvider {
  readonly issuer: string
  /** Claims of the next identities, over those of an honest provider; undefined leaves one out. */
  claims: Readonly<Record<string, unknown>>
  /** What the token endpoint answers instead of an identity. */
  tokenAnswer: { readonly status: number; readonly body: string } | undefined
  /** Parameters over those of an honest authorisation response. */
  response: Readonly<Record<string, string>>
  /** Members over those of honest metadata; undefined leaves one out. */
  metadata: Readonly<Record<string, unknown>>
  /** Whether it answers nothing but 500. */
  isDown: boolean
  /** Signs identities with a key that is not in its key set. */
  signsWithAnotherKey: boolean
  /** Query of every authorisation request so far, newest last. */
  readonly asked: readonly URLSearchParams[]
  /** How often the token endpoint was asked. */
  readonly redeemed: number
  close(): Promise<void>
}

/** Starts a provider on a free port that lets everybody in at once, as `subject`. It accepts a code as often as it is shown. */
export async function startFakeProvider(subject = 'demo-fier-medewerker-1'): Promise<FakeProvider> {
  const [pair, otherPair] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }
  const asked: URLSearchParams[] = []
  let redeemed = 0

  async function formIdentity(): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const asking = asked.at(-1)!
    const claims: Record<string, unknown> = {
      iss: fake.issuer,
      aud: 'sluis',
      sub: subject,
      nonce: asking.get('nonce'),
      iat: now,
      exp: now + 60,
      auth_time: now,
      ...fake.claims,
    }
    const { privateKey } = fake.signsWithAnotherKey ? otherPair : pair
    return new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey)
  }

  async function answer(url: URL): Promise<{ status: number; body?: string; location?: string }> {
    if (fake.isDown) return { status: 500, body: '{}' }
    switch (url.pathname) {
      case '/.well-known/openid-configuration': {
        const metadata = {
          issuer: fake.issuer,
          authorization_endpoint: `${fake.issuer}/authorise`,
          token_endpoint: `${fake.issuer}/token`,
          jwks_uri: `${fake.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          ...fake.metadata,
        }
        return { status: 200, body: JSON.stringify(metadata) }
      }
      case '/keys':
        return { status: 200, body: JSON.stringify({ keys: [jwk] }) }
      case '/authorise': {
        asked.push(url.searchParams)
        const location = new URL(url.searchParams.get('redirect_uri')!)
        const response = { code: 'code', state: url.searchParams.get('state')!, ...fake.response }
        for (const [name, value] of Object.entries(response)) location.searchParams.set(name, value)
        return { status: 302, location: location.href }
      }
      case '/token': {
        redeemed++
        const tokens = { access_token: 'a', token_type: 'Bearer', id_token: await formIdentity() }
        return fake.tokenAnswer ?? { status: 200, body: JSON.stringify(tokens) }
      }
      default:
        return { status: 404, body: '{}' }
    }
  }

  const server = createServer(async (request, response) => {
    const { status, body, location } = await answer(new URL(request.url!, fake.issuer))
    response
      .writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }) })
      .end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    claims: {},
    tokenAnswer: undefined as FakeProvider['tokenAnswer'],
    response: {},
    metadata: {},
    isDown: false,
    signsWithAnotherKey: false,
    asked,
    get redeemed() {
      return redeemed
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return fake
}
