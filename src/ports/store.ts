import type { Commit, CommitResult } from './commit.ts'
import type { KeyUse } from './keys.ts'
import type { MailMarks } from './mail.ts'
import type {
  Lookup,
  LookupAnswer,
  MatchStatus,
  OwnMention,
  StoredMatch,
  StoredMention,
  StoredPerson,
} from './mentions.ts'
import type { Sessions } from './sessions.ts'
import type {
  ArchivedRuleSet,
  InboxEntry,
  ListedExchange,
  StoredDelivery,
  StoredExchange,
  StoredHold,
  StoredProposal,
} from './stored.ts'

/**
 * The durable store of one log. Every reader is scoped to a party: another party's row is as absent as one that never existed.
 * A Store may be called concurrently; it has one writer.
 */
export interface Store {
  /**
   * Stores all commits in one durable transaction with their log entries and one signed checkpoint; results in the order of
   * `commits`. A commit with another result than `committed` stores nothing, not even a record; the others are unaffected.
   * @throws SluisError `log-unavailable` when the transaction failed; then nothing was stored
   */
  commit(commits: readonly Commit[]): Promise<readonly CommitResult[]>
  /** Mentions that share at least one token with the lookup. */
  findCandidates(lookup: Lookup): Promise<LookupAnswer>
  /** Mentions by id, with all their tokens, in no particular order; unknown ids are skipped. */
  listMentions(ids: readonly string[]): Promise<readonly StoredMention[]>
  /**
   * Mentions in exchanges of the sender whose id comes after `cursor` (empty is the start), oldest exchange first, of at most
   * `limit` exchanges. Reads nothing of other senders, so neither result nor time depends on what they sent.
   * @param tokens of any domain, under any epoch; `sharesToken` tells which mentions have one of them
   * @returns `next` is the cursor of the rest; absent at the end
   */
  listOwnMentions(
    sender: string,
    tokens: readonly Uint8Array[],
    cursor: string,
    limit: number,
  ): Promise<{ readonly mentions: readonly OwnMention[]; readonly next?: string }>
  /** A person of a domain with its mentions, oldest first, and every match about one of them. */
  findPerson(domain: string, personId: string): Promise<StoredPerson | undefined>
  /** A match of one of the recipient's domains; matches of held exchanges are not visible yet. */
  findMatch(recipient: string, id: string): Promise<StoredMatch | undefined>
  /**
   * Matches of the recipient's domains whose id comes after `cursor` (empty is the start), oldest first, at most `limit`; of one
   * status when given. A match of a released exchange can appear before the cursor; the inbox notice reports it.
   */
  listMatches(
    recipient: string,
    status: MatchStatus | undefined,
    cursor: string,
    limit: number,
  ): Promise<readonly StoredMatch[]>
  /** Every domain that ever had a mention, and the epoch of its pseudonyms. */
  listDomains(): Promise<readonly { domain: string; recipient: string; pseudonymEpoch: number }[]>
  /** Persons of a domain whose id comes after `after` (empty is the start), in the order of their ids, at most `limit`. */
  listPersons(domain: string, after: string, limit: number): Promise<readonly string[]>
  /** Check values and uses of the keys that the database was written with. */
  findKeyState(): Promise<readonly { epoch: number; check: Uint8Array; uses: readonly KeyUse[] }[]>
  /**
   * Takes one unit from a party's budget for the window of time that starts at `window` (POSIX seconds). Durable and atomic.
   * `isFirstRefusal` is true for one caller in the window, which then records that the limit was reached. Spending in past
   * windows is forgotten; a window older than the newest counts as the newest.
   */
  spend(
    budget: string,
    party: string,
    window: number,
    limit: number,
  ): Promise<{ readonly isAllowed: boolean; readonly isFirstRefusal: boolean }>
  findExchange(sender: string, id: string): Promise<StoredExchange | undefined>
  /** Exchanges of a sender beyond `cursor` (an id; empty is the start), in this order, at most `limit`. */
  listExchanges(
    sender: string,
    cursor: string,
    limit: number,
    order?: 'oldest-first' | 'newest-first',
  ): Promise<readonly ListedExchange[]>
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
  /** Deliveries that entered the inbox before the delivery `before` (undefined is the end), newest first, at most `limit`. */
  listNewestDeliveries(recipient: string, before: string | undefined, limit: number): Promise<readonly InboxEntry[]>
  findDelivery(recipient: string, id: string): Promise<StoredDelivery | undefined>
  /** The delivery of an exchange that the party sent (also while it is held) or received. */
  findDeliveryOf(party: string, exchangeId: string): Promise<StoredDelivery | undefined>
  findHold(sender: string, exchangeId: string): Promise<StoredHold | undefined>
  /** Waiting exchanges of a sender, oldest first, at most `limit`. */
  listHolds(sender: string, limit: number): Promise<readonly StoredHold[]>
  /** Waiting exchanges of any sender that have expired at `now`, at most `limit`. */
  listExpiredHolds(now: string, limit: number): Promise<readonly { exchangeId: string }[]>
  /** Deliveries of any recipient whose sealed content must be erased by `now`, oldest first, at most `limit`. */
  listErasable(
    now: string,
    limit: number,
  ): Promise<readonly { deliveryId: string; exchangeId: string; recipient: string }[]>
  /** The open proposal of these texts, or else the newest. */
  findProposal(sourceHash: string): Promise<StoredProposal | undefined>
  /** Newest first, at most `limit`. */
  listProposals(limit: number): Promise<readonly StoredProposal[]>
  /** The proposal that was activated last. */
  findApprovedPolicy(): Promise<StoredProposal | undefined>
  /** Approved and neither active nor withdrawn, by the moment they become active. */
  listScheduledProposals(): Promise<readonly StoredProposal[]>
  /** True the first time an (issuer, jti) is seen, false from then on until `expiresAt` (POSIX seconds). Durable and atomic. */
  rememberJti(issuer: string, jti: string, expiresAt: number, now: number): Promise<boolean>
  /** Hash of the rule set that was activated last. */
  findActivePolicyHash(): Promise<string | undefined>
  /** The rule set that was activated last. */
  findActivePolicy(): Promise<ArchivedRuleSet | undefined>
  /** A rule set that was ever in force, by its hash; the first of the texts that share the hash. */
  findPolicyArchive(policyHash: string): Promise<ArchivedRuleSet | undefined>
  /** Contents of the last record of every known party. */
  listPartyStates(): Promise<readonly { party: string; state: string }[]>
  /**
   * Stores signature lines of witnesses on the checkpoint of this size, each with its newline; a second line of one key for one
   * size replaces the first. Lines for a size that was never signed are ignored. Durable.
   * @throws SluisError `log-unavailable`
   */
  addCosignatures(treeSize: number, lines: readonly CosignatureLine[]): Promise<void>
  /**
   * Writes a few durable bytes that mean nothing, to find out whether something can be written now.
   * @throws SluisError `log-unavailable`
   */
  probeWrite(): Promise<void>
  readonly sessions: Sessions
  readonly mailMarks: MailMarks
  readonly log: LogReader
}

/** A signature line of a witness, with the name and id of its key (C2SP tlog-cosignature). */
export interface CosignatureLine {
  readonly keyName: string
  /** Eight lower-case hexadecimal digits. */
  readonly keyId: string
  /** As in a note, with its newline. */
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
  /** The newest checkpoint that at least this many witness keys cosigned. */
  cosignedCheckpoint(atLeast: number): Promise<ServedCheckpoint | undefined>
  /**
   * Hashes `[start, end)` of a tile level (C2SP tlog-tiles): at level 0 the leaf hashes, at level l the roots of 256^l leaves each.
   * Shorter when the log ends earlier.
   */
  hashes(level: number, start: number, end: number): Promise<readonly Uint8Array[]>
  /** Records `[start, end)`, byte for byte. Shorter when the log ends earlier. */
  records(start: number, end: number): Promise<readonly Uint8Array[]>
}

/** The only way to write: combines waiting commits into one `Store.commit`. Resolves when the commit is durable. */
export interface CommitQueue {
  /** @throws SluisError `log-unavailable` when it could not be written; then nothing was stored */
  commit(commit: Commit): Promise<CommitResult>
}
