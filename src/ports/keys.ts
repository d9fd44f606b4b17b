import type { PublicJwk } from '../model/party.ts'

/** Ports for time, randomness, keys and signatures, written as promises. Adapters are outside `exchange`. */

/** Wall-clock time. May jump; order in the log comes from the index, never from the clock. */
export type Clock = () => Date

/** Milliseconds since an arbitrary moment of this process. Never goes back, whatever happens to the wall clock. */
export type MonotonicClock = () => number

/** Fresh bytes from a cryptographically secure source. */
export type RandomBytes = (length: number) => Uint8Array

export const KEY_USES = ['match', 'pseudonym', 'reference', 'idempotency', 'padding', 'own', 'check'] as const

/** What a derived key is for. One key never serves two uses. */
export type KeyUse = (typeof KEY_USES)[number]

/** Position of a key in the tree that HKDF derives from the master secret of its epoch. */
export interface KeyPath {
  readonly use: KeyUse
  /** A pseudonym domain or a party; empty for a key that serves every party. */
  readonly domain: string
  /** Kind of match token or of own code; empty for other uses. */
  readonly family: string
  readonly epoch: number
}

/**
 * Keyed hashing without exposing keys, so that a KMS or an HSM can implement it. Deterministic: the same path and message have
 * the same code for as long as the epoch exists. Keys never enter the database, a log, an error or a backup of the database.
 */
export interface Keyring {
  /**
   * Epochs that serve a use, newest first: new codes are made under the first, earlier ones are looked up under all. `padding` and
   * `own` have the epochs of `match`. `check` is served by every epoch, also one retired from every other use, so that a retired epoch can be
   * told from a lost one.
   */
  epochs(use: KeyUse): readonly number[]
  /**
   * HMAC-SHA-256 (RFC 2104; 32 bytes) of every message under the key at `path` (HKDF-SHA-256, RFC 5869), in order.
   * @throws RangeError for an epoch that is not in the keyring
   */
  mac(path: KeyPath, messages: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
}

/** Public keys of the parties. */
export interface PartyKeys {
  /** Keys of one party for one use, newest first, expired ones included (`isExpired`); empty when it has none. */
  find(party: string, use: 'sig' | 'enc'): readonly PublicJwk[]
}

/** Public keys of the parties, with a thumbprint for each key. */
export interface PartyKeyRegister extends PartyKeys {
  /** Ids of the clients that have a key set, also of an empty one. */
  clients(): readonly string[]
  /**
   * Thumbprints (RFC 7638, SHA-256, base64url) of the keys that `find` returns, in order.
   * @throws Error that names the party, for a key without a member that its `kty` requires
   */
  thumbprints(party: string, use: 'sig' | 'enc'): Promise<readonly string[]>
}

/** Seals content so that only the recipient can read it. */
export interface Sealer {
  /**
   * JWE (RFC 7516, general JSON serialisation when there is more than one key) of `plaintext` for every encryption key of `recipient`
   * that has not expired; with `keys` `all` for expired ones too, when every one has expired.
   * @throws SluisError `recipient-without-key` when none is left
   */
  seal(recipient: string, plaintext: Uint8Array, keys?: 'valid' | 'all'): Promise<string>
}

/** Signs checkpoints of one log. Synchronous, because it runs inside the commit. */
export interface CheckpointSigner {
  /** The log's origin line, also the name of its key. */
  readonly origin: string
  /** Verifier key (C2SP signed-note), all that an outsider needs. */
  readonly verifierKey: string
  /** The signed note for a tree of `treeSize` leaves with root `rootHash` (32 bytes). */
  sign(treeSize: number, rootHash: Uint8Array): string
}

/** Cosigns checkpoints as a witness. Synchronous, because it runs inside the transaction that stores them. */
export interface Cosigner {
  /** Verifier key of type 4 (C2SP tlog-cosignature), all that others need to verify the witness. */
  readonly verifierKey: string
  /** The signature line, with its newline, over the text of a checkpoint at `time` (POSIX seconds). */
  cosign(time: number, checkpointText: string): string
}
