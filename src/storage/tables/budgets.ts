import { and, eq, lt, sql } from 'drizzle-orm'
import type { Store } from '../../ports/store.ts'
import { budget } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/** One budgeted action of a party. `window` is in POSIX seconds. */
export interface Spending {
  readonly budget: string
  readonly party: string
  readonly window: number
  readonly limit: number
}

type Spent = Awaited<ReturnType<Store['spend']>>

/**
 * Spends from budgets in one transaction, in order. Past windows are removed first, so the table has at most one row per
 * budget and party; when the clock goes back, spending continues in the newest window, or there would be a second budget.
 */
export function createBudgets(db: SqliteDatabase): (spendings: readonly Spending[]) => readonly Spent[] {
  const name = sql.placeholder('budget')
  const window = sql.placeholder('window')
  const removePassed = db
    .delete(budget)
    .where(and(eq(budget.budget, name), lt(budget.window, window)))
    .prepare()
  const current = db
    .select({ window: budget.window, used: budget.used, isRefused: budget.isRefused })
    .from(budget)
    .where(and(eq(budget.budget, name), eq(budget.party, sql.placeholder('party'))))
    .prepare()
  const store = db
    .insert(budget)
    .values({
      budget: name,
      party: sql.placeholder('party'),
      window,
      used: sql.placeholder('used'),
      isRefused: sql.placeholder('isRefused'),
    })
    .onConflictDoUpdate({
      target: [budget.budget, budget.party],
      set: { used: sql`excluded.used`, isRefused: sql`excluded.is_refused` },
    })
    .prepare()

  const spend = ({ budget, party, window, limit }: Spending): Spent => {
    removePassed.run({ budget, window })
    const { used, isRefused } = current.get({ budget, party }) ?? { used: 0, isRefused: false }
    if (used < limit) {
      store.run({ budget, party, window, used: used + 1, isRefused })
      return { isAllowed: true, isFirstRefusal: false }
    }
    if (!isRefused) store.run({ budget, party, window, used, isRefused: true })
    return { isAllowed: false, isFirstRefusal: !isRefused }
  }

  return (spendings) => db.transaction(() => spendings.map(spend), { behavior: 'immediate' })
}
