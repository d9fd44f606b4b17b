import { formatAccessRecord, type Limit } from '../audit/record/access.ts'
import { sluisError } from '../errors.ts'
import { parseClientId } from '../model/client-id.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import type { Submission } from '../report/submission.ts'
import { commitRecord } from './commit-record.ts'
import type { Gateway } from './gateway.ts'

/**
 * Requests about persons that a party may make in an hour. Without the keys nobody can compute what a pseudonym or a token is made
 * from, so the remaining attack is to send every possible number and compare the answers. At these rates all nine-digit numbers
 * that could be a BSN take ten years; the first refusal of every hour is recorded.
 */
export const DEFAULT_LIMITS = { reports: 1000, 'subject-requests': 20 } as const satisfies Record<Limit, number>

/** Budgets are counted by the whole hour, so that the database holds one row for each party and hour. */
const WINDOW_SECONDS = 3600

/**
 * Spends from the hourly budget of the caller's party. A request that fails later has spent all the same.
 *
 * @param by client id of the caller; a party and its people share one budget
 * @param amount at least 1
 * @throws SluisError `too-many-requests` with the seconds left in the hour, of which the first in an hour is recorded;
 *   `log-unavailable`
 */
export async function spendBudget(
  gateway: Pick<Gateway, 'store' | 'queue' | 'clock' | 'random' | 'limits'>,
  limit: Limit,
  by: string,
  amount = 1,
): Promise<void> {
  const now = gateway.clock()
  const seconds = Math.floor(now.getTime() / 1000)
  const window = seconds - (seconds % WINDOW_SECONDS)
  const most = (gateway.limits ?? DEFAULT_LIMITS)[limit]
  const { party } = parseClientId(by)
  const spent = await Promise.all(Array.from({ length: amount }, () => gateway.store.spend(limit, party, window, most)))
  if (spent.every(({ isAllowed }) => isAllowed)) return
  if (spent.some(({ isFirstRefusal }) => isFirstRefusal)) {
    const nonce = gateway.random(16)
    await commitRecord(gateway, {
      record: formatAccessRecord({ type: 'access', at: now.toISOString(), by, what: 'limit', limit, nonce }),
    })
  }
  throw sluisError('too-many-requests', SPENT[limit], { retryAfterSeconds: window + WINDOW_SECONDS - seconds })
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

const SPENT: Readonly<Record<Limit, LocalisedText>> = {
  reports: {
    nl: 'uw organisatie heeft dit uur het hoogste aantal personen gemeld; wacht tot `Retry-After` om is, of vraag de beheerder om een hogere grens',
    en: 'your organisation has reported the maximum number of persons for this hour; wait until `Retry-After` is over, or ask the operator for a higher limit',
  },
  'subject-requests': {
    nl: 'uw organisatie heeft dit uur het hoogste aantal verzoeken van betrokkenen gedaan; wacht tot `Retry-After` om is',
    en: 'your organisation has made the maximum number of subject requests for this hour; wait until `Retry-After` is over',
  },
}
