import { formatHex } from '../encoding.ts'
import { sluisError } from '../errors.ts'
import type { CheckpointSigner, Commit, CommitResult, NewExchange, Store } from '../ports.ts'
import { createBatchQueue } from './batch-queue.ts'
import { createExchanges } from './exchanges.ts'
import { createHolds } from './holds.ts'
import { createLogReader } from './log-reader.ts'
import { createLogWriter } from './log-writer.ts'
import { createPersonLinks } from './person-links.ts'
import { createPolicyArchives } from './policy-archives.ts'
import { createProposals } from './proposals.ts'
import type { SqliteDatabase } from './statements.ts'
import { createJtiMemory, type Jti } from './used-jtis.ts'

// Commits are batched by their own queue; token ids arrive one a request and would each pay for a durable transaction.
const MAX_JTIS = 128

/**
 * A store on one SQLite database, whose tables exist. The same code serves Node and a Durable Object: both drivers are
 * synchronous, so that a whole batch happens inside one transaction callback.
 *
 * Keeps nothing in memory that the database also knows: after any failure the next commit starts from what is stored.
 */
export function createSqliteStore(db: SqliteDatabase, { signer }: { signer: CheckpointSigner }): Store {
  const exchanges = createExchanges(db)
  const persons = createPersonLinks(db)
  const holds = createHolds(db, exchanges.find)
  const policies = createPolicyArchives(db)
  const proposals = createProposals(db)
  const logWriter = createLogWriter(db, signer)
  const rememberJtis = createJtiMemory(db)

  /** Why an exchange cannot be stored, if it cannot; `keysInBatch` are the idempotency keys of this batch so far. */
  const refuse = (exchange: NewExchange, keysInBatch: Set<string>): CommitResult | undefined => {
    const { sender, idempotency } = exchange
    if (keysInBatch.has(idempotencyKey(exchange)) || exchanges.findByIdempotencyKey(sender, idempotency.keyHash)) {
      return { status: 'already-stored' }
    }
    return exchange.persons.every(persons.isCurrent) ? undefined : { status: 'link-changed' }
  }

  /** Takes the steps of a commit that start from what is stored; false, and nothing done, when it has moved on. */
  const takeSteps = ({ approve, discard, erase, proposal }: Commit): boolean =>
    (!approve || holds.approve(approve)) &&
    (!discard || holds.discard(discard)) &&
    (!erase || holds.erase(erase)) &&
    (!proposal || proposals.take(proposal))

  const commitBatch = (commits: readonly Commit[]): readonly CommitResult[] => {
    const keysInBatch = new Set<string>()
    // All checks of a commit come before its first write, so that one which is refused leaves nothing to undo. Persons and
    // steps are written at once: the next commit of the batch must see them. A commit takes one step at most.
    const refusals = commits.map((commit): CommitResult | undefined => {
      const { exchange } = commit
      if (!exchange) return takeSteps(commit) ? undefined : { status: 'stale' }
      const refusal = refuse(exchange, keysInBatch)
      if (refusal) return refusal
      keysInBatch.add(idempotencyKey(exchange))
      for (const link of exchange.persons) persons.store(link)
      return undefined
    })
    const receipts = logWriter.append(commits.filter((_, position) => !refusals[position]).map(({ record }) => record))
    let appended = 0
    return commits.map((commit, position) => {
      const refusal = refusals[position]
      if (refusal) return refusal
      const receipt = receipts[appended++]!
      if (commit.exchange) exchanges.store(commit.exchange, receipt)
      if (commit.acknowledge) exchanges.acknowledge(commit.acknowledge)
      if (commit.policyArchive) policies.store(commit.policyArchive, receipt.leafIndex)
      return { status: 'committed', receipt }
    })
  }

  const rememberJti = createBatchQueue<Jti, boolean>(async (jtis) => orUnavailable(() => rememberJtis(jtis)), MAX_JTIS)

  return {
    commit: async (commits) =>
      // Taking the write lock at the start means that nobody writes between the checks and what follows from them.
      orUnavailable(() => db.transaction(() => commitBatch(commits), { behavior: 'immediate' })),
    findPerson: async (domain, tokens) => persons.find(domain, tokens),
    findExchange: async (sender, id) => exchanges.find(sender, id),
    findByIdempotencyKey: async (sender, keyHash) => exchanges.findByIdempotencyKey(sender, keyHash),
    listDeliveries: async (recipient, cursor, limit) => exchanges.listDeliveries(recipient, cursor, limit),
    findDelivery: async (recipient, id) => exchanges.findDelivery(recipient, id),
    findHold: async (sender, exchangeId) => holds.find(sender, exchangeId),
    listHolds: async (sender, limit) => holds.list(sender, limit),
    listExpiredHolds: async (now, limit) => holds.listExpired(now, limit),
    listErasable: async (now, limit) => holds.listErasable(now, limit),
    findProposal: async (sourceHash) => proposals.find(sourceHash),
    listProposals: async (limit) => proposals.list(limit),
    findApprovedPolicy: async () => proposals.findActivatedLast(),
    listScheduledProposals: async () => proposals.listScheduled(),
    rememberJti: (issuer, jti, expiresAt, now) => rememberJti({ issuer, jti, expiresAt, now }),
    findActivePolicyHash: async () => policies.findActiveHash(),
    findActivePolicy: async () => policies.findActive(),
    log: createLogReader(db),
  }
}

const idempotencyKey = ({ sender, idempotency }: NewExchange): string => `${formatHex(idempotency.keyHash)} ${sender}`

/** Whatever is wrong (no room, a failing disk, a lock), the transaction is rolled back and the caller may try again. */
function orUnavailable<Result>(transact: () => Result): Result {
  try {
    return transact()
  } catch (cause) {
    throw sluisError(
      'log-unavailable',
      {
        nl: 'het logboek kan nu niet worden geschreven, er is niets opgeslagen; probeer het later opnieuw',
        en: 'the log cannot be written now, nothing was stored; try again later',
      },
      { cause },
    )
  }
}
