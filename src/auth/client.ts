import { sha256 } from '@noble/hashes/sha2.js'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { readBounded } from '../encoding/bounded-body.ts'
import { formatBase64Url, formatUtf8, parseUtf8 } from '../encoding/bytes.ts'
import { type SluisError, sluisError } from '../errors.ts'
import type { PrivateJwk, Scope } from '../model/party.ts'
import type { Clock, RandomBytes } from '../ports/keys.ts'
import { TOKEN_PATH } from './metadata.ts'

/** Seconds before its end at which a token is no longer used. */
const RENEW_SECONDS = 30
/** One attempt for the request, one for a new nonce, one for a new token. */
const MAX_ATTEMPTS = 3
/** Of an answer of the token endpoint. */
const MAX_ANSWER_BYTES = 65_536
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** RFC 6750 §2.1: anything else could not be sent in a header. */
const ACCESS_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/

export interface ClientOptions {
  /** Public origin of the gateway, without a slash at the end. */
  readonly issuer: string
  /** Identifier of the party that the client acts for. */
  readonly party: string
  /** The party's signing key, as `generateSigningKey` makes it. */
  readonly signingKey: PrivateJwk
  /** What to ask for; absent means everything the party was granted. */
  readonly scopes?: readonly Scope[]
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: Clock
  readonly random: RandomBytes
}

