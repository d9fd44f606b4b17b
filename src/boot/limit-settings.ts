import { z } from 'zod'
import type { Limit } from '../audit/record/access.ts'
import { DEFAULT_LIMITS } from '../exchange/budgets/limits.ts'

const perHour = z.coerce.number().int().min(1).max(1_000_000_000)

/** What may be done in an hour, with why each limit exists; the same on every runtime. */
export const LIMIT_SETTINGS = {
  SLUIS_REPORTS_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.reports),
    why: 'how many persons a party may report in an hour: what remains against keyed hashes is to send every number there is and watch what comes out, so sending them all must take years and show in the log',
  },
  SLUIS_SUBJECT_REQUESTS_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS['subject-requests']),
    why: 'how many requests of data subjects a party may make in an hour, a quarter of them kept for erasure: each tells whether somebody is known, and the real ones are few',
  },
  SLUIS_CHECKS_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.checks),
    why: 'how many checks and AuthZEN evaluations a party may ask for in an hour, each of a batch counted: every one is a record for ever, and a program in a loop asks thousands a second',
  },
  SLUIS_DELIVERIES_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.deliveries),
    why: 'how many deliveries a party may fetch and acknowledge in an hour: each is a record, and a program that fetches the same delivery again and again must stop; raise it for a recipient that fetches a large inbox anew',
  },
  SLUIS_MATCHES_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.matches),
    why: 'how often a party may read and answer possible matches in an hour: each is a record',
  },
  SLUIS_APPROVALS_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.approvals),
    why: 'how often the people of a party may approve or refuse in an hour: enough for every exchange that it can submit, several times over',
  },
  SLUIS_RECALLS_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.recalls),
    why: 'how many exchanges a party may recall in an hour: a recall protects somebody, so the limit is far above what a party can submit in that time',
  },
  SLUIS_LOG_USES_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS['log-uses']),
    why: 'how often a party may use the log or the gap report in an hour: reading is recorded too; with the default a log of 2.5 million records can be verified as it is served',
  },
  SLUIS_PROPOSALS_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS.proposals),
    why: 'how many policy proposals the people of a party may make, approve or withdraw in an hour: the database keeps the texts of each',
  },
  SLUIS_ALL_PARTIES_PER_HOUR: {
    schema: perHour.default(DEFAULT_LIMITS['all-parties']),
    why: 'how much all parties together may do in an hour before checks, matches, uses of the log and proposals wait, so that the disk lasts; half of it is divided among the parties equally, and no party can use up the share of another',
  },
} as const satisfies Record<string, { schema: z.ZodType; why: string }>

type LimitSetting = keyof typeof LIMIT_SETTINGS

/** The schema of every limit, by the name of its setting. */
export const limitShape = Object.fromEntries(
  Object.entries(LIMIT_SETTINGS).map(([name, { schema }]) => [name, schema]),
) as { readonly [Name in LimitSetting]: (typeof LIMIT_SETTINGS)[Name]['schema'] }

/** The limits in settings that were parsed. */
export const pickLimits = (parsed: Readonly<Record<LimitSetting, number>>): Readonly<Record<Limit, number>> => ({
  reports: parsed.SLUIS_REPORTS_PER_HOUR,
  'subject-requests': parsed.SLUIS_SUBJECT_REQUESTS_PER_HOUR,
  checks: parsed.SLUIS_CHECKS_PER_HOUR,
  deliveries: parsed.SLUIS_DELIVERIES_PER_HOUR,
  matches: parsed.SLUIS_MATCHES_PER_HOUR,
  approvals: parsed.SLUIS_APPROVALS_PER_HOUR,
  recalls: parsed.SLUIS_RECALLS_PER_HOUR,
  'log-uses': parsed.SLUIS_LOG_USES_PER_HOUR,
  proposals: parsed.SLUIS_PROPOSALS_PER_HOUR,
  'all-parties': parsed.SLUIS_ALL_PARTIES_PER_HOUR,
})
