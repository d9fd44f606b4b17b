import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyRecord } from '../../../src/audit/record/key.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { generateSigningKey } from '../../../src/auth/keys.ts'
import { startGateway } from '../../../src/boot/node.ts'
import { parseSettings } from '../../../src/boot/settings.ts'
import { ensurePartyKeys } from '../../../src/cli/party/party-folder.ts'
import { parseUtf8 } from '../../../src/encoding/bytes.ts'
import { parseKeyring } from '../../../src/pseudonym/keyring-text.ts'
import { openSqlite, openSqliteReader } from '../../../src/storage/better-sqlite.ts'
import { openKeyringFile } from '../../../src/storage/files/keyring-file.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { dutySet } from '../../exchange/duty-set.ts'
import { commitOne, exchangeCommit, mention } from '../../storage/commits.ts'
import { temporaryFolder } from '../../storage/temporary-folder.ts'
import { runSluis } from '../run-sluis.ts'

// One folder of rule files, small ones, and one data folder that a gateway ran in, to copy.
const shared = mkdtempSync(join(tmpdir(), 'sluis-keys-'))
const policies = join(shared, 'policies')
const ranOnce = join(shared, 'gateway')
beforeAll(async () => {
  mkdirSync(policies)
  for (const { path, text } of dutySet()) writeFileSync(join(shared, path), text)
  await (await startIn(ranOnce)).close()
})
afterAll(() => rmSync(shared, { recursive: true }))

const settingsOf = (folder: string) => ({ PORT: '0', SLUIS_DATA: folder, SLUIS_POLICIES: policies })

async function startIn(folder: string, more: Readonly<Record<string, string>> = {}) {
  const parsed = parseSettings({ ...settingsOf(folder), ...more })
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  return startGateway(parsed.settings)
}

const PRIVATE_FILES = ['keyring.json', 'log.key', 'token.jwk.json']

/** A data folder in which the gateway ran or not, and the commands on it. */
function setUp({ started = false } = {}) {
  const folder = join(temporaryFolder(), 'gateway')
  const path = (name: string) => join(folder, name)
  if (started) cpSync(ranOnce, folder, { recursive: true })
  return {
    folder,
    path,
    start: (more: Readonly<Record<string, string>> = {}) => startIn(folder, more),
    run: (args: string, more: Readonly<Record<string, string>> = {}) =>
      runSluis(['keys', ...args.split(' ')], { ...settingsOf(folder), ...more }),
    /** What the log says of keys, oldest first. */
    async records(): Promise<readonly KeyRecord[]> {
      const reader = openSqliteReader(path('sluis.sqlite'))
      const found: KeyRecord[] = []
      for await (const bytes of reader.records()) {
        const text = parseUtf8(bytes)
        const record = text.startsWith('{"name"') ? undefined : parseRecord(text)
        if (record?.type === 'key') found.push(record)
      }
      reader.close()
      return found
    },
    /** Somebody is mentioned, while no gateway runs. */
    async meet(id: string) {
      const { store, close } = await openSqlite({
        path: path('sluis.sqlite'),
        signer: createCheckpointSigner({ privateKey: readFileSync(path('log.key'), 'utf8').trim() }),
      })
      await commitOne(store, exchangeCommit(id, { mentions: [await mention(store, id, [id])] }))
      close()
    },
    secrets: () =>
      [
        ...parseKeyring(readFileSync(path('keyring.json'), 'utf8')).epochs.map(({ secret }) =>
          Buffer.from(secret.reveal()).toString('base64url'),
        ),
        readFileSync(path('log.key'), 'utf8').trim().split('+').slice(4).join('+'),
        (JSON.parse(readFileSync(path('token.jwk.json'), 'utf8')) as { d: string }).d,
      ] as const,
  }
}

const commands = (records: readonly KeyRecord[]) =>
  records.flatMap((record) => (record.step === 'command' ? [record.command] : []))

