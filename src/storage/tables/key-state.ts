import { asc, eq, sql } from 'drizzle-orm'
import type { Commit } from '../../ports/commit.ts'
import { KEY_USES } from '../../ports/keys.ts'
import type { Store } from '../../ports/store.ts'
import type { Links } from './links.ts'
import { keyState } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

/** Check values of the keys that the database was written with, and the uses of each epoch. */
export interface KeyStates {
  list(): Awaited<ReturnType<Store['findKeyState']>>
  /** Applies a change of the keys; false, and nothing done, for an unknown epoch or domain. */
  change(keys: NonNullable<Commit['keys']>): boolean
}

export function createKeyStates(db: SqliteDatabase, { persons, dropTokensOf: dropTokens }: Links): KeyStates {
  const epoch = sql.placeholder('epoch')
  const all = db.select().from(keyState).orderBy(asc(keyState.epoch)).prepare()
  const insert = prepareInsert(db, keyState, 'ignore')
  const setUses = db
    .update(keyState)
    .set({ uses: sql`${sql.placeholder('uses')}` })
    .where(eq(keyState.epoch, epoch))
    .prepare()

  return {
    list: () =>
      all.all().map(({ uses, ...columns }) => {
        const words = uses.split(' ')
        return { ...columns, uses: KEY_USES.filter((use) => words.includes(use)) }
      }),
    change({ checks = [], uses = [], pseudonymEpoch, dropTokensOf }) {
      const known = new Set([...all.all(), ...checks].map(({ epoch }) => epoch))
      if (!uses.every(({ epoch }) => known.has(epoch))) return false
      if (pseudonymEpoch && !persons.findDomain(pseudonymEpoch.domain)) return false
      for (const { epoch, check } of checks) insert({ epoch, check, uses: '' })
      for (const { epoch, uses: served } of uses) setUses.run({ epoch, uses: served.join(' ') })
      if (pseudonymEpoch) persons.renew(pseudonymEpoch.domain, pseudonymEpoch.epoch)
      if (dropTokensOf !== undefined) dropTokens(dropTokensOf)
      return true
    },
  }
}
