import { importJWK } from 'jose'
import * as openid from 'openid-client'
import { readBounded } from '../../encoding/bounded-body.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import type { PrivateJwk } from '../../model/party.ts'
import type { MonotonicClock } from '../../ports/keys.ts'
import type { SignInProvider } from './settings.ts'

/** Why a provider's answer signs nobody in. */
export type SignInFault =
  /** The provider cannot be reached, or does not accept the gateway as its client. */
  | 'unavailable'
  /** The person stopped, or the organisation does not let them in. */
  | 'cancelled'
  /** The answer is not that of the provider and the sign-in that this browser began. */
  | 'mismatch'
  /** The sign-in took too long, or was completed before. */
  | 'ended'
  /** The provider vouches for an earlier sign-in, where a new one was asked for. */
  | 'not-fresh'

export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly fault: SignInFault
  constructor(fault: SignInFault) {
    super(`sign-in: ${fault}`)
    this.fault = fault
  }
}

/** The OpenID provider of one or more parties, as its client sees it. Asks the provider for its metadata when first used. */
export interface ProviderClient {
  /**
   * The address that a person goes to.
   * @param parameters of the request (OpenID Connect Core §3.1.2.1), besides client and response type
   * @throws SignInError `unavailable`
   */
  authorise(parameters: Readonly<Record<string, string>>): Promise<URL>
  /**
   * Exchanges the answer of the provider for the subject and the moment when they proved who they are.
   * @param answer the redirect URI with what the provider added to it
   * @throws SignInError
   */
  redeem(
    answer: URL,
    checks: {
      readonly state: string
      readonly nonce: string
      readonly codeVerifier: string
      readonly maxAgeSeconds: number
    },
  ): Promise<{ readonly subject: string; readonly signedInAt: Date }>
  /**
   * The address where a person ends the session that the provider keeps (OpenID Connect RP-Initiated Logout §2); undefined when the provider
   * has none, or cannot be reached.
   */
  endSession(returnTo: string): Promise<URL | undefined>
}

const TIMEOUT_SECONDS = 5
/** New keys are fetched when they are needed; new endpoints within this. */
const METADATA_MS = 3_600_000
/** Nobody can make the gateway ask a provider that is down more often than this. */
const RETRY_MS = 5_000
const REPORT_MS = 60_000
/** Metadata and key sets of providers are some tens of kilobytes at most. */
const MAX_ANSWER_BYTES = 262_144

/**
 * @param options.fetch sends requests to the provider
 * @param options.reportFault receives, at most once a minute, a word of a protocol or of our own code that leads to the cause, and nothing of a person
 */
export function createProviderClient(
  provider: SignInProvider,
  options: {
    readonly tokenKey: PrivateJwk
    readonly fetch: (request: Request) => Promise<Response>
    readonly monotonic: MonotonicClock
    readonly reportFault: (code: string) => void
  },
): ProviderClient {
  const { fetch, tokenKey, monotonic, reportFault } = options
  const isPlain = new URL(provider.issuer).protocol === 'http:'

  const discover = async () =>
    openid.discovery(new URL(provider.issuer), provider.clientId, undefined, await authenticate(provider, tokenKey), {
      timeout: TIMEOUT_SECONDS,
      // The signature of an identity is verified, although it arrives over TLS.
      execute: [openid.enableNonRepudiationChecks, ...(isPlain ? [openid.allowInsecureRequests] : [])],
      [openid.customFetch]: async (url, { body, ...init }) =>
        bound(await fetch(new Request(url, { ...init, ...(body !== undefined && { body }), redirect: 'manual' }))),
    })

  let reportedAt = Number.NEGATIVE_INFINITY
  // Some faults follow from what anybody can send, so they must not fill the output.
  function report(code: string): void {
    if (monotonic() - reportedAt < REPORT_MS) return
    reportedAt = monotonic()
    reportFault(code)
  }

  let asked: { readonly at: number; readonly configuration: Promise<openid.Configuration> } | undefined
  let failedAt = Number.NEGATIVE_INFINITY
  async function configure(): Promise<openid.Configuration> {
    const now = monotonic()
    if (asked && now - asked.at > METADATA_MS) asked = undefined
    if (!asked && now - failedAt < RETRY_MS) throw new SignInError('unavailable')
    asked ??= { at: now, configuration: discover() }
    try {
      return await asked.configuration
    } catch (error) {
      // Once for all who waited.
      if (asked?.at === now) report(codeOf(error))
      asked = undefined
      failedAt = now
      throw new SignInError('unavailable')
    }
  }

  return {
    async authorise(parameters) {
      return openid.buildAuthorizationUrl(await configure(), { ...parameters })
    },
    async redeem(answer, { state, nonce, codeVerifier, maxAgeSeconds }) {
      const configuration = await configure()
      try {
        const tokens = await openid.authorizationCodeGrant(configuration, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          maxAge: maxAgeSeconds,
        })
        // `maxAge` above requires both claims.
        const { sub, auth_time } = tokens.claims()!
        return { subject: sub, signedInAt: new Date(auth_time! * 1000) }
      } catch (error) {
        const fault = faultOf(error)
        if (fault !== 'cancelled' && fault !== 'ended') report(codeOf(error))
        throw new SignInError(fault)
      }
    },
    async endSession(returnTo) {
      try {
        return openid.buildEndSessionUrl(await configure(), { post_logout_redirect_uri: returnTo })
      } catch {
        return undefined
      }
    },
  }
}