describe('sluis keys init', () => {
  test('sluis keys init makes the keys of a new folder, for their owner only, that a gateway starts with', async () => {
    const { run, path, start, records, folder } = setUp()
    const { code, stdout } = await run('init')
    expect({ code, files: stdout.trim().split('\n') }).toEqual({
      code: 0,
      files: [...PRIVATE_FILES, 'log.pub'].map(path),
    })
    for (const name of PRIVATE_FILES) expect(statSync(path(name)).mode & 0o777).toBe(0o600)
    const before = PRIVATE_FILES.map((name) => readFileSync(path(name), 'utf8'))
    await (await start()).close()
    expect(PRIVATE_FILES.map((name) => readFileSync(path(name), 'utf8'))).toEqual(before)
    expect(await records()).toMatchObject([
      { step: 'known', epoch: 1 },
      { step: 'command', command: 'init' },
    ])
    expect(readdirSync(join(folder, 'command-journal'))).toEqual([])
  })

  test.each([...PRIVATE_FILES, 'sluis.sqlite'])(
    'sluis keys init refuses a folder with %s in it, and makes nothing',
    async (name) => {
      const { run, path, folder } = setUp()
      mkdirSync(folder)
      writeFileSync(path(name), 'precious')
      const { code, stderr } = await run('init')
      expect(code).toBe(1)
      expect(stderr).toContain(`has ${name} already; `)
      expect(readdirSync(folder)).toEqual([name])
      expect(readFileSync(path(name), 'utf8')).toBe('precious')
    },
  )

  test('sluis keys init uses the folder of --data rather than that of the settings', async () => {
    const { run, folder } = setUp()
    const other = temporaryFolder()
    expect((await run(`init --data ${other} --json`)).code).toBe(0)
    expect(existsSync(folder)).toBe(false)
    expect(existsSync(join(other, 'keyring.json'))).toBe(true)
  })
})

describe('sluis keys list', () => {
  test('sluis keys list shows the public facts of every epoch, newest first', async () => {
    const { run } = setUp({ started: true })
    await run('rotate match')
    const { code, stdout } = await run('list')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^epoch +created +check value +serves$/),
      expect.stringMatching(/^2 +\d{4}-\d\d-\d\d +[\w-]{22} +match$/),
      expect.stringMatching(/^1 +\d{4}-\d\d-\d\d +[\w-]{22} +match, pseudonym, reference, idempotency$/),
      '',
      'no key of a party expires within 30 days',
    ])
    const { epochs } = JSON.parse((await run('list --json')).stdout) as { epochs: object[] }
    expect(epochs).toMatchObject([{ epoch: 2, uses: ['match'] }, { epoch: 1 }])
  })

  test('sluis keys list names the keys of parties that expired', async () => {
    const { run, path } = setUp({ started: true })
    mkdirSync(path('party-keys'), { recursive: true })
    const { publicJwk } = await generateSigningKey()
    const document = { expires: '2020-02-29', keys: [publicJwk] }
    writeFileSync(path('party-keys/fier.jwks.json'), JSON.stringify(document))
    const { stdout } = await run('list')
    expect(stdout).toMatch(/^party +last day +state +key$/m)
    expect(stdout).toMatch(new RegExp(`^fier +2020-02-29 +expired: ask for a new one +${publicJwk.kid}$`, 'm'))
    expect(JSON.parse((await run('list --json')).stdout).expiring).toEqual([
      { client: 'fier', problem: 'key-expired', kid: publicJwk.kid, expires: '2020-02-29' },
    ])
  })

  test('sluis keys list marks an epoch of which nobody knows the date, and one that is retired', async () => {
    const { run, path } = setUp({ started: true })
    const { epochs } = JSON.parse(readFileSync(path('keyring.json'), 'utf8')) as { epochs: [{ secret: string }] }
    const old = { version: 1, currentEpoch: 1, epochs: [{ epoch: 1, secret: epochs[0].secret }] }
    writeFileSync(path('keyring.json'), JSON.stringify(old))
    for (const use of ['match', 'pseudonym', 'lookup']) await run(`rotate ${use}`)
    await run('retire 1 --yes')
    expect((await run('list')).stdout).toMatch(/^1 +unknown +[\w-]{22} +nothing \(retired\)$/m)
  })
})

