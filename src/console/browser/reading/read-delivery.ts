import { parseOpened, type ShownDelivery } from '../../../delivery/content-form.ts'
import type { HeldKey } from '../../../delivery/open.ts'
import { openDelivery, type PulledDelivery } from '../../../delivery/pulled.ts'
import { SluisError } from '../../../errors.ts'

/** What opens deliveries, in memory of this page only. */
export interface Keys {
  readonly keys: readonly HeldKey[]
  readonly logKeys: readonly string[]
}

/** A delivery that was verified and opened. */
export interface ReadDelivery {
  readonly delivery: PulledDelivery
  readonly shown: ShownDelivery
}

/** Why a delivery stays closed. */
export type ClosedWhy = 'proof-fails' | 'other-key' | 'changed' | 'unknown-form' | 'old-browser'

export type Reading =
  | ({ readonly ok: true } & ReadDelivery)
  | { readonly ok: false; readonly why: ClosedWhy; readonly detail: string }

/**
 * Verifies a delivery against the log keys and only then opens it.
 * @param recipient the party that reads
 */
export async function readDelivery(delivery: PulledDelivery, recipient: string, chosen: Keys): Promise<Reading> {
  try {
    const opened = await openDelivery(delivery, recipient, chosen.logKeys, chosen.keys)
    if (!opened.ok) return { ok: false, why: 'proof-fails', detail: opened.reason }
    const shown = parseOpened(opened)
    return shown ? { ok: true, delivery, shown } : { ok: false, why: 'unknown-form', detail: '' }
  } catch (error) {
    return { ok: false, why: whyOf(error), detail: error instanceof SluisError ? error.message : '' }
  }
}

function whyOf(error: unknown): ClosedWhy {
  // Ed25519 came to Web Crypto in 2023-2025.
  if (error instanceof DOMException && error.name === 'NotSupportedError') return 'old-browser'
  return error instanceof SluisError && error.code === 'recipient-without-key' ? 'other-key' : 'changed'
}
