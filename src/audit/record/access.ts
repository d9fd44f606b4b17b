import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** Requests a person can make: access to what was shared (AVG 15, Wpg 25), or erasure (AVG 17, Wpg 28). */
export const SUBJECT_REQUESTS = ['access', 'erasure'] as const
export type SubjectRequestKind = (typeof SUBJECT_REQUESTS)[number]

/**
 * What is limited per hour, because it asks the gateway about a person or lets the log grow: by each party, and `all-parties`
 * together.
 */
export const LIMITS = [
  'reports',
  'subject-requests',
  'checks',
  'deliveries',
  'matches',
  'approvals',
  'recalls',
  'log-uses',
  'proposals',
  'all-parties',
] as const
export type Limit = (typeof LIMITS)[number]

/** Actions on the records of the log. */
export const LOG_USES = [
  'show',
  'search',
  'export',
  'entries',
  'verify',
  'rederive',
  'report',
  'policies',
  'gaps',
] as const
export type LogUse = (typeof LOG_USES)[number]

/** Client id of the operator who reads a database from the command line, without a token. */
export const OPERATOR = 'beheer'

/**
 * A client searched for a person, reached its hourly limit, or read records of the log. Recorded because the remaining attack on
 * keyed hashes is to ask the gateway (EDPB Guidelines 01/2025 on pseudonymisation), and because auditors are audited too (Wpg
 * art. 32a). Contains nothing about a person.
 */
export type AccessRecord = Envelope & {
  readonly type: 'access'
  /** Client id: a party or a role at one, never a name; {@link OPERATOR} for a person at the machine itself. */
  readonly by: string
} & (
    | {
        readonly what: 'subject-request'
        readonly request: SubjectRequestKind
        /** Number of data subjects found. Many zeros in a row suggest systematic searching. */
        readonly found: number
      }
    | {
        /** A recipient read or answered who may be one person among its own pseudonyms. */
        readonly what: 'matches'
        /** How many matches were given. */
        readonly found: number
      }
    | { readonly what: 'limit'; readonly limit: Limit }
    | {
        readonly what: 'log'
        readonly use: LogUse
        /** Records `[start, end)` that were read. */
        readonly start: number
        readonly end: number
        /** The filter, in words of the vocabulary, ids and moments; absent when there was none. */
        readonly filter?: { readonly [member: string]: string }
        /** Number of records returned. */
        readonly found: number
      }
  )

/**
 * The record of a search for a person, a reached limit or a reading of the log.
 * @throws RangeError when the nonce has the wrong length
 */
export function formatAccessRecord(draft: Draft<AccessRecord>): string {
  const { type, at, by, nonce } = draft
  const head = { type, at, by, nonce }
  switch (draft.what) {
    case 'limit':
      return formatRecord({ ...head, what: draft.what, limit: draft.limit })
    case 'subject-request':
      return formatRecord({ ...head, what: draft.what, request: draft.request, found: draft.found })
    case 'matches':
      return formatRecord({ ...head, what: draft.what, found: draft.found })
    case 'log': {
      const { what, use, start, end, filter, found } = draft
      return formatRecord({ ...head, what, use, start, end, ...(filter && { filter }), found })
    }
  }
}
