import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import type { NewMention, StoredMention } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import { mention } from './link-schema.ts'
import { exchange, hold } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'
import { createTokenTest, packTokens, type TokenIndex, unpackTokens } from './token-index.ts'

/** A mention without its tokens. */
export interface MentionRow {
  readonly seq: number
  readonly id: string
  readonly dataSubject: number
  readonly domain: string
  readonly personId: string
}

/** Data subjects of exchanges; each is stored and removed together with its tokens in the index. */
export interface Mentions {
  find(id: string): MentionRow | undefined
  list(ids: readonly string[]): readonly StoredMention[]
  /** Of one exchange, in the order of its data subjects. */
  listOf(exchangeId: string): readonly MentionRow[]
  listOwn(...question: Parameters<Store['listOwnMentions']>): Awaited<ReturnType<Store['listOwnMentions']>>
  /** Stores a mention of an exchange; its person is stored already. */
  store(mention: NewMention, exchangeId: string): void
  /** Moves a mention to another person of its domain, who is stored already. */
  move(id: string, personId: string): void
  /** Removes a mention with its tokens; no match is about it any more. */
  remove(seq: number): void
}

export function createMentions(db: SqliteDatabase, index: TokenIndex): Mentions {
  const id = sql.placeholder('id')
  const columns = {
    seq: mention.seq,
    id: mention.id,
    dataSubject: mention.dataSubject,
    domain: mention.domain,
    personId: mention.personId,
  }
  const byId = db.select(columns).from(mention).where(eq(mention.id, id)).prepare()
  const byExchange = db
    .select(columns)
    .from(mention)
    .where(eq(mention.exchangeId, sql.placeholder('exchangeId')))
    .orderBy(asc(mention.dataSubject))
    .prepare()
  // The ids as one JSON text: a list of parameters would be too long for a Durable Object.
  const byIds = db
    .select({
      ...columns,
      exchangeId: mention.exchangeId,
      epoch: mention.epoch,
      tokens: mention.tokens,
      holdStatus: hold.status,
    })
    .from(mention)
    .leftJoin(hold, eq(hold.exchangeId, mention.exchangeId))
    .where(sql`${mention.id} in (select value from json_each(${sql.placeholder('ids')}))`)
    .prepare()
  const [sender, cursor] = [sql.placeholder('sender'), sql.placeholder('cursor')]
  // Two statements, because a page ends between exchanges and a refused one has no mention.
  const idsOfSender = db
    .select({ id: exchange.id })
    .from(exchange)
    .where(and(eq(exchange.sender, sender), gt(exchange.id, cursor)))
    .orderBy(asc(exchange.id))
    .limit(sql.placeholder('limit'))
    .prepare()
  const ofSender = db
    .select({
      id: mention.id,
      exchangeId: mention.exchangeId,
      at: exchange.at,
      dataSubject: mention.dataSubject,
      domain: mention.domain,
      epoch: mention.epoch,
      ownCodes: mention.ownCodes,
      tokens: mention.tokens,
    })
    .from(exchange)
    .innerJoin(mention, eq(mention.exchangeId, exchange.id))
    .where(and(eq(exchange.sender, sender), gt(exchange.id, cursor), lte(exchange.id, sql.placeholder('last'))))
    .orderBy(asc(exchange.id), asc(mention.dataSubject))
    .prepare()
  const lastSeq = db
    .select({ last: sql<number | null>`max(${mention.seq})` })
    .from(mention)
    .prepare()
  const insert = prepareInsert(db, mention)
  const move = db
    .update(mention)
    .set({ personId: sql`${sql.placeholder('personId')}` })
    .where(eq(mention.id, id))
    .prepare()
  const remove = db
    .delete(mention)
    .where(eq(mention.seq, sql.placeholder('seq')))
    .prepare()

  return {
    find: (id) => byId.get({ id }),
    list: (ids) =>
      byIds.all({ ids: JSON.stringify(ids) }).map(({ seq: _, holdStatus, tokens, ...columns }) => ({
        ...columns,
        // A stopped exchange has no mentions left.
        isDelivered: holdStatus !== 'waiting',
        tokens: unpackTokens(tokens),
      })),
    listOf: (exchangeId) => byExchange.all({ exchangeId }),
    listOwn(sender, tokens, cursor, limit) {
      const ids = idsOfSender.all({ sender, cursor, limit })
      const last = ids.at(-1)?.id
      if (last === undefined) return { mentions: [] }
      const sharesToken = createTokenTest(tokens)
      return {
        mentions: ofSender
          .all({ sender, cursor, last })
          .map(({ tokens, ...columns }) => ({ ...columns, sharesToken: sharesToken(tokens) })),
        ...(ids.length === limit && { next: last }),
      }
    },
    store({ id, dataSubject, domain, personId, epoch, tokens, ownCodes }, exchangeId) {
      const seq = (lastSeq.get()?.last ?? 0) + 1
      insert({ seq, id, exchangeId, dataSubject, domain, personId, epoch, tokens: packTokens(tokens), ownCodes })
      index.add(seq, tokens)
    },
    move(id, personId) {
      move.run({ id, personId })
    },
    remove(seq) {
      index.remove(seq)
      remove.run({ seq })
    },
  }
}
