import { z } from 'zod'
import type { AuditRecord } from './record.ts'
import { access, epochRecord, heartbeat, key, partyRecord, policy } from './schema-gateway.ts'
import {
  approved,
  check,
  delivered,
  discarded,
  erased,
  exchange,
  feedback,
  match,
  recalled,
} from './schema-lifecycle.ts'

/** Every record of the log, version 1. */
export const recordSchema = z.discriminatedUnion('type', [
  exchange,
  check,
  delivered,
  approved,
  discarded,
  erased,
  feedback,
  recalled,
  access,
  match,
  key,
  policy,
  partyRecord,
  heartbeat,
  epochRecord,
]) satisfies z.ZodType<AuditRecord>
