import { formatHex } from '../encoding/bytes.ts'
import { newId } from '../encoding/uuid.ts'
import { formLinks } from '../exchange/linking/form-links.ts'
import { decideAnswer } from '../exchange/linking/matches.ts'
import { decidePersons, type LinkingGateway } from '../exchange/linking/persons.ts'
import type { Decision } from '../model/decision.ts'
import type { Domain } from '../model/vocabulary.ts'
import type { Commit } from '../ports/commit.ts'
import type { StoredMatch } from '../ports/mentions.ts'
import { canonicaliseIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import type { LabelledRecord } from './mapping.ts'

const SENDER = 'evaluation'
const RECIPIENT = 'evaluation'
const PURPOSE = 'evaluation'
/** The pseudonym domain of every simulated report. */
export const SIMULATED_DOMAIN = {
  id: 'evaluation',
  label: { nl: 'meting', en: 'evaluation' },
  recipient: RECIPIENT,
  purposes: [PURPOSE],
} as const satisfies Domain

/** A link that the gateway made or asked about, between two records by their position. */
export interface SimulatedLink {
  readonly matchId: string
  readonly status: 'automatic' | 'possible'
  readonly earlier: number
  readonly later: number
  readonly score: number
}

/** A run of the gateway over records, one report each. */
export interface Simulation {
  /** In the order in which they were decided. */
  readonly links: readonly SimulatedLink[]
  /** Id of the mention of every record. */
  readonly mentionIds: readonly string[]
  /** Tokens that too many persons shared when they were searched by. */
  readonly demoted: ReadonlySet<string>
  /** Number of real tokens of all records. */
  readonly realTokens: number
}

const NO_DECISION: Decision = {
  outcome: 'gedeeltelijk',
  dataSubjects: [],
  duties: [],
  policyHash: '',
  engineVersion: '',
  at: '',
}

/**
 * Reports records one after another to a gateway that knows nobody: its own decision, stored by its own store. Nothing is decided by
 * rules, sealed or answered.
 *
 * @param onRecord called with the number of processed records
 * @throws RangeError for a record with an identifier that fails its check
 */
export async function simulateReports(
  gateway: LinkingGateway,
  records: readonly Pick<LabelledRecord, 'identifiers'>[],
  onRecord: (done: number) => void = () => {},
): Promise<Simulation> {
  const links: SimulatedLink[] = []
  const mentionIds: string[] = []
  const positions = new Map<string, number>()
  const demoted = new Set<string>()
  let realTokens = 0
  for (const [position, { identifiers }] of records.entries()) {
    const { canonical, faults } = canonicaliseIdentifiers(identifiers)
    if (faults.length > 0) throw new RangeError('record: contains an identifier that fails its check; leave it out')
    // The first to be mentioned is the elder person, so no two reports are of one moment.
    const at = new Date(position)
    const id = newId(at, gateway.random)
    const decided = await decidePersons(gateway, {
      id,
      at,
      sender: SENDER,
      recipient: RECIPIENT,
      purpose: PURPOSE,
      isHeld: false,
      subjects: [{ index: 0, linked: canonical, used: canonical }],
    })
    const [mention] = decided.mentions
    mentionIds.push(mention!.id)
    positions.set(mention!.id, position)
    for (const token of mention!.answer.demoted) demoted.add(formatHex(token))
    realTokens += mention!.evidence[0]!.tokens.length
    for (const { id: matchId, status, earlierMention, score } of decided.matches) {
      links.push({ matchId, status, earlier: positions.get(earlierMention)!, later: position, score })
    }
    const formed = await formLinks(gateway, SENDER, decided)
    await commit(gateway, {
      record: JSON.stringify({ id }),
      exchange: {
        id,
        sender: SENDER,
        recipient: RECIPIENT,
        outcome: NO_DECISION.outcome,
        at: at.toISOString(),
        decision: NO_DECISION,
        idempotency: { keyHash: gateway.random(32), bodyHash: gateway.random(32) },
        salts: {},
        ...formed.links,
      },
    })
    onRecord(position + 1)
  }
  return { links, mentionIds, demoted, realTokens }
}

/**
 * Answers every open question, oldest first, as somebody who knows the truth.
 *
 * @returns the questions that were put, with the answer; one that an earlier answer settled is not put
 */
export async function answerQuestions(
  gateway: Pick<LinkingGateway, 'store'>,
  questions: readonly SimulatedLink[],
  isTrue: (question: SimulatedLink) => boolean,
): Promise<readonly { readonly question: SimulatedLink; readonly isYes: boolean }[]> {
  const { store } = gateway
  const put: { question: SimulatedLink; isYes: boolean }[] = []
  for (const question of questions) {
    const match = await store.findMatch(RECIPIENT, question.matchId)
    if (match?.status !== 'possible' || isSettled(match)) continue
    const isYes = isTrue(question)
    const at = new Date(question.later).toISOString()
    const answer = isYes ? 'confirmed' : 'rejected'
    const decided = await decideAnswer(store, match, { answer, by: RECIPIENT, at })
    await commit(gateway, { record: JSON.stringify({ id: question.matchId }), answer: decided!.step })
    put.push({ question, isYes })
  }
  return put
}

/** Both sides are one person already. */
const isSettled = ({ persons: [earlier, later] }: StoredMatch): boolean => earlier === later

async function commit({ store }: Pick<LinkingGateway, 'store'>, unit: Commit): Promise<void> {
  const [result] = await store.commit([unit])
  if (result?.status !== 'committed') throw new Error(`a simulated commit was answered with ${result?.status}`)
}

/** Matches with `joins` connect the mentions of a person. */
export async function* listJoins({
  store,
}: Pick<LinkingGateway, 'store'>): AsyncGenerator<Pick<StoredMatch, 'earlierMention' | 'laterMention'>> {
  const PAGE = 1000
  for (let cursor = ''; ; ) {
    const page = await store.listMatches(RECIPIENT, undefined, cursor, PAGE)
    yield* page.filter(({ joins }) => joins)
    if (page.length < PAGE) return
    cursor = page.at(-1)!.id
  }
}
