import { parseFieldOutcomes, type RecordedSubject } from '../../audit/record/decision-summary.ts'
import type { MatchStatus, StoredMatch } from '../../ports/mentions.ts'
import { derivePseudonyms } from '../../pseudonym/pseudonym.ts'
import type { Gateway } from '../gateway.ts'
import { findReceived, type Received } from '../reply.ts'
import { findPseudonymEpoch } from './pseudonym-epoch.ts'

/** A data subject as the recipient got it: an exchange, and the position in `dataSubjects` of its content, from 0. */
export interface DeliveredMention {
  readonly exchangeId: string
  readonly dataSubject: number
}

/** One side of a match: where its recipient received it, in words of the vocabulary only. */
export interface MatchSide extends DeliveredMention {
  readonly deliveryId: string
  readonly sender: string
  readonly at: string
  readonly role: string
}

/** A match as its recipient sees it, without the evidence for it. */
export interface MatchView {
  readonly id: string
  readonly domain: string
  readonly status: MatchStatus
  /** The present pseudonym of each side; the same when they are one person. */
  readonly pseudonyms: readonly [earlier: string, later: string]
  /** The data subject of each side that caused the match. */
  readonly mentions: readonly MatchSide[]
  /** Fields that both sides brought to the recipient, sorted. */
  readonly comparable: readonly string[]
  readonly at: string
  /** Client id of the person or system that answered last, and when. */
  readonly answeredBy?: string
  readonly answeredAt?: string
}

/** A match for its recipient. */
export async function formMatchView(gateway: Gateway, match: StoredMatch): Promise<MatchView> {
  const { id, domain, recipient, status, at, answeredBy, answeredAt } = match
  const [earlier, later] = await pseudonymsOf(gateway, domain, match.persons)
  const mentions = await gateway.store.listMentions([match.earlierMention, match.laterMention])
  const received = await findAllReceived(
    gateway,
    recipient,
    mentions.toSorted((one) => (one.id === match.earlierMention ? -1 : 1)),
  )
  return {
    id,
    domain,
    status,
    pseudonyms: [earlier!, later!],
    mentions: received.map(({ delivery, mention, subject }) => ({
      ...mention,
      deliveryId: delivery.id,
      sender: delivery.sender,
      at: delivery.at,
      role: subject.role,
    })),
    comparable: findComparable(received.map(({ subject }) => subject)),
    at,
    ...(answeredBy !== undefined && { answeredBy }),
    ...(answeredAt !== undefined && { answeredAt }),
  }
}

/** Present pseudonyms of persons, in their order. */
export const pseudonymsOf = async (gateway: Gateway, domain: string, personIds: readonly string[]) =>
  derivePseudonyms(gateway.keyring, domain, await findPseudonymEpoch(gateway, domain), personIds)

/**
 * Converts positions in a report into positions in the delivered content, which leaves out data subjects of whom nothing passed.
 * Exchanges that are held or were never delivered are left out.
 */
export const locateInDeliveries = async (
  gateway: Gateway,
  recipient: string,
  mentions: readonly DeliveredMention[],
): Promise<DeliveredMention[]> => (await findAllReceived(gateway, recipient, mentions)).map(({ mention }) => mention)

interface ReceivedMention extends Pick<Received, 'delivery'> {
  readonly mention: DeliveredMention
  readonly subject: RecordedSubject
}

async function findAllReceived(
  gateway: Gateway,
  recipient: string,
  mentions: readonly DeliveredMention[],
): Promise<ReceivedMention[]> {
  const found: ReceivedMention[] = []
  for (const { exchangeId, dataSubject } of mentions) {
    const received = await findReceived(gateway.store, recipient, exchangeId)
    const subject = received?.record.subjects[dataSubject]
    if (!received || !subject) continue
    const before = received.record.subjects.slice(0, dataSubject)
    const position = before.filter(({ outcome }) => outcome !== 'geweigerd').length
    found.push({ delivery: received.delivery, mention: { exchangeId, dataSubject: position }, subject })
  }
  return found
}

function findComparable([earlier, later]: readonly RecordedSubject[]): readonly string[] {
  if (!earlier || !later) return []
  const passedLater = new Set(listPassed(later))
  return listPassed(earlier).filter((field) => passedLater.has(field))
}

const listPassed = (subject: RecordedSubject): readonly string[] =>
  parseFieldOutcomes(subject)
    .filter(({ release }) => release === 'verstrekken' || release === 'generaliseren')
    .map(({ field }) => field)
