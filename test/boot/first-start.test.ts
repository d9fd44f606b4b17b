import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { startGateway } from '../../src/boot/node.ts'
import { parseSettings } from '../../src/boot/settings.ts'
import { runSluis } from '../cli/run-sluis.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'

const PUBLIC = { SLUIS_MODE: 'production', SLUIS_ISSUER: 'https://sluis.example' }

function start(dataFolder: string, settings: Readonly<Record<string, string>>) {
  const parsed = parseSettings({ PORT: '0', SLUIS_DATA: dataFolder, ...settings })
  if (!parsed.ok) throw new Error(parsed.faults.join('; '))
  return startGateway(parsed.settings)
}

const startAndStop = async (dataFolder: string, settings: Readonly<Record<string, string>> = {}) =>
  (await start(dataFolder, settings)).close()

const originOf = (dataFolder: string) => readFileSync(join(dataFolder, DATA_FILES.verifierKey), 'utf8').split('+')[0]

describe('a first start that fails', () => {
  test.each([
    ['no address', {}],
    ['a plain-http address', { SLUIS_ISSUER: 'http://sluis.example' }],
    ['an address of the machine itself', { SLUIS_ISSUER: 'https://localhost:8787' }],
  ])('production with %s is refused before anything is made', async (_, settings) => {
    const folder = join(temporaryFolder(), 'not', 'there')
    await expect(start(folder, { SLUIS_MODE: 'production', ...settings })).rejects.toThrow(
      /^setting SLUIS_ISSUER: in production the public address begins with https/,
    )
    expect(existsSync(join(folder, '..'))).toBe(false)
  })

  test.each(['serve', 'demo', 'keys init', 'worker secrets'])(
    'sluis %s in production without a public address makes nothing',
    async (command) => {
      const folder = join(temporaryFolder(), 'data')
      const { code, stderr } = await runSluis(
        [
          ...command.split(' '),
          ...(command === 'worker secrets' ? ['--keys', folder, '--to', join(folder, 'to')] : []),
        ],
        { PORT: '0', SLUIS_DATA: folder, SLUIS_PARTIES: join(folder, 'parties'), SLUIS_MODE: 'production' },
      )
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^sluis: setting SLUIS_ISSUER: /) })
      expect(existsSync(folder)).toBe(false)
    },
  )

  test('a first start on rule files that nobody approved leaves no folder, no key and no database', async () => {
    const folder = join(temporaryFolder(), 'not', 'there')
    await expect(start(folder, PUBLIC)).rejects.toThrow()
    expect(existsSync(join(folder, '..'))).toBe(false)
  })

  test('a first start on a port that is taken leaves what was there before, and the next address names the log', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'party-keys'))
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const settings = { PORT: String(port), SLUIS_ISSUER: 'https://typo.example' }
    await expect(start(folder, settings)).rejects.toThrow(/EADDRINUSE/)
    await new Promise((resolve) => server.close(resolve))
    expect(readdirSync(folder)).toEqual(['party-keys'])
    await startAndStop(folder, { SLUIS_ISSUER: 'https://sluis.example' })
    expect(originOf(folder)).toBe('sluis.example')
  })

  test('a first start with keys that were made before leaves the keys', async () => {
    const folder = join(temporaryFolder(), 'data')
    expect((await runSluis(['keys', 'init', '--data', folder], PUBLIC)).code).toBe(0)
    const before = readdirSync(folder).toSorted()
    await expect(start(folder, PUBLIC)).rejects.toThrow()
    expect(readdirSync(folder).toSorted()).toEqual(before)
  })

  test('a start that fails later leaves the database, because it has records', async () => {
    const folder = temporaryFolder()
    await startAndStop(folder)
    writeFileSync(join(folder, DATA_FILES.tokenKey), 'no key')
    const before = readdirSync(folder).toSorted()
    await expect(start(folder, {})).rejects.toThrow()
    expect(readdirSync(folder).toSorted()).toEqual(before)
  })
})

describe('a log and another address', () => {
  test('a log that was named after this machine does not go on at a public address', async () => {
    const folder = temporaryFolder()
    await startAndStop(folder)
    for (const settings of [PUBLIC, { SLUIS_ISSUER: 'https://sluis.example' }]) {
      await expect(start(folder, settings)).rejects.toThrow(
        /is named after `127\.0\.0\.1:0`, not after the public address; .*--reason moved/,
      )
    }
  })

  test('a log at another public address is refused, and continues there under a new origin', async () => {
    const folder = temporaryFolder()
    await startAndStop(folder, { SLUIS_ISSUER: 'https://old.example' })
    const moved = { PORT: '0', SLUIS_DATA: folder, SLUIS_ISSUER: 'https://new.example' }
    await expect(start(folder, moved)).rejects.toThrow(/named after `old\.example`/)
    const { code, stdout } = await runSluis(['log', 'new-origin', '--reason', 'moved'], moved)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^the log continues under new\.example, with \d+ records of old\.example$/m)
    await startAndStop(folder, moved)
    expect(originOf(folder)).toBe('new.example')
    const database = join(folder, DATA_FILES.database)
    const keys = [DATA_FILES.verifierKey, DATA_FILES.earlierVerifierKeys].flatMap((name) => [
      '--log-key',
      join(folder, name),
    ])
    expect(await runSluis(['audit', 'verify', '--database', database, ...keys], {})).toMatchObject({ code: 0 })

    const again = await runSluis(['log', 'new-origin', '--reason', 'moved'], moved)
    expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/named after this address already/) })
    const back = { ...moved, SLUIS_ISSUER: 'https://old.example' }
    expect((await runSluis(['log', 'new-origin', '--reason', 'moved'], back)).stdout).toMatch(
      /^the log continues under old\.example\/2, with/,
    )
    await startAndStop(folder, back)
  })

  test('keys without a database that are named after another address say how to make others', async () => {
    const folder = join(temporaryFolder(), 'data')
    await runSluis(['keys', 'init', '--data', folder], {})
    await expect(start(folder, PUBLIC)).rejects.toThrow(/named after `127\.0\.0\.1:8787`.*remove log\.key and log\.pub/)
    for (const name of [DATA_FILES.logKey, DATA_FILES.verifierKey]) rmSync(join(folder, name))
    await startAndStop(folder, { SLUIS_ISSUER: 'https://sluis.example' })
    expect(originOf(folder)).toBe('sluis.example')
  })

  test('the reason moved needs the new public address', async () => {
    const folder = temporaryFolder()
    await startAndStop(folder, { SLUIS_ISSUER: 'https://old.example' })
    const result = await runSluis(['log', 'new-origin', '--reason', 'moved'], { SLUIS_DATA: folder })
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/set SLUIS_ISSUER to the new public address/),
    })
  })

  test('a trial on this machine continues a log of a public address, and its address is where it listens', async () => {
    const folder = temporaryFolder()
    await startAndStop(folder, { SLUIS_ISSUER: 'https://sluis.example' })
    const running = await start(folder, {})
    expect(running.listening).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
    expect(running.issuer).toBe(running.listening)
    await running.close()
  })

  test('a gateway behind a proxy says where it listens, beside its public address', async () => {
    const running = await start(temporaryFolder(), { HOST: '::1', SLUIS_ISSUER: 'https://sluis.example' })
    expect(running.issuer).toBe('https://sluis.example')
    expect(running.listening).toMatch(/^http:\/\/\[::1\]:[1-9]\d*$/)
    expect((await fetch(`${running.listening}/readyz`)).status).toBe(200)
    await running.close()
  })
})
