import { takeTurns } from '../audit/export/read-log.ts'
import { formatAccessRecord } from '../audit/record/access.ts'
import { formatErasureRecord } from '../audit/record/erasure.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { type Fault, throwFaults } from '../errors.ts'
import { parseClientId } from '../model/client-id.ts'
import type { Outcome, RuleReference, SubjectDecision } from '../model/decision.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { placesUnder, settleSubject } from '../policy/facts/settle.ts'
import { legalDate, legalDayStart } from '../policy/legal-date.ts'
import type { Receipt, StoredDelivery } from '../ports/stored.ts'
import type { CanonicalIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import type { SubjectRequest } from '../report/subject-request.ts'
import { spendBudget } from './budgets/spend-budget.ts'
import { canonicaliseFields } from './canonicalise-fields.ts'
import { commitRecord } from './commit-record.ts'
import type { Gateway } from './gateway.ts'
import { takeFoundPage } from './linking/found-page.ts'
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
  /** Names of the fields of the request that are the same as in the report, letter for letter in canonical form. */
  readonly agrees: readonly string[]
  /** Names of the fields that were shared, coarser ones included. */
  readonly fields: readonly string[]
  /** The rules they were shared under. */
  readonly grounds: readonly { readonly rule: RuleReference; readonly citation: string }[]
  /** The sealed content is one piece: it contains this many data subjects, and is erased with all of them. */
  readonly dataSubjectsInContent: number
  /** False while it is held, and when it was stopped. */
  readonly isDelivered: boolean
  readonly acknowledgedAt?: string
  readonly erasedAt?: string
}

/** A quarter of the budget is kept for erasure, so that a party that looks up many people can still erase one. */
const ACCESS_PART = 3 / 4

export interface SubjectRequestAnswer {
  readonly request: SubjectRequest['request']
  readonly exchanges: readonly SharedExchange[]
  /** Present when there are more: the same request with this as `since` answers the rest. */
  readonly nextSince?: string
  /** Receipt of the record of the request. */
  readonly receipt: Receipt
}

/**
 * Answers the request of a person for access to what a party shared about them, or for its erasure. Searches by identifiers, in the
 * party's own exchanges only. The identifiers are used for the search and not kept; the request is recorded before anything is
 * answered or destroyed.
 *
 * Erasure destroys the sealed content, salts, match tokens and own codes of certain matches, or of the exchanges that the request
 * names, each in one commit with its record; the log stays valid. Dies halfway: what was erased stays erased, and the same request
 * again erases the rest.
 *
 * @param by client id of the caller
 * @throws SluisError `too-many-requests`, `report-contradictory`, `identifier-invalid`, `value-invalid`, `log-unavailable`
 * @see AVG art. 15 and 17, Wpg art. 25 and 28
 */
export async function answerSubjectRequest(
  gateway: Gateway,
  by: string,
  request: SubjectRequest,
): Promise<SubjectRequestAnswer> {
  await spendBudget(gateway, 'subject-requests', by, { part: request.request === 'access' ? ACCESS_PART : 1 })
  throwFaults(findContradictions(gateway, request))
  const identifiers = canonicaliseRequest(gateway.policySet.vocabulary, request)
  const { party } = parseClientId(by)
  let found: readonly FoundMention[] = []
  let receipt: Receipt
  try {
    const mentions = await searchMentions(gateway, party, identifiers)
    found = mentions.filter(inPeriod(request))
  } finally {
    // Also when the search failed: nothing about its outcome leaves before this record is durable.
    receipt = await recordRequest(gateway, by, request, found.length)
  }
  const { page, nextSince } = takeFoundPage(
    request.request === 'erasure' ? chooseErasures(found, request.exchanges) : found,
  )
  const byExchange = [...Map.groupBy(page, ({ exchangeId }) => exchangeId)]
  const exchanges: SharedExchange[] = []
  for (let start = 0; start < byExchange.length; start += EXCHANGES_AT_ONCE) {
    const answered = byExchange.slice(start, start + EXCHANGES_AT_ONCE).map(async ([id, ofExchange]) => {
      const shared = await describeExchange(gateway, party, id, ofExchange, request)
      return request.request === 'erasure' ? eraseExchange(gateway, party, id, shared) : shared
    })
    exchanges.push(...(await Promise.all(answered)).flat())
    await takeTurns()
  }
  return { request: request.request, exchanges, ...(nextSince !== undefined && { nextSince }), receipt }
}

/** Exchanges that are described, or erased, before other requests get their turn. */
const EXCHANGES_AT_ONCE = 32

function recordRequest(
  gateway: Pick<Gateway, 'queue' | 'clock' | 'random'>,
  by: string,
  { request }: SubjectRequest,
  found: number,
): Promise<Receipt> {
  const at = gateway.clock().toISOString()
  const nonce = gateway.random(16)
  return commitRecord(gateway, {
    record: formatAccessRecord({ type: 'access', at, by, what: 'subject-request', request, found, nonce }),
  })
}

