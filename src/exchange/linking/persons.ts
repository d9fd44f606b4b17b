import { newId } from '../../encoding/uuid.ts'
import { sluisError } from '../../errors.ts'
import type { Decision } from '../../model/decision.ts'
import type { Domain, Vocabulary } from '../../model/vocabulary.ts'
import { DEFAULT_BLOCK_LIMIT } from '../../pseudonym/evidence.ts'
import { deriveMatchKeys } from '../../pseudonym/match-keys.ts'
import { newPersonId } from '../../pseudonym/pseudonym.ts'
import { linkableIdentifiers } from '../../report/minimise.ts'
import type { Submission } from '../../report/submission.ts'
import type { Gateway } from '../gateway.ts'
import { decideLinks } from './decide-links.ts'
import {
  type DecidedMatch,
  type DecidedMention,
  formLinks,
  type IdentifiedPersons,
  type SubjectSearch,
} from './form-links.ts'
import { createKnownPersons } from './known-persons.ts'
import {
  createDemotion,
  createMentionReader,
  listSearchTokens,
  selectCandidates,
  weighMentions,
} from './weigh-candidates.ts'

/** The exchange that mentions the persons. */
export interface Mentioning {
  readonly id: string
  readonly at: Date
  readonly submission: Submission
  readonly decision: Decision
  /** Indexes of the data subjects of whom something passes. */
  readonly passing: readonly number[]
  /** Whether it waits for approval; until then nothing changes for persons of before. */
  readonly isHeld: boolean
}

/** A domain of the vocabulary, or the one that a recipient and purpose make that it does not name. */
type Space = Pick<Domain, 'id' | 'blockLimit'>

/**
 * Finds or makes the person behind each passing data subject, one after the other: two data subjects of one report can be one
 * person. Reads only: mentions, matches and new persons exist once the exchange is committed.
 *
 * @throws SluisError `identifier-invalid` for identifiers that `checkIdentifiers` would refuse
 */
export async function identifyPersons(gateway: Gateway, exchange: Mentioning): Promise<IdentifiedPersons> {
  const space = findSpace(gateway.policySet.vocabulary, exchange.submission)
  const readMentions = createMentionReader(gateway, space.id)
  const persons = createKnownPersons(gateway.store, space.id, readMentions)
  const mentions: DecidedMention[] = []
  const matches: DecidedMatch[] = []
  for (const dataSubject of exchange.passing) {
    const search = await searchFor(gateway, space, exchange, dataSubject)
    const chosen = selectCandidates(search.answer.candidates).map(({ mentionId }) => mentionId)
    const ofBefore = await readMentions(chosen)
    const compared = [...ofBefore, ...mentions.flatMap(listEvidence)]
    const weighed = weighMentions(search.evidence, compared, createDemotion(search.answer)).map((mention) => ({
      ...mention,
      personId: persons.resolve(mention.personId),
    }))
    await persons.read(weighed.flatMap(({ verdict, personId }) => (verdict === 'automatic' ? [personId] : [])))

    // Whoever is new bears the id of their first mention (`person-forest.ts`).
    const id = newPersonId(gateway.random)
    const { joined, links } = decideLinks(weighed, persons.relationsOf(search.evidence, compared), !exchange.isHeld)
    persons.join({ id, exchangeId: exchange.id, dataSubject }, search.evidence, joined)
    const decidedPerson = persons.resolve(joined[0] ?? id)
    mentions.push({ ...search, id, dataSubject, decidedPerson })
    for (const { mentionId, personId, status } of links) {
      if (status === 'possible') persons.ask(personId, decidedPerson)
      matches.push({
        id: newId(exchange.at, gateway.random),
        domain: space.id,
        status,
        earlierMention: mentionId,
        laterMention: id,
        joins: status === 'automatic',
        at: exchange.at.toISOString(),
        persons: [personId, decidedPerson],
        isTold: ofBefore.every((mention) => mention.id !== mentionId || mention.isDelivered),
      })
    }
  }
  return formLinks(gateway, space.id, { persons, mentions, matches })
}

async function searchFor(
  { store, keyring, policySet }: Gateway,
  { id: domain, blockLimit = DEFAULT_BLOCK_LIMIT }: Space,
  { submission, decision }: Mentioning,
  dataSubject: number,
): Promise<SubjectSearch> {
  const identifiers = linkableIdentifiers(
    policySet.vocabulary,
    decision.dataSubjects[dataSubject]!,
    submission.dataSubjects[dataSubject]!.data,
  )
  const evidence = await Promise.all(
    keyring.epochs('match').map(async (epoch) => {
      const derived = await deriveMatchKeys(keyring, domain, epoch, identifiers)
      if (!derived.ok) {
        const pointer = `/dataSubjects/${dataSubject}/data`
        throw sluisError('identifier-invalid', derived.faults[0]!.detail, { pointer })
      }
      return { epoch, ...derived }
    }),
  )
  const tokens = listSearchTokens(evidence)
  const lookup = { domain, tokens, blockLimit }
  const answer = await store.findCandidates(lookup)
  return { evidence, isLinkable: evidence[0]!.isLinkable, lookup, answer, fingerprint: answer.fingerprint }
}

/** A data subject of this report as something that a later one can be compared with. */
const listEvidence = ({ id, decidedPerson, evidence }: DecidedMention) =>
  evidence.slice(0, 1).map((newest) => ({ ...newest, id, personId: decidedPerson }))

/** The pseudonym domain of a recipient and purpose; a pair that the vocabulary does not name is a space of its own. */
function findSpace(vocabulary: Vocabulary, { recipient, purpose }: Submission): Space {
  for (const domain of vocabulary.domains.values()) {
    if (domain.recipient === recipient && domain.purposes.includes(purpose)) return domain
  }
  return { id: `${recipient}/${purpose}` }
}
