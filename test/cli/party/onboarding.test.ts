import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../../src/auth/keys.ts'
import { generateEncryptionKey } from '../../../src/delivery/keys.ts'
import { readLog } from '../../http/party-mail.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis } from '../run-sluis.ts'

let gateway: TestGateway
let folder: string
beforeAll(async () => {
  gateway = await startTestGateway()
  folder = mkdtempSync(join(tmpdir(), 'sluis-onboarding-'))
})
afterAll(async () => {
  await gateway?.stop()
  rmSync(folder, { recursive: true })
})

const data = () => join(gateway.folder, 'gateway')
const settings = (parties: string) => ({ SLUIS_ISSUER: gateway.issuer, SLUIS_PARTIES: parties, SLUIS_DATA: data() })
const marksOf = (stdout: string) =>
  (JSON.parse(stdout) as { steps: { step: string; status: string }[] }).steps.map(
    ({ step, status }) => `${step} ${status}`,
  )

describe('a party that joins', () => {
  for (const alg of ['EdDSA', 'ES256']) {
    test(`a party makes keys with ${alg}, the operator adds them, and every step passes while nothing is reported`, async () => {
      const client = alg === 'EdDSA' ? 'fairwork' : 'ckm'
      const own = join(folder, alg)
      const made = await runSluis(['party', 'keys', client, '--to', own, '--alg', alg])
      expect(made).toMatchObject({ code: 0, stderr: '' })
      const [privatePath, publicPath] = [join(own, `${client}.jwks.json`), join(own, `${client}.public.json`)]
      expect(statSync(privatePath).mode & 0o777).toBe(0o600)
      const handed = JSON.parse(readFileSync(publicPath, 'utf8'))
      expect(handed.keys.map((key: Record<string, string>) => Object.keys(key).filter((name) => name === 'd'))).toEqual(
        [[], []],
      )
      expect(handed.keys.map(({ use }: { use: string }) => use)).toEqual(['sig', 'enc'])

      const before = await runSluis(['party', 'test', '--as', client, '--json'], settings(own))
      expect(before.code).toBe(1)
      expect(marksOf(before.stdout)).toEqual([
        'keys passed',
        'gateway passed',
        'token failed',
        'check skipped',
        'submit skipped',
        'inbox skipped',
      ])
      expect(before.stdout).toContain('sluis party add')

      const added = await runSluis(['party', 'add', publicPath], settings(own))
      expect(added).toMatchObject({ code: 0, stderr: '' })
      const print = /signing +(.+)/.exec(added.stdout)![1]!
      expect(made.stdout).toContain(print)

      await gateway.keepTime()
      const size = (await readLog(gateway)).length
      const after = await runSluis(['party', 'test', '--as', client, '--json'], settings(own))
      expect(marksOf(after.stdout)).toEqual(
        ['keys', 'gateway', 'token', 'check', 'submit', 'inbox'].map((step) => `${step} passed`),
      )
      expect(after.code).toBe(0)
      expect((await readLog(gateway)).slice(size).map(({ type }) => type)).toEqual(['check'])
    })
  }

  test('a right that the party does not have is no failure', async () => {
    const run = await runSluis(['party', 'test', '--as', 'toezichthouder', '--json'], settings(gateway.partyFolder))
    expect(marksOf(run.stdout)).toEqual([
      'keys passed',
      'gateway passed',
      'token passed',
      'check skipped',
      'submit skipped',
      'inbox skipped',
    ])
  })

  test('the steps say what to do about a file that others can read, keys that expired and an address without a gateway', async () => {
    const own = join(folder, 'careless')
    await runSluis(['party', 'keys', 'fier', '--to', own])
    const path = join(own, 'fier.jwks.json')
    chmodSync(path, 0o644)
    const open = await runSluis(['party', 'test', '--as', 'fier', '--lang', 'nl'], settings(own))
    expect(open.stdout).toMatch(/✗ sleutels .*zet het op 0600/)
    chmodSync(path, 0o600)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"expires": "[^"]+"/, '"expires": "2020-01-01"'))
    const expired = await runSluis(['party', 'test', '--as', 'fier'], {
      ...settings(own),
      SLUIS_ISSUER: 'http://127.0.0.1:9',
    })
    expect(expired.stdout).toMatch(/✗ keys .*expired on 2020-01-01/)
    expect(expired.stdout).toMatch(/✗ gateway .*no gateway answers/)
    expect(expired.code).toBe(1)
  })

  test('keys that exist are never overwritten, and an expiry is within two years', async () => {
    const own = join(folder, 'twice')
    await runSluis(['party', 'keys', 'fier', '--to', own])
    const first = readFileSync(join(own, 'fier.jwks.json'), 'utf8')
    const again = await runSluis(['party', 'keys', 'fier', '--to', own])
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('was left alone')])
    expect(readFileSync(join(own, 'fier.jwks.json'), 'utf8')).toBe(first)
    for (const expires of ['2020-01-01', '2099-01-01', 'soon']) {
      const run = await runSluis(['party', 'keys', 'fier', '--to', join(folder, 'other'), '--expires', expires])
      expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('within two years')])
    }
    const person = await runSluis(['party', 'keys', 'fier.teamleider-1', '--to', own, '--json'])
    expect(JSON.parse(person.stdout).keys.map(({ use }: { use: string }) => use)).toEqual(['sig'])
  })
})

