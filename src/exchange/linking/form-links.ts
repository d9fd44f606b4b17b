import type { Pseudonym } from '../../model/identifier.ts'
import type { NewExchange } from '../../ports/commit.ts'
import type { Keyring } from '../../ports/keys.ts'
import type { LookupAnswer, NewMatch, NewMention } from '../../ports/mentions.ts'
import type { CanonicalIdentifiers } from '../../pseudonym/canonicalise/identifiers.ts'
import { formOwnCodes } from '../../pseudonym/own-codes.ts'
import { padTokens } from '../../pseudonym/padding.ts'
import { derivePseudonyms } from '../../pseudonym/pseudonym.ts'
import type { Link } from '../content.ts'
import type { Gateway } from '../gateway.ts'
import type { KnownPersons } from './known-persons.ts'
import { findPseudonymEpoch } from './pseudonym-epoch.ts'
import type { Evidence } from './weigh-candidates.ts'

/** The persons of one exchange, as the recipient will know them. */
export interface PseudonymisedPersons {
  /** One for each passing data subject, in order. */
  readonly pseudonyms: readonly {
    readonly personId: string
    readonly pseudonym: Pseudonym
    readonly isLinkable: boolean
  }[]
  /** What the commit of the exchange stores about them, and what it must find unchanged. */
  readonly links: Pick<NewExchange, 'mentions' | 'matches' | 'moves' | 'reads'>
  /** For the recipient; mergers first, because they replace a pseudonym. */
  readonly announced: readonly Link[]
}

/** The look-up of one data subject: what it asked, what the store answered, and the evidence it was made from. */
export interface SubjectSearch extends Pick<NewMention, 'isLinkable' | 'lookup' | 'fingerprint'> {
  /** The same identifiers under every epoch in use for matching, newest first. */
  readonly evidence: readonly Evidence[]
  readonly answer: LookupAnswer
}

/** A new mention and the person it was linked to; a later data subject of the report may still merge that person. */
export interface DecidedMention extends SubjectSearch {
  readonly id: string
  readonly dataSubject: number
  readonly decidedPerson: string
  readonly used: CanonicalIdentifiers
}

/** A match of a new mention, with the persons of both sides at the moment it was decided. */
export type DecidedMatch = Omit<NewMatch, 'laterPerson'> & {
  readonly persons: readonly [string, string]
  /** Weight of the evidence. It stays inside the gateway. */
  readonly score: number
  /** False when the other side belongs to an exchange that the recipient does not have. */
  readonly isAnnounced: boolean
}

/** The decisions about the persons of one exchange. */
export interface DecidedLinks {
  readonly domain: string
  readonly persons: KnownPersons
  readonly mentions: readonly DecidedMention[]
  readonly matches: readonly DecidedMatch[]
}

/** Links and pseudonyms of one exchange. Reads only. */
export async function formLinks(
  gateway: Pick<Gateway, 'store' | 'keyring' | 'random'>,
  sender: string,
  { domain, persons, mentions, matches }: DecidedLinks,
): Promise<PseudonymisedPersons> {
  const { keyring } = gateway
  const epoch = keyring.epochs('match')[0]!
  const pseudonymEpoch = await findPseudonymEpoch(gateway, domain)
  const merged = persons.listMerged().filter(({ isDelivered }) => isDelivered)
  const asked = matches.filter(({ status, isAnnounced }) => status === 'possible' && isAnnounced)
  const nowOf = ({ persons: [earlier, later] }: DecidedMatch) =>
    [persons.resolve(earlier), persons.resolve(later)] as const
  // The second person if the recipient rejects the match: the one it merged away, or else the new mention on its own.
  const otherOf = ({ joins, laterMention, persons: [earlier, later] }: DecidedMatch) => {
    if (!joins) return persons.resolve(later)
    return persons.resolve(earlier) === earlier ? laterMention : earlier
  }
  const pseudonymOf = await derivePseudonymsOf(keyring, domain, pseudonymEpoch, [
    ...mentions.map(({ decidedPerson }) => persons.resolve(decidedPerson)),
    ...merged.flatMap(({ from, to }) => [from, to]),
    ...asked.flatMap(nowOf),
  ])
  return {
    pseudonyms: mentions.map(({ decidedPerson, isLinkable }) => {
      const personId = persons.resolve(decidedPerson)
      return { personId, pseudonym: pseudonymOf(personId), isLinkable }
    }),
    links: {
      mentions: await Promise.all(
        mentions.map(async ({ id, dataSubject, decidedPerson, used, isLinkable, evidence, lookup, fingerprint }) => ({
          id,
          dataSubject,
          domain,
          personId: persons.resolve(decidedPerson),
          isLinkable,
          epoch,
          pseudonymEpoch,
          tokens: await padTokens(gateway, { domain, epoch }, { id, tokens: evidence[0]!.tokens }),
          ownCodes: await formOwnCodes(keyring, { sender, epoch }, { id, identifiers: used }),
          lookup,
          fingerprint,
        })),
      ),
      matches: matches.map((match) => {
        const { persons: _persons, score: _score, isAnnounced: _isAnnounced, ...stored } = match
        return { ...stored, laterPerson: otherOf(match) }
      }),
      moves: persons.listMoves(),
      reads: persons.listReads(),
    },
    announced: [
      ...merged.map(({ from, to }) => {
        const { id } = matches.findLast(({ joins, persons: [earlier] }) => joins && earlier === from)!
        return { type: 'merged' as const, domain, matchId: id, from: pseudonymOf(from), to: pseudonymOf(to) }
      }),
      ...asked.map((match) => {
        const [earlier, later] = nowOf(match)
        const pseudonyms = [pseudonymOf(earlier), pseudonymOf(later)] as const
        return { type: 'possible-match' as const, domain, matchId: match.id, pseudonyms }
      }),
    ],
  }
}

async function derivePseudonymsOf(
  keyring: Keyring,
  domain: string,
  epoch: number,
  personIds: readonly string[],
): Promise<(personId: string) => Pseudonym> {
  const different = [...new Set(personIds)]
  const pseudonyms = await derivePseudonyms(keyring, domain, epoch, different)
  return (personId) => pseudonyms[different.indexOf(personId)]!
}
