import { newId } from '../../encoding/uuid.ts'
import type { Domain, Vocabulary } from '../../model/vocabulary.ts'
import type { CanonicalIdentifiers } from '../../pseudonym/canonicalise/identifiers.ts'
import { DEFAULT_BLOCK_LIMIT } from '../../pseudonym/evidence.ts'
import { deriveMatchKeys } from '../../pseudonym/match-keys.ts'
import { newPersonId } from '../../pseudonym/pseudonym.ts'
import type { UsedIdentifiers } from '../canonicalise-fields.ts'
import type { Gateway } from '../gateway.ts'
import { decideLinks } from './decide-links.ts'
import {
  type DecidedLinks,
  type DecidedMatch,
  type DecidedMention,
  formLinks,
  type PseudonymisedPersons,
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

/** An exchange that mentions persons. */
export interface MentioningExchange {
  readonly id: string
  readonly at: Date
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  /** Whether it waits for approval; until then nothing changes for persons of earlier exchanges. */
  readonly isHeld: boolean
  /** The data subjects of whom something passes, with their index in the report. */
  readonly subjects: readonly (UsedIdentifiers & { readonly index: number })[]
}

/** A domain of the vocabulary, or the one that a recipient and purpose make that it does not name. */
type Space = Pick<Domain, 'id' | 'blockLimit'>

/** What linking takes of a gateway. */
export type LinkingGateway = Pick<Gateway, 'store' | 'keyring' | 'random'> & {
  readonly policySet: { readonly vocabulary: Pick<Vocabulary, 'domains'> }
}

/**
 * Finds or makes the person behind each data subject of whom something passes, and gives that person the recipient's pseudonym.
 * Reads only: mentions, matches and new persons exist once the exchange is committed.
 */
export const pseudonymisePersons = async (
  gateway: LinkingGateway,
  exchange: MentioningExchange,
): Promise<PseudonymisedPersons> => formLinks(gateway, exchange.sender, await decidePersons(gateway, exchange))

/**
 * Decides which person each data subject is. One after the other, because two data subjects of one report can be one person. Reads
 * only.
 */
export async function decidePersons(gateway: LinkingGateway, exchange: MentioningExchange): Promise<DecidedLinks> {
  const space = findSpace(gateway.policySet.vocabulary, exchange)
  const readMentions = createMentionReader(gateway, space.id)
  const persons = createKnownPersons(gateway.store, space.id, readMentions)
  const mentions: DecidedMention[] = []
  const matches: DecidedMatch[] = []
  for (const { index: dataSubject, linked, used } of exchange.subjects) {
    const search = await searchFor(gateway, space, linked)
    const chosen = selectCandidates(search.answer.candidates).map(({ mentionId }) => mentionId)
    const earlier = await readMentions(chosen)
    const compared = [...earlier, ...mentions.flatMap(listEvidence)]
    const weighed = weighMentions(search.evidence, compared, createDemotion(search.answer)).map((mention) => ({
      ...mention,
      personId: persons.resolve(mention.personId),
    }))
    await persons.read(weighed.flatMap(({ verdict, personId }) => (verdict === 'automatic' ? [personId] : [])))

    // A new person has the id of their first mention (`person-forest.ts`).
    const id = newPersonId(gateway.random)
    const { joined, links } = decideLinks(weighed, persons.relationsOf(search.evidence, compared), !exchange.isHeld)
    persons.join({ id, exchangeId: exchange.id, dataSubject }, search.evidence, joined)
    const decidedPerson = persons.resolve(joined[0] ?? id)
    mentions.push({ ...search, id, dataSubject, decidedPerson, used })
    for (const { mentionId, personId, status, score } of links) {
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
        score,
        isAnnounced: earlier.every((mention) => mention.id !== mentionId || mention.isDelivered),
      })
    }
  }
  return { domain: space.id, persons, mentions, matches }
}

async function searchFor(
  { store, keyring }: Pick<Gateway, 'store' | 'keyring'>,
  { id: domain, blockLimit = DEFAULT_BLOCK_LIMIT }: Space,
  identifiers: CanonicalIdentifiers,
): Promise<SubjectSearch> {
  const evidence = await Promise.all(
    keyring.epochs('match').map(async (epoch) => ({
      epoch,
      ...(await deriveMatchKeys(keyring, domain, epoch, identifiers)),
    })),
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
function findSpace(
  vocabulary: Pick<Vocabulary, 'domains'>,
  { recipient, purpose }: Pick<MentioningExchange, 'recipient' | 'purpose'>,
): Space {
  for (const domain of vocabulary.domains.values()) {
    if (domain.recipient === recipient && domain.purposes.includes(purpose)) return domain
  }
  return { id: `${recipient}/${purpose}` }
}
