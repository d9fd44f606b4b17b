import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { KeyRecord } from '../../../src/audit/record/key.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { formatBase64Url } from '../../../src/encoding/bytes.ts'
import type { SluisError } from '../../../src/errors.ts'
import { putKeysInForce } from '../../../src/exchange/upkeep/keys-in-force.ts'
import { secret } from '../../../src/model/secret.ts'
import type { CommitQueue } from '../../../src/ports/store.ts'
import { deriveKeyCheck } from '../../../src/pseudonym/key-check.ts'
import { addEpoch, ROTATIONS, type Rotation, retireEpoch } from '../../../src/pseudonym/key-rotation.ts'
import { createKeyring, type KeyringMaterial } from '../../../src/pseudonym/keyring.ts'
import { derivePseudonym } from '../../../src/pseudonym/pseudonym.ts'
import { testKeyring, testMaterial } from '../../pseudonym/fixtures.ts'
import { commitOne, exchangeCommit, lookup, mention } from '../../storage/commits.ts'
import { type TestContext, testContext } from '../context.ts'
import { readRecords } from '../database.ts'

const DOMAIN = 'registratie'
const one = testMaterial([1])
const rotate = (material: KeyringMaterial, rotation: Rotation) => {
  const { epochs } = material
  return addEpoch(material, ROTATIONS[rotation], secret(new Uint8Array(32).fill(epochs.length + 1)), '2026-11-23')
    .material
}
const retire = (material: KeyringMaterial, epoch: number, rotation?: Rotation) =>
  retireEpoch(material, epoch, rotation && ROTATIONS[rotation]).material

/** Somebody is mentioned in a domain for the first time. */
const meet = async ({ gateway: { store } }: TestContext, id: string, recipient = 'comensha', domain = DOMAIN) =>
  commitOne(store, exchangeCommit(id, { recipient, mentions: [await mention(store, id, [id], { domain })] }))

/** The part of a start that concerns keys, with another keyring, or another queue. */
const startWith = ({ gateway }: TestContext, material: KeyringMaterial, queue: CommitQueue = gateway.queue) =>
  putKeysInForce({ ...gateway, keyring: createKeyring(material), queue })

const keyRecords = async ({ folder }: TestContext): Promise<readonly KeyRecord[]> =>
  (await readRecords(folder)).flatMap((text) => {
    // The exchanges of these tests are stored under records of the tests' own.
    if (text.startsWith('{"name"')) return []
    const record = parseRecord(text)
    return record.type === 'key' ? [record] : []
  })
const steps = async (context: TestContext) => (await keyRecords(context)).map(({ step }) => step)
const checkOf = async (material: KeyringMaterial, epoch: number) =>
  formatBase64Url(await deriveKeyCheck(createKeyring(material), epoch))

const renewals = async (context: TestContext) =>
  (await context.openNotices()).flatMap((notice) => (notice.type === 'pseudonyms-renewed' ? [notice] : []))

describe('a start', () => {
  test('a start records every epoch it meets, once, with its uses and its check value', async () => {
    const context = await testContext()
    const material = rotate(one, 'match')
    await startWith(context, material)
    await startWith(context, material)
    const uses = ['match', 'pseudonym', 'reference', 'idempotency']
    expect(await keyRecords(context)).toMatchObject([
      { step: 'known', epoch: 1, uses, check: await checkOf(material, 1) },
      { step: 'known', epoch: 2, uses: ['match'], check: await checkOf(material, 2) },
    ])
  })

  test('a start records what an epoch was retired from, and no candidate of a retired match epoch is found any more', async () => {
    const context = await testContext()
    const { store } = context.gateway
    await startWith(context, one)
    await meet(context, 'names')
    const rotated = rotate(one, 'match')
    await startWith(context, rotated)
    expect((await store.findCandidates(lookup(['names']))).candidates).toHaveLength(1)
    await startWith(context, retire(rotated, 1, 'match'))
    expect((await store.findCandidates(lookup(['names']))).candidates).toEqual([])
    expect(await keyRecords(context)).toMatchObject([
      { step: 'known', epoch: 1 },
      { step: 'known', epoch: 2 },
      { step: 'retired', epoch: 1, uses: ['match'] },
    ])
  })

  test('a start continues without an epoch whose retirement from everything is on record', async () => {
    const context = await testContext()
    const two = testMaterial([1, 2])
    await startWith(context, two)
    await startWith(context, retire(two, 1))
    await startWith(context, { epochs: [two.epochs[1]!] })
    expect(await steps(context)).toEqual(['known', 'known', 'retired'])
  })
})

