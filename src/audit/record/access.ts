import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** What a person can ask for: what was shared about them (AVG 15, Wpg 25), or that it goes (AVG 17, Wpg 28). */
export const SUBJECT_REQUESTS = ['access', 'erasure'] as const
export type SubjectRequestKind = (typeof SUBJECT_REQUESTS)[number]

/** What a party may do only so often, because it asks the gateway something about a person. */
export const LIMITS = ['reports', 'subject-requests'] as const
export type Limit = (typeof LIMITS)[number]

/** What somebody can do with the records of the log. */
export const LOG_USES = ['show', 'search', 'export', 'entries', 'verify', 'rederive', 'report', 'policies'] as const
export type LogUse = (typeof LOG_USES)[number]

/** Who reads a database in the gateway's own data folder from the command line: the operator, whom no token names. */
export const OPERATOR = 'beheer'

/**
 * Somebody looked for a person, came to the end of what they may ask in an hour, or read records of the log. That is recorded
 * because the attack that remains on keyed hashes is to ask the gateway (EDPB Guidelines 01/2025 on pseudonymisation), and
 * because who watches is watched too (Wpg art. 32a). Of a person it says nothing.
 */
export type AccessRecord = Envelope & {
  readonly type: 'access'
  /** Client id: a party or a role at one, never a name; {@link OPERATOR} for whoever was on the machine itself. */
  readonly by: string
} & (
    | {
        readonly what: 'subject-request'
        readonly request: SubjectRequestKind
        /** How many data subjects of exchanges were found. A sweep is known by its many zeros. */
        readonly found: number
      }
    | { readonly what: 'limit'; readonly limit: Limit }
    | {
        readonly what: 'log'
        readonly use: LogUse
        /** Records `[start, end)` that were read. */
        readonly start: number
        readonly end: number
        /** What was asked for, in words of the vocabulary, ids and moments; absent when all of it was. */
        readonly filter?: { readonly [member: string]: string }
        /** How many records were given. */
        readonly found: number
      }
  )

/**
 * The record that somebody looked for a person, reached a limit or read the log.
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
    case 'log': {
      const { what, use, start, end, filter, found } = draft
      return formatRecord({ ...head, what, use, start, end, ...(filter && { filter }), found })
    }
  }
}
