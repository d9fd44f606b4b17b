import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatTilePath, type Tile } from '../../src/audit/tree/tiles.ts'
import type { TiledLog } from '../../src/audit/verify/verify-tiled-log.ts'
import { createClient } from '../../src/auth/client.ts'
import { formatPublicJwk, generateSigningKey } from '../../src/auth/keys.ts'
import { compose } from '../../src/boot/compose.ts'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import type { Store } from '../../src/ports/store.ts'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { loadPolicies } from '../exchange/context.ts'
import { testKeyring } from '../pseudonym/fixtures.ts'
import { TEST_LOG_KEY } from '../storage/commits.ts'

const ISSUER = 'http://sluis.example'

/** The whole application on a database of its own, without a network and with an empty log. */
export interface LogApp {
  readonly verifierKey: string
  /** Appends records, which need not mean anything to a log, and signs one checkpoint. */
  append(records: readonly string[]): Promise<void>
  /** What anybody gets at a path. */
  get(path: string, init?: RequestInit): Promise<Response>
  /** What an auditor gets at a path. */
  getAsAuditor(path: string): Promise<Response>
  /** The log as an auditor fetches it over HTTP. */
  readonly log: TiledLog
  close(): void
}

export async function openLogApp(): Promise<LogApp> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-log-'))
  const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path: join(folder, 'sluis.sqlite'), signer })
  // Whoever fetches records adds one to the log (audit.test.ts). Sizes that are looked at here stay as they were appended.
  const unchanged: Store = {
    ...store,
    commit: async (commits) =>
      commits.map(({ record }) => ({ status: 'committed', receipt: { leafIndex: 0, record, proof: '' } })),
  }
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const clock = () => new Date()
  const [auditor, tokens] = await Promise.all([generateSigningKey(), generateSigningKey()])
  const { app } = await compose({
    issuer: ISSUER,
    policySet: loadPolicies(),
    store: unchanged,
    keyring: testKeyring([1]),
    partyKeys: createPartyKeys(new Map([['toezichthouder', [formatPublicJwk(auditor.privateJwk)]]])),
    tokenKey: tokens.privateJwk,
    clock,
    monotonic: () => performance.now(),
    checkSeconds: 60,
    random,
    verifierKey: signer.verifierKey,
    reportFault: (error) => {
      throw error
    },
    answerIntervalMs: 0,
    fetch: () => Promise.reject(new Error('nobody is asked')),
    reportProvider: () => {},
    reportStale: () => undefined,
  })
  const client = await createClient({
    issuer: ISSUER,
    party: 'toezichthouder',
    signingKey: auditor.privateJwk,
    fetch: app.fetch,
    now: clock,
    random,
  })
  const get = (path: string, init?: RequestInit) => app.fetch(new Request(ISSUER + path, init))
  const getAsAuditor = (path: string) => client.request('GET', path)
  return {
    verifierKey: signer.verifierKey,
    async append(records) {
      const results = await store.commit(records.map((record) => ({ record })))
      if (results.some(({ status }) => status !== 'committed')) throw new Error('a record was not stored')
    },
    get,
    getAsAuditor,
    log: {
      fetchCheckpoint: async () => readBytes(await get('/checkpoint')),
      fetchTile: async (tile) => readBytes(await get(addressOf(tile))),
      fetchEntries: async (tile) => readBytes(await getAsAuditor(addressOf(tile))),
      verifierKey: signer.verifierKey,
    },
    close() {
      close()
      rmSync(folder, { recursive: true })
    },
  }
}

const addressOf = (tile: Tile): string => `/tile/${formatTilePath(tile)}`

/** The body of an answer; undefined when there is nothing at the address. */
export async function readBytes(response: Response): Promise<Uint8Array | undefined> {
  if (response.status === 404) return undefined
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
