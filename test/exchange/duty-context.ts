import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { AuditRecord } from '../../src/audit/record/record.ts'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { createSealer } from '../../src/delivery/seal.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { Gateway } from '../../src/exchange/gateway.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import { createSchemas } from '../../src/exchange/rule-sets/rules-in-force.ts'
import { createSubmitter } from '../../src/exchange/submit.ts'
import { formatFault } from '../../src/policy/files/fault.ts'
import { loadPolicySet, type PolicySet, type PolicyText } from '../../src/policy/files/load.ts'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { createGroupCommit } from '../../src/storage/group-commit.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { testKeyring } from '../pseudonym/fixtures.ts'
import { TEST_LOG_KEY } from '../storage/commits.ts'
import { dutySet } from './duty-set.ts'

export const START = new Date('2026-11-22T10:00:00.000Z')

export interface DutyContext {
  readonly gateway: Gateway
  /** Sets the clock to so many hours after the start. */
  wait(hours: number): void
  submit(report: Json, submittedBy?: string): Promise<ExchangeAnswer>
  /** Every record of the log, oldest first. */
  records(): Promise<readonly AuditRecord[]>
  /** What the database still holds of sealed content and salts. */
  countContent(): { sealed: number; salts: number }
}

export function load(texts: readonly PolicyText[]): PolicySet {
  const loaded = loadPolicySet(texts)
  if (!loaded.ok) throw new Error(loaded.faults.map((fault) => formatFault(fault)).join('\n'))
  return loaded.set
}

/** A gateway under the made-up law, on a database of its own, with a clock that stands still until it is set. */
export async function dutyContext(): Promise<DutyContext> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-duty-'))
  const path = join(folder, 'sluis.sqlite')
  const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path, signer })
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true })
  })
  const partyKeys = createPartyKeys(new Map([['comensha', [(await generateEncryptionKey()).publicJwk]]]))
  const policySet = load(dutySet())
  let now = START
  const gateway: Gateway = {
    policySet,
    schemas: createSchemas(policySet),
    store,
    queue: createGroupCommit(store),
    keyring: testKeyring([1]),
    partyKeys,
    sealer: createSealer(partyKeys, () => now),
    clock: () => now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    verifierKey: signer.verifierKey,
  }
  const submitter = createSubmitter(gateway)
  return {
    gateway,
    wait(hours) {
      now = new Date(START.getTime() + hours * 3_600_000)
    },
    submit: (report, submittedBy) =>
      submitter.submit('politie', gateway.schemas.parseSubmission(report), report, crypto.randomUUID(), {
        ...(submittedBy !== undefined && { submittedBy }),
      }),
    async records() {
      const { treeSize } = (await store.log.checkpoint())!
      return (await store.log.records(0, treeSize)).map((bytes) => parseRecord(parseUtf8(bytes)))
    },
    countContent() {
      const reader = new Database(path, { readonly: true })
      try {
        const count = (query: string) => (reader.prepare(query).get() as { n: number }).n
        return {
          sealed: count("select count(*) as n from delivery where sealed <> ''"),
          salts: count('select count(*) as n from salt'),
        }
      } finally {
        reader.close()
      }
    },
  }
}
