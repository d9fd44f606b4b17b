import { asc, eq, sql } from 'drizzle-orm'
import type { NewMention, StoredMention } from '../../ports/mentions.ts'
import { mention } from './link-schema.ts'
import { hold } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'
import { packTokens, type TokenIndex, unpackTokens } from './token-index.ts'

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
    store({ id, dataSubject, domain, personId, epoch, tokens }, exchangeId) {
      const seq = (lastSeq.get()?.last ?? 0) + 1
      insert({ seq, id, exchangeId, dataSubject, domain, personId, epoch, tokens: packTokens(tokens) })
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