describe('a start with a keyring that does not belong to the database', () => {
  const known = rotate(one, 'match')
  const [first, second] = known.epochs
  const changed = { ...first!, secret: secret(new Uint8Array(32).fill(99)) }
  const retired = retire(known, 1, 'match')
  const cases: readonly (readonly [
    why: string,
    before: readonly KeyringMaterial[],
    now: KeyringMaterial,
    message: RegExp,
  ])[] = [
    ['has another secret', [known], { epochs: [changed, second!] }, /epoch 1 is not the one that this database was/],
    ['lost an epoch', [known], { epochs: [first!] }, /epoch 2 is missing and was never retired/],
    ['is older than a retirement', [known, retired], known, /epoch 1 serves a use that it was retired from/],
    [
      'lost the epoch of the pseudonyms',
      [known],
      retire(rotate(known, 'pseudonym'), 1, 'pseudonym'),
      /the pseudonyms of registratie are of epoch 1, which no longer serves them/,
    ],
  ]
  test.each(cases)(
    'a start with a keyring that %s is stopped with what is wrong, and writes nothing',
    async (_, before, now, message) => {
      const context = await testContext()
      for (const material of before) await startWith(context, material)
      await meet(context, 'names')
      const records = await readRecords(context.folder)
      const error = (await startWith(context, now).catch((error: unknown) => error)) as SluisError
      expect(error).toMatchObject({ code: 'not-ready' })
      expect(error.faults.map(({ detail }) => detail.en)).toEqual([expect.stringMatching(message)])
      expect(error.faults[0]!.detail.en).toMatch(/; .*(restore|retire)/)
      expect(inspect(error, { depth: 9 })).not.toContain(formatBase64Url(new Uint8Array(32).fill(99)).slice(0, 8))
      expect(await readRecords(context.folder)).toEqual(records)
    },
  )

  test('a start names everything that is wrong with its keyring at once', async () => {
    const context = await testContext()
    await startWith(context, known)
    await expect(startWith(context, { epochs: [changed] })).rejects.toMatchObject({ faults: { length: 2 } })
  })
})

