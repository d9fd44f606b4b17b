import { formatUtf8 } from '../../src/encoding.ts'
import type { Commit, CommitResult, NewExchange, PersonLink, Receipt, Store } from '../../src/ports.ts'

/** What the tests of every store commit. All parties, persons and keys are fictional. */

export const TEST_ORIGIN = 'sluis.example/log'
/** Seed 00 01 … 1f; a key for tests only. */
export const TEST_LOG_KEY = `PRIVATE+KEY+${TEST_ORIGIN}+ff5a131d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f`

export const AT = '2026-11-22T10:00:00.000Z'

export const record = (name: string): string => `{"name":"${name}"}`

export const token = (name: string): Uint8Array => formatUtf8(`token ${name}`.padEnd(32, '.'))

export const person = (personId: string, tokens: readonly string[], domain = 'registratie'): PersonLink => ({
  domain,
  personId,
  isLinkable: tokens.length > 0,
  tokens: tokens.map(token),
})

/** A commit of one exchange; everything in it is named after `id`. */
export function exchangeCommit(id: string, overrides: Partial<NewExchange> = {}): Commit & { exchange: NewExchange } {
  return {
    record: record(id),
    exchange: {
      id,
      sender: 'politie',
      recipient: 'comensha',
      outcome: 'verstrekt',
      at: AT,
      decision: `{"outcome":"verstrekt","exchange":"${id}"}`,
      idempotency: { keyHash: token(`key of ${id}`), bodyHash: token(`body of ${id}`) },
      salts: { payload: token(`salt of ${id}`), 'data-subject/0': token(`other salt of ${id}`) },
      persons: [],
      ...overrides,
    },
  }
}

/** The same with something for the recipient. */
export const deliveryCommit = (id: string, overrides: Partial<NewExchange> = {}): Commit =>
  exchangeCommit(id, { delivery: { id: `delivery-${id}`, sealed: `sealed ${id}` }, ...overrides })

export async function commitOne(store: Pick<Store, 'commit'>, commit: Commit): Promise<CommitResult> {
  const [result] = await store.commit([commit])
  return result!
}

export const statuses = (results: readonly CommitResult[]): string[] => results.map(({ status }) => status)

export function receiptOf(result: CommitResult | undefined): Receipt {
  if (result?.status !== 'committed') throw new Error(`expected a receipt, got ${result?.status}`)
  return result.receipt
}
