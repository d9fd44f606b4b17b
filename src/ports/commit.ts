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
  /** Random salts of the commitments in the record, by label; erased together with the payload. */
  readonly salts: Readonly<Record<string, Uint8Array>>
  /** Present when content is delivered. */
  readonly delivery?: {
    readonly id: string
    readonly sealed: string
    /** When the sealed content must be erased; absent when no duty requires it. */
    readonly eraseAt?: string
    /** Keeps the delivery out of the inbox until enough people approved. */
    readonly hold?: { readonly approvalsNeeded: number; readonly expiresAt: string }
  }
  readonly mentions: readonly NewMention[]
  readonly matches: readonly NewMatch[]
  /** Earlier mentions that move to another person, because two persons proved to be the same. */
  readonly moves: readonly Move[]
  /** Persons this was linked against; `link-changed` when the fingerprint of one has changed. */
  readonly reads: readonly PersonRead[]
}

/** A sealed message from the gateway to a recipient's inbox, under a record of its own. */
export interface NewNotice {
  /** Canonical JSON, at most 4096 bytes; commits to `sealed`. */
  readonly record: string
  readonly deliveryId: string
  readonly recipient: string
  /** The exchange it is about, if any: held, released, discarded and erased together with the delivery of that exchange. */
  readonly exchangeId?: string
  readonly at: string
  readonly sealed: string
}

/** One unit of work: all of it is stored together with its record, or none of it. */
export interface Commit {
  /** Canonical JSON, at most 4096 bytes. */
  readonly record: string
  readonly exchange?: NewExchange
  /** Further records of the same event, such as that an exchange answers another; they follow `record` in the log. */
  readonly furtherRecords?: readonly string[]
  /** Put into the inbox of their recipient; their records follow `furtherRecords` in the log. */
  readonly notices?: readonly NewNotice[]
  /**
   * The recipient's answer to a match. `stale` unless its status is `from`, every mention still belongs to the person it is
   * moved from, and every person of `reads` still has its fingerprint. `others` are the other matches that get the same answer.
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
   * Erases data subjects of an exchange at the request of a person (AVG 17): their mentions and salts, and the sealed content,
   * which contains all data subjects; the mentions and salts of the others remain until `erase`. A held exchange becomes
   * `expired`. `stale` when nothing of these data subjects is left.
   */
  readonly eraseSubjects?: {
    readonly exchangeId: string
    readonly dataSubjects: readonly number[]
    readonly at: string
  }
  /** Changes to the key state that the database keeps. Idempotent. */
  readonly keys?: {
    /** Key check values (`use: check`) of new epochs. */
    readonly checks?: readonly { readonly epoch: number; readonly check: Uint8Array }[]
    /** Replaces the uses that these epochs serve; other epochs are unchanged. `stale` for an unknown epoch. */
    readonly uses?: readonly { readonly epoch: number; readonly uses: readonly KeyUse[] }[]
    /** Sets the epoch of the pseudonyms of a domain. `stale` when the domain has never had a mention. */
    readonly pseudonymEpoch?: { readonly domain: string; readonly epoch: number }
    /** Removes the match tokens of this epoch. */
    readonly dropTokensOf?: number
  }
  /** Marks a delivery of `recipient` as handed over. Idempotent: the first moment is kept. */
  readonly handOver?: { readonly deliveryId: string; readonly recipient: string; readonly at: string }
  /** Marks the exchange that `recipient` received as answered. Idempotent: the first moment is kept. */
  readonly reply?: { readonly exchangeId: string; readonly recipient: string; readonly at: string }
  /** Marks a delivery of `recipient` as acknowledged. Idempotent: the first moment is kept. */
  readonly acknowledge?: { readonly deliveryId: string; readonly recipient: string; readonly at: string }
  /**
   * Adds an approval. `remaining` is the number still needed after it; at 0 the delivery enters the inbox. `stale` unless the
   * exchange is waiting, has not expired at `at`, needs exactly that many more, and `by` neither submitted nor approved it.
   */
  readonly approve?: {
    readonly exchangeId: string
    readonly by: string
    readonly at: string
    readonly remaining: number
  }
  /** Ends a held exchange and erases it as `erase` does. `stale` unless it is waiting. */
  readonly discard?: { readonly exchangeId: string; readonly status: 'refused' | 'expired'; readonly at: string }
  /**
   * Erases an exchange, by its delivery: the sealed content, also of notices about it, the salts, and the mentions with their
   * tokens and matches, because a person whose data is erased must not be recognised again either (AVG 5 lid 1 onder e). The
   * rows of deliveries remain. `stale` when nothing is left to erase.
   */
  readonly erase?: { readonly deliveryId: string; readonly at: string }
  /**
   * Recalls an exchange for its sender: erases it as `erase` does, and the recipient can no longer fetch it. `stale` unless the
   * exchange is in the inbox of its recipient and was not recalled before.
   */
  readonly recall?: { readonly exchangeId: string; readonly sender: string; readonly at: string }
  /** Contents of the last record of each of these parties; undefined for a party that was removed. Idempotent. */
  readonly parties?: readonly { readonly party: string; readonly state: string | undefined }[]
  /**
   * A step in the life of a proposed rule set. `stale` when the same texts are already proposed, when the proposal to approve or
   * withdraw is no longer open, when `by` approves their own proposal, and when the proposal to activate is not approved.
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
  /** Nothing was stored: the persons changed since they were looked up. Look up, seal and try again. */
  | { readonly status: 'link-changed' }
  /** Nothing was stored: this sender already used this idempotency key. */
  | { readonly status: 'already-stored' }
  /** Nothing was stored: the state that the commit builds on has changed. Read it again and decide again. */
  | { readonly status: 'stale' }
