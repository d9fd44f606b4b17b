/** Who is the same person: mentions, the tokens they are found by, and the matches between them. */

/** Kinds of evidence from this number on are compared with and not searched by: their tokens are in no index. */
export const FIRST_COMPARED_FAMILY = 128

/** A keyed hash of something known of a mention, 16 bytes, and what kind of evidence it is (`pseudonym/match-families.ts`). */
export interface MatchToken {
  /** 0 to 255. */
  readonly family: number
  readonly token: Uint8Array
}

/** One question about who is known. */
export interface Lookup {
  readonly domain: string
  /** Tokens of every epoch that matches, without padding. */
  readonly tokens: readonly Uint8Array[]
  /** A token that leads to more persons than this is demoted: it finds nobody. */
  readonly blockLimit: number
}

/** Somebody who was mentioned before and has at least one token in common. */
export interface Candidate {
  readonly mentionId: string
  readonly personId: string
  /** Match epoch under which the tokens of this mention were made. */
  readonly epoch: number
}

export interface LookupAnswer {
  /**
   * In the order in which they were mentioned, those of held exchanges included. Of somebody who was mentioned very often the
   * first few: the work must have an end.
   */
  readonly candidates: readonly Candidate[]
  /** The tokens of the question that were demoted. */
  readonly demoted: readonly Uint8Array[]
  /**
   * Changes when other persons answer, or other tokens are demoted. One more mention of a person who answered already does not
   * change it: fifty reports about one person at once must not wait for each other.
   */
  readonly fingerprint: string
}

/** A data subject of one exchange as one pseudonym domain knows them: a random id, the person it belongs to, and its match tokens. */
export interface NewMention {
  /** Random. */
  readonly id: string
  /** Position of the data subject in the exchange, from 0. */
  readonly dataSubject: number
  readonly domain: string
  /** Of an existing person of the domain, or a new random one. */
  readonly personId: string
  /** False when nothing could be linked: the person is met once. */
  readonly isLinkable: boolean
  /** Match epoch of `tokens`. */
  readonly epoch: number
  /** Epoch of the pseudonym that is delivered; `link-changed` when the domain has another one. */
  readonly pseudonymEpoch: number
  /** As many of every family as any mention has, padding included. */
  readonly tokens: readonly MatchToken[]
  /** What the look-up asked and was answered. The commit asks again: `link-changed` when the answer is another now. */
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
  /** False while its exchange is held, and when it was stopped: the recipient does not know of it. */
  readonly isDelivered: boolean
  readonly tokens: readonly MatchToken[]
}

export const MATCH_STATUSES = ['possible', 'automatic', 'confirmed', 'rejected'] as const

/**
 * `possible` waits for the recipient; `automatic` was linked on strong evidence and nobody looked; the other two are the
 * recipient's answers, which are remembered and can be changed.
 */
export type MatchStatus = (typeof MATCH_STATUSES)[number]

/** That two mentions may be of one person. Those with `joins` hold a person together: they form a forest over its mentions. */
export interface NewMatch {
  /** Rises in time. */
  readonly id: string
  readonly domain: string
  readonly status: 'possible' | 'automatic'
  readonly earlierMention: string
  readonly laterMention: string
  /** A person that the sides are or become when the match is rejected, besides the one they are together. */
  readonly laterPerson: string
  readonly joins: boolean
  readonly at: string
}

export interface StoredMatch extends Omit<NewMatch, 'status'> {
  readonly status: MatchStatus
  readonly recipient: string
  /** Person that either mention belongs to now. */
  readonly persons: readonly [earlier: string, later: string]
  /** Client id of whoever answered last, and when. */
  readonly answeredBy?: string
  readonly answeredAt?: string
}

/** A mention goes from one person of its domain to another, who may be new. */
export interface Move {
  readonly mentionId: string
  readonly from: string
  readonly to: string
}

/** What a commit read of a person and builds on. */
export interface PersonRead {
  readonly domain: string
  readonly personId: string
  readonly fingerprint: string
}

/** Everything that a change in a person must look at: its mentions and the matches among them. */
export interface StoredPerson {
  /** Changes when a mention joins or leaves, and when a match among `matches` gets another status or joins otherwise. */
  readonly fingerprint: string
  readonly domain: string
  readonly personId: string
  readonly mentions: readonly { readonly id: string; readonly exchangeId: string; readonly dataSubject: number }[]
  readonly matches: readonly StoredMatch[]
}
