import { formatAccessRecord, type Limit } from '../../audit/record/access.ts'
import { sluisError } from '../../errors.ts'
import { parseClientId } from '../../model/client-id.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import type { Submission } from '../../report/submission.ts'
import { commitRecord } from '../commit-record.ts'
import type { Gateway } from '../gateway.ts'
import { hourCountsOf } from './hour-counts.ts'
import { DEFAULT_LIMITS, LIMIT_WORDS, type PartyLimit } from './limits.ts'

/** Budgets are counted by the whole hour, so that the database holds one row for each party and hour. */
const WINDOW_SECONDS = 3600

/** Budgets that hold off somebody who tries every number, so a restart may not renew them. */
const DURABLE: ReadonlySet<PartyLimit> = new Set<PartyLimit>(['reports', 'subject-requests'])

/** How a request spends, beside its limit. */
export interface SpendOptions {
  /** At least 1, which is the default. */
  readonly amount?: number
  /** The part of the budget that this request may use up, the rest being kept for others of the same limit. All when absent. */
  readonly part?: number
}

/**
 * Spends from the hourly budget of the caller's party, and counts it for the limit of all parties together (`hour-counts.ts`). A
 * request that fails later has spent all the same.
 *
 * `reports` and `subject-requests` are spent in the database. The others are counted in memory, because a durable write for each
 * check would cost as much as its record: a restart begins the hour again, which nobody who asks can bring about. On Workers an
 * object that nobody asks anything leaves memory after some minutes, so there a party that waits for that gets more; its pauses
 * keep the rate far below what the limits are against.
 *
 * @param by client id of the caller; a party and its people share one budget
 * @throws SluisError `too-many-requests` with the seconds left in the hour, of which the first in an hour is recorded, once for
 *   each party and limit and once for all parties together; `log-unavailable`
 */
export async function spendBudget(
  gateway: Pick<Gateway, 'store' | 'queue' | 'clock' | 'random' | 'limits' | 'policySet'>,
  limit: PartyLimit,
  by: string,
  { amount = 1, part = 1 }: SpendOptions = {},
): Promise<void> {
  const now = gateway.clock()
  const seconds = Math.floor(now.getTime() / 1000)
  const window = seconds - (seconds % WINDOW_SECONDS)
  const mostOf = (one: Limit) => gateway.limits?.[one] ?? DEFAULT_LIMITS[one]
  const most = Math.ceil(mostOf(limit) * part)
  const { party } = parseClientId(by)
  const record = (reached: Limit) =>
    commitRecord(gateway, {
      record: formatAccessRecord({
        type: 'access',
        at: now.toISOString(),
        by,
        what: 'limit',
        limit: reached,
        nonce: gateway.random(16),
      }),
    })
  const refuse = (reached: Limit) =>
    sluisError('too-many-requests', REFUSALS[reached], { retryAfterSeconds: window + WINDOW_SECONDS - seconds })

  if (DURABLE.has(limit)) {
    const spent = await Promise.all(
      Array.from({ length: amount }, () => gateway.store.spend(limit, party, window, most)),
    )
    if (spent.some(({ isFirstRefusal }) => isFirstRefusal)) await record(limit)
    if (spent.some(({ isAllowed }) => !isAllowed)) throw refuse(limit)
  }
  const counts = hourCountsOf(gateway.queue)
  const refusedBy = counts.spend(window, {
    party,
    limit,
    amount,
    most: DURABLE.has(limit) ? Number.POSITIVE_INFINITY : most,
    mostOfAll: mostOf('all-parties'),
    parties: gateway.policySet.parties.size,
  })
  if (refusedBy === undefined) return
  const reached = refusedBy === 'party' ? limit : refusedBy
  await counts.recordOnce(window, refusedBy === 'party' ? `${limit} ${party}` : refusedBy, () => record(reached))
  throw refuse(reached)
}

/**
 * What a report costs: one for every data subject with an identifying field, because each answers a question about a person. A
 * report without any costs one too, because it is a record.
 */
export const costOfReport = ({ fields }: Vocabulary, { dataSubjects }: Pick<Submission, 'dataSubjects'>): number =>
  Math.max(
    1,
    dataSubjects.filter(({ data }) => Object.keys(data).some((field) => fields.get(field)?.identifier !== undefined))
      .length,
  )

const refusalOf = ({ nl, en }: LocalisedText): LocalisedText => ({
  nl: `uw organisatie heeft dit uur de grens van het aantal ${nl} bereikt; wacht tot \`Retry-After\` om is, of vraag de beheerder om een hogere grens`,
  en: `your organisation has reached its limit of ${en} for this hour; wait until \`Retry-After\` is over, or ask the operator for a higher limit`,
})

const REFUSALS: Readonly<Record<Limit, LocalisedText>> = {
  reports: refusalOf({ nl: 'gemelde personen', en: 'reported persons' }),
  'subject-requests': refusalOf(LIMIT_WORDS['subject-requests']),
  checks: refusalOf(LIMIT_WORDS.checks),
  deliveries: refusalOf(LIMIT_WORDS.deliveries),
  matches: refusalOf(LIMIT_WORDS.matches),
  approvals: refusalOf(LIMIT_WORDS.approvals),
  recalls: refusalOf(LIMIT_WORDS.recalls),
  'log-uses': refusalOf(LIMIT_WORDS['log-uses']),
  proposals: refusalOf(LIMIT_WORDS.proposals),
  'all-parties': {
    nl: 'alle organisaties samen hebben dit uur hun grens bereikt en die van u heeft haar deel gebruikt; wacht tot `Retry-After` om is; melden, ophalen, goedkeuren, intrekken en verzoeken van betrokkenen gaan gewoon door',
    en: 'all organisations together have reached their limit for this hour and yours has used its share; wait until `Retry-After` is over; reports, deliveries, approvals, recalls and subject requests are not affected',
  },
}