describe('a new epoch of pseudonyms', () => {
  const rotated = rotate(one, 'pseudonym')
  const before = testKeyring([1])
  const now = createKeyring(rotated)
  const expected = async (persons: readonly string[]) =>
    Promise.all(
      persons.map(async (person) => ({
        from: await derivePseudonym(before, DOMAIN, 1, person),
        to: await derivePseudonym(now, DOMAIN, 2, person),
      })),
    )

  test('a new epoch of pseudonyms renames every person of a domain and sends its recipient, sealed, which is which', async () => {
    const context = await testContext()
    const { store } = context.gateway
    await startWith(context, one)
    for (const id of ['a', 'b', 'c']) await meet(context, id)
    expect(await startWith(context, rotated)).toEqual([])
    expect(await renewals(context)).toMatchObject([
      { version: 1, domain: DOMAIN, epoch: 2, pseudonyms: await expected(['person a', 'person b', 'person c']) },
    ])
    expect(await store.listDomains()).toEqual([{ domain: DOMAIN, recipient: 'comensha', pseudonymEpoch: 2 }])
    expect(await keyRecords(context)).toMatchObject([
      { step: 'known', epoch: 1 },
      { step: 'known', epoch: 2, uses: ['pseudonym'] },
      { step: 'renewed', domain: DOMAIN, recipient: 'comensha', epoch: 2 },
      { step: 'replaced', domain: DOMAIN, recipient: 'comensha', epoch: 2 },
    ])
  })

  test('a new epoch of pseudonyms is carried through once', async () => {
    const context = await testContext()
    await startWith(context, one)
    await meet(context, 'a')
    for (let start = 0; start < 3; start++) await startWith(context, rotated)
    expect(await renewals(context)).toHaveLength(1)
  })

  test('a new epoch of pseudonyms needs no list where nobody is left', async () => {
    const context = await testContext()
    const { store } = context.gateway
    await startWith(context, one)
    await meet(context, 'a')
    await putKeysInForce({ ...context.gateway, keyring: now, store: { ...store, listPersons: async () => [] } })
    expect(await renewals(context)).toEqual([])
    expect(await store.listDomains()).toMatchObject([{ pseudonymEpoch: 2 }])
  })

  test('a new epoch of pseudonyms waits for a recipient without a key, and for nobody else', async () => {
    const context = await testContext()
    const { store, sealer } = context.gateway
    await startWith(context, one)
    await meet(context, 'a', 'fier', 'opvang')
    await meet(context, 'b')
    expect(await startWith(context, rotated)).toEqual([{ domain: 'opvang', recipient: 'fier' }])
    const epochs = async () => (await store.listDomains()).map(({ domain, pseudonymEpoch }) => [domain, pseudonymEpoch])
    expect((await epochs()).sort()).toEqual([
      ['opvang', 1],
      [DOMAIN, 2],
    ])
    // Its key came; CoMensha's stands in for it.
    const withKey = { seal: (_: string, plaintext: Uint8Array) => sealer.seal('comensha', plaintext) }
    expect(await putKeysInForce({ ...context.gateway, keyring: now, sealer: withKey })).toEqual([])
    expect((await epochs()).sort()).toEqual([
      ['opvang', 2],
      [DOMAIN, 2],
    ])
  })

  // One commit holds 10,000 persons.
  const many = Array.from({ length: 10_501 }, (_, index) => `person ${String(index).padStart(5, '0')}`)
  const crowded = async () => {
    const context = await testContext()
    const { store } = context.gateway
    await startWith(context, one)
    await meet(context, 'a')
    const listPersons = async (_: string, after: string, limit: number) =>
      many.filter((person) => person > after).slice(0, limit)
    const start = (queue: CommitQueue = context.gateway.queue) =>
      putKeysInForce({ ...context.gateway, keyring: now, queue, store: { ...store, listPersons } })
    return { context, start }
  }

  test('a new epoch of pseudonyms comes in parts in a large domain, and the last part puts it in force', async () => {
    const { context, start } = await crowded()
    await start()
    const lists = await renewals(context)
    expect(lists.map(({ pseudonyms }) => pseudonyms.length)).toEqual([...Array<number>(21).fill(500), 1])
    const pairs = lists.flatMap(({ pseudonyms }) => pseudonyms)
    expect(pairs.slice(0, 3)).toEqual(await expected(many.slice(0, 3)))
    expect(new Set(pairs.flatMap(({ from, to }) => [from, to])).size).toBe(2 * many.length)
    expect((await steps(context)).filter((step) => step !== 'replaced')).toEqual([
      'known',
      'known',
      'renewing',
      'renewed',
    ])
  })

  test('a new epoch of pseudonyms begins again when the process died half-way: nobody is missed, and a repeated part is the same', async () => {
    const { context, start } = await crowded()
    let left = 2
    const dies: CommitQueue = {
      commit: (commit) => (left-- > 0 ? context.gateway.queue.commit(commit) : Promise.reject(new Error('killed'))),
    }
    await expect(start(dies)).rejects.toThrow('killed')
    expect(await context.gateway.store.listDomains()).toMatchObject([{ pseudonymEpoch: 1 }])
    await start()
    const pairs = (await renewals(context)).flatMap(({ pseudonyms }) => pseudonyms)
    expect(pairs).toHaveLength(10_000 + many.length)
    expect(new Set(pairs.map(({ from, to }) => `${from} ${to}`)).size).toBe(many.length)
    expect(await context.gateway.store.listDomains()).toMatchObject([{ pseudonymEpoch: 2 }])
  })
})

describe('a start that dies', () => {
  const before = rotate(one, 'match')
  const now = rotate(retire(before, 1, 'match'), 'pseudonym')

  test.each([0, 1, 2, 3])('a start that dies after %i commits is finished by the next one', async (count) => {
    const whole = await testContext()
    const cut = await testContext()
    for (const context of [whole, cut]) {
      await startWith(context, before)
      await meet(context, 'a')
    }
    let left = count
    const dies: CommitQueue = {
      commit: (commit) => (left-- > 0 ? cut.gateway.queue.commit(commit) : Promise.reject(new Error('killed'))),
    }
    await startWith(cut, now, dies).catch(() => undefined)
    for (const context of [whole, cut]) await startWith(context, now)
    expect(await steps(cut)).toEqual(await steps(whole))
    expect(await steps(whole)).toEqual(['known', 'known', 'retired', 'known', 'renewed', 'replaced'])
    expect(await cut.gateway.store.findKeyState()).toEqual(await whole.gateway.store.findKeyState())
    expect(await cut.gateway.store.listDomains()).toEqual(await whole.gateway.store.listDomains())
  })
})
