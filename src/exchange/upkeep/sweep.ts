import { formatErasureRecord } from '../../audit/record/erasure.ts'
import { formatDiscardRecord } from '../../audit/record/hold.ts'
import type { Duty } from '../../model/rule.ts'
import { DEFAULT_APPROVAL_HOURS } from '../approvals.ts'
import type { Gateway } from '../gateway.ts'

/** How many were destroyed. */
export interface Sweep {
  readonly expired: number
  readonly erased: number
}

const PAGE = 100
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/**
 * When the sealed content of an exchange must be gone, by its duties: the shortest `bewaartermijn` of the recipient or the
 * gateway, counted from the exchange in whole days of 24 hours. What the sender must do with its own files is not ours.
 */
export function eraseMoment(duties: readonly Duty[], at: Date): Date | undefined {
  const terms = duties.flatMap((duty) =>
    duty.kind === 'bewaartermijn' && duty.for !== 'afzender' && duty.retentionDays !== undefined
      ? [duty.retentionDays]
      : [],
  )
  return terms.length === 0 ? undefined : new Date(at.getTime() + Math.min(...terms) * DAY_MS)
}

/** How many approvals a decision asks for beside the submission itself: four eyes are the submitter's two and two more. */
export function approvalsNeeded(duties: readonly Duty[]): number {
  const people = duties.flatMap((duty) => (duty.kind === 'vier-ogen' ? [duty.people ?? 2] : []))
  return Math.max(2, ...people) - 1
}

/** When a held exchange expires: after the hours that the gateway allows, and never later than its content must be gone. */
export function expiryMoment(at: Date, eraseAt: Date | undefined, approvalHours = DEFAULT_APPROVAL_HOURS): Date {
  const expiry = new Date(at.getTime() + approvalHours * HOUR_MS)
  return eraseAt !== undefined && eraseAt < expiry ? eraseAt : expiry
}

/**
 * Destroys what has had its time: held exchanges that nobody approved and deliveries whose retention is over, each in one
 * commit with its record. Dies halfway: what was done is done, and the next sweep does the rest. Run it at start and from
 * time to time; two at once do no harm.
 * @throws SluisError `log-unavailable`
 */
export async function sweep(gateway: Gateway): Promise<Sweep> {
  const at = gateway.clock().toISOString()
  const expired = await sweepPages(
    () => gateway.store.listExpiredHolds(at, PAGE),
    ({ exchangeId }) =>
      gateway.queue.commit({
        record: formatDiscardRecord({ type: 'expired', at, exchangeId, nonce: gateway.random(16) }),
        discard: { exchangeId, status: 'expired', at },
      }),
  )
  const erased = await sweepPages(
    () => gateway.store.listErasable(at, PAGE),
    ({ deliveryId, exchangeId, recipient }) =>
      gateway.queue.commit({
        record: formatErasureRecord({
          type: 'erased',
          at,
          exchangeId,
          deliveryId,
          recipient,
          ground: 'bewaartermijn',
          nonce: gateway.random(16),
        }),
        erase: { deliveryId, at },
      }),
  )
  return { expired, erased }
}

/** Page after page until one is empty or nothing of it could be done. */
async function sweepPages<Due>(
  list: () => Promise<readonly Due[]>,
  commit: (due: Due) => Promise<{ status: string }>,
): Promise<number> {
  let done = 0
  for (;;) {
    const results = await Promise.all((await list()).map(commit))
    const committed = results.filter(({ status }) => status === 'committed').length
    done += committed
    if (committed === 0) return done
  }
}
