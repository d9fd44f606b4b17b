import { formatAccessRecord, type Limit } from '../audit/record/access.ts'
import { sluisError } from '../errors.ts'
import { parseClientId } from '../model/client-id.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import type { Submission } from '../report/submission.ts'
import type { Gateway } from './gateway.ts'

/**
 * How often a party may ask the gateway something about a person. Without the keys nobody can compute what a pseudonym or a
 * token comes from, so what remains is to send every number there is and watch what comes out. At these rates the nine-digit
 * numbers that could be a BSN take a party ten years; the first refusal of every hour is in the log.
 */
export const DEFAULT_LIMITS = { reports: 1000, 'subject-requests': 20 } as const satisfies Record<Limit, number>

/** Budgets are counted by the whole hour, so that the database holds one row for each party and hour. */
const WINDOW_SECONDS = 3600

/**
 * Takes from what the caller's party may do this hour. What is taken stays taken, whatever comes of it.
 *
 * @param by client id of the caller; a party and its people spend from one budget
 * @param amount at least 1
 * @throws SluisError `too-many-requests` with the rest of the window, once per window after recording it; `log-unavailable`
 */
export async function spendBudget(gateway: Gateway, limit: Limit, by: string, amount = 1): Promise<void> {
  const now = gateway.clock()
  const seconds = Math.floor(now.getTime() / 1000)
  const window = seconds - (seconds % WINDOW_SECONDS)
  const most = (gateway.limits ?? DEFAULT_LIMITS)[limit]
  const { party } = parseClientId(by)
  const spent = await Promise.all(Array.from({ length: amount }, () => gateway.store.spend(limit, party, window, most)))
  if (spent.every(({ isAllowed }) => isAllowed)) return
  if (spent.some(({ isFirstRefusal }) => isFirstRefusal)) {
    const nonce = gateway.random(16)
    await gateway.queue.commit({
      record: formatAccessRecord({ type: 'access', at: now.toISOString(), by, what: 'limit', limit, nonce }),
    })
  }
  throw sluisError('too-many-requests', SPENT[limit], { retryAfterSeconds: window + WINDOW_SECONDS - seconds })
}

/**
 * What a report costs: every data subject with something to recognise a person by is a question of its own, or sixteen could
 * be asked for the price of one. A report without any costs one too, because each is a record.
 */
export const costOfReport = ({ fields }: Vocabulary, { dataSubjects }: Pick<Submission, 'dataSubjects'>): number =>
  Math.max(
    1,
    dataSubjects.filter(({ data }) => Object.keys(data).some((field) => fields.get(field)?.identifier !== undefined))
      .length,
  )

const SPENT: Readonly<Record<Limit, LocalisedText>> = {
  reports: {
    nl: 'uw organisatie heeft dit uur zoveel personen gemeld als mag; wacht tot `Retry-After` om is, of vraag de beheerder om meer ruimte',
    en: 'your organisation has reported as many persons this hour as it may; wait until `Retry-After` is over, or ask the operator for more room',
  },
  'subject-requests': {
    nl: 'uw organisatie heeft dit uur zoveel verzoeken van betrokkenen gedaan als mag; wacht tot `Retry-After` om is',
    en: 'your organisation has made as many subject requests this hour as it may; wait until `Retry-After` is over',
  },
}
