import type { Store } from '../../../src/ports/store.ts'

/** An empty store whose log is signed with TEST_LOG_KEY. */
export interface StoreUnderTest {
  readonly store: Store
  /** Verifier key of that log. */
  readonly verifierKey: string
  close(): Promise<void>
}

/** Tests a statement about stores in an empty one. */
export type InStore = (statement: string, check: (store: Store, verifierKey: string) => Promise<void>) => void
