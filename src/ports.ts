import type { Secret } from './secret.ts'
import type { PublicJwk } from './types.ts'

/** What the core asks of the outside, written as promises. Adapters live right of `exchange`. */

/** Wall-clock time. May jump; order in the log comes from the index, never from the clock. */
export type Clock = () => Date

/** Fresh bytes from a cryptographically secure source. */
export type RandomBytes = (length: number) => Uint8Array

/** What a derived key is for. One key never serves two uses. */
export type KeyUse = 'match' | 'pseudonym' | 'reference' | 'idempotency'

/**
 * Source of derived keys. Deterministic: the same arguments give the same key for as long as the epoch exists.
 * Keys never enter the database, a log, an error or a backup of the database.
 */
export interface Keyring {
  /** The epoch that new tokens and pseudonyms are made under; a positive whole number. */
  readonly currentEpoch: number
  /**
   * 32 bytes for one use in one pseudonym domain and one epoch (HKDF-SHA-256, RFC 5869).
   * @throws RangeError for an epoch the keyring does not hold
   */
  derive(use: KeyUse, domain: string, epoch: number): Secret
}

/** Public keys of the parties. */
export interface PartyKeys {
  /** Keys of one party for one use, newest first; empty when it has none. */
  find(party: string, use: 'sig' | 'enc'): readonly PublicJwk[]
}

/** Seals content so that only the recipient can read it. */
export interface Sealer {
  /**
   * JWE (RFC 7516, general JSON serialisation when there is more than one key) of `plaintext` for every encryption key of `recipient`.
   * @throws SluisError `recipient-without-key`
   */
  seal(recipient: string, plaintext: Uint8Array): Promise<string>
}

/** Signs checkpoints of one log. Synchronous, because it runs inside the commit. */
export interface CheckpointSigner {
  /** The log's origin line, also the name of its key. */
  readonly origin: string
  /** Verifier key (C2SP signed-note), the only thing an outsider needs. */
  readonly verifierKey: string
  /** The signed note for a tree of `treeSize` leaves with root `rootHash` (32 bytes). */
  sign(treeSize: number, rootHash: Uint8Array): string
}

// ---------------------------------------------------------------------------------------------------------------------
// Store

/** One line of proof that a record is in the log. */
export interface Receipt {
  readonly leafIndex: number
  /** The record, byte for byte as it was hashed (canonical JSON, RFC 8785). */
  readonly record: string
  /** `tlog-proof@v1`: index, inclusion proof and the signed checkpoint that covers the record. */
  readonly proof: string
}

/** A person as one pseudonym domain knows them: a random id and the match tokens that lead to it. */
export interface PersonLink {
  readonly domain: string
  readonly personId: string
  /** False when nothing could be linked: the id is used once. */
  readonly isLinkable: boolean
  /** Keyed hashes; the first that a stored person answers to decides. Strongest evidence first. */
  readonly tokens: readonly Uint8Array[]
}

export interface StoredExchange {
  readonly id: string
  readonly sender: string
  readonly recipient: string
  readonly outcome: string
  /** RFC 3339, UTC. */
  readonly at: string
  /** The answer's `decision` member as JSON text. Words only. */
  readonly decision: string
  readonly receipt: Receipt
}

/** Where a held exchange stands. */
export type HoldStatus = 'waiting' | 'approved' | 'refused' | 'expired'

/** An exchange that more than one person must approve before its delivery enters the inbox. */
export interface StoredHold {
  readonly exchange: StoredExchange
  /** Client id of who submitted it. */
  readonly submittedBy: string
  readonly status: HoldStatus
  /** Client ids of the people who approved it so far, oldest first. */
  readonly approvals: readonly { readonly by: string; readonly at: string }[]
  readonly approvalsNeeded: number
  /** From this moment on nobody can approve it, and its content goes. */
  readonly expiresAt: string
}

/** A rule set that a privacy officer proposed. */
export interface StoredProposal {
  readonly id: string
  readonly policyHash: string
  readonly sourceHash: string
  /** Canonical JSON of path to text, as in the archive. */
  readonly content: string
  /** Client ids of people. */
  readonly proposedBy: string
  readonly proposedAt: string
  readonly approvedBy?: string
  readonly approvedAt?: string
  /** The set is in force from this moment on. */
  readonly activeFrom?: string
  readonly activatedAt?: string
  readonly withdrawnBy?: string
  readonly withdrawnAt?: string
}

export interface StoredDelivery {
  readonly id: string
  readonly exchangeId: string
  readonly recipient: string
  readonly sender: string
  readonly at: string
  /** JWE; empty once it was erased. */
  readonly sealed: string
  /** Receipt of the exchange record, which commits to the sealed bytes. */
  readonly receipt: Receipt
  readonly acknowledgedAt?: string
  readonly erasedAt?: string
}

/** A new exchange, refused ones included. */
export interface NewExchange {
  readonly id: string
  readonly sender: string
  /** Client id of the person who submitted; absent when the party's own system did. */
  readonly submittedBy?: string
  readonly recipient: string
  readonly outcome: string
  readonly at: string
  readonly decision: string
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
  readonly persons: readonly PersonLink[]
}

