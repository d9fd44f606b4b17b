import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/auth/client.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { openPartyKeyFolder } from '../../src/boot/party-key-folder.ts'
import { findExpiringKeys, findUnusedKeySets, openPartyKeys } from '../../src/boot/party-keys.ts'
import { parseWorkerSettings } from '../../src/boot/worker-settings.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { PrivateJwk } from '../../src/model/party.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { workerEnvironment } from './worker-environment.ts'

const [first, second] = await Promise.all([generateSigningKey(), generateSigningKey()])
const keySet = (...keys: readonly object[]) => JSON.stringify({ keys })

describe('public keys of the parties', () => {
  test('one key of two clients is refused, and both are named', async () => {
    const again = { ...first.publicJwk, kid: 'another' }
    await expect(
      openPartyKeys(
        new Map([
          ['politie.teamleider-1', [first.publicJwk]],
          ['politie.teamleider-2', [second.publicJwk, again]],
        ]),
      ),
    ).rejects.toThrow('keys of politie.teamleider-1 and politie.teamleider-2: the same key under two clients')
    await expect(openPartyKeys(new Map([['fier', [first.publicJwk, again]]]))).rejects.toThrow(
      'keys of fier: one key is there twice',
    )
  })

  test('a secret of a symmetric key is refused as a private key is', async () => {
    const secret = { kty: 'oct', kid: 'a', use: 'sig', k: 'c2VjcmV0' } as const
    await expect(openPartyKeys(new Map([['fier', [secret]]]))).rejects.toThrow(/^keys of fier: a private key among/)
  })

  test('a key for another use than signing and sealing is refused with the name of its file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'fier.jwks.json'), keySet({ ...first.publicJwk, use: 'signature' }))
    await expect(openPartyKeyFolder(folder)).rejects.toThrow(/fier\.jwks\.json: is not a JWK Set/)
  })

  test('the Worker refuses one key of two clients too', async () => {
    const PARTY_KEYS = JSON.stringify({ politie: [first.publicJwk], fier: [first.publicJwk] })
    expect(await parseWorkerSettings({ ...(await workerEnvironment()), PARTY_KEYS })).toEqual({
      ok: false,
      faults: [expect.stringMatching(/^setting PARTY_KEYS: keys of politie and fier: the same key under two clients/)],
    })
  })
})

async function startWatched(): Promise<TestGateway & { keys(client: string): string }> {
  const gateway = await startTestGateway()
  onTestFinished(() => gateway.stop())
  return {
    ...gateway,
    keys: (client) => join(gateway.folder, 'gateway', DATA_FILES.partyKeys, `${client}.jwks.json`),
  }
}

