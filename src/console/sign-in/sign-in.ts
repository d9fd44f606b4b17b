import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64Url, formatUtf8 } from '../../encoding/bytes.ts'
import type { Language } from '../../model/language.ts'
import type { Party, PrivateJwk } from '../../model/party.ts'
import type { Clock, MonotonicClock, RandomBytes } from '../../ports/keys.ts'
import type { Sessions } from '../../ports/sessions.ts'
import { createProgressSeal, PROGRESS_SECONDS } from './progress.ts'
import { createProviderClient, type ProviderClient, SignInError } from './provider-client.ts'
import { type ConsoleSessions, createSessions } from './sessions.ts'
import type { SignInProvider, SignInSettings } from './settings.ts'
import { findPerson } from './subjects.ts'

/** Signing in and out. */
export interface SignIn extends Pick<ConsoleSessions, 'identify' | 'end' | 'endAll' | 'sweep'> {
  readonly settings: SignInSettings
  /**
   * Begins a sign-in at the provider of a party.
   * @returns where the browser goes and the header `Set-Cookie` that binds the sign-in to it; undefined for a party without a provider
   * @throws SignInError `unavailable`
   */
  begin(wish: {
    readonly party: string
    /** The path to go to afterwards; the caller has checked that it is one of ours. */
    readonly to: string
    /** Whether the person must sign in anew, although the provider knows them already. */
    readonly isFresh: boolean
    /** The language of the pages of the provider, where it has several. */
    readonly language: Language
    /** The subject that probably signs in. */
    readonly hint?: string | undefined
  }): Promise<{ readonly address: URL; readonly cookie: string } | undefined>
  /**
   * Completes the sign-in of this browser with the answer of a provider.
   * @param providerId the provider whose redirect URI the answer came to
   * @returns the new session, or the subject of somebody whom the rule set in force does not know
   * @throws SignInError
   */
  complete(
    request: Request,
    providerId: string,
  ): Promise<{ readonly to: string; readonly cookie: string } | { readonly unknownSubject: string }>
  /** The address where a person ends the session at the provider of a party; undefined when there is none. */
  endSession(party: string): Promise<URL | undefined>
}

export interface SignInOptions {
  readonly settings: SignInSettings
  /** Public address of the gateway, without a trailing slash. */
  readonly issuer: string
  readonly store: {
    readonly sessions: Sessions
    /** True the first time that it is called with a `jti` of an issuer (`Store.rememberJti`). */
    rememberJti(issuer: string, jti: string, expiresAt: number, now: number): Promise<boolean>
  }
  readonly tokenKey: PrivateJwk
  /** The parties of the rule set in force. */
  readonly parties: () => ReadonlyMap<string, Party>
  readonly fetch: (request: Request) => Promise<Response>
  readonly clock: Clock
  readonly monotonic: MonotonicClock
  readonly random: RandomBytes
  /** Receives the id of a provider that did not sign somebody in as agreed, and a word that leads to the cause. */
  readonly reportProvider: (provider: string, code: string) => void
}

/** Difference between the clocks of provider and gateway that is accepted in a fresh sign-in. */
const CLOCK_TOLERANCE_MS = 30_000

export function createSignIn(options: SignInOptions): SignIn {
  const { settings, issuer, store, tokenKey, parties, clock, random, reportProvider } = options
  const sessions = createSessions({ settings, store: store.sessions, parties, clock, random })
  const progress = createProgressSeal(tokenKey)
  const clients = new Map<SignInProvider, ProviderClient>(
    settings.providers.map((provider) => [
      provider,
      createProviderClient(provider, { ...options, reportFault: (code) => reportProvider(provider.id, code) }),
    ]),
  )
  const providerOf = (party: string) => settings.providers.find(({ parties }) => parties.includes(party))
  const redirectUri = ({ id }: SignInProvider) => `${issuer}/sign-in/callback/${id}`

  return {
    settings,
    identify: sessions.identify,
    end: sessions.end,
    endAll: sessions.endAll,
    sweep: sessions.sweep,
    async begin({ party, to, isFresh, language, hint }) {
      const provider = providerOf(party)
      if (!provider) return undefined
      const state = formatBase64Url(random(32))
      const nonce = formatBase64Url(random(32))
      const codeVerifier = formatBase64Url(random(32))
      const address = await clients.get(provider)!.authorise({
        redirect_uri: redirectUri(provider),
        scope: 'openid',
        ui_locales: language,
        state,
        nonce,
        // RFC 7636 §4.2.
        code_challenge: formatBase64Url(sha256(formatUtf8(codeVerifier))),
        code_challenge_method: 'S256',
        ...(isFresh ? { prompt: 'login', max_age: '0' } : { max_age: String(settings.sessionHours * 3600) }),
        ...(hint !== undefined && { login_hint: hint }),
      })
      const begunAt = clock().getTime()
      const cookie = await progress.seal({ provider: provider.id, state, nonce, codeVerifier, to, isFresh, begunAt })
      return { address, cookie }
    },
    async complete(request, providerId) {
      const now = clock()
      const begun = await progress.open(request, now)
      if (!begun) throw new SignInError('ended')
      const provider = settings.providers.find(({ id }) => id === begun.provider)
      // Each provider has a redirect URI of its own, also for those that do not name themselves in `iss` (RFC 9700 §4.4.2.2).
      if (provider?.id !== providerId) throw new SignInError('mismatch')
      const { state, nonce, codeVerifier, isFresh } = begun
      const { subject, signedInAt } = await clients.get(provider)!.redeem(
        // As the provider knows it, whatever address a proxy made of it.
        new URL(new URL(request.url).search, redirectUri(provider)),
        {
          state,
          nonce,
          codeVerifier,
          maxAgeSeconds: isFresh ? PROGRESS_SECONDS : settings.sessionHours * 3600,
        },
      )
      if (isFresh && signedInAt.getTime() < begun.begunAt - CLOCK_TOLERANCE_MS) throw new SignInError('not-fresh')
      // Each sign-in counts once, also at a provider that accepts a code twice. Only those that succeed are remembered.
      const seconds = Math.floor(now.getTime() / 1000)
      const isFirst = await store.rememberJti(provider.issuer, state, seconds + PROGRESS_SECONDS, seconds)
      if (!isFirst) throw new SignInError('ended')
      const person = findPerson(parties(), provider, subject)
      if (!person) return { unknownSubject: subject }
      const cookie = await sessions.start(request, {
        person: person.id,
        issuer: provider.issuer,
        subject,
        signedInAt: signedInAt.toISOString(),
      })
      return { to: begun.to, cookie }
    },
    async endSession(party) {
      const provider = providerOf(party)
      return provider && clients.get(provider)!.endSession(`${issuer}/signed-out`)
    },
  }
}
