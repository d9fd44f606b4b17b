import { formatUtf8 } from '../../src/encoding/bytes.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { Commit, CommitResult, NewExchange, NewNotice } from '../../src/ports/commit.ts'
import type { Lookup, NewMatch, NewMention } from '../../src/ports/mentions.ts'
import type { Store } from '../../src/ports/store.ts'
import type { Receipt } from '../../src/ports/stored.ts'

/** What the tests of every store commit. All parties, persons and keys are fictional. */

export const TEST_ORIGIN = 'sluis.example/log'
/** Seed 00 01 … 1f; a key for tests only. */
export const TEST_LOG_KEY = `PRIVATE+KEY+${TEST_ORIGIN}+ff5a131d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f`

export const AT = '2026-11-22T10:00:00.000Z'
export const LATER = '2026-11-25T10:00:00.000Z'

/** Nothing stored depends on it, so that the shortest will do. */
export const DECISION: Decision = {
  outcome: 'verstrekt',
  dataSubjects: [],
  duties: [],
  policyHash: 'ab'.repeat(32),
  engineVersion: '2',
  at: AT,
}

export const record = (name: string): string => `{"name":"${name}"}`

export const token = (name: string): Uint8Array => formatUtf8(`token ${name}`.padEnd(32, '.'))

/** A match token; whoever has the same name for it has the same token. */
export const matchToken = (name: string): Uint8Array => formatUtf8(name.padEnd(16, '.'))

/** Own codes of a mention; they are of another length than those of the gateway, and a store does not look into them. */
export const ownCodes = (id: string): Uint8Array => formatUtf8(`own codes of ${id}`)

export const lookup = (tokens: readonly string[], overrides: Partial<Lookup> = {}): Lookup => ({
  domain: 'registratie',
  tokens: tokens.map(matchToken),
  blockLimit: 3,
  ...overrides,
})

/**
 * A mention with these tokens, as one is made: whoever is found first is the person, or else somebody new, called after it.
 */
export async function mention(
  store: Pick<Store, 'findCandidates'>,
  id: string,
  tokens: readonly string[],
  overrides: Partial<NewMention> = {},
): Promise<NewMention> {
  const question = lookup(tokens, { domain: overrides.domain ?? 'registratie' })
  const { candidates, fingerprint } = await store.findCandidates(question)
  return {
    id,
    dataSubject: 0,
    domain: question.domain,
    personId: candidates[0]?.personId ?? `person ${id}`,
    isLinkable: tokens.length > 0,
    epoch: 1,
    pseudonymEpoch: 1,
    tokens: question.tokens.map((token, family) => ({ family, token })),
    ownCodes: ownCodes(id),
    lookup: question,
    fingerprint,
    ...overrides,
  }
}

/** Commits one exchange with one mention; both are called `id`, so are its person if new and its delivery. */
export async function report(
  store: Store,
  id: string,
  tokens: readonly string[],
  overrides: Partial<NewExchange> = {},
  ofMention: Partial<NewMention> = {},
): Promise<CommitResult> {
  return commitOne(store, deliveryCommit(id, { mentions: [await mention(store, id, tokens, ofMention)], ...overrides }))
}

export const match = (
  id: string,
  earlierMention: string,
  laterMention: string,
  overrides: Partial<NewMatch> = {},
): NewMatch => ({
  id,
  domain: 'registratie',
  status: 'possible',
  earlierMention,
  laterMention,
  laterPerson: `person ${laterMention}`,
  joins: false,
  at: AT,
  ...overrides,
})

export const notice = (id: string, overrides: Partial<NewNotice> = {}): NewNotice => ({
  record: record(`notice ${id}`),
  deliveryId: id,
  recipient: 'comensha',
  at: AT,
  sealed: `sealed ${id}`,
  ...overrides,
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
      decision: { ...DECISION, policyHash: `rule set of ${id}` },
      idempotency: { keyHash: token(`key of ${id}`), bodyHash: token(`body of ${id}`) },
      salts: { payload: token(`salt of ${id}`), 'data-subject/0': token(`other salt of ${id}`) },
      mentions: [],
      matches: [],
      moves: [],
      reads: [],
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
