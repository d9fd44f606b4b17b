import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { MATCH_STATUSES } from '../../ports/mentions.ts'
import { bytes, exchange } from './schema.ts'

/** The tables that link persons. All ids in them are random; without the keys they identify no person. */

/** Every pseudonym domain that ever had a mention. */
export const domain = sqliteTable('domain', {
  domain: text('domain').primaryKey(),
  recipient: text('recipient').notNull(),
  pseudonymEpoch: integer('pseudonym_epoch').notNull(),
})

/** Persons within one pseudonym domain. */
export const person = sqliteTable(
  'person',
  {
    domain: text('domain')
      .notNull()
      .references(() => domain.domain),
    personId: text('person_id').notNull(),
    isLinkable: integer('is_linkable', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.domain, table.personId] })],
)

/** Data subjects of exchanges, each belonging to a person. */
export const mention = sqliteTable(
  'mention',
  {
    /** Rises with every mention: the order in which they were made. */
    seq: integer('seq').primaryKey(),
    id: text('id').notNull().unique(),
    // Checked at the end of the transaction: an exchange is stored after its mentions, when its receipt is known.
    exchangeId: text('exchange_id')
      .notNull()
      .references(() => exchange.id),
    dataSubject: integer('data_subject').notNull(),
    domain: text('domain').notNull(),
    personId: text('person_id').notNull(),
    epoch: integer('epoch').notNull(),
    /**
     * Its tokens, packed (`token-index.ts`). They are repeated here, so that they can be read, and found in the index for
     * removal, without a second index: a token touches a random page, this row is at the end of its table.
     */
    tokens: bytes('tokens').notNull(),
    /** What its sender finds it by (`pseudonym/own-codes.ts`); empty in rows from before. In no index. */
    ownCodes: bytes('own_codes').notNull().default(sql`x''`),
  },
  (table) => [
    foreignKey({ columns: [table.domain, table.personId], foreignColumns: [person.domain, person.personId] }),
    index('mention_exchange').on(table.exchangeId, table.dataSubject),
    index('mention_person').on(table.domain, table.personId),
  ],
)

/**
 * Which mentions a token leads to. One row for every token that is searched by, padding included, with only the columns that a
 * look-up needs: no domain, because tokens of two domains never coincide, and no foreign key, because that would
 * require an index on `mention`. A mention comes and goes together with its rows here.
 */
export const matchToken = sqliteTable(
  'match_token',
  { token: bytes('token').notNull(), mention: integer('mention').notNull() },
  (table) => [
    primaryKey({ columns: [table.token, table.mention] }),
    check('match_token_size', sql`length(${table.token}) = 16`),
  ],
)

/** Two mentions that may be of one person. Ids rise in time. */
export const linkMatch = sqliteTable(
  'link_match',
  {
    id: text('id').primaryKey(),
    domain: text('domain').notNull(),
    recipient: text('recipient').notNull(),
    status: text('status', { enum: MATCH_STATUSES }).notNull(),
    earlierMention: text('earlier_mention')
      .notNull()
      .references(() => mention.id),
    laterMention: text('later_mention')
      .notNull()
      .references(() => mention.id),
    /** No foreign key: it can be a person that only a rejection would create. */
    laterPerson: text('later_person').notNull(),
    joins: integer('joins', { mode: 'boolean' }).notNull(),
    at: text('at').notNull(),
    answeredBy: text('answered_by'),
    answeredAt: text('answered_at'),
  },
  (table) => [
    index('link_match_recipient').on(table.recipient, table.id),
    index('link_match_status').on(table.recipient, table.status, table.id),
    index('link_match_earlier').on(table.earlierMention),
    index('link_match_later').on(table.laterMention),
    index('link_match_person').on(table.domain, table.laterPerson),
  ],
)

/** Every answer that was ever given to a match: how persons were merged and split. Never changed. */
export const matchAnswer = sqliteTable(
  'match_answer',
  {
    seq: integer('seq').primaryKey(),
    matchId: text('match_id')
      .notNull()
      .references(() => linkMatch.id),
    status: text('status', { enum: ['confirmed', 'rejected'] }).notNull(),
    joins: integer('joins', { mode: 'boolean' }).notNull(),
    by: text('by').notNull(),
    at: text('at').notNull(),
  },
  (table) => [index('match_answer_match').on(table.matchId)],
)
