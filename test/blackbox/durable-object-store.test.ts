import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sluisError } from '../../src/errors.ts'
import type { LogReader, Store } from '../../src/ports/store.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { TEST_LOG_KEY } from '../storage/commits.ts'
import { storeContract } from '../storage/contract/store-contract.ts'
import { type DevServer, findFreePort, startDevServer } from './start-workerd.ts'
import { formatValue, parseValue, type StoreAnswer } from './store-wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluis-store-'))
let server: DevServer

beforeAll(async () => {
  const secrets = join(folder, 'no-secrets')
  writeFileSync(secrets, '')
  server = await startDevServer({
    config: join('test', 'blackbox', 'store-wrangler.toml'),
    folder,
    secrets,
    port: await findFreePort(),
  })
}, 90_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

// The same contract that better-sqlite3 keeps, the fixed root and the fixed signed bytes among it.
storeContract('SQLite of a Durable Object', async () => ({
  store: connectStore(`${server.address}/store/${crypto.randomUUID()}`),
  verifierKey: createCheckpointSigner({ privateKey: TEST_LOG_KEY }).verifierKey,
  close: async () => {},
}))

describe('a Worker without its secrets', () => {
  test('a Worker without its secrets answers every request with 503 and lists what is missing for the operator alone', async () => {
    for (const [method, path] of [
      ['GET', '/readyz'],
      ['GET', '/checkpoint'],
      ['POST', '/oauth/token'],
      ['POST', '/v1/exchanges'],
    ] as const) {
      const response = await fetch(server.address + path, { method, ...(method === 'POST' && { body: '{}' }) })
      const text = await response.text()
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(JSON.parse(text)).toMatchObject({ type: '/problems/not-ready', status: 503 })
      expect(text).not.toMatch(/KEYRING|LOG_KEY|TOKEN_KEY|PARTY_KEYS|ISSUER/)
    }
    for (const name of ['ISSUER', 'KEYRING', 'LOG_KEY', 'TOKEN_KEY', 'PARTY_KEYS']) {
      expect(server.output()).toContain(`setting ${name}: is missing`)
    }
  })
})

/** A store in another process as a store in this one. */
function connectStore(address: string): Store {
  const call = async (method: string, parameters: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(address, { method: 'POST', body: formatValue({ method, parameters }) })
    const answer = parseValue(await response.text()) as StoreAnswer
    if ('code' in answer) throw sluisError(answer.code, { nl: 'zoals in de store', en: 'as in the store' })
    return answer.value
  }
  const forward =
    <Parameters extends readonly unknown[], Result>(method: string) =>
    async (...parameters: Parameters): Promise<Result> =>
      (await call(method, parameters)) as Result
  const log: LogReader = {
    checkpoint: forward('log.checkpoint'),
    cosignedCheckpoint: forward('log.cosignedCheckpoint'),
    hashes: forward('log.hashes'),
    records: forward('log.records'),
  }
  return {
    commit: forward('commit'),
    findCandidates: forward('findCandidates'),
    listMentions: forward('listMentions'),
    listOwnMentions: forward('listOwnMentions'),
    findPerson: forward('findPerson'),
    findMatch: forward('findMatch'),
    listMatches: forward('listMatches'),
    listDomains: forward('listDomains'),
    listPersons: forward('listPersons'),
    findKeyState: forward('findKeyState'),
    spend: forward('spend'),
    findExchange: forward('findExchange'),
    listExchanges: forward('listExchanges'),
    findByIdempotencyKey: forward('findByIdempotencyKey'),
    listDeliveries: forward('listDeliveries'),
    listNewestDeliveries: forward('listNewestDeliveries'),
    findDelivery: forward('findDelivery'),
    findDeliveryOf: forward('findDeliveryOf'),
    rememberJti: forward('rememberJti'),
    findHold: forward('findHold'),
    listHolds: forward('listHolds'),
    listExpiredHolds: forward('listExpiredHolds'),
    listErasable: forward('listErasable'),
    findProposal: forward('findProposal'),
    listProposals: forward('listProposals'),
    findApprovedPolicy: forward('findApprovedPolicy'),
    listScheduledProposals: forward('listScheduledProposals'),
    findActivePolicy: forward('findActivePolicy'),
    findActivePolicyHash: forward('findActivePolicyHash'),
    findPolicyArchive: forward('findPolicyArchive'),
    listPartyStates: forward('listPartyStates'),
    addCosignatures: forward('addCosignatures'),
    probeWrite: forward('probeWrite'),
    sessions: {
      start: forward('sessions.start'),
      find: forward('sessions.find'),
      touch: forward('sessions.touch'),
      end: forward('sessions.end'),
      endAll: forward('sessions.endAll'),
      sweep: forward('sessions.sweep'),
    },
    mailMarks: { find: forward('mailMarks.find'), put: forward('mailMarks.put') },
    log,
  }
}
