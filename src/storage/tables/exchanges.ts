import { and, eq, type SQL, sql } from 'drizzle-orm'
import { parseUtf8 } from '../../encoding/bytes.ts'
import type { AdvisedDecision } from '../../model/advice.ts'
import { advisedDecision } from '../../model/advice-schema.ts'
import type { NewExchange } from '../../ports/commit.ts'
import type { Store } from '../../ports/store.ts'
import type { Receipt, StoredExchange } from '../../ports/stored.ts'
import { entry, exchange, salt } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

/** Exchanges, refused ones included. Every query names the party whose rows it may see. */
export interface Exchanges {
  find(sender: string, id: string): StoredExchange | undefined
  findByIdempotencyKey: (
    ...key: Parameters<Store['findByIdempotencyKey']>
  ) => Awaited<ReturnType<Store['findByIdempotencyKey']>>
  /** Stores an exchange with its salts; the entry of its receipt is stored already. */
  store(exchange: NewExchange, receipt: Receipt): void
}

export const EXCHANGE_COLUMNS = {
  id: exchange.id,
  sender: exchange.sender,
  recipient: exchange.recipient,
  outcome: exchange.outcome,
  at: exchange.at,
  decision: exchange.decision,
  bodyHash: exchange.bodyHash,
  leafIndex: exchange.leafIndex,
  record: entry.record,
  proof: exchange.proof,
}

export function createExchanges(db: SqliteDatabase): Exchanges {
  const sender = sql.placeholder('sender')
  const selectExchange = (condition: SQL | undefined) =>
    db
      .select(EXCHANGE_COLUMNS)
      .from(exchange)
      .innerJoin(entry, eq(entry.leafIndex, exchange.leafIndex))
      .where(condition)
      .prepare()

  const byId = selectExchange(and(eq(exchange.sender, sender), eq(exchange.id, sql.placeholder('id'))))
  // Nearly every key is new, and a miss in one index costs a third of a miss in the join.
  const idByKey = db
    .select({ id: exchange.id })
    .from(exchange)
    .where(and(eq(exchange.sender, sender), eq(exchange.keyHash, sql.placeholder('keyHash'))))
    .prepare()
  const insertExchange = prepareInsert(db, exchange)
  const insertSalt = prepareInsert(db, salt)

  return {
    find(sender, id) {
      const row = byId.get({ sender, id })
      return row && formatExchange(row)
    },
    findByIdempotencyKey(sender, keyHash) {
      const found = idByKey.get({ sender, keyHash })
      const row = found && byId.get({ sender, id: found.id })
      return row && { exchange: formatExchange(row), bodyHash: row.bodyHash }
    },
    store({ id, sender, submittedBy, recipient, outcome, at, decision, idempotency, salts }, { leafIndex, proof }) {
      insertExchange({
        id,
        sender,
        submittedBy: submittedBy ?? null,
        recipient,
        outcome,
        at,
        decision: JSON.stringify(decision),
        ...idempotency,
        leafIndex,
        proof,
      })
      for (const [label, bytes] of Object.entries(salts)) insertSalt({ exchangeId: id, label, salt: bytes })
    },
  }
}

export interface ExchangeRow extends Omit<StoredExchange, 'decision' | 'receipt'> {
  readonly decision: string
  readonly bodyHash: Uint8Array
  readonly leafIndex: number
  readonly record: Uint8Array
  readonly proof: string
}

export const formatExchange = ({
  bodyHash: _,
  leafIndex,
  record,
  proof,
  decision,
  ...columns
}: ExchangeRow): StoredExchange => ({
  ...columns,
  decision: parseDecision(columns.id, decision),
  receipt: { leafIndex, record: parseUtf8(record), proof },
})

/** Returns the parsed text itself, not the schema's copy: the members keep the order of the first answer. */
function parseDecision(exchangeId: string, text: string): AdvisedDecision {
  const value: unknown = JSON.parse(text)
  if (isDecision(value)) return value
  throw new Error(
    `exchange ${exchangeId}: the stored decision has another form; open the database with the version of Sluis that wrote it`,
  )
}

const isDecision = (value: unknown): value is AdvisedDecision => advisedDecision.safeParse(value).success
