import { formatHex } from '../encoding/bytes.ts'
import { LOG_UNAVAILABLE, SluisError, sluisError } from '../errors.ts'
import type { Commit, CommitResult, NewExchange } from '../ports/commit.ts'
import type { CheckpointSigner } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'
import type { Receipt } from '../ports/stored.ts'
import { createBatchQueue } from './batch-queue.ts'
import { createLockWait, type LockPatience, type WhenUnlocked } from './lock-wait.ts'
import { createCosignatures } from './log/cosignatures.ts'
import { createLogReader } from './log/log-reader.ts'
import { createLogWriter } from './log/log-writer.ts'
import { createBudgets, type Spending } from './tables/budgets.ts'
import { createDeliveries } from './tables/deliveries.ts'
import { createErasure } from './tables/erasure.ts'
import { createExchanges } from './tables/exchanges.ts'
import { createHolds } from './tables/holds.ts'
import { createInboxList } from './tables/inbox-list.ts'
import { createKeyStates } from './tables/key-state.ts'
import { createLinks } from './tables/links.ts'
import { createExchangeList } from './tables/listed-exchanges.ts'
import { createMailMarkTable } from './tables/mail-marks.ts'
import { createPartyStates } from './tables/party-states.ts'
import { createPolicyArchives } from './tables/policy-archives.ts'
import { createProposals } from './tables/proposals.ts'
import { createSessionTable } from './tables/sessions.ts'
import type { SqliteDatabase } from './tables/statements.ts'
import { createJtiMemory, type Jti } from './tables/used-jtis.ts'

// Commits are batched by their own queue; token ids and spendings arrive one per request and would each cost a durable
// transaction.
const MAX_BATCH = 128

/**
 * A store on one SQLite database, whose tables exist. The same code serves Node and a Durable Object: both drivers are
 * synchronous, so that a whole batch happens inside one transaction callback.
 *
 * Keeps nothing in memory that the database also knows: after any failure the next commit starts from what is stored.
 */