/** One unit of work: it happens whole or not at all, together with its record. */
export interface Commit {
  /** Canonical JSON, at most 4096 bytes. */
  readonly record: string
  readonly exchange?: NewExchange
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
  /** Ends a held exchange: its sealed content and salts are destroyed. `stale` unless it waits. */
  readonly discard?: { readonly exchangeId: string; readonly status: 'refused' | 'expired'; readonly at: string }
  /** Destroys the sealed content of a delivery and its salts; the row stays. `stale` when that was done before. */
  readonly erase?: { readonly deliveryId: string; readonly at: string }
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
  readonly policyArchive?: {
    readonly policyHash: string
    readonly sourceHash: string
    readonly content: string
    readonly at: string
  }
}

export type CommitResult =
  /** Durable, and covered by a durable signed checkpoint. */
  | { readonly status: 'committed'; readonly receipt: Receipt }
  /** Nothing was stored: a person's tokens now answer otherwise than the caller assumed. Look up, seal and try again. */
  | { readonly status: 'link-changed' }
  /** Nothing was stored: this sender already used this idempotency key. */
  | { readonly status: 'already-stored' }
  /** Nothing was stored: what the commit builds on is no longer so. Read again and decide anew. */
  | { readonly status: 'stale' }

/**
 * The durable store of one log. Every reader is scoped to a party: another party's row is as absent as one that never was.
 * A Store may be called concurrently; it has one writer.
 */
export interface Store {
  /**
   * All of it in one durable transaction together with log entries and one signed checkpoint; results in the order of `commits`.
   * A commit that answers anything but `committed` leaves no trace, not even a record; the others of the batch stand.
   * @throws SluisError `log-unavailable` when nothing could be written; then nothing was
   */
  commit(commits: readonly Commit[]): Promise<readonly CommitResult[]>
  /** The id of the person that answers to the first known token of the list; undefined when none does. */
  findPerson(domain: string, tokens: readonly Uint8Array[]): Promise<string | undefined>
  findExchange(sender: string, id: string): Promise<StoredExchange | undefined>
  findByIdempotencyKey(
    sender: string,
    keyHash: Uint8Array,
  ): Promise<{ exchange: StoredExchange; bodyHash: Uint8Array } | undefined>
  /** Deliveries after `cursor` (0 is the start), oldest first, at most `limit`. */
  listDeliveries(
    recipient: string,
    cursor: number,
    limit: number,
  ): Promise<readonly { cursor: number; delivery: StoredDelivery }[]>
  findDelivery(recipient: string, id: string): Promise<StoredDelivery | undefined>
  findHold(sender: string, exchangeId: string): Promise<StoredHold | undefined>
  /** What waits at a sender, oldest first, at most `limit`. */
  listHolds(sender: string, limit: number): Promise<readonly StoredHold[]>
  /** What waits although its time is over at `now`, of any sender, at most `limit`. */
  listExpiredHolds(now: string, limit: number): Promise<readonly { exchangeId: string }[]>
  /** Deliveries of any recipient whose sealed content must be gone at `now`, oldest first, at most `limit`. */
  listErasable(
    now: string,
    limit: number,
  ): Promise<readonly { deliveryId: string; exchangeId: string; recipient: string }[]>
  /** The proposal of these texts that is open, or else the newest. */
  findProposal(sourceHash: string): Promise<StoredProposal | undefined>
  /** Newest first, at most `limit`. */
  listProposals(limit: number): Promise<readonly StoredProposal[]>
  /** The proposal that was activated last. */
  findApprovedPolicy(): Promise<StoredProposal | undefined>
  /** Approved and neither active nor withdrawn, by the moment they become active. */
  listScheduledProposals(): Promise<readonly StoredProposal[]>
  /** True the first time a (issuer, jti) is seen, false ever after until `expiresAt` (POSIX seconds). Durable and atomic. */
  rememberJti(issuer: string, jti: string, expiresAt: number, now: number): Promise<boolean>
  /** Hash of the rule set that was activated last. */
  findActivePolicyHash(): Promise<string | undefined>
  /** The rule set that was activated last, whole. */
  findActivePolicy(): Promise<{ policyHash: string; sourceHash: string; content: string } | undefined>
  readonly log: LogReader
}

/** What the log publishes. Only what a durable checkpoint covers is ever visible. */
export interface LogReader {
  /** The newest signed checkpoint, or undefined for a log without entries. */
  checkpoint(): Promise<{ readonly treeSize: number; readonly note: string } | undefined>
  /**
   * Hashes `[start, end)` of a tile level (C2SP tlog-tiles): at level 0 the leaf hashes, at level l the roots of 256^l leaves each.
   * Shorter than asked when the log is.
   */
  hashes(level: number, start: number, end: number): Promise<readonly Uint8Array[]>
  /** Records `[start, end)`, byte for byte. Shorter than asked when the log is. */
  records(start: number, end: number): Promise<readonly Uint8Array[]>
}

/** The one way to write: collects what is waiting into one `Store.commit`. Resolves when the commit is durable. */
export interface CommitQueue {
  /** @throws SluisError `log-unavailable` when it could not be written; then nothing of it was */
  commit(commit: Commit): Promise<CommitResult>
}
