import { type Draft, type Envelope, formatRecord } from './record.ts'

/** What a person can ask for: what was shared about them (AVG 15, Wpg 25), or that it goes (AVG 17, Wpg 28). */
export const SUBJECT_REQUESTS = ['access', 'erasure'] as const
export type SubjectRequestKind = (typeof SUBJECT_REQUESTS)[number]

/** What a party may do only so often, because it asks the gateway something about a person. */
export const LIMITS = ['reports', 'subject-requests'] as const
export type Limit = (typeof LIMITS)[number]

/**
 * Somebody looked for a person, or came to the end of what they may ask in an hour. That is recorded because the attack that
 * remains on keyed hashes is to ask the gateway (EDPB Guidelines 01/2025 on pseudonymisation). Of the person it says nothing.
 */
export type AccessRecord = Envelope & {
  readonly type: 'access'
  /** Client id: a party or a role at one, never a name. */
  readonly by: string
} & (
    | {
        readonly what: 'subject-request'
        readonly request: SubjectRequestKind
        /** How many data subjects of exchanges were found. A sweep is known by its many zeros. */
        readonly found: number
      }
    | { readonly what: 'limit'; readonly limit: Limit }
  )

/** The record that somebody looked for a person, or reached a limit. @throws RangeError when the nonce has the wrong length */
export function formatAccessRecord(draft: Draft<AccessRecord>): string {
  const { type, at, by, nonce } = draft
  const head = { type, at, by, nonce }
  return draft.what === 'limit'
    ? formatRecord({ ...head, what: draft.what, limit: draft.limit })
    : formatRecord({ ...head, what: draft.what, request: draft.request, found: draft.found })
}
