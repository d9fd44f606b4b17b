import type { Duty } from '../model/rule.ts'

/** The duties that the gateway carries out itself: it destroys content in time, and it waits for approval. */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Hours that a held exchange waits: a working week has a weekend in it, and sealed content should not be kept for longer. */
export const DEFAULT_APPROVAL_HOURS = 72

/**
 * When the sealed content of an exchange must be destroyed, by its duties: the shortest `bewaartermijn` of the recipient or the
 * gateway, counted from the exchange in whole days of 24 hours. What the sender must do with its own files is not ours.
 */
export function eraseMoment(duties: readonly Duty[], at: Date): Date | undefined {
  const days = duties.flatMap((duty) =>
    duty.kind === 'bewaartermijn' && duty.for !== 'afzender' && duty.retentionDays !== undefined
      ? [duty.retentionDays]
      : [],
  )
  return days.length === 0 ? undefined : new Date(at.getTime() + Math.min(...days) * DAY_MS)
}

/** When a held exchange expires: after the hours that the gateway allows, and never later than its content must be destroyed. */
export function expiryMoment(at: Date, eraseAt: Date | undefined, approvalHours = DEFAULT_APPROVAL_HOURS): Date {
  const expiry = new Date(at.getTime() + approvalHours * HOUR_MS)
  return eraseAt !== undefined && eraseAt < expiry ? eraseAt : expiry
}
