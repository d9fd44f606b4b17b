import { describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { parseSettings } from '../../src/boot/settings.ts'
import { originOf, parseWorkerSettings, WORKER_SETTINGS } from '../../src/boot/worker-settings.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { formatKeyring } from '../../src/pseudonym/keyring-text.ts'
import { generateLogKey } from '../../src/storage/log/checkpoint-signer.ts'
import { testMaterial } from '../pseudonym/fixtures.ts'

const [tokenKey, partyKey, otherKey, sealingKey] = await Promise.all([
  generateSigningKey(),
  generateSigningKey(),
  generateSigningKey(),
  generateEncryptionKey(),
])
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const logKey = generateLogKey('sluis.example/log', random)

const GOOD: Readonly<Record<keyof typeof WORKER_SETTINGS, string>> = {
  ISSUER: 'https://sluis.example',
  KEYRING: formatKeyring(testMaterial([1])),
  LOG_KEY: `${logKey.privateKey}\n`,
  TOKEN_KEY: JSON.stringify(tokenKey.privateJwk),
  PARTY_KEYS: JSON.stringify({ politie: [partyKey.publicJwk], comensha: [sealingKey.publicJwk] }),
}

async function findFaults(environment: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const parsed = await parseWorkerSettings(environment)
  return parsed.ok ? [] : parsed.faults
}

function expectOk<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  expect(result).toMatchObject({ ok: true })
  return result as Extract<Result, { ok: true }>
}