describe('sluis keys rotate', () => {
  test.each([
    ['match', ['match']],
    ['pseudonym', ['pseudonym']],
    ['lookup', ['reference', 'idempotency']],
  ])('sluis keys rotate %s makes an epoch that the next start takes into use', async (rotation, uses) => {
    const { run, path, start, records } = setUp({ started: true })
    const { code, stdout } = await run(`rotate ${rotation} --json`)
    expect({ code, ...(JSON.parse(stdout) as object) }).toEqual({ code: 0, epoch: 2, uses })
    expect(openKeyringFile(path('keyring.json')).epochs('check')).toEqual([2, 1])
    await (await start()).close()
    expect(await records()).toMatchObject([
      { step: 'known', epoch: 1 },
      { step: 'command', command: 'rotate', epoch: 2, uses },
      { step: 'known', epoch: 2, uses },
    ])
  })

  test('sluis keys rotate never makes the same secret twice', async () => {
    const { run, secrets } = setUp({ started: true })
    for (let time = 0; time < 3; time++) await run('rotate match')
    expect(new Set(secrets()).size).toBe(6)
  })

  test.each(['', 'padding', 'MATCH'])('sluis keys rotate of %j lists what there is to rotate', async (what) => {
    const { run, path } = setUp({ started: true })
    const before = readFileSync(path('keyring.json'), 'utf8')
    const { code, stderr } = await run(`rotate ${what}`)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('match, pseudonym, lookup') })
    expect(readFileSync(path('keyring.json'), 'utf8')).toBe(before)
  })
})

describe('sluis keys retire', () => {
  test('sluis keys retire explains its effect and does nothing without --yes', async () => {
    const { run, path, records } = setUp({ started: true })
    await run('rotate match')
    const before = readFileSync(path('keyring.json'), 'utf8')
    const { code, stdout, stderr } = await run('retire 1 --use match')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/can no longer be matched[\s\S]*nothing was changed; add --yes/)
    expect(readFileSync(path('keyring.json'), 'utf8')).toBe(before)
    expect(commands(await records())).toEqual(['rotate'])
  })

  test('sluis keys retire takes a use from an epoch, which the next start records', async () => {
    const { run, path, start, records } = setUp({ started: true })
    await run('rotate match')
    expect((await run('retire 1 --use match --yes')).code).toBe(0)
    expect(openKeyringFile(path('keyring.json')).epochs('match')).toEqual([2])
    await (await start()).close()
    expect((await records()).slice(-3)).toMatchObject([
      { step: 'command', command: 'retire', epoch: 1, uses: ['match'] },
      { step: 'retired', epoch: 1, uses: ['match'] },
      { step: 'known', epoch: 2 },
    ])
  })

  test('sluis keys retire destroys the secret with the last use, and the gateway starts without it', async () => {
    const { run, start, secrets } = setUp({ started: true })
    const [master] = secrets()
    for (const use of ['match', 'pseudonym', 'lookup']) await run(`rotate ${use}`)
    const { code, stderr } = await run('retire 1 --yes')
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('its secret is destroyed') })
    expect(secrets()).not.toContain(master)
    await (await start()).close()
  })

  test.each([
    ['1 --use match --yes', /is the newest for match; rotate that first/],
    ['1 --yes', /is the newest for/],
    ['2 --yes', /is not in the keyring/],
    ['one --yes', /give the number of the epoch/],
    ['--yes', /give the number of the epoch/],
    ['1 --use padding --yes', /match, pseudonym, lookup/],
  ])('sluis keys retire of %s is refused', async (args, message) => {
    const { run, path } = setUp({ started: true })
    const before = readFileSync(path('keyring.json'), 'utf8')
    const { code, stderr } = await run(`retire ${args}`)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) })
    expect(readFileSync(path('keyring.json'), 'utf8')).toBe(before)
  })

  test('sluis keys retire keeps an epoch whose pseudonyms were not renewed yet', async () => {
    const { run, start, meet, folder } = setUp({ started: true })
    await meet('somebody')
    await run('rotate pseudonym')
    const { code, stderr } = await run('retire 1 --use pseudonym --yes')
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/the pseudonyms of registratie still belong to it/),
    })
    // CoMensha has a key now, so that the start can tell it.
    await ensurePartyKeys(join(folder, '..', 'parties'), join(folder, 'party-keys'), 'comensha')
    await (await start()).close()
    expect((await run('retire 1 --use pseudonym --yes')).code).toBe(0)
    await (await start()).close()
  })

  test('sluis keys retire requires that a running gateway is stopped first', async () => {
    const { run, start, path } = setUp()
    const running = await start()
    await run('rotate match')
    const before = readFileSync(path('keyring.json'), 'utf8')
    const { code, stderr } = await run('retire 1 --use match --yes')
    await running.close()
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('stop that process') })
    expect(readFileSync(path('keyring.json'), 'utf8')).toBe(before)
  })
})

