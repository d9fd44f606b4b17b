/** Linking of persons: mentions, the tokens they are found by, and the matches between them. */

/** Families from this number on are only compared, never searched by: their tokens are in no index. */
export const FIRST_COMPARED_FAMILY = 128

/** A keyed hash (16 bytes) of one piece of evidence about a mention, and its family (`pseudonym/match-families.ts`). */
export interface MatchToken {
  /** 0 to 255. */
  readonly family: number
  readonly token: Uint8Array
}

/** A search for mentions by their tokens. */
export interface Lookup {
  readonly domain: string
  /** Tokens under every match epoch, without padding. */
  readonly tokens: readonly Uint8Array[]
  /** A token shared by more persons than this is demoted: it finds no candidates. */
  readonly blockLimit: number
}

/** An earlier mention that shares at least one token. */
export interface Candidate {
  readonly mentionId: string
  readonly personId: string
  /** Match epoch under which the tokens of this mention were made. */
  readonly epoch: number
}

export interface LookupAnswer {
  /**
   * Oldest first, including those of held exchanges. Only the first few of a person with very many mentions, so that the work is
   * bounded.
   */
  readonly candidates: readonly Candidate[]
  /** The tokens of the lookup that were demoted. */
  readonly demoted: readonly Uint8Array[]
  /**
   * Changes when other persons are found or other tokens are demoted. One more mention of a person that was already found does
   * not change it: fifty simultaneous reports about one person must not wait for each other.
   */
  readonly fingerprint: string
}

/** A data subject of one exchange within one pseudonym domain: a random id, the person it belongs to, and its match tokens. */
export interface NewMention {
  /** Random. */
  readonly id: string
  /** Position of the data subject in the exchange, from 0. */
  readonly dataSubject: number
  readonly domain: string
  /** Id of an existing person of the domain, or a new random one. */
  readonly personId: string
  /** False when the report had no linkable data: the person cannot be recognised again. */
  readonly isLinkable: boolean
  /** Match epoch of `tokens`. */
  readonly epoch: number
  /** Epoch of the pseudonym that is delivered; `link-changed` when the domain has another one. */
  readonly pseudonymEpoch: number
  /** The same number of tokens per family for every mention, padded where there are fewer. */
  readonly tokens: readonly MatchToken[]
  /** What its sender finds it by, of match epoch `epoch`: the same number of bytes for every mention (`pseudonym/own-codes.ts`). */
  readonly ownCodes: Uint8Array
  /** The lookup and the fingerprint of its answer. The commit repeats it: `link-changed` when the fingerprint differs. */
  readonly lookup: Lookup
  readonly fingerprint: string
}

export interface StoredMention {
  readonly id: string
  readonly exchangeId: string
  readonly dataSubject: number
  readonly domain: string
  readonly personId: string
  readonly epoch: number
  /** False while its exchange is held and after it was stopped: the recipient has not seen it. */
  readonly isDelivered: boolean
  readonly tokens: readonly MatchToken[]
}

/** A mention as its own sender searches it. */
export interface OwnMention extends Pick<StoredMention, 'id' | 'exchangeId' | 'dataSubject' | 'domain' | 'epoch'> {
  /** Moment of its exchange. */
  readonly at: string
  /** Empty for a mention of before there were such codes, and once its epoch is retired. */
  readonly ownCodes: Uint8Array
  /** Whether it has one of the tokens that were asked for. */
  readonly sharesToken: boolean
}

export const MATCH_STATUSES = ['possible', 'automatic', 'confirmed', 'rejected'] as const

/**
 * `possible` waits for the recipient; `automatic` was linked on strong evidence without review; the other two are the
 * recipient's answers, which are kept and can be changed.
 */
export type MatchStatus = (typeof MATCH_STATUSES)[number]

/** Two mentions that may be of one person. Matches with `joins` connect the mentions of a person: they form a forest. */
export interface NewMatch {
  /** Rises in time. */
  readonly id: string
  readonly domain: string
  readonly status: 'possible' | 'automatic'
  readonly earlierMention: string
  readonly laterMention: string
  /** A second person: once the match is rejected, its mentions belong to the current person and to this one. */
  readonly laterPerson: string
  readonly joins: boolean
  readonly at: string
}

export interface StoredMatch extends Omit<NewMatch, 'status'> {
  readonly status: MatchStatus
  readonly recipient: string
  /** The persons that the mentions belong to now. */
  readonly persons: readonly [earlier: string, later: string]
  /** Client id of the last to answer, and when. */
  readonly answeredBy?: string
  readonly answeredAt?: string
}

/** Moves a mention from one person of its domain to another, possibly new, person. */
export interface Move {
  readonly mentionId: string
  readonly from: string
  readonly to: string
}

/** The state of a person that a commit was based on. */
export interface PersonRead {
  readonly domain: string
  readonly personId: string
  readonly fingerprint: string
}

/** A person with its mentions and the matches among them. */
export interface StoredPerson {
  /** Changes when a mention is added or removed, and when `status` or `joins` of one of `matches` changes. */
  readonly fingerprint: string
  readonly domain: string
  readonly personId: string
  readonly mentions: readonly { readonly id: string; readonly exchangeId: string; readonly dataSubject: number }[]
  readonly matches: readonly StoredMatch[]
}
