import { and, asc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Commit } from '../../ports/commit.ts'
import type { MatchStatus, NewMatch, StoredMatch } from '../../ports/mentions.ts'
import { linkMatch, matchAnswer, mention } from './link-schema.ts'
import { hold } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

type Answer = NonNullable<Commit['answer']>

/** Pairs of mentions that may be of one person, and the recipient's answers. */
export interface Matches {
  /** A match that the recipient may see, so not one of a held exchange. */
  find(recipient: string, id: string): StoredMatch | undefined
  list(recipient: string, status: MatchStatus | undefined, cursor: string, limit: number): readonly StoredMatch[]
  /** Every match about a mention of this person, held ones included, oldest first. */
  listOfPerson(domain: string, personId: string): readonly StoredMatch[]
  findStatus(id: string): MatchStatus | undefined
  store(match: NewMatch, recipient: string): void
  /** Sets an answer on a match that exists, and adds it to the history. */
  answer(matchId: string, answer: Pick<Answer, 'status' | 'joins' | 'by' | 'at'>): void
  /** Removes every match about a mention, with its history. @returns the persons that the matches named */
  removeOf(mentionId: string): readonly string[]
}

export function createMatches(db: SqliteDatabase): Matches {
  const earlier = alias(mention, 'earlier')
  const later = alias(mention, 'later')
  const recipient = sql.placeholder('recipient')
  const id = sql.placeholder('id')
  const select = (condition: SQL | undefined) =>
    db
      .select({
        id: linkMatch.id,
        domain: linkMatch.domain,
        recipient: linkMatch.recipient,
        status: linkMatch.status,
        earlierMention: linkMatch.earlierMention,
        laterMention: linkMatch.laterMention,
        laterPerson: linkMatch.laterPerson,
        joins: linkMatch.joins,
        at: linkMatch.at,
        answeredBy: linkMatch.answeredBy,
        answeredAt: linkMatch.answeredAt,
        earlierPerson: earlier.personId,
        presentLaterPerson: later.personId,
      })
      .from(linkMatch)
      .innerJoin(earlier, eq(earlier.id, linkMatch.earlierMention))
      .innerJoin(later, eq(later.id, linkMatch.laterMention))
      .where(condition)
      .orderBy(asc(linkMatch.id))
      .limit(sql.placeholder('limit'))
      .prepare()
  const isVisible = sql`not exists (
    select 1 from ${hold}
    where ${hold.exchangeId} in (${earlier.exchangeId}, ${later.exchangeId}) and ${hold.status} = 'waiting'
  )`
  const afterCursor = and(eq(linkMatch.recipient, recipient), gt(linkMatch.id, sql.placeholder('cursor')), isVisible)
  const visibleById = select(and(eq(linkMatch.recipient, recipient), eq(linkMatch.id, id), isVisible))
  const page = select(afterCursor)
  const pageOfStatus = select(and(afterCursor, eq(linkMatch.status, sql.placeholder('status'))))
  const ofPerson = db
    .select({ id: mention.id })
    .from(mention)
    .where(and(eq(mention.domain, sql.placeholder('domain')), eq(mention.personId, sql.placeholder('personId'))))
  const byPerson = select(or(inArray(linkMatch.earlierMention, ofPerson), inArray(linkMatch.laterMention, ofPerson)))
  const statusById = db.select({ status: linkMatch.status }).from(linkMatch).where(eq(linkMatch.id, id)).prepare()
  const byMention = db
    .select({ id: linkMatch.id, laterPerson: linkMatch.laterPerson })
    .from(linkMatch)
    .where(or(eq(linkMatch.earlierMention, id), eq(linkMatch.laterMention, id)))
    .prepare()
  const insert = prepareInsert(db, linkMatch)
  const setAnswer = db
    .update(linkMatch)
    .set({
      status: sql`${sql.placeholder('status')}`,
      joins: sql`${sql.placeholder('joins')}`,
      answeredBy: sql`${sql.placeholder('by')}`,
      answeredAt: sql`${sql.placeholder('at')}`,
    })
    .where(eq(linkMatch.id, id))
    .prepare()
  const insertAnswer = db
    .insert(matchAnswer)
    .values({
      matchId: sql.placeholder('matchId'),
      status: sql.placeholder('status'),
      joins: sql.placeholder('joins'),
      by: sql.placeholder('by'),
      at: sql.placeholder('at'),
    })
    .prepare()
  const removeAnswers = db.delete(matchAnswer).where(eq(matchAnswer.matchId, id)).prepare()
  const remove = db.delete(linkMatch).where(eq(linkMatch.id, id)).prepare()

  return {
    find(recipient, id) {
      const row = visibleById.get({ recipient, id, limit: 1 })
      return row && formatMatch(row)
    },
    list: (recipient, status, cursor, limit) =>
      (status === undefined
        ? page.all({ recipient, cursor, limit })
        : pageOfStatus.all({ recipient, status, cursor, limit })
      ).map(formatMatch),
    listOfPerson: (domain, personId) => byPerson.all({ domain, personId, limit: -1 }).map(formatMatch),
    findStatus: (id) => statusById.get({ id })?.status,
    store(match, recipient) {
      insert({ ...match, recipient, answeredBy: null, answeredAt: null })
    },
    answer(matchId, { status, joins, by, at }) {
      // A raw boolean binds as text in a Durable Object.
      setAnswer.run({ id: matchId, status, joins: joins ? 1 : 0, by, at })
      insertAnswer.run({ matchId, status, joins, by, at })
    },
    removeOf(mentionId) {
      const rows = byMention.all({ id: mentionId })
      for (const { id } of rows) {
        removeAnswers.run({ id })
        remove.run({ id })
      }
      return rows.map(({ laterPerson }) => laterPerson)
    },
  }
}

type MatchRow = typeof linkMatch.$inferSelect & { readonly earlierPerson: string; readonly presentLaterPerson: string }

const formatMatch = ({
  earlierPerson,
  presentLaterPerson,
  answeredBy,
  answeredAt,
  ...columns
}: MatchRow): StoredMatch => ({
  ...columns,
  persons: [earlierPerson, presentLaterPerson],
  ...(answeredBy !== null && { answeredBy }),
  ...(answeredAt !== null && { answeredAt }),
})
