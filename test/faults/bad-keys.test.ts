import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { startGateway } from '../../src/boot/node.ts'
import { parseSettings, type Settings } from '../../src/boot/settings.ts'
import { ensurePartyKeys } from '../../src/cli/party/party-folder.ts'
import { runSluis, STACK_TRACE } from '../cli/run-sluis.ts'

let folder: string
const dataFolder = () => join(folder, 'gateway')

function settingsFor(data: string): Settings {
  const parsed = parseSettings({ PORT: '0', SLUIS_DATA: data })
  if (!parsed.ok) throw new Error(parsed.faults.join('; '))
  return parsed.settings
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-keys-'))
  await ensurePartyKeys(join(folder, 'parties'), join(dataFolder(), DATA_FILES.partyKeys), 'politie')
  await (await startGateway(settingsFor(dataFolder()))).close()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a gateway does not start, names the file and shows nothing of it', () => {
  const write = (file: string, text: string) => (data: string) => writeFileSync(join(data, file), text, { mode: 0o600 })
  const cases: readonly [string, (data: string) => void, RegExp][] = [
    [
      'when a key is gone that the database was made with',
      (data) => rmSync(join(data, DATA_FILES.keyring)),
      /keyring\.json; restore the keys/,
    ],
    ['when the log key is gone', (data) => rmSync(join(data, DATA_FILES.logKey)), /without log\.key; restore/],
    [
      'when others can read a key',
      (data) => chmodSync(join(data, DATA_FILES.tokenKey), 0o644),
      /token\.jwk\.json.*chmod 600/,
    ],
    [
      'when others can read the keyring',
      (data) => chmodSync(join(data, DATA_FILES.keyring), 0o640),
      /keyring\.json.*chmod 600/,
    ],
    ['when a key is no JSON', write(DATA_FILES.tokenKey, 'kanarie kanarie'), /token\.jwk\.json: is not JSON/],
    ['when the keyring is no JSON', write(DATA_FILES.keyring, 'kanarie kanarie'), /not JSON/],
    ['when the log key is no key', write(DATA_FILES.logKey, 'kanarie kanarie'), /log key: is not/],
    [
      'when the keys of a party are no JSON',
      write('party-keys/fier.jwks.json', 'kanarie kanarie'),
      /fier\.jwks\.json: is not JSON/,
    ],
    [
      'when the keys of a party are no set',
      write('party-keys/fier.jwks.json', '{"kanarie":[]}'),
      /fier\.jwks\.json: is not a JWK Set/,
    ],
    [
      'when the private keys of a party lie among the public ones',
      (data) => cpSync(join(folder, 'parties', 'politie.jwks.json'), join(data, 'party-keys/politie.jwks.json')),
      /keys of politie: a private key among the public ones/,
    ],
  ]
  test.each(cases)(
    'a gateway does not start %s, names the file and shows nothing of it',
    async (name, damage, message) => {
      const data = join(folder, name.replaceAll(' ', '-'))
      cpSync(dataFolder(), data, { recursive: true })
      damage(data)
      const { code, stdout, stderr } = await runSluis(['serve'], { PORT: '0', SLUIS_DATA: data })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(message)
      expect(stderr).not.toMatch(STACK_TRACE)
      expect(stderr).not.toContain('kanarie')
    },
  )
})

test('the public key of the log is written again when it is gone', async () => {
  const path = join(dataFolder(), DATA_FILES.verifierKey)
  const before = readFileSync(path, 'utf8')
  rmSync(path)
  await (await startGateway(settingsFor(dataFolder()))).close()
  expect(readFileSync(path, 'utf8')).toBe(before)
})
