import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Commit } from '../../ports/commit.ts'
import type { StoredProposal } from '../../ports/stored.ts'
import { policyProposal } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

type Step = NonNullable<Commit['proposal']>
type Row = typeof policyProposal.$inferSelect

/** Proposed rule sets and their states. */
export interface Proposals {
  find(sourceHash: string): StoredProposal | undefined
  list(limit: number): readonly StoredProposal[]
  findActivatedLast(): StoredProposal | undefined
  listScheduled(): readonly StoredProposal[]
  /** Takes one step; false, and nothing done, when the proposal is not in the state that the step requires. */
  take(step: Step): boolean
}

export function createProposals(db: SqliteDatabase): Proposals {
  const id = sql.placeholder('id')
  const by = sql`${sql.placeholder('by')}`
  const at = sql`${sql.placeholder('at')}`
  const newestFirst = desc(policyProposal.id)
  const byId = db.select().from(policyProposal).where(eq(policyProposal.id, id)).prepare()
  const bySource = db
    .select()
    .from(policyProposal)
    .where(eq(policyProposal.sourceHash, sql.placeholder('sourceHash')))
    // At most one is open at a time; it takes precedence.
    .orderBy(sql`${policyProposal.activatedAt} is null and ${policyProposal.withdrawnAt} is null desc`, newestFirst)
    .limit(1)
    .prepare()
  const newest = db.select().from(policyProposal).orderBy(newestFirst).limit(sql.placeholder('limit')).prepare()
  const activatedLast = db
    .select()
    .from(policyProposal)
    .where(isNotNull(policyProposal.activatedAt))
    .orderBy(desc(policyProposal.activatedAt), newestFirst)
    .limit(1)
    .prepare()
  const scheduled = db
    .select()
    .from(policyProposal)
    .where(
      and(isNotNull(policyProposal.approvedAt), isNull(policyProposal.activatedAt), isNull(policyProposal.withdrawnAt)),
    )
    .orderBy(asc(policyProposal.activeFrom), asc(policyProposal.id))
    .prepare()
  const insert = prepareInsert(db, policyProposal)
  const approve = db
    .update(policyProposal)
    .set({ approvedBy: by, approvedAt: at, activeFrom: sql`${sql.placeholder('activeFrom')}` })
    .where(eq(policyProposal.id, id))
    .prepare()
  const withdraw = db
    .update(policyProposal)
    .set({ withdrawnBy: by, withdrawnAt: at })
    .where(eq(policyProposal.id, id))
    .prepare()
  const activate = db.update(policyProposal).set({ activatedAt: at }).where(eq(policyProposal.id, id)).prepare()

  return {
    find(sourceHash) {
      const row = bySource.get({ sourceHash })
      return row && formatProposal(row)
    },
    list: (limit) => newest.all({ limit }).map(formatProposal),
    findActivatedLast() {
      const row = activatedLast.get()
      return row && formatProposal(row)
    },
    listScheduled: () => scheduled.all().map(formatProposal),
    take(step) {
      if (step.step === 'propose') {
        const { step: _, ...columns } = step
        const earlier = bySource.get({ sourceHash: columns.sourceHash })
        if (earlier && isOpen(earlier)) return false
        insert({
          ...columns,
          approvedBy: null,
          approvedAt: null,
          activeFrom: null,
          activatedAt: null,
          withdrawnBy: null,
          withdrawnAt: null,
        })
        return true
      }
      const row = byId.get({ id: step.id })
      if (!row || !isOpen(row)) return false
      if (step.step === 'approve') {
        if (row.approvedAt !== null || row.proposedBy === step.by) return false
        approve.run(step)
      } else if (step.step === 'withdraw') {
        withdraw.run(step)
      } else {
        if (row.approvedAt === null) return false
        activate.run(step)
      }
      return true
    },
  }
}

const isOpen = ({ activatedAt, withdrawnAt }: Row): boolean => activatedAt === null && withdrawnAt === null

const formatProposal = (row: Row): StoredProposal =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as StoredProposal