export interface Client {
  /**
   * Sends a request on behalf of the party. `path` starts with a slash and may have a query. Responses of the API, errors
   * included, are returned unchanged; a request is repeated only when the gateway refused its token or nonce.
   * May be called concurrently.
   *
   * @throws SluisError `token-invalid` when the gateway issues no token
   * @throws Error when the answer is a redirect: following it would send a report to an address that nobody chose
   */
  request(
    method: string,
    path: string,
    options?: { readonly body?: string | Uint8Array<ArrayBuffer>; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Response>
}

interface Token {
  readonly value: string
  /** POSIX seconds. */
  readonly expiresAt: number
}

/** A client of a gateway: fetches a token when it needs one and signs every request with a key of its own (RFC 9449). */
export async function createClient(options: ClientOptions): Promise<Client> {
  const { issuer, party, signingKey, scopes, now, random } = options
  const alg = signingKey.alg ?? 'EdDSA'
  const assertionKey = await importJWK({ ...signingKey }, alg)
  const proofKey = await createProofKey()
  let nonce: string | undefined
  let token: Token | undefined
  let pendingToken: Promise<Token> | undefined

  async function send(url: string, init: RequestInit): Promise<Response> {
    const response = await options.fetch(new Request(url, { ...init, redirect: 'manual' }))
    if (response.type !== 'opaqueredirect' && !REDIRECTS.has(response.status)) return response
    await response.body?.cancel()
    throw new Error(
      `${issuer}: redirects to another address, which is not followed because it would receive what you send; check the address of the gateway (SLUIS_ISSUER)`,
    )
  }

  const posixSeconds = () => Math.floor(now().getTime() / 1000)
  const createId = () => formatBase64Url(random(16))

  const signProof = (method: string, url: string, accessToken?: string): Promise<string> =>
    new SignJWT({
      htm: method,
      htu: url.replace(/[?#].*$/s, ''),
      ...(accessToken === undefined ? {} : { ath: formatBase64Url(sha256(formatUtf8(accessToken))) }),
      ...(nonce === undefined ? {} : { nonce }),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'EdDSA', jwk: proofKey.publicJwk })
      .setJti(createId())
      .setIssuedAt(posixSeconds())
      .sign(proofKey.privateKey)

  const signAssertion = (): Promise<string> =>
    new SignJWT()
      .setProtectedHeader({ typ: 'JWT', alg, kid: signingKey.kid })
      .setIssuer(party)
      .setSubject(party)
      .setAudience(issuer)
      .setJti(createId())
      .setIssuedAt(posixSeconds())
      .setExpirationTime(posixSeconds() + 60)
      .sign(assertionKey)

  async function requestToken(): Promise<Token> {
    const url = issuer + TOKEN_PATH
    for (let attempt = 1; ; attempt++) {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: party,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await signAssertion(),
        ...(scopes === undefined ? {} : { scope: scopes.join(' ') }),
      })
      const usedNonce = nonce
      const response = await send(url, { method: 'POST', body, headers: { dpop: await signProof('POST', url) } })
      const requestedAt = posixSeconds()
      if (response.ok) return parseToken(await readJson(response), requestedAt)
      if (!learnNonce(response, usedNonce) || attempt === MAX_ATTEMPTS) throw await formatRefusal(response)
      await response.body?.cancel()
    }
  }

  /** Stores the nonce of a response; true when it differs from that of the request. */
  function learnNonce(response: Response, usedNonce: string | undefined): boolean {
    const offered = response.headers.get('dpop-nonce')
    if (offered === null || offered === usedNonce) return false
    nonce = offered
    return true
  }

  /** The current token while it is valid; otherwise a new one, requested once for all waiting calls. */
  async function loadToken(): Promise<Token> {
    if (token !== undefined && posixSeconds() < token.expiresAt - RENEW_SECONDS) return token
    pendingToken ??= requestToken().finally(() => {
      pendingToken = undefined
    })
    token = await pendingToken
    return token
  }

  return {
    async request(method, path, { body, headers } = {}) {
      const url = issuer + path
      for (let attempt = 1; ; attempt++) {
        const used = await loadToken()
        const usedNonce = nonce
        const proof = await signProof(method, url, used.value)
        const response = await send(url, {
          method,
          ...(body === undefined ? {} : { body }),
          headers: { ...headers, authorization: `DPoP ${used.value}`, dpop: proof },
        })
        if (response.status !== 401 || attempt === MAX_ATTEMPTS) return response
        const isTokenRefused = response.headers.get('www-authenticate')?.includes('error="invalid_token"') ?? false
        if (isTokenRefused && token === used) token = undefined
        if (!learnNonce(response, usedNonce) && !isTokenRefused) return response
        await response.body?.cancel()
      }
    },
  }
}

async function createProofKey(): Promise<{ readonly privateKey: CryptoKey; readonly publicJwk: JWK }> {
  const pair = await generateKeyPair('EdDSA')
  return { privateKey: pair.privateKey, publicJwk: await exportJWK(pair.publicKey) }
}

/** Undefined for what is no JSON, for more than a token needs, and when the connection breaks off. */
async function readJson({ body }: Response): Promise<unknown> {
  try {
    return JSON.parse(parseUtf8(await readBounded(body, MAX_ANSWER_BYTES)))
  } catch {
    return undefined
  }
}

/** RFC 6749 §5.1, RFC 9449 §5: a token that is not bound to the key is not used. */
function parseToken(answer: unknown, requestedAt: number): Token {
  const { access_token, token_type, expires_in } = Object(answer)
  if (
    typeof access_token !== 'string' ||
    !ACCESS_TOKEN.test(access_token) ||
    typeof expires_in !== 'number' ||
    String(token_type).toLowerCase() !== 'dpop'
  ) {
    throw sluisError('token-invalid', {
      nl: 'tokenendpoint: het antwoord is geen DPoP-token; controleer het adres van de gateway',
      en: 'token endpoint: the answer is not a DPoP token; check the address of the gateway',
    })
  }
  return { value: access_token, expiresAt: requestedAt + expires_in }
}

async function formatRefusal(response: Response): Promise<SluisError> {
  const { error, error_description } = Object(await readJson(response))
  const what = typeof error === 'string' ? error : `status ${response.status}`
  const how = typeof error_description === 'string' ? error_description : ''
  return sluisError('token-invalid', {
    nl: `tokenendpoint: geen token gekregen (${what}); ${how || 'controleer het adres van de gateway'}`,
    en: `token endpoint: no token issued (${what}); ${how || 'check the address of the gateway'}`,
  })
}