/** A new client each time: one keeps the token that it has. */
async function ask(gateway: TestGateway, party: string, signingKey: PrivateJwk): Promise<number> {
  const client = await createClient({
    issuer: gateway.issuer,
    party,
    signingKey,
    fetch: (request) => fetch(request),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
  return client.request('GET', '/v1/deliveries').then(
    ({ status }) => status,
    () => 401,
  )
}

const readPartyRecords = async ({ gateway }: TestGateway, party: string) => {
  const { log } = gateway.store
  const records = await log.records(0, (await log.checkpoint())?.treeSize ?? 0)
  return records
    .map((bytes) => JSON.parse(parseUtf8(bytes)))
    .filter((record) => record.type === 'party' && record.party === party)
}

describe('keys that change while the gateway runs', () => {
  test('a new key of a party is recorded and counts without a restart, and the old one no longer', async () => {
    const gateway = await startWatched()
    const old = JSON.parse(readFileSync(join(gateway.partyFolder, 'comensha.jwks.json'), 'utf8')).keys[0] as PrivateJwk
    expect(await ask(gateway, 'comensha', old)).toBe(200)
    expect(await ask(gateway, 'comensha', first.privateJwk)).toBe(401)

    const path = gateway.keys('comensha')
    const { keys } = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, keySet(first.publicJwk, ...keys.filter(({ use }: { use: string }) => use === 'enc')))
    await gateway.keepTime()
    expect(await ask(gateway, 'comensha', first.privateJwk)).toBe(200)
    expect(await ask(gateway, 'comensha', old)).toBe(401)
    const records = await readPartyRecords(gateway, 'comensha')
    expect(records.map(({ step }) => step)).toEqual(['known', 'changed'])
    expect(records[1].signingKeys).not.toEqual(records[0].signingKeys)

    rmSync(path)
    await gateway.keepTime()
    expect(await ask(gateway, 'comensha', first.privateJwk)).toBe(401)
    expect((await readPartyRecords(gateway, 'comensha')).at(-1)).toMatchObject({ signingKeys: {}, encryptionKeys: [] })
  })

  test.each([
    ['a file that is no JSON', '{'],
    ['a private key among the public ones', keySet(first.privateJwk)],
    ['the key of another client', undefined],
  ])('%s changes nothing and records nothing', async (_, text) => {
    const gateway = await startWatched()
    const key = JSON.parse(readFileSync(join(gateway.partyFolder, 'comensha.jwks.json'), 'utf8')).keys[0] as PrivateJwk
    writeFileSync(gateway.keys('comensha'), text ?? readFileSync(gateway.keys('politie'), 'utf8'))
    await gateway.keepTime()
    expect(await ask(gateway, 'comensha', key)).toBe(200)
    expect(await readPartyRecords(gateway, 'comensha')).toHaveLength(1)
  })

  test('a refused change is reported once, and tried again when it could not be recorded', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'fier.jwks.json')
    const { register, refresh } = await openPartyKeyFolder(folder)
    const record = async () => undefined
    writeFileSync(path, '{')
    expect(await refresh(record)).toEqual({ status: 'refused', reason: `${path}: is not JSON; restore the file` })
    expect(await refresh(record)).toEqual({ status: 'unchanged' })
    writeFileSync(path, keySet(first.publicJwk))
    await expect(refresh(async () => Promise.reject(new Error('log unavailable')))).rejects.toThrow('log unavailable')
    expect(register.find('fier', 'sig')).toEqual([])
    expect(await refresh(record)).toEqual({ status: 'taken' })
    expect(register.find('fier', 'sig')).toEqual([first.publicJwk])
  })

  test('a key set of an unknown client and an empty one are named', async () => {
    const gateway = await startWatched()
    const { parties } = gateway.gateway.policySet
    const register = await openPartyKeys(
      new Map([
        ['politie', [first.publicJwk]],
        ['fier', []],
        ['onbekend', [second.publicJwk]],
        ['politie.onbekend', []],
      ]),
    )
    expect(findUnusedKeySets(register, parties)).toEqual([
      { client: 'fier', problem: 'no-key' },
      { client: 'onbekend', problem: 'unknown-client' },
      { client: 'politie.onbekend', problem: 'unknown-client' },
    ])
  })
})

describe('keys that expire', () => {
  test('a key has the last day of its set where it states none, and a day that is no date is refused', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'fier.jwks.json')
    const keys = [first.publicJwk, { ...second.publicJwk, expires: '2027-01-31' }]
    writeFileSync(path, JSON.stringify({ expires: '2026-12-31', keys }))
    const { register } = await openPartyKeyFolder(folder)
    expect(register.find('fier', 'sig').map(({ expires }) => expires)).toEqual(['2026-12-31', '2027-01-31'])
    for (const expires of ['31-12-2026', 20261231, '2026-02-30']) {
      writeFileSync(path, JSON.stringify({ expires, keys: [first.publicJwk] }))
      await expect(openPartyKeyFolder(folder)).rejects.toThrow('keys of fier: `expires` is no date')
    }
  })

  test.each([
    ['2026-12-01', '2026-12-01', 'key-expires-soon'],
    ['2026-12-02', '2026-12-01', 'key-expired'],
    ['2026-12-01', '2026-12-30', 'key-expires-soon'],
    ['2026-12-01', '2026-12-31', undefined],
  ] as const)('on %s a key with %s as its last day is reported as %s', async (day, expires, problem) => {
    const key = { ...first.publicJwk, expires }
    const register = await openPartyKeys(
      new Map([
        ['fier', [second.publicJwk]],
        ['politie.teamleider-1', [key]],
      ]),
    )
    expect(findExpiringKeys(register, day)).toEqual(
      problem ? [{ client: 'politie.teamleider-1', problem, kid: key.kid, expires }] : [],
    )
  })
})

test('a file among the key sets that is none by its name is not used and known by name, also when it comes later', async () => {
  const folder = temporaryFolder()
  const keys = await openPartyKeyFolder(folder)
  expect(keys.misnamed()).toEqual([])
  for (const name of ['politie.json', 'comensha.jwk.json', 'fier.jwks.json.bak', '.gitkeep'])
    writeFileSync(join(folder, name), '{}')
  expect(await keys.refresh(async () => undefined)).toEqual({ status: 'taken' })
  expect(keys.misnamed()).toEqual(['comensha.jwk.json', 'fier.jwks.json.bak', 'politie.json'])
  expect(keys.register.clients()).toEqual([])
  expect(await keys.refresh(async () => undefined)).toEqual({ status: 'unchanged' })
})
