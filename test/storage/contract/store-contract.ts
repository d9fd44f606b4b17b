import { test } from 'vitest'
import { cosignatureContract } from './store-contract-cosignatures.ts'
import { deliveryContract } from './store-contract-deliveries.ts'
import { erasureContract } from './store-contract-erasure.ts'
import { exchangeContract } from './store-contract-exchanges.ts'
import { holdContract } from './store-contract-holds.ts'
import { keyContract } from './store-contract-keys.ts'
import { linkContract } from './store-contract-links.ts'
import { logContract } from './store-contract-log.ts'
import { mailMarkContract } from './store-contract-mail-marks.ts'
import { matchContract } from './store-contract-matches.ts'
import { memoryContract } from './store-contract-memory.ts'
import { policyContract } from './store-contract-policies.ts'
import { sessionContract } from './store-contract-sessions.ts'
import type { InStore, StoreUnderTest } from './store-under-test.ts'

const PARTS = [
  logContract,
  cosignatureContract,
  exchangeContract,
  linkContract,
  matchContract,
  deliveryContract,
  holdContract,
  erasureContract,
  keyContract,
  memoryContract,
  policyContract,
  sessionContract,
  mailMarkContract,
]

/** Everything that `Store` promises, for any store on any runtime. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  const inStore: InStore = (statement, check) =>
    test(statement, async () => {
      const { store, verifierKey, close } = await open()
      try {
        await check(store, verifierKey)
      } finally {
        await close()
      }
    })
  for (const part of PARTS) part(name, inStore)
}
