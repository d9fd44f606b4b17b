import type { Decision } from '../model/decision.ts'
import type { KeyUse } from './keys.ts'
import type { MatchStatus, Move, NewMatch, NewMention, PersonRead } from './mentions.ts'
import type { ArchivedRuleSet, Receipt, StoredProposal } from './stored.ts'

/** One unit of work on the store, and its result. */

/** A new exchange, refused ones included. */
export interface NewExchange {
  readonly id: string
  readonly sender: string
  /** Client id of the person who submitted; absent when the party's own system did. */
  readonly submittedBy?: string
  readonly recipient: string
  readonly outcome: string
  readonly at: string
  readonly decision: Decision
  readonly idempotency: { readonly keyHash: Uint8Array; readonly bodyHash: Uint8Array }
  /** Random salts of the commitments in the record, by label; they go when the payload goes. */
  readonly salts: Readonly<Record<string, Uint8Array>>
  /** Present when something leaves. */
  readonly delivery?: {
    readonly id: string
    readonly sealed: string
    /** When the sealed content must be gone; absent when no duty says so. */
    readonly eraseAt?: string
    /** Keeps it out of the inbox until enough people approved. */
    readonly hold?: { readonly approvalsNeeded: number; readonly expiresAt: string }
  }
  readonly mentions: readonly NewMention[]
  readonly matches: readonly NewMatch[]
  /** Of persons that turn out to be one with another; mentions of before. */
  readonly moves: readonly Move[]
  /** `link-changed` when one of them has another fingerprint now. */
  readonly reads: readonly PersonRead[]
}

/** Something the gateway tells a recipient, in its inbox, sealed, under a record of its own. */
export interface NewNotice {
  /** Canonical JSON, at most 4096 bytes; commits to `sealed`. */
  readonly record: string
  readonly deliveryId: string
  readonly recipient: string
  /** When it is about one: held, released, discarded and erased together with the delivery of that exchange. */
  readonly exchangeId?: string
  readonly at: string
  readonly sealed: string
}

/** One unit of work: it happens whole or not at all, together with its record. */
export interface Commit {
  /** Canonical JSON, at most 4096 bytes. */
  readonly record: string
  readonly exchange?: NewExchange
  /** Records that come about with it, such as that an exchange answers another; they follow `record` in the log. */
  readonly furtherRecords?: readonly string[]
  /** Enter the inbox of their recipient; their records follow those before in the log. */
  readonly notices?: readonly NewNotice[]
  /**
   * The recipient's answer to a match. `stale` unless its status is `from`, every mention still belongs to the person it is
   * moved from, and every person of `reads` still has its fingerprint. Other matches that get the same answer are in `others`.
   */
  readonly answer?: {
    readonly matchId: string
    readonly from: MatchStatus
    readonly status: 'confirmed' | 'rejected'
    readonly joins: boolean
    readonly others: readonly {
      readonly matchId: string
      readonly status: 'confirmed' | 'rejected'
      readonly joins: boolean
    }[]
    readonly moves: readonly Move[]
    readonly reads: readonly PersonRead[]
    readonly by: string
    readonly at: string
  }
  /**
   * Destroys what the gateway keeps of data subjects of an exchange, at the request of a person (AVG 17): their mentions and salts,
   * and the sealed content, which is one for all of them; what is left of the others goes when `erase` does. A held exchange ends
   * by it as `expired`. `stale` when nothing is left of them.
   */
  readonly eraseSubjects?: {
    readonly exchangeId: string
    readonly dataSubjects: readonly number[]
    readonly at: string
  }
  /** What the database knows of the keys from now on. Idempotent. */
  readonly keys?: {
    /** Key check values (`use: check`) by epoch, of epochs that were not known yet. */
    readonly checks?: readonly { readonly epoch: number; readonly check: Uint8Array }[]
    /** Uses that these epochs serve from now on, instead of those before; other epochs stay as they are. `stale` for an unknown one. */
    readonly uses?: readonly { readonly epoch: number; readonly uses: readonly KeyUse[] }[]
    /** Pseudonyms of this domain are those of this epoch from now on. `stale` when nobody was ever mentioned in it. */
    readonly pseudonymEpoch?: { readonly domain: string; readonly epoch: number }
    /** Tokens of this match epoch find nobody any more and go. */
    readonly dropTokensOf?: number
  }
  /** Marks a delivery of `recipient` as acknowledged. Idempotent: a second time keeps the first moment. */
  readonly acknowledge?: { readonly deliveryId: string; readonly recipient: string; readonly at: string }
  /**
   * One more approval. `remaining` is how many are still needed after it; with 0 the delivery gets its place in the inbox.
   * `stale` unless the exchange waits, has not expired at `at`, that many remain, and `by` neither submitted nor approved it.
   */
  readonly approve?: {
    readonly exchangeId: string
    readonly by: string
    readonly at: string
    readonly remaining: number
  }
  /** Ends a held exchange: everything goes that `erase` destroys. `stale` unless it waits. */
  readonly discard?: { readonly exchangeId: string; readonly status: 'refused' | 'expired'; readonly at: string }
  /**
   * Destroys what the gateway keeps of an exchange, by its delivery: the sealed content, also of notices about it, the salts, and
   * the mentions with their tokens and matches, because who is kept no longer is not to be recognised either (AVG 5 lid 1 onder e).
   * The rows of deliveries stay. `stale` when nothing is left of it.
   */
  readonly erase?: { readonly deliveryId: string; readonly at: string }
  /**
   * The sender takes an exchange back: everything goes that `erase` destroys, and the recipient may not fetch it any more. `stale`
   * unless the sender's exchange is in the inbox of its recipient and was not recalled before.
   */
  readonly recall?: { readonly exchangeId: string; readonly sender: string; readonly at: string }
  /** What the last record of each of these parties said; undefined when it is gone. Idempotent. */
  readonly parties?: readonly { readonly party: string; readonly state: string | undefined }[]
  /**
   * A step in the life of a proposed rule set. `stale`: to propose texts that wait already; to approve or withdraw what is no
   * longer open, or to approve what `by` proposed; to activate what is not approved.
   */
  readonly proposal?:
    | ({ readonly step: 'propose' } & Omit<
        StoredProposal,
        'approvedBy' | 'approvedAt' | 'activeFrom' | 'activatedAt' | 'withdrawnBy' | 'withdrawnAt'
      >)
    | {
        readonly step: 'approve'
        readonly id: string
        readonly by: string
        readonly at: string
        readonly activeFrom: string
      }
    | { readonly step: 'withdraw'; readonly id: string; readonly by: string; readonly at: string }
    | { readonly step: 'activate'; readonly id: string; readonly at: string }
  /** Archives a rule set under its hash. */
  readonly policyArchive?: ArchivedRuleSet
}

export type CommitResult =
  /** Durable, and covered by a durable signed checkpoint. */
  | { readonly status: 'committed'; readonly receipt: Receipt }
  /** Nothing was stored: persons are no longer as they were when they were looked up. Look up, seal and try again. */
  | { readonly status: 'link-changed' }
  /** Nothing was stored: this sender already used this idempotency key. */
  | { readonly status: 'already-stored' }
  /** Nothing was stored: what the commit builds on is no longer so. Read again and decide anew. */
  | { readonly status: 'stale' }
