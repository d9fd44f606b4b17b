import { sql } from 'drizzle-orm'
import { check, customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * The tables of one log; those that link persons are in `link-schema.ts`. SQLite, so that the same file serves Node and a
 * Durable Object. Moments are RFC 3339 text in UTC. Everything that an erasure removes (`sealed`, salts, mentions) is separate
 * from what the proofs need (entries and nodes).
 */

// Node's driver answers with a Buffer, a Durable Object with an ArrayBuffer; both take a Uint8Array.
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array | ArrayBuffer }>({
  dataType: () => 'blob',
  fromDriver: (value) =>
    value instanceof ArrayBuffer
      ? new Uint8Array(value)
      : new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
})

/** Records and their leaf hashes. The primary key guarantees that no index is used twice. */
export const entry = sqliteTable(
  'entry',
  {
    leafIndex: integer('leaf_index').primaryKey(),
    record: bytes('record').notNull(),
    leafHash: bytes('leaf_hash').notNull(),
  },
  (table) => [check('entry_record_size', sql`length(${table.record}) between 1 and 4096`)],
)

/** Completed nodes at the heights of tile levels: `level` 1 and up, a root of 256^level leaves each. */
export const logNode = sqliteTable(
  'log_node',
  { level: integer('level').notNull(), nodeIndex: integer('node_index').notNull(), hash: bytes('hash').notNull() },
  (table) => [primaryKey({ columns: [table.level, table.nodeIndex] })],
)

/** Every checkpoint that was ever signed. The primary key guarantees that no size is signed twice. */
export const checkpoint = sqliteTable('checkpoint', {
  treeSize: integer('tree_size').primaryKey(),
  note: text('note').notNull(),
  /** Roots of the perfect subtrees, largest first, 32 bytes each: all that is needed to grow the tree. */
  frontier: bytes('frontier').notNull(),
})

/** The origins of this log, each with the size from which it signs; the highest size is the current origin. */
export const origin = sqliteTable('origin', {
  /** Smallest tree that it may sign: 0 for the first origin, and for a later one the tree with its `epoch` record. */
  firstSize: integer('first_size').primaryKey(),
  origin: text('origin').notNull().unique(),
  verifierKey: text('verifier_key').notNull(),
})

/** Cosignatures of witnesses: one signature line for each key and checkpoint (C2SP tlog-cosignature). */
export const cosignature = sqliteTable(
  'cosignature',
  {
    treeSize: integer('tree_size')
      .notNull()
      .references(() => checkpoint.treeSize),
    keyName: text('key_name').notNull(),
    keyId: text('key_id').notNull(),
    /** As in the note, with its newline. */
    line: text('line').notNull(),
  },
  (table) => [primaryKey({ columns: [table.treeSize, table.keyName, table.keyId] })],
)

/** Contents of the last record of each party, to detect changes. */
export const partyState = sqliteTable('party_state', {
  party: text('party').primaryKey(),
  /** Canonical JSON of words and thumbprints. */
  state: text('state').notNull(),
})

/** Exchanges, refused ones included, with the proof that was returned, so that a repeated request gets the same bytes. */
export const exchange = sqliteTable(
  'exchange',
  {
    id: text('id').primaryKey(),
    sender: text('sender').notNull(),
    /** The person who submitted it; null when the party's own system did. */
    submittedBy: text('submitted_by'),
    recipient: text('recipient').notNull(),
    outcome: text('outcome').notNull(),
    at: text('at').notNull(),
    decision: text('decision').notNull(),
    keyHash: bytes('key_hash').notNull(),
    bodyHash: bytes('body_hash').notNull(),
    leafIndex: integer('leaf_index')
      .notNull()
      .references(() => entry.leafIndex),
    proof: text('proof').notNull(),
  },
  (table) => [
    uniqueIndex('exchange_idempotency').on(table.sender, table.keyHash),
    // Ids rise in time, so that a sender's exchanges come in the order in which they were made.
    index('exchange_sender').on(table.sender, table.id),
  ],
)

/** Deliveries to recipients: exchanges, and notices of the gateway itself. */
export const delivery = sqliteTable(
  'delivery',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['exchange', 'notice'] }).notNull(),
    /** The exchange that is delivered, or that a notice is about; null for a notice about no exchange. */
    exchangeId: text('exchange_id').references(() => exchange.id),
    recipient: text('recipient').notNull(),
    /**
     * Position in the recipient's own inbox, from 1; null while it is held. Counted per recipient, because a shared count would
     * reveal to each how much the others receive; assigned at release, because a cursor may already be past the moment of
     * sending. Rows are emptied, never removed, or a position would be used again.
     */
    inboxPosition: integer('inbox_position'),
    sealed: text('sealed').notNull(),
    /** When it was handed over for the first time. */
    fetchedAt: text('fetched_at'),
    acknowledgedAt: text('acknowledged_at'),
    /** When the first answer of the recipient reached the inbox of the sender. */
    answeredAt: text('answered_at'),
    /** When the exchange must be erased; null without such a duty, after the erasure, and for a notice. */
    eraseAt: text('erase_at'),
    erasedAt: text('erased_at'),
    /** When the sender recalled the exchange. */
    recalledAt: text('recalled_at'),
    /** Moment and receipt of a notice; null for an exchange, which has its own. */
    at: text('at'),
    leafIndex: integer('leaf_index').references(() => entry.leafIndex),
    proof: text('proof'),
  },
  (table) => [
    index('delivery_exchange').on(table.exchangeId),
    uniqueIndex('delivery_inbox').on(table.recipient, table.inboxPosition),
    index('delivery_erasure').on(table.eraseAt),
    check('delivery_receipt', sql`(${table.kind} = 'notice') = (${table.leafIndex} is not null)`),
  ],
)

