import { and, desc, eq, lt, notInArray, sql } from 'drizzle-orm'
import type { Sessions, StoredSession } from '../../ports/sessions.ts'
import { session } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

/** The table of `Sessions`, with synchronous functions; `sqlite-store.ts` wraps them. */
export type SessionTable = {
  readonly [Name in keyof Sessions]: (...args: Parameters<Sessions[Name]>) => Awaited<ReturnType<Sessions[Name]>>
}

/** Reads and writes sessions. */
export function createSessionTable(db: SqliteDatabase): SessionTable {
  const insert = prepareInsert(db, session)
  const isOfId = eq(session.idHash, sql.placeholder('idHash'))
  const isOfPerson = eq(session.person, sql.placeholder('person'))
  const find = db.select().from(session).where(isOfId).prepare()
  const touch = db
    .update(session)
    .set({ lastSeenAt: sql`${sql.placeholder('lastSeenAt')}` })
    .where(isOfId)
    .prepare()
  const end = db.delete(session).where(isOfId).prepare()
  const endAll = db.delete(session).where(isOfPerson).prepare()
  const newest = db
    .select({ idHash: session.idHash })
    .from(session)
    .where(isOfPerson)
    .orderBy(desc(session.startedAt), desc(sql`rowid`))
    .limit(sql.placeholder('atMost'))
  const endOldest = db
    .delete(session)
    .where(and(isOfPerson, notInArray(session.idHash, newest)))
    .prepare()
  const sweepStarted = db
    .delete(session)
    .where(lt(session.startedAt, sql.placeholder('startedBefore')))
    .prepare()
  const sweepSeen = db
    .delete(session)
    .where(lt(session.lastSeenAt, sql.placeholder('seenBefore')))
    .prepare()

  return {
    start: (started: StoredSession, atMost) =>
      db.transaction(
        () => {
          insert({ ...started })
          endOldest.run({ person: started.person, atMost })
        },
        { behavior: 'immediate' },
      ),
    find: (idHash) => find.get({ idHash }),
    touch(idHash, lastSeenAt) {
      touch.run({ idHash, lastSeenAt })
    },
    end(idHash) {
      end.run({ idHash })
    },
    endAll(person) {
      endAll.run({ person })
    },
    sweep: (startedBefore, seenBefore) =>
      db.transaction(
        () => {
          sweepStarted.run({ startedBefore })
          sweepSeen.run({ seenBefore })
        },
        { behavior: 'immediate' },
      ),
  }
}
