import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { openSealed } from '../../src/delivery/open.ts'
import { createSealer } from '../../src/delivery/seal.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { Content, Link } from '../../src/exchange/content.ts'
import type { Gateway } from '../../src/exchange/gateway.ts'
import type { Notice } from '../../src/exchange/notices.ts'
import { type ExchangeAnswer, runPipeline } from '../../src/exchange/pipeline.ts'
import { loadPolicySet } from '../../src/policy/files/load.ts'
import type { PolicySet } from '../../src/policy/policy-set.ts'
import type { StoredDelivery } from '../../src/ports/stored.ts'
import { createReportSchemas } from '../../src/report/submission.ts'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { createGroupCommit } from '../../src/storage/group-commit.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { testKeyring } from '../pseudonym/fixtures.ts'

/** Seed 00 01 … 1f; a key for tests only. */
const TEST_LOG_KEY = 'PRIVATE+KEY+sluis.example/log+ff5a131d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'

export interface TestContext {
  readonly gateway: Gateway
  readonly folder: string
  /** Of the log. */
  readonly verifierKey: string
  /** Runs one report through the pipeline under a key of its own. */
  exchange(sender: string, report: Json): Promise<ExchangeAnswer>
  /** What parties sent CoMensha, opened, oldest first. */
  openInbox(): Promise<Content[]>
  /** What these showed of persons that CoMensha knew before, oldest first. */
  openLinks(): Promise<Link[]>
  /** What the gateway itself told CoMensha, opened, oldest first. */
  openNotices(): Promise<Notice[]>
}

/** The rule files as they are shipped. */
export function loadPolicies(): PolicySet {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the rule files have faults')
  return loaded.set
}

/** A gateway on a database of its own, without HTTP. Any port can be another; the rest of the gateway is handed along. */
export async function testContext(override: (gateway: Gateway) => Partial<Gateway> = () => ({})): Promise<TestContext> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-exchange-'))
  const policySet = loadPolicies()
  const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path: join(folder, 'sluis.sqlite'), signer })
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true })
  })
  const { privateJwk, publicJwk } = await generateEncryptionKey()
  const clock = () => new Date('2026-11-22T10:00:00.000Z')
  const partyKeys = createPartyKeys(new Map([['comensha', [publicJwk]]]))
  const opened: Gateway = {
    policySet,
    schemas: createReportSchemas({
      vocabulary: policySet.vocabulary,
      parties: [...policySet.parties.keys()],
      legalBases: [...policySet.rulesByFile.keys()],
    }),
    store,
    queue: createGroupCommit(store),
    keyring: testKeyring([1]),
    partyKeys,
    sealer: createSealer(partyKeys, clock),
    clock,
    random,
    verifierKey: signer.verifierKey,
  }
  const gateway = { ...opened, ...override(opened) }
  const openKind = async (kind: StoredDelivery['kind']): Promise<unknown[]> => {
    const rows = await store.listDeliveries('comensha', 0, 1000)
    return Promise.all(
      rows
        .filter(({ delivery }) => delivery.kind === kind)
        .map(async ({ delivery }) => JSON.parse(parseUtf8(await openSealed(delivery.sealed, [privateJwk])))),
    )
  }
  return {
    gateway,
    folder,
    verifierKey: signer.verifierKey,
    async exchange(sender, report) {
      const answer = await runPipeline(gateway, {
        sender,
        submission: gateway.schemas.parseSubmission(report),
        idempotency: { keyHash: random(32), bodyHash: random(32) },
      })
      if (!answer) throw new Error('a fresh idempotency key was stored before')
      return answer
    },
    openInbox: async () => (await openKind('exchange')) as Content[],
    openLinks: async () => ((await openKind('exchange')) as Content[]).flatMap(({ links }) => links),
    openNotices: async () => (await openKind('notice')) as Notice[],
  }
}

function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