export function createSqliteStore(
  db: SqliteDatabase,
  { signer, patience }: { signer: CheckpointSigner; patience?: LockPatience },
): Store {
  // Reads wait for themselves: one that succeeds says nothing about the lock that writes wait for.
  const read = createLockWait(patience)
  const writeWhenUnlocked = createLockWait(patience)
  const write: WhenUnlocked = (work) => orUnavailable(writeWhenUnlocked(work))
  const reading =
    <Args extends readonly unknown[], Result>(find: (...args: Args) => Result) =>
    (...args: Args): Promise<Result> =>
      read(() => find(...args))
  const exchanges = createExchanges(db)
  const deliveries = createDeliveries(db)
  const links = createLinks(db)
  const erasure = createErasure(db, links)
  const holds = createHolds(db, {
    findExchange: exchanges.find,
    release: deliveries.release,
    destroy: erasure.destroy,
  })
  const keyStates = createKeyStates(db, links)
  const policies = createPolicyArchives(db)
  const proposals = createProposals(db)
  const partyStates = createPartyStates(db)
  const addCosignatures = createCosignatures(db)
  const logWriter = createLogWriter(db, signer)
  const rememberJtis = createJtiMemory(db)
  const sessions = createSessionTable(db)
  const mailMarks = createMailMarkTable(db)
  const spendAll = createBudgets(db)

  /** Why an exchange cannot be stored, if it cannot; `keysInBatch` are the idempotency keys of this batch so far. */
  const refuse = (exchange: NewExchange, keysInBatch: Set<string>): CommitResult | undefined => {
    const { sender, idempotency } = exchange
    if (keysInBatch.has(idempotencyKey(exchange)) || exchanges.findByIdempotencyKey(sender, idempotency.keyHash)) {
      return { status: 'already-stored' }
    }
    return links.isCurrent(exchange) ? undefined : { status: 'link-changed' }
  }

  /** Takes the step of a commit that depends on stored state; false, and nothing done, when that state has changed. */
  const takeStep = ({ approve, discard, erase, eraseSubjects, recall, answer, keys, proposal }: Commit): boolean =>
    (!approve || holds.approve(approve)) &&
    (!discard || holds.discard(discard)) &&
    (!erase || erasure.erase(erase)) &&
    (!eraseSubjects || erasure.eraseSubjects(eraseSubjects)) &&
    (!recall || erasure.recall(recall)) &&
    (!answer || links.answer(answer)) &&
    (!keys || keyStates.change(keys)) &&
    (!proposal || proposals.take(proposal))

  const commitBatch = (commits: readonly Commit[]): readonly CommitResult[] => {
    const keysInBatch = new Set<string>()
    // All checks of a commit come before its first write, so a refused commit leaves nothing to undo. Mentions and
    // steps are written at once: the next commit of the batch must see them. A commit takes at most one step.
    const refusals = commits.map((commit): CommitResult | undefined => {
      const { exchange } = commit
      if (!exchange) return takeStep(commit) ? undefined : { status: 'stale' }
      const refusal = refuse(exchange, keysInBatch)
      if (refusal) return refusal
      keysInBatch.add(idempotencyKey(exchange))
      links.store(exchange)
      return undefined
    })
    const stored = commits.filter((_, position) => !refusals[position])
    const receipts = logWriter
      .append(
        stored.flatMap(({ record, furtherRecords = [], notices = [] }) => [
          record,
          ...furtherRecords,
          ...notices.map((notice) => notice.record),
        ]),
      )
      .values()
    const nextReceipt = (): Receipt => receipts.next().value!
    return commits.map((commit, position) => {
      const refusal = refusals[position]
      if (refusal) return refusal
      const {
        exchange,
        furtherRecords = [],
        notices = [],
        handOver,
        reply,
        acknowledge,
        parties,
        policyArchive,
      } = commit
      const receipt = nextReceipt()
      for (const _ of furtherRecords) nextReceipt()
      if (exchange) {
        exchanges.store(exchange, receipt)
        deliveries.store(exchange)
      }
      for (const notice of notices) deliveries.storeNotice(notice, nextReceipt())
      if (handOver) deliveries.handOver(handOver)
      if (reply) deliveries.answer(reply)
      if (acknowledge) deliveries.acknowledge(acknowledge)
      if (parties) partyStates.change(parties)
      if (policyArchive) policies.store(policyArchive, receipt.leafIndex)
      return { status: 'committed', receipt }
    })
  }

  const rememberJti = createBatchQueue<Jti, boolean>((jtis) => write(() => rememberJtis(jtis)), MAX_BATCH)
  const spend = createBatchQueue<Spending, Awaited<ReturnType<Store['spend']>>>(
    (spendings) => write(() => spendAll(spendings)),
    MAX_BATCH,
  )

  return {
    commit(commits) {
      // The write lock is taken at the start, so no other writer comes between the checks and the writes.
      return write(() => {
        const results = db.transaction(() => commitBatch(commits), { behavior: 'immediate' })
        logWriter.confirm()
        return results
      })
    },
    findCandidates: reading(links.findCandidates),
    listMentions: reading(links.mentions.list),
    listOwnMentions: reading(links.mentions.listOwn),
    findPerson: reading(links.persons.find),
    findMatch: reading(links.matches.find),
    listMatches: reading(links.matches.list),
    listDomains: reading(links.persons.listDomains),
    listPersons: reading(links.persons.list),
    findKeyState: reading(keyStates.list),
    spend: (budget, party, window, limit) => spend({ budget, party, window, limit }),
    findExchange: reading(exchanges.find),
    listExchanges: reading(createExchangeList(db)),
    findByIdempotencyKey: reading(exchanges.findByIdempotencyKey),
    listDeliveries: reading(deliveries.list),
    listNewestDeliveries: reading(createInboxList(db)),
    findDelivery: reading(deliveries.find),
    findDeliveryOf: reading(deliveries.findOf),
    findHold: reading(holds.find),
    listHolds: reading(holds.list),
    listExpiredHolds: reading(holds.listExpired),
    listErasable: reading(erasure.listErasable),
    findProposal: reading(proposals.find),
    listProposals: reading(proposals.list),
    findApprovedPolicy: reading(proposals.findActivatedLast),
    listScheduledProposals: reading(proposals.listScheduled),
    rememberJti: (issuer, jti, expiresAt, now) => rememberJti({ issuer, jti, expiresAt, now }),
    findActivePolicyHash: reading(policies.findActiveHash),
    findActivePolicy: reading(policies.findActive),
    findPolicyArchive: reading(policies.find),
    listPartyStates: reading(partyStates.list),
    addCosignatures: (treeSize, lines) =>
      write(() => db.transaction(() => addCosignatures(treeSize, lines), { behavior: 'immediate' })),
    async probeWrite() {
      // A row of its own among the budgets: of no party, so that nobody spends from it.
      await spend({ budget: 'probe', party: '', window: 0, limit: Number.MAX_SAFE_INTEGER })
    },
    sessions: {
      start: (session, atMost) => write(() => sessions.start(session, atMost)),
      find: reading(sessions.find),
      touch: (idHash, lastSeenAt) => write(() => sessions.touch(idHash, lastSeenAt)),
      end: (idHash) => write(() => sessions.end(idHash)),
      endAll: (person) => write(() => sessions.endAll(person)),
      sweep: (startedBefore, seenBefore) => write(() => sessions.sweep(startedBefore, seenBefore)),
    },
    mailMarks: {
      find: reading(mailMarks.find),
      put: (mark) => write(() => mailMarks.put(mark)),
    },
    log: createLogReader(db, read),
  }
}

const idempotencyKey = ({ sender, idempotency }: NewExchange): string => `${formatHex(idempotency.keyHash)} ${sender}`

/** On any failure (a full or failing disk, a lock that lasts) the transaction is rolled back and the caller may try again. */
async function orUnavailable<Result>(transacting: Promise<Result>): Promise<Result> {
  try {
    return await transacting
  } catch (cause) {
    if (cause instanceof SluisError) throw cause
    throw sluisError('log-unavailable', LOG_UNAVAILABLE, { cause })
  }
}
