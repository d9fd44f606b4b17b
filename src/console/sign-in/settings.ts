import type { Secret } from '../../model/secret.ts'

/** How the gateway proves to a provider that it is its client (OpenID Connect Core §9). `none` is for a public client. */
export const AUTHENTICATIONS = ['private_key_jwt', 'client_secret_basic', 'none'] as const

/** An OpenID provider, and the parties whose people it knows. */
export interface SignInProvider {
  /** Short name in addresses: the redirect URI of the provider is `/sign-in/callback/ID`. */
  readonly id: string
  /** Issuer identifier, as the provider writes it. */
  readonly issuer: string
  readonly clientId: string
  /** It vouches for people of these parties only; a party has one provider. */
  readonly parties: readonly string[]
  readonly authentication: (typeof AUTHENTICATIONS)[number]
  /** Present exactly with `client_secret_basic`. */
  readonly clientSecret?: Secret
}

/** Who may sign in, where, and for how long. */
export interface SignInSettings {
  /** Nobody can sign in when there is none. */
  readonly providers: readonly SignInProvider[]
  /** A session ends after so many minutes without a request. */
  readonly idleMinutes: number
  /** A session ends so many hours after it started, used or not. */
  readonly sessionHours: number
  /** For a demo: the first page lists the people who can sign in. */
  readonly listsPeople: boolean
}

/** Nobody can sign in. */
export const NO_SIGN_IN: SignInSettings = { providers: [], idleMinutes: 30, sessionHours: 12, listsPeople: false }
