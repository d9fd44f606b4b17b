import type { Scope } from '../../model/party.ts'

/** Somebody with a session: one of the people of a party, as `partijen.yaml` knows them now. */
export interface SignedIn {
  /** Client id, `party.person`. */
  readonly id: string
  readonly party: string
  /** Role id, never a name. */
  readonly person: string
  /** What the rule set in force grants this person. */
  readonly scopes: readonly Scope[]
  /** When the person signed in at the provider of the organisation. */
  readonly signedInAt: Date
}
