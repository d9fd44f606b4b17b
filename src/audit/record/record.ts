import type { AccessRecord } from './access.ts'
import type { DeliveryRecord } from './delivery.ts'
import type { EpochRecord } from './epoch.ts'
import type { ErasureRecord } from './erasure.ts'
import type { CheckRecord, ExchangeRecord } from './exchange.ts'
import type { FeedbackRecord, RecallRecord } from './follow-up.ts'
import type { HeartbeatRecord } from './heartbeat.ts'
import type { ApprovalRecord, DiscardRecord } from './hold.ts'
import type { KeyRecord } from './key.ts'
import type { MatchRecord } from './match.ts'
import type { PartyRecord } from './party.ts'
import type { PolicyRecord } from './policy.ts'

/** Every record of the log. */
export type AuditRecord =
  | ExchangeRecord
  | CheckRecord
  | ApprovalRecord
  | DiscardRecord
  | DeliveryRecord
  | FeedbackRecord
  | RecallRecord
  | ErasureRecord
  | AccessRecord
  | MatchRecord
  | PolicyRecord
  | KeyRecord
  | PartyRecord
  | HeartbeatRecord
  | EpochRecord

/** Every type of record, in the order in which the life of an exchange meets them, then those of the gateway itself. */
export const RECORD_TYPES = [
  'exchange',
  'check',
  'approved',
  'refused',
  'expired',
  'delivered',
  'acknowledged',
  'feedback',
  'recalled',
  'erased',
  'match',
  'access',
  'policy',
  'key',
  'party',
  'heartbeat',
  'epoch',
] as const satisfies readonly AuditRecord['type'][]
export type RecordType = AuditRecord['type']
