import { eq, sql } from 'drizzle-orm'
import type { Commit } from '../../ports/commit.ts'
import { partyState } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/** Contents of the last record of each party. */
export interface PartyStates {
  list(): readonly { party: string; state: string }[]
  change(parties: NonNullable<Commit['parties']>): void
}

export function createPartyStates(db: SqliteDatabase): PartyStates {
  const all = db.select().from(partyState).orderBy(partyState.party).prepare()
  const put = db
    .insert(partyState)
    .values({ party: sql.placeholder('party'), state: sql.placeholder('state') })
    .onConflictDoUpdate({ target: partyState.party, set: { state: sql`excluded.state` } })
    .prepare()
  const remove = db
    .delete(partyState)
    .where(eq(partyState.party, sql.placeholder('party')))
    .prepare()

  return {
    list: () => all.all(),
    change(parties) {
      for (const { party, state } of parties) {
        if (state === undefined) remove.run({ party })
        else put.run({ party, state })
      }
    },
  }
}