describe('sluis keys export-public', () => {
  test('sluis keys export-public writes only the public keys', async () => {
    const { run, path } = setUp({ started: true })
    const { code, stdout } = await run('export-public')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      log: { origin: expect.any(String), verifierKey: readFileSync(path('log.pub'), 'utf8').trim() },
      tokenKeys: { keys: [expect.objectContaining({ kty: expect.any(String), use: 'sig' })] },
      keyChecks: [{ epoch: 1, check: expect.stringMatching(/^[\w-]{22}$/) }],
    })
  })
})

test('every command on keys answers in Dutch with --lang nl', async () => {
  const { run, path } = setUp()
  const answer = async (args: string) => {
    const { stdout, stderr } = await run(`${args} --lang nl`)
    return (stdout + stderr).trim().split('\n')
  }
  const recordedLater =
    'de gateway legt deze opdracht vast in zijn logboek: binnen een minuut als hij draait, en anders als hij start'
  expect(await answer('init')).toEqual([
    ...[...PRIVATE_FILES, 'log.pub'].map(path),
    'maak er nu een reservekopie van, los van de database: het een is niet te gebruiken zonder het ander',
    recordedLater,
  ])
  expect((await answer('export-public')).at(-1)).toBe(recordedLater)
  expect(await answer('rotate lookup')).toEqual([
    'epoch 2 dient voor kenmerk, herhaling zodra de gateway opnieuw start; een melding die opnieuw komt wordt herkend met oude en nieuwe sleutels, totdat u de oude epoch buiten gebruik stelt',
    'maak vóór die start een reservekopie van de sleutelbos: alles van de nieuwe epoch heeft die nodig',
    recordedLater,
  ])
  expect((await answer('init'))[0]).toMatch(/^sluis: sleutels: .* heeft al keyring\.json, .*; geef een nieuwe map/)
  expect((await answer('retire 1 --use match'))[0]).toBe(
    'sluis: epoch 1: is de nieuwste voor match; vernieuw die eerst, of noem een ander gebruik',
  )
  expect(await answer('retire 1 --use lookup')).toEqual([
    'epoch 1 buiten gebruik stellen kan niet ongedaan worden gemaakt:',
    '  kenmerk: een ouder kenmerk van een afzender is niet meer te herkennen in het logboek',
    '  herhaling: een melding die al eens gestuurd is en opnieuw komt, telt als een nieuwe',
    '  deze map heeft geen database om na te gaan; zorg dat de gateway met de nieuwere epoch is gestart',
    'er is niets veranderd; voeg --yes toe om de epoch buiten gebruik te stellen',
  ])
  expect((await answer('retire 1 --use lookup --yes'))[0]).toBe(
    'epoch 1 dient niet meer voor kenmerk, herhaling zodra de gateway opnieuw start',
  )
  mkdirSync(path('party-keys'), { recursive: true })
  const { publicJwk } = await generateSigningKey()
  writeFileSync(path('party-keys/fier.jwks.json'), JSON.stringify({ expires: '2020-02-29', keys: [publicJwk] }))
  expect(await answer('list')).toEqual([
    expect.stringMatching(/^epoch +gemaakt +controlewaarde +dient voor$/),
    expect.stringMatching(/^2 .* kenmerk, herhaling$/),
    expect.stringMatching(/^1 .* match, pseudoniem$/),
    '',
    expect.stringMatching(/^partij +laatste dag +toestand +sleutel$/),
    expect.stringMatching(/^fier +2020-02-29 +verlopen: vraag om een nieuwe /),
    recordedLater,
  ])
})