describe('settings of the Worker', () => {
  test('good settings of the Worker open every key', async () => {
    const parsed = await parseWorkerSettings(GOOD)
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    const { issuer, keyring, signer, tokenKey: key, partyKeys } = parsed.settings
    expect(issuer).toBe(GOOD.ISSUER)
    expect(keyring.epochs('match')).toEqual([1])
    expect(signer.verifierKey).toBe(logKey.verifierKey)
    expect(key).toEqual(tokenKey.privateJwk)
    expect(partyKeys.find('politie', 'sig')).toEqual([partyKey.publicJwk])
    expect(partyKeys.find('comensha', 'enc')).toEqual([sealingKey.publicJwk])
    expect(partyKeys.find('comensha', 'sig')).toEqual([])
  })

  test.each(['http://sluis.example', 'https://localhost:8787', 'https://[::1]'])(
    'the Worker refuses %s as its public address in production',
    async (ISSUER) => {
      expect(await findFaults({ ...GOOD, ISSUER, SLUIS_MODE: 'production' })).toContainEqual(
        expect.stringMatching(/^setting ISSUER: in production the public address begins with https/),
      )
    },
  )

  test('the Worker refuses the key of a log with another address, unless it is tried on this machine', async () => {
    expect(await findFaults({ ...GOOD, ISSUER: 'https://other.example' })).toEqual([
      expect.stringMatching(
        /^setting LOG_KEY: is that of a log with another address, `sluis.example\/log`; set ISSUER/,
      ),
    ])
    expect(await findFaults({ ...GOOD, ISSUER: 'http://127.0.0.1:8787' })).toEqual([])
  })

  test('mode, approval hours and limits of the Worker default to those of Node, and can be set', async () => {
    const { settings: node } = expectOk(parseSettings({}))
    const { settings: silent } = expectOk(await parseWorkerSettings(GOOD))
    expect(silent).toMatchObject({
      mode: node.mode,
      approvalHours: node.approvalHours,
      limits: node.limits,
      heartbeatMinutes: node.heartbeatMinutes,
    })
    const set = await parseWorkerSettings({
      ...GOOD,
      SLUIS_MODE: 'production',
      SLUIS_APPROVAL_HOURS: '24',
      SLUIS_REPORTS_PER_HOUR: '50',
      SLUIS_SUBJECT_REQUESTS_PER_HOUR: '5',
      SLUIS_HEARTBEAT_MINUTES: '15',
      SLUIS_CONTACT: 'beheer@sluis.example',
    })
    const limits = { reports: 50, 'subject-requests': 5 }
    expect(expectOk(set).settings).toMatchObject({
      mode: 'production',
      approvalHours: 24,
      limits,
      heartbeatMinutes: 15,
      operatorContact: 'beheer@sluis.example',
    })
  })

  test('parties that do not fit into one setting are in the next', async () => {
    const parsed = await parseWorkerSettings({ ...GOOD, PARTY_KEYS_2: JSON.stringify({ fier: [otherKey.publicJwk] }) })
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    expect(parsed.settings.partyKeys.find('fier', 'sig')).toEqual([otherKey.publicJwk])
    expect(parsed.settings.partyKeys.find('politie', 'sig')).toEqual([partyKey.publicJwk])
  })

  test('one key under two parties is refused by name, also in two settings', async () => {
    const parsed = await parseWorkerSettings({ ...GOOD, PARTY_KEYS_2: JSON.stringify({ fier: [partyKey.publicJwk] }) })
    expect(parsed).toMatchObject({
      ok: false,
      faults: [expect.stringContaining('keys of politie and fier: the same key')],
    })
  })

  test('all missing settings of the Worker are named at once', async () => {
    const faults = await findFaults({})
    expect(faults.map((fault) => /^setting (\w+): is missing; /.exec(fault)?.[1])).toEqual(Object.keys(WORKER_SETTINGS))
  })

  // Stands in every wrong value, so that showing one would be noticed.
  const canary = 'kanarie4711'
  const wrong: readonly (readonly [name: string, what: string, value: unknown])[] = [
    ['ISSUER', 'an address with a path', `https://sluis.example/${canary}`],
    ['ISSUER', 'another scheme', `ftp://${canary}.example`],
    ['KEYRING', 'no JSON', canary],
    [
      'KEYRING',
      'a secret that is too short',
      JSON.stringify({ version: 2, epochs: [{ epoch: 1, uses: [], secret: canary }] }),
    ],
    ['LOG_KEY', 'no key line', canary],
    ['LOG_KEY', 'a key id of another key', logKey.privateKey.replace('sluis.example', canary)],
    ['TOKEN_KEY', 'no JSON', `{"d": ${canary}`],
    ['TOKEN_KEY', 'a key without its private half', JSON.stringify({ ...tokenKey.publicJwk, kid: canary })],
    ['TOKEN_KEY', 'a private half that is none', JSON.stringify({ ...tokenKey.privateJwk, d: canary })],
    ['PARTY_KEYS', 'no JSON', canary],
    ['PARTY_KEYS', 'a list instead of an object', JSON.stringify([{ ...partyKey.publicJwk, kid: canary }])],
    ['PARTY_KEYS', 'a key without a use', JSON.stringify({ politie: [{ ...partyKey.publicJwk, use: canary }] })],
    ['PARTY_KEYS', 'a private key', JSON.stringify({ politie: [{ ...partyKey.privateJwk, d: canary }] })],
    [
      'PARTY_KEYS',
      'a key that is not whole',
      JSON.stringify({ politie: [{ kty: 'OKP', crv: 'Ed25519', kid: canary, use: 'sig' }] }),
    ],
    ['PARTY_KEYS_2', 'no JSON', canary],
    ['KEYRING', 'no text', { canary }],
    ['SLUIS_MODE', 'a word that is no mode', canary],
    ['SLUIS_APPROVAL_HOURS', 'no number', canary],
    ['SLUIS_APPROVAL_HOURS', 'more than 30 days', '721'],
    ['SLUIS_APPROVAL_HOURS', 'nothing in it', ''],
    ['SLUIS_REPORTS_PER_HOUR', 'nothing at all', '0'],
    ['SLUIS_SUBJECT_REQUESTS_PER_HOUR', 'no number', canary],
    ['SLUIS_CONTACT', 'no address', canary],
    ['SLUIS_HEARTBEAT_MINUTES', 'no number', canary],
    ['SLUIS_HEARTBEAT_MINUTES', 'less than a minute', '0'],
    ['SLUIS_HEARTBEAT_MINUTES', 'more than a day', '1441'],
  ]
  for (const [name, what, value] of wrong) {
    test(`${name} with ${what} is named and not shown`, async () => {
      const faults = await findFaults({ ...GOOD, [name]: value })
      expect(faults).toHaveLength(1)
      expect(faults[0]).toMatch(new RegExp(`^setting ${name}: `))
      expect(faults[0]).not.toContain(canary)
    })
  }

  test('the witness policy of the Worker is read when there is one, and every fault of it has its position', async () => {
    expect(expectOk(await parseWorkerSettings(GOOD)).settings.witnessPolicy).toBeUndefined()
    const set = await parseWorkerSettings({ ...GOOD, WITNESS_POLICY: 'quorum none\n' })
    expect(expectOk(set).settings.witnessPolicy).toMatchObject({ witnesses: [], quorum: 'none' })
    expect(await findFaults({ ...GOOD, WITNESS_POLICY: `witnes ${canary}\nquorum ${canary}\n` })).toEqual([
      'setting WITNESS_POLICY:1:1: is not a keyword; did you mean `witness`?',
      'setting WITNESS_POLICY:2:8: is not a witness or group of an earlier line; define it above this one',
    ])
    expect(await findFaults({ ...GOOD, WITNESS_POLICY: { canary } })).toHaveLength(1)
  })

  test('a party that two settings name is refused, whatever their order', async () => {
    expect(await findFaults({ ...GOOD, PARTY_KEYS_2: JSON.stringify({ politie: [] }) })).toEqual([
      'setting PARTY_KEYS: names a party that another setting names too; keep all keys of a party together',
    ])
  })

  test('a log key shows its origin without being opened', () => {
    expect(originOf(logKey.privateKey)).toBe('sluis.example/log')
    expect(originOf('')).toBe('')
    expect(originOf(undefined)).toBe('')
  })
})