/** Exchanges that more than one person must approve. */
export const hold = sqliteTable(
  'hold',
  {
    exchangeId: text('exchange_id')
      .primaryKey()
      .references(() => exchange.id),
    sender: text('sender').notNull(),
    approvalsNeeded: integer('approvals_needed').notNull(),
    expiresAt: text('expires_at').notNull(),
    status: text('status', { enum: ['waiting', 'approved', 'refused', 'expired'] }).notNull(),
  },
  (table) => [
    index('hold_sender').on(table.sender, table.status, table.exchangeId),
    index('hold_expiry').on(table.status, table.expiresAt),
  ],
)

/** Approvals. The primary key makes one person count once. */
export const approval = sqliteTable(
  'approval',
  {
    exchangeId: text('exchange_id')
      .notNull()
      .references(() => hold.exchangeId),
    by: text('by').notNull(),
    at: text('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.exchangeId, table.by] })],
)

/** Random salts of the commitments in a record; without them a commitment proves nothing. */
export const salt = sqliteTable(
  'salt',
  {
    exchangeId: text('exchange_id')
      .notNull()
      .references(() => exchange.id),
    label: text('label').notNull(),
    salt: bytes('salt').notNull(),
  },
  (table) => [primaryKey({ columns: [table.exchangeId, table.label] })],
)

/** Token ids that were used, for as long as they could be used again. `expires_at` is in POSIX seconds. */
export const usedJti = sqliteTable(
  'used_jti',
  { issuer: text('issuer').notNull(), jti: text('jti').notNull(), expiresAt: integer('expires_at').notNull() },
  (table) => [primaryKey({ columns: [table.issuer, table.jti] }), index('used_jti_expiry').on(table.expiresAt)],
)

/** Spending of a party in the newest window of a budget; `window` starts at that POSIX second. */
export const budget = sqliteTable(
  'budget',
  {
    budget: text('budget').notNull(),
    party: text('party').notNull(),
    window: integer('window').notNull(),
    used: integer('used').notNull(),
    /** Whether it was refused in this window already: only the first refusal is recorded. */
    isRefused: integer('is_refused', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.budget, table.party] }),
    index('budget_window').on(table.budget, table.window),
  ],
)

/** Check values and uses, by epoch, of the keys that the database was written with. Contains no key. */
export const keyState = sqliteTable('key_state', {
  epoch: integer('epoch').primaryKey(),
  check: bytes('check').notNull(),
  /** Words of `KEY_USES` with a space between; empty once the epoch serves no use. */
  uses: text('uses').notNull(),
})

/** Full text of every rule set that was ever in force, under its hashes. */
export const policyArchive = sqliteTable(
  'policy_archive',
  {
    policyHash: text('policy_hash').notNull(),
    sourceHash: text('source_hash').notNull(),
    content: text('content').notNull(),
    /** When this text was first in force. */
    at: text('at').notNull(),
    /** The record that put it in force last; the highest one is the set in force now. */
    leafIndex: integer('leaf_index')
      .notNull()
      .references(() => entry.leafIndex),
  },
  (table) => [
    primaryKey({ columns: [table.policyHash, table.sourceHash] }),
    index('policy_archive_activation').on(table.leafIndex),
  ],
)

/** Rule sets that privacy officers proposed, with every step, by whom and when. */
export const policyProposal = sqliteTable(
  'policy_proposal',
  {
    id: text('id').primaryKey(),
    policyHash: text('policy_hash').notNull(),
    sourceHash: text('source_hash').notNull(),
    content: text('content').notNull(),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: text('proposed_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: text('approved_at'),
    activeFrom: text('active_from'),
    activatedAt: text('activated_at'),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: text('withdrawn_at'),
  },
  (table) => [index('policy_proposal_source').on(table.sourceHash)],
)

/** Sessions of people who signed in to the console; holds no session id, only its hash. */
export const session = sqliteTable(
  'session',
  {
    idHash: bytes('id_hash').primaryKey(),
    person: text('person').notNull(),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    signedInAt: text('signed_in_at').notNull(),
    startedAt: text('started_at').notNull(),
    lastSeenAt: text('last_seen_at').notNull(),
  },
  (table) => [index('session_person').on(table.person, table.startedAt)],
)

/** Up to which delivery each party was told by mail that there is something in its inbox, and the attempts that failed since. */
export const mailMark = sqliteTable('mail_mark', {
  party: text('party').primaryKey(),
  deliveryId: text('delivery_id'),
  failures: integer('failures').notNull(),
})
