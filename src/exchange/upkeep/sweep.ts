import { formatErasureRecord } from '../../audit/record/erasure.ts'
import { formatDiscardRecord } from '../../audit/record/hold.ts'
import type { Gateway } from '../gateway.ts'

/** How many exchanges and deliveries were destroyed. */
export interface Sweep {
  readonly expired: number
  readonly erased: number
}

const PAGE = 100

/**
 * Destroys the content of held exchanges that expired and of deliveries whose retention period is over, each in one commit with its
 * record. Dies halfway: the next sweep completes the rest. Run it at start and from time to time; concurrent sweeps do no harm.
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

/** Repeats until a page is empty or nothing of it was committed. */
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