async function authenticate(
  { authentication, clientSecret }: SignInProvider,
  tokenKey: PrivateJwk,
): Promise<openid.ClientAuth> {
  if (authentication === 'none') return openid.None()
  if (authentication === 'client_secret_basic') return openid.ClientSecretBasic(parseUtf8(clientSecret!.reveal()))
  // The public half is in the key set of the gateway (`/oauth/jwks`).
  const key = await importJWK(tokenKey, 'EdDSA')
  if (key instanceof Uint8Array) throw new Error('the token key is not a private key')
  return openid.PrivateKeyJwt(
    { key, kid: tokenKey.kid },
    {
      // Ed25519 has two names (RFC 9864); a provider looks for a key under the one in the key set.
      [openid.modifyAssertion](header) {
        header.alg = 'EdDSA'
      },
    },
  )
}

async function bound(response: Response): Promise<Response> {
  const bytes = await readBounded(response.body, MAX_ANSWER_BYTES)
  if (bytes.length > MAX_ANSWER_BYTES) throw new TypeError('the provider answered with too much')
  const { status, headers } = response
  return new Response(bytes.length === 0 ? null : bytes, { status, headers })
}

/** Answers to our own mistakes in being a client, for the operator to mend (RFC 6749 §5.2 and §4.1.2.1). */
const NOT_OUR_CLIENT = ['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_scope']
const PROVIDER_IN_TROUBLE = ['server_error', 'temporarily_unavailable']
const NOT_AS_EXPECTED = ['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED']

function faultOf(error: unknown): SignInFault {
  if (error instanceof openid.AuthorizationResponseError)
    return [...PROVIDER_IN_TROUBLE, ...NOT_OUR_CLIENT].includes(error.error) ? 'unavailable' : 'cancelled'
  if (error instanceof openid.ResponseBodyError) return error.error === 'invalid_grant' ? 'ended' : 'unavailable'
  const code = codeOf(error)
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return claimOf(error) === 'auth_time' ? 'not-fresh' : 'mismatch'
  return NOT_AS_EXPECTED.includes(code) ? 'mismatch' : 'unavailable'
}

/** The claim that was compared in vain, which the client keeps with the cause of its error. */
const claimOf = (error: unknown): unknown => Object(Object(Object(error).cause).cause).claim

/** A short word for the operator: the error of the protocol, the code of the client, or the name of the error. */
function codeOf(error: unknown): string {
  if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError)
    return /^[a-z_]{1,40}$/.test(error.error) ? error.error : 'unknown error'
  if (error instanceof openid.ClientError && error.code) return error.code
  return error instanceof Error ? error.name : typeof error
}
