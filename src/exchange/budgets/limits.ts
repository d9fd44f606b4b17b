import type { Limit } from '../../audit/record/access.ts'
import type { LocalisedText } from '../../model/language.ts'

/** A limit of each party on its own; `all-parties` is the one of all together. */
export type PartyLimit = Exclude<Limit, 'all-parties'>

/**
 * What a party may do in an hour, and all parties together. Far above what people and the systems of one organisation do, and far
 * below what a script in a loop does: the log grows by what is asked, and thousands of records a second would fill any disk.
 *
 * `reports` and `subject-requests` are lower for another reason. Without the keys nobody can compute what a pseudonym or a token is
 * made from, so the remaining attack is to send every possible number and compare the answers. At these rates all nine-digit
 * numbers that could be a BSN take ten years; the first refusal of every hour is recorded.
 */
export const DEFAULT_LIMITS = {
  reports: 1000,
  'subject-requests': 20,
  checks: 5000,
  deliveries: 10_000,
  matches: 5000,
  approvals: 5000,
  // A mistake of days can be recalled in an hour.
  recalls: 20_000,
  // As many entry bundles verify a log of 2.5 million records.
  'log-uses': 10_000,
  proposals: 100,
  'all-parties': 100_000,
} as const satisfies Record<Limit, number>

/**
 * Limits whose requests wait when all parties together reached theirs. They ask something and nobody is harmed when they ask again
 * within the hour. Reports, hand-overs, approvals, recalls and subject requests never wait for what other parties did.
 */
export const YIELDING: ReadonlySet<Limit> = new Set<PartyLimit>(['checks', 'matches', 'log-uses', 'proposals'])

/** What is counted, after "the number of". */
export const LIMIT_WORDS: Readonly<Record<Limit, LocalisedText>> = {
  reports: { nl: 'meldingen', en: 'reports' },
  'subject-requests': { nl: 'verzoeken van betrokkenen', en: 'requests of data subjects' },
  checks: { nl: 'controles vooraf', en: 'checks' },
  deliveries: { nl: 'ophalingen en ontvangstbevestigingen', en: 'hand-overs and acknowledgements' },
  matches: { nl: 'verzoeken over mogelijke overeenkomsten', en: 'requests about possible matches' },
  approvals: { nl: 'goedkeuringen en weigeringen', en: 'approvals and refusals' },
  recalls: { nl: 'intrekkingen', en: 'recalls' },
  'log-uses': { nl: 'raadplegingen van het logboek', en: 'uses of the log' },
  proposals: { nl: 'stappen van voorstellen voor regels', en: 'steps of policy proposals' },
  'all-parties': { nl: 'verzoeken van alle partijen samen', en: 'requests of all parties together' },
}