describe('a file that is handed over', () => {
  const expires = '2999-01-01'
  const write = (document: object) => {
    const path = join(folder, `${crypto.randomUUID()}.json`)
    writeFileSync(path, JSON.stringify(document))
    return path
  }
  const add = (document: object, ...more: string[]) =>
    runSluis(['party', 'add', write(document), ...more], settings(folder))
  const registered = () => join(data(), 'party-keys', 'veilig-thuis.jwks.json')

  test.each<
    [
      string,
      (keys: { sig: Record<string, string>; enc: Record<string, string>; secret: Record<string, string> }) => object,
      RegExp,
    ]
  >([
    [
      'a private key',
      ({ secret }) => ({ client: 'veilig-thuis', expires, keys: [secret] }),
      /key 1: this is a private key/,
    ],
    [
      'a symmetric key',
      () => ({ client: 'veilig-thuis', expires, keys: [{ kty: 'oct', k: 'AAAA', kid: 'a', use: 'sig' }] }),
      /this is a private key/,
    ],
    ['no key', () => ({ client: 'veilig-thuis', expires, keys: [] }), /not a file with 1 to 8/],
    ['no client', ({ sig }) => ({ expires, keys: [sig] }), /`client` is missing/],
    ['a client that is a path', ({ sig }) => ({ client: '../politie', expires, keys: [sig] }), /`client` is missing/],
    ['no expiry', ({ sig }) => ({ client: 'veilig-thuis', keys: [sig] }), /`expires` is missing/],
    [
      'an expiry that has passed',
      ({ sig }) => ({ client: 'veilig-thuis', expires: '2020-01-01', keys: [sig] }),
      /have expired/,
    ],
    [
      'one kid twice',
      ({ sig, enc }) => ({ client: 'veilig-thuis', expires, keys: [sig, { ...enc, kid: sig.kid }] }),
      /the same `kid`/,
    ],
    ['no kid', ({ sig }) => ({ client: 'veilig-thuis', expires, keys: [{ ...sig, kid: '' }] }), /`kid` is missing/],
    [
      'another algorithm',
      ({ sig }) => ({ client: 'veilig-thuis', expires, keys: [{ ...sig, alg: 'RS256' }] }),
      /one of ES256, EdDSA/,
    ],
    [
      'a sealing key of another kind',
      ({ sig, enc }) => ({ client: 'veilig-thuis', expires, keys: [sig, { ...enc, alg: 'RSA-OAEP' }] }),
      /key 2: a sealing key/,
    ],
    [
      'a key that is not on its curve',
      ({ sig, enc }) => ({ client: 'veilig-thuis', expires, keys: [sig, { ...enc, x: 'AAAA' }] }),
      /key 2: the key is not whole/,
    ],
    ['only a sealing key', ({ enc }) => ({ client: 'veilig-thuis', expires, keys: [enc] }), /no key to sign with/],
  ])('a file with %s is refused whole', async (_, form, reason) => {
    const [signing, sealing] = await Promise.all([generateSigningKey(), generateEncryptionKey()])
    const keys = { sig: signing.publicJwk, enc: sealing.publicJwk, secret: signing.privateJwk }
    const run = await add(form(keys))
    expect([run.code, run.stdout]).toEqual([1, ''])
    expect(run.stderr).toMatch(reason)
    expect(run.stderr).not.toContain(signing.privateJwk.d)
    expect(existsSync(registered())).toBe(false)
  })

  test('one key under two clients is refused', async () => {
    const { keys } = JSON.parse(readFileSync(join(data(), 'party-keys', 'politie.jwks.json'), 'utf8'))
    const run = await add({ client: 'veilig-thuis', expires, keys })
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('the same key under two clients')])
    const inDutch = await add({ client: 'veilig-thuis', expires, keys }, '--lang', 'nl')
    expect([inDutch.code, inDutch.stderr]).toEqual([
      1,
      expect.stringMatching(/^sluis: sleutels van .* en .*: dezelfde sleutel bij twee partijen of personen; /),
    ])
    expect(existsSync(registered())).toBe(false)
  })

  test('new keys count beside the old ones until they replace them, and a client nobody knows is named', async () => {
    const pair = async () => [(await generateSigningKey()).publicJwk, (await generateEncryptionKey()).publicJwk]
    const [first, second] = [await pair(), await pair()]
    const kids = () => JSON.parse(readFileSync(registered(), 'utf8')).keys.map(({ kid }: { kid: string }) => kid)
    await add({ client: 'veilig-thuis', expires, keys: first })
    await add({ client: 'veilig-thuis', expires, keys: second })
    expect(kids()).toEqual([...second, ...first].map(({ kid }) => kid))
    await add({ client: 'veilig-thuis', expires: '2998-12-31', keys: second })
    expect(kids()).toEqual([...second, ...first].map(({ kid }) => kid))
    const days = JSON.parse(readFileSync(registered(), 'utf8')).keys.map(({ expires }: { expires: string }) => expires)
    expect(days).toEqual(['2998-12-31', '2998-12-31', expires, expires])
    await add({ client: 'veilig-thuis', expires, keys: second }, '--replace')
    expect(kids()).toEqual(second.map(({ kid }) => kid))
    const clash = await add({ client: 'veilig-thuis', expires, keys: [{ ...first[0]!, kid: second[0]!.kid }] })
    expect([clash.code, clash.stderr]).toEqual([1, expect.stringContaining('another key under the same `kid`')])
    rmSync(registered())
    const unknown = await add({ client: 'nergens', expires, keys: await pair() })
    expect(unknown.stderr).toContain('the rule files do not know nergens')
    rmSync(join(data(), 'party-keys', 'nergens.jwks.json'))
  })
})
