import type { PlacedRecord } from '../../src/audit/export/read-log.ts'
import { formatCheckRecord, formatExchangeRecord } from '../../src/audit/record/exchange.ts'
import { formatPolicyRecord } from '../../src/audit/record/policy.ts'
import type { Question } from '../../src/model/decision.ts'
import { decide } from '../../src/policy/decide.ts'
import type { PolicySet } from '../../src/policy/policy-set.ts'

/** Records as a gateway writes them, made by hand. All parties are words; nobody is in them. */

export const NONCE = Uint8Array.from({ length: 16 }, (_, index) => index)

/** The record that puts a set in force. */
export const putInForce = (set: PolicySet, at: string): string =>
  formatPolicyRecord({ type: 'policy', at, policyHash: set.policyHash, sourceHash: set.sourceHash, nonce: NONCE })

export const logExchange = (set: PolicySet, question: Question, id = 'uitwisseling'): string =>
  formatExchangeRecord({
    type: 'exchange',
    question,
    decision: decide(set, question),
    id,
    kind: 'melding',
    nonce: NONCE,
  })

export const logCheck = (set: PolicySet, question: Question): string =>
  formatCheckRecord({ type: 'check', question, decision: decide(set, question), nonce: NONCE })

/** Records in the order of the log, from `start`. */
export async function* inOrder(records: readonly string[], start = 0): AsyncGenerator<PlacedRecord> {
  for (const [position, record] of records.entries()) yield { leafIndex: start + position, record }
}
