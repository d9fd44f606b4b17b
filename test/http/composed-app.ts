import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { compose } from '../../src/boot/compose.ts'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import type { Store } from '../../src/ports/store.ts'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { load } from '../exchange/duty-context.ts'
import { dutySet } from '../exchange/duty-set.ts'
import { testKeyring } from '../pseudonym/fixtures.ts'
import { TEST_LOG_KEY } from '../storage/commits.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'

const COMPOSED_AT = new Date('2026-11-22T10:00:00.000Z')

interface Changes {
  /** Puts something between the application and its store. */
  wrapStore?(store: Store): Store
  readonly heartbeatMinutes?: number
  /** @param now the moment of the report */
  reportStale?(newestAt: string, now: Date): void
}

/** An application without a server, under a time that the test sets. Nothing was activated and no heartbeat written. */
export async function composeApp({ wrapStore = (store) => store, heartbeatMinutes, reportStale }: Changes = {}) {
  const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path: join(temporaryFolder(), 'sluis.sqlite'), signer })
  onTestFinished(close)
  let passedMs = 0
  const clock = () => new Date(COMPOSED_AT.getTime() + passedMs)
  const composed = await compose({
    issuer: 'https://sluis.example',
    policySet: load(dutySet()),
    store: wrapStore(store),
    keyring: testKeyring([1]),
    partyKeys: createPartyKeys(new Map()),
    tokenKey: (await generateSigningKey()).privateJwk,
    clock,
    monotonic: () => passedMs,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    verifierKey: signer.verifierKey,
    reportFault: () => {},
    ...(heartbeatMinutes !== undefined && { heartbeatMinutes }),
    checkSeconds: 1,
    answerIntervalMs: 0,
    fetch: () => Promise.reject(new Error('nobody is asked')),
    reportProvider: () => {},
    reportStale: (newestAt) => reportStale?.(newestAt, clock()),
  })
  return {
    ...composed,
    fetch: (path: string) =>
      composed.app.fetch(new Request(`https://sluis.example${path}`, { headers: { 'accept-language': 'en' } })),
    /** Lets time go by, without anything happening in it. */
    passMs(milliseconds: number) {
      passedMs += milliseconds
    },
  }
}
