import type { LocalisedText } from './language.ts'
import type { Word } from './vocabulary.ts'

export const SCOPES = [
  'exchange:submit',
  'exchange:check',
  'exchange:approve',
  'identity:ask',
  'subject:request',
  'inbox:read',
  'match:review',
  'audit:read',
  'policy:write',
  'statistics:read',
] as const
/** What a client may do. `policy:write` makes a privacy officer, `audit:read` an auditor; no client has both. */
export type Scope = (typeof SCOPES)[number]

/** Scopes that only a person can have, because their purpose is human review. */
export const PERSONAL_SCOPES = ['exchange:approve', 'policy:write'] as const satisfies readonly Scope[]

/**
 * A public JSON Web Key (RFC 7517) as parties publish it. `expires`, where it is stated, is the last day on which the gateway
 * accepts it: `YYYY-MM-DD`, a calendar date in Europe/Amsterdam.
 */
export type PublicJwk = Readonly<Record<string, string>> & {
  readonly kty: string
  readonly kid: string
  readonly use: 'sig' | 'enc'
}

/** True after the last day of a key; a key that states none never expires. @param day `YYYY-MM-DD` (`legalDate`) */
export const isExpired = ({ expires }: PublicJwk, day: string): boolean => expires !== undefined && expires < day

/** The private half that belongs to a `PublicJwk`, as one JSON Web Key. Secret: it stays with its owner. */
export type PrivateJwk = PublicJwk & { readonly d: string }

/** A person at a party, who acts with signing keys of their own or signs in to the console. The id names a role, never a person. */
export interface Person extends Word {
  readonly scopes: readonly Scope[]
  /** `sub` at the OpenID provider of the organisation: opaque, never a name or an address. Absent for somebody who cannot sign in. */
  readonly subject?: string
}

/** A subject as an OpenID provider issues it, less what would be an e-mail address (OpenID Connect Core §2, `sub`). */
export const SUBJECT_PATTERN = '^[!-?A-~]{1,255}$'

/** One e-mail address (RFC 5321 §4.1.2, less quoted and literal forms), in ASCII, so that it fits in a header as it is. */
export const MAIL_ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/

/** An organisation that takes part (`policies/partijen.yaml`). */
export interface Party extends Word {
  readonly groups: readonly string[]
  /** What the party's own system may do. Its people have scopes of their own and inherit none of these. */
  readonly scopes: readonly Scope[]
  readonly people: ReadonlyMap<string, Person>
  /** Contact for questions about sharing: a desk or a function, and how to reach it. */
  readonly contact?: LocalisedText
  /** Mailbox of a desk, never of a person, that is told by e-mail when there is something in the inbox. */
  readonly mailbox?: string
  readonly oin?: string
}
