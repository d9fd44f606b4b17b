import { formatAccessRecord } from '../audit/record/access.ts'
import { formatErasureRecord } from '../audit/record/erasure.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { type Fault, throwFaults } from '../errors.ts'
import { parseClientId } from '../model/client-id.ts'
import type { Outcome, RuleReference, SubjectDecision } from '../model/decision.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { legalDate } from '../policy/legal-date.ts'
import type { Receipt, StoredDelivery } from '../ports/stored.ts'
import type { CanonicalIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import type { SubjectRequest } from '../report/subject-request.ts'
import { spendBudget } from './budgets.ts'
import { canonicaliseFields } from './canonicalise-fields.ts'
import type { Gateway } from './gateway.ts'
import { type FoundMention, searchMentions } from './linking/search-mentions.ts'

/** One data subject of one exchange that may be the person, in words only. */
export interface SharedExchange {
  readonly id: string
  readonly at: string
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis?: string
  readonly outcome: Outcome
  /** Position in the report as it was submitted, from 0. */
  readonly dataSubject: number
  readonly certainty: FoundMention['certainty']
  /** Names of the fields that were shared, coarser ones included. */
  readonly fields: readonly string[]
  /** What they were shared on. */
  readonly grounds: readonly { readonly rule: RuleReference; readonly citation: string }[]
  /** The sealed content is one piece: so many data subjects it had, and goes with. */
  readonly dataSubjectsInContent: number
  /** False while it is held, or when it was stopped. */
  readonly isDelivered: boolean
  readonly acknowledgedAt?: string
  readonly erasedAt?: string
}

export interface SubjectRequestAnswer {
  readonly request: SubjectRequest['request']
  readonly exchanges: readonly SharedExchange[]
  /** Of the record that the request was made. */
  readonly receipt: Receipt
}

/**
 * A person asks what a party shared about them, or asks that it goes. Finds them by what they can be recognised by in the
 * party's own exchanges, those of other parties being none of its business. The identifiers are used for the search and
 * forgotten; that there was a request is recorded before anything is answered or destroyed.
 *
 * Erasure destroys sealed content, salts and match tokens of what was found for certain, or of the exchanges that the request
 * names, each in one commit with its record; the log stays valid. Dies halfway: what was done is done, and the same request
 * again does the rest.
 *
 * @param by client id of the caller
 * @throws SluisError `too-many-requests`, `identifier-invalid`, `value-invalid`, `log-unavailable`
 * @see AVG art. 15 and 17, Wpg art. 25 and 28
 */
export async function answerSubjectRequest(
  gateway: Gateway,
  by: string,
  request: SubjectRequest,
): Promise<SubjectRequestAnswer> {
  await spendBudget(gateway, 'subject-requests', by)
  const identifiers = canonicaliseRequest(gateway.policySet.vocabulary, request)
  const { party } = parseClientId(by)
  const mentions = await searchMentions(gateway, party, identifiers)
  const inPeriod = mentions.filter(({ exchange }) => isWithin(exchange.at, request))
  const exchanges = await Promise.all(inPeriod.map((mention) => describeMention(gateway, party, mention)))
  const chosen = request.request === 'erasure' ? chooseErasures(exchanges, request.exchanges) : []

  const result = await gateway.queue.commit({
    record: formatAccessRecord({
      type: 'access',
      at: gateway.clock().toISOString(),
      by,
      what: 'subject-request',
      request: request.request,
      found: exchanges.length,
      nonce: gateway.random(16),
    }),
  })
  if (result.status !== 'committed') throw new Error('a record on its own is always committed')
  if (request.request === 'access') return { request: 'access', exchanges, receipt: result.receipt }
  const erased = await Promise.all(
    [...Map.groupBy(chosen, ({ id }) => id)].map(([id, shared]) => eraseExchange(gateway, party, id, shared)),
  )
  return { request: 'erasure', exchanges: erased.flat(), receipt: result.receipt }
}

function canonicaliseRequest(vocabulary: Vocabulary, request: SubjectRequest): CanonicalIdentifiers {
  const { identifiers, faults } = canonicaliseFields(vocabulary, request.identifiers, '/identifiers', () => 'linked')
  throwFaults(faults)
  return identifiers
}

/** A day is a day in Amsterdam, where the law's days are. */
function isWithin(at: string, { since, until }: Pick<SubjectRequest, 'since' | 'until'>): boolean {
  const isBefore = (moment: string) =>
    moment.length === 'YYYY-MM-DD'.length ? legalDate(at) < moment : Date.parse(at) < Date.parse(moment)
  return (since === undefined || !isBefore(since)) && (until === undefined || isBefore(until))
}

async function describeMention(
  { store }: Gateway,
  party: string,
  { exchange, dataSubject, certainty }: FoundMention,
): Promise<SharedExchange> {
  const record = parseRecord(exchange.receipt.record)
  if (record.type !== 'exchange') throw new Error('the receipt of an exchange is of another record')
  const { decision } = exchange
  const subject = decision.dataSubjects[dataSubject]!
  const delivery = await store.findDeliveryOf(party, exchange.id)
  const hold = await store.findHold(party, exchange.id)
  return {
    id: exchange.id,
    at: exchange.at,
    recipient: exchange.recipient,
    purpose: record.purpose,
    ...(record.legalBasis !== undefined && { legalBasis: record.legalBasis }),
    outcome: decision.outcome,
    dataSubject,
    certainty,
    fields: listShared(subject).map(({ field }) => field),
    grounds: listGrounds(subject),
    dataSubjectsInContent: decision.dataSubjects.filter(({ outcome }) => outcome !== 'geweigerd').length,
    isDelivered: delivery !== undefined && (hold === undefined || hold.status === 'approved'),
    ...pickMoments(delivery),
  }
}

const listShared = ({ fields }: SubjectDecision) =>
  fields.filter(({ release }) => release === 'verstrekken' || release === 'generaliseren')

function listGrounds({ fields }: SubjectDecision): SharedExchange['grounds'] {
  const grounds = fields.flatMap(({ release, link, rule, citation }) => {
    const isUsed = link || release === 'verstrekken' || release === 'generaliseren'
    return isUsed && rule && citation !== undefined ? [{ rule, citation }] : []
  })
  return [...new Map(grounds.map((ground) => [`${ground.rule.file} ${ground.rule.rule}`, ground])).values()]
}

const pickMoments = (delivery: StoredDelivery | undefined) => ({
  ...(delivery?.acknowledgedAt !== undefined && { acknowledgedAt: delivery.acknowledgedAt }),
  ...(delivery?.erasedAt !== undefined && { erasedAt: delivery.erasedAt }),
})

/**
 * What is erased: everything found for certain, or what the request names. What is only possible may be somebody else's, so
 * that a person must have looked at it; beside somebody who is certain in the same exchange it is.
 * @throws SluisError `value-invalid` for an exchange that was not found
 */
function chooseErasures(
  found: readonly SharedExchange[],
  named: readonly string[] | undefined,
): readonly SharedExchange[] {
  const certain = found.filter(({ certainty }) => certainty === 'certain')
  if (named === undefined) return certain
  const known = new Set(found.map(({ id }) => id))
  const faults = named.flatMap((id, position): Fault[] =>
    known.has(id) ? [] : [{ code: 'value-invalid', pointer: `/exchanges/${position}`, detail: NOT_FOUND }],
  )
  throwFaults(faults)
  const settled = new Set(certain.map(({ id }) => id))
  return found.filter(({ id, certainty }) => named.includes(id) && (certainty === 'certain' || !settled.has(id)))
}

const NOT_FOUND = {
  nl: 'deze uitwisseling is met deze kenmerken niet gevonden; neem de ids over uit een verzoek om inzage',
  en: 'this exchange was not found by these identifiers; copy the ids from a request for access',
}

/** Everything of these data subjects of one exchange goes. Somebody else may have been first: then it is gone too. */
async function eraseExchange(
  gateway: Gateway,
  party: string,
  exchangeId: string,
  shared: readonly SharedExchange[],
): Promise<readonly SharedExchange[]> {
  const delivery = await gateway.store.findDeliveryOf(party, exchangeId)
  if (!delivery) throw new Error('a data subject can be found only where something was sealed')
  const at = gateway.clock().toISOString()
  await gateway.queue.commit({
    record: formatErasureRecord({
      type: 'erased',
      at,
      exchangeId,
      deliveryId: delivery.id,
      recipient: delivery.recipient,
      ground: 'verzoek-betrokkene',
      nonce: gateway.random(16),
    }),
    eraseSubjects: { exchangeId, dataSubjects: shared.map(({ dataSubject }) => dataSubject), at },
  })
  return shared.map((one) => ({ ...one, erasedAt: delivery.erasedAt ?? at }))
}
