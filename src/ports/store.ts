import type { Commit, CommitResult } from './commit.ts'
import type { KeyUse } from './keys.ts'
import type { Lookup, LookupAnswer, MatchStatus, StoredMatch, StoredMention, StoredPerson } from './mentions.ts'
import type { ArchivedRuleSet, StoredDelivery, StoredExchange, StoredHold, StoredProposal } from './stored.ts'

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
  /** Who has a token in common with somebody. */
  findCandidates(lookup: Lookup): Promise<LookupAnswer>
  /** Mentions by id, with all their tokens, in no particular order; an unknown id is left out. */
  listMentions(ids: readonly string[]): Promise<readonly StoredMention[]>
  /** A person of a domain with its mentions, oldest first, and every match in which one of them takes part. */
  findPerson(domain: string, personId: string): Promise<StoredPerson | undefined>
  /** A match of one of the recipient's domains; those of exchanges that are held are not there yet. */
  findMatch(recipient: string, id: string): Promise<StoredMatch | undefined>
  /**
   * Matches of the recipient's domains whose id comes after `cursor` (empty is the start), oldest first, at most `limit`; of one
   * status when given. What was held comes up between older ones: the notice in the inbox tells of it.
   */
  listMatches(
    recipient: string,
    status: MatchStatus | undefined,
    cursor: string,
    limit: number,
  ): Promise<readonly StoredMatch[]>
  /** Every domain in which somebody was ever mentioned, and the epoch of its pseudonyms. */
  listDomains(): Promise<readonly { domain: string; recipient: string; pseudonymEpoch: number }[]>
  /** Persons of a domain whose id comes after `after` (empty is the start), in the order of their ids, at most `limit`. */
  listPersons(domain: string, after: string, limit: number): Promise<readonly string[]>
  /** What the database knows of the keys it was written with. */
  findKeyState(): Promise<readonly { epoch: number; check: Uint8Array; uses: readonly KeyUse[] }[]>
  /**
   * Takes one from what a party may do in a window of time that starts at `window` (POSIX seconds). Durable and atomic.
   * `isFirstRefusal` is true for one caller in the window, who then records that the limit was reached. What was spent in windows
   * that have passed is forgotten; an older window than the newest counts as the newest.
   */
  spend(
    budget: string,
    party: string,
    window: number,
    limit: number,
  ): Promise<{ readonly isAllowed: boolean; readonly isFirstRefusal: boolean }>
  findExchange(sender: string, id: string): Promise<StoredExchange | undefined>
  /** Exchanges of a sender whose id comes after `cursor` (empty is the start), oldest first, at most `limit`. */
  listExchanges(sender: string, cursor: string, limit: number): Promise<readonly StoredExchange[]>
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
  /** What was delivered of an exchange that the party sent, also while it is held, or that it found in its inbox. */
  findDeliveryOf(party: string, exchangeId: string): Promise<StoredDelivery | undefined>
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
  findActivePolicy(): Promise<ArchivedRuleSet | undefined>
  /** A rule set that was ever in force, by its hash; of texts that share it, the first. */
  findPolicyArchive(policyHash: string): Promise<ArchivedRuleSet | undefined>
  /** What the last record of every known party said. */
  listPartyStates(): Promise<readonly { party: string; state: string }[]>
  /**
   * Keeps what witnesses cosigned: signature lines of the checkpoint of this size, each with its newline; a second line of one
   * key for one size takes the place of the first. Lines for a size that was never signed are left out. Durable.
   * @throws SluisError `log-unavailable`
   */
  addCosignatures(treeSize: number, lines: readonly CosignatureLine[]): Promise<void>
  readonly log: LogReader
}

/** A signature line of a witness, with the key that it is by (C2SP tlog-cosignature). */
export interface CosignatureLine {
  readonly keyName: string
  /** Eight lower-case hexadecimal digits. */
  readonly keyId: string
  /** As it stands in a note, with its newline. */
  readonly line: string
}

/** A checkpoint as it is served: signed by the log, with the lines of the witnesses that cosigned it so far. */
export interface ServedCheckpoint {
  readonly treeSize: number
  readonly note: string
}

/** What the log publishes. Only what a durable checkpoint covers is ever visible. */
export interface LogReader {
  /** The newest signed checkpoint, or undefined for a log without entries. */
  checkpoint(): Promise<ServedCheckpoint | undefined>
  /** The newest checkpoint that at least so many keys of witnesses cosigned. */
  cosignedCheckpoint(atLeast: number): Promise<ServedCheckpoint | undefined>
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