describe('every command on keys', () => {
  const all = ['list', 'rotate match', 'export-public', 'rotate pseudonym', 'retire 1 --use match --yes']
  const names = ['list', 'rotate', 'export-public', 'rotate', 'retire']

  test('every command on keys shows no secret', async () => {
    const { run, secrets } = setUp({ started: true })
    const kept = secrets()
    for (const args of all) {
      const { stdout, stderr } = await run(args)
      for (const secret of [...kept, ...secrets()]) expect(stdout + stderr).not.toContain(secret)
    }
  })

  test('every command on keys records itself at once when no gateway runs', async () => {
    const { run, records, folder } = setUp({ started: true })
    for (const args of all) expect((await run(args)).code, args).toBe(0)
    expect(commands(await records())).toEqual(names)
    expect(readdirSync(join(folder, 'command-journal'))).toEqual([])
  })

  test('every command on keys leaves its record to the running gateway, which has it in its log after the next start', async () => {
    const { run, start, records } = setUp()
    const running = await start()
    for (const args of all.slice(0, 3)) {
      expect((await run(args)).stderr, args).toContain('the gateway will record this command in its log')
    }
    expect(commands(await records())).toEqual([])
    await running.close()
    await (await start()).close()
    expect(commands(await records())).toEqual(names.slice(0, 3))
  })

  test.each(all)('sluis %s without keys explains where to look', async (args) => {
    const { run, folder } = setUp()
    const { code, stderr } = await run(args)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/no keys in .*; give the data folder/) })
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a keyring from the platform', () => {
  const fromFile = (path: string) => ({ SLUIS_KEYRING: readFileSync(path, 'utf8') })

  test('a keyring from the platform serves instead of a file, and none is made', async () => {
    const { run, start, path } = setUp({ started: true })
    const platform = fromFile(path('keyring.json'))
    rmSync(path('keyring.json'))
    await (await start(platform)).close()
    expect((await run('list', platform)).stdout).toMatch(/^1 /m)
    expect(existsSync(path('keyring.json'))).toBe(false)
  })

  test.each(['rotate match', 'retire 1 --yes'])(
    'a keyring from the platform cannot be changed from here: %s explains how it can',
    async (args) => {
      const { run, path } = setUp({ started: true })
      const { code, stderr } = await run(args, fromFile(path('keyring.json')))
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/SLUIS_KEYRING; write its text to/) })
    },
  )

  test('another keyring from the platform stops the start', async () => {
    const { start } = setUp({ started: true })
    const other = setUp()
    await other.run('init')
    await expect(start(fromFile(other.path('keyring.json')))).rejects.toThrow(
      /epoch 1 is not the one that this database was written with; restore the keyring/,
    )
  })
})

test('a restored folder with the keyring of before a rotation is not started', async () => {
  const { run, start, path, folder } = setUp({ started: true })
  cpSync(path('keyring.json'), join(folder, '..', 'backup.json'))
  await run('rotate match')
  await (await start()).close()
  cpSync(join(folder, '..', 'backup.json'), path('keyring.json'))
  chmodSync(path('keyring.json'), 0o600)
  await expect(start()).rejects.toThrow(/epoch 2 is missing and was never retired/)
})