function canonicaliseRequest(vocabulary: Vocabulary, request: SubjectRequest): CanonicalIdentifiers {
  const { linked, faults } = canonicaliseFields(vocabulary, request.identifiers, '/identifiers', () => 'linked')
  throwFaults(faults)
  return linked
}

/** Dates that cannot be, and a period in which nothing can lie. */
function findContradictions(
  { policySet, clock }: Pick<Gateway, 'policySet' | 'clock'>,
  { identifiers, since, until }: SubjectRequest,
): readonly Fault[] {
  const stated = { circumstances: {}, assessments: [], data: identifiers }
  const places = { ...placesUnder(''), field: (id: string) => `/identifiers/${id}` }
  const { faults } = settleSubject(policySet.vocabulary, stated, legalDate(clock()), places)
  const isEmpty = since !== undefined && until !== undefined && startOf(until) <= startOf(since)
  return [...faults, ...(isEmpty ? EMPTY_PERIOD : [])]
}

/** Days are legal days, in Amsterdam. */
const startOf = (moment: string): number =>
  moment.length === 'YYYY-MM-DD'.length ? legalDayStart(moment) : Date.parse(moment)

const EMPTY_PERIOD: readonly Fault[] = [
  {
    code: 'report-contradictory',
    pointer: '/until',
    detail: {
      nl: 'dit ligt niet na `/since`, dus er valt niets in; geef de eerste dag die niet meer meetelt',
      en: 'this is not after `/since`, so nothing is in between; give the first day that no longer counts',
    },
  },
  {
    code: 'report-contradictory',
    pointer: '/since',
    detail: {
      nl: 'dit ligt niet voor `/until`, dus er valt niets in; geef de eerste dag die meetelt',
      en: 'this is not before `/until`, so nothing is in between; give the first day that counts',
    },
  },
]

function inPeriod({ since, until }: Pick<SubjectRequest, 'since' | 'until'>): (mention: { at: string }) => boolean {
  const first = since === undefined ? Number.NEGATIVE_INFINITY : startOf(since)
  const end = until === undefined ? Number.POSITIVE_INFINITY : startOf(until)
  return ({ at }) => Date.parse(at) >= first && Date.parse(at) < end
}

/** What was shared about these data subjects of one exchange; nothing when it was erased since it was found. */
async function describeExchange(
  { store, policySet }: Pick<Gateway, 'store' | 'policySet'>,
  party: string,
  exchangeId: string,
  found: readonly FoundMention[],
  { identifiers }: Pick<SubjectRequest, 'identifiers'>,
): Promise<readonly SharedExchange[]> {
  const exchange = await store.findExchange(party, exchangeId)
  if (exchange === undefined) throw new Error('an exchange that was found is gone, while exchanges are never removed')
  const record = parseRecord(exchange.receipt.record)
  if (record.type !== 'exchange') throw new Error('the receipt of an exchange is of another record')
  const { decision } = exchange
  const delivery = await store.findDeliveryOf(party, exchangeId)
  const hold = await store.findHold(party, exchangeId)
  const kindOf = (field: string) => policySet.vocabulary.fields.get(field)?.identifier
  return found.map(({ dataSubject, certainty, agrees }) => {
    const subject = decision.dataSubjects[dataSubject]!
    return {
      id: exchange.id,
      at: exchange.at,
      recipient: exchange.recipient,
      purpose: record.purpose,
      ...(record.legalBasis !== undefined && { legalBasis: record.legalBasis }),
      outcome: decision.outcome,
      dataSubject,
      certainty,
      agrees: Object.keys(identifiers).filter((field) => agrees.has(kindOf(field)!)),
      fields: listShared(subject).map(({ field }) => field),
      grounds: listGrounds(subject),
      dataSubjectsInContent: decision.dataSubjects.filter(({ outcome }) => outcome !== 'geweigerd').length,
      isDelivered: delivery !== undefined && (hold === undefined || hold.status === 'approved'),
      ...pickMoments(delivery),
    }
  })
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
 * Chooses what is erased: every certain match, or the exchanges that the request names. A possible match may be somebody else, so it
 * is erased only when the request names its exchange and that exchange has no certain match. A named exchange that was not found is
 * skipped without a word; the answer lists what was erased.
 */
function chooseErasures(
  found: readonly FoundMention[],
  exchanges: readonly string[] | undefined,
): readonly FoundMention[] {
  const certain = found.filter(({ certainty }) => certainty === 'certain')
  if (exchanges === undefined) return certain
  const named = new Set(exchanges)
  const settled = new Set(certain.map(({ exchangeId }) => exchangeId))
  return found.filter(
    ({ exchangeId, certainty }) => named.has(exchangeId) && (certainty === 'certain' || !settled.has(exchangeId)),
  )
}

/** Erases everything of these data subjects of one exchange. It may have been erased by another request since; that counts too. */
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
