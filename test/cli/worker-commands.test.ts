import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import { parseWorkerSettings } from '../../src/boot/worker-settings.ts'
import { ensurePartyKeys } from '../../src/cli/party/party-folder.ts'
import { policyBundle } from '../../src/cli/policy/bundle.ts'
import { EXIT, type Terminal } from '../../src/cli/terminal/command.ts'
import { workerSecrets } from '../../src/cli/worker-secrets.ts'

function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-worker-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function listen(environment: Record<string, string> = {}): Terminal & { readonly lines: readonly string[] } {
  const lines: string[] = []
  const keep = (line: string) => void lines.push(line)
  return { out: keep, err: keep, environment, readInput: async () => new Uint8Array(), lines }
}

describe('sluis worker secrets', () => {
  const run = async (folder: string, settings: Record<string, string> = {}) => {
    const to = join(folder, 'secrets')
    const parties = join(folder, 'parties')
    const terminal = listen({ SLUIS_ISSUER: 'https://sluis.example', SLUIS_PARTIES: parties, ...settings })
    expect(await workerSecrets.run(['--keys', join(folder, 'keys'), '--to', to], terminal)).toBe(EXIT.done)
    expect(terminal.lines).toEqual([to])
    return { to, values: parseEnv(readFileSync(to, 'utf8')) }
  }

  test('sluis worker secrets writes settings that the Worker accepts, for nobody else to read', async () => {
    const { to, values } = await run(workFolder())
    expect(statSync(to).mode & 0o777).toBe(0o600)
    const parsed = await parseWorkerSettings(values)
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    expect(parsed.settings.signer.origin).toBe('sluis.example')
    expect(parsed.settings.partyKeys.find('comensha', 'enc')).toHaveLength(1)
  })

  test('sluis worker secrets writes the same keys a second time', async () => {
    const folder = workFolder()
    const { values } = await run(folder)
    expect((await run(folder)).values).toEqual(values)
  })

  test('sluis worker secrets takes over who may sign in, and nothing that the gateway would refuse', async () => {
    const folder = workFolder()
    const path = join(folder, 'sign-in.json')
    const provider = {
      id: 'fier',
      issuer: "https://login.example/it's",
      clientId: 'sluis',
      parties: ['fier'],
      authentication: 'none',
    }
    writeFileSync(path, JSON.stringify({ providers: [provider] }, null, 2))
    const { values } = await run(folder, { SLUIS_SIGN_IN: path })
    const parsed = await parseWorkerSettings(values)
    expect(parsed.ok && parsed.settings.signIn.providers).toEqual([provider])
    writeFileSync(path, JSON.stringify({ providers: [{ ...provider, issuer: 'http://login.example' }] }))
    await expect(run(folder, { SLUIS_SIGN_IN: path })).rejects.toThrow(/providers\.0\.issuer: starts with https/)
  })

  test('sluis worker secrets divides many parties over values of 5 KB', async () => {
    const folder = workFolder()
    const parties = Array.from({ length: 30 }, (_, index) => `partij-${index}`)
    for (const party of parties)
      await ensurePartyKeys(join(folder, 'parties'), join(folder, 'keys', 'party-keys'), party)
    const { values } = await run(folder)
    expect(Object.keys(values).filter((name) => name.startsWith('PARTY_KEYS')).length).toBeGreaterThan(1)
    for (const value of Object.values(values)) expect(value?.length).toBeLessThanOrEqual(5000)
    const parsed = await parseWorkerSettings(values)
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    for (const party of parties) expect(parsed.settings.partyKeys.find(party, 'sig')).toHaveLength(1)
  })

  test('sluis worker secrets does not take the keys of a gateway that has a database: one log key would sign two logs', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'keys'))
    writeFileSync(join(folder, 'keys', 'sluis.sqlite'), '')
    const to = join(folder, 'secrets')
    await expect(workerSecrets.run(['--keys', join(folder, 'keys'), '--to', to], listen())).rejects.toThrow(
      /its own keys/,
    )
    expect(existsSync(to)).toBe(false)
  })
})

describe('sluis policy bundle', () => {
  test('sluis policy bundle holds every rule file, byte for byte, under the path that Node gives it', async () => {
    const to = join(workFolder(), 'new', 'policies.json')
    expect(await policyBundle.run(['policies', '--to', to], listen())).toBe(EXIT.done)
    const files = readPolicyFolder('policies')
    expect(JSON.parse(readFileSync(to, 'utf8'))).toEqual(
      Object.fromEntries(files.map(({ path, text }) => [path, text])),
    )
  })

  test('sluis policy bundle leaves the file alone when nothing changed', async () => {
    const to = join(workFolder(), 'policies.json')
    await policyBundle.run(['policies', '--to', to], listen())
    const { ino } = statSync(to)
    await policyBundle.run(['policies', '--to', to], listen())
    expect(statSync(to).ino).toBe(ino)
  })

  test('sluis policy bundle refuses a faulty set with its faults, and keeps the existing bundle', async () => {
    const folder = workFolder()
    const to = join(folder, 'policies.json')
    cpSync('policies', folder, { recursive: true })
    await policyBundle.run([folder, '--to', to], listen())
    const before = readFileSync(to, 'utf8')
    writeFileSync(join(folder, 'verbod-nieuw.yaml'), 'soort: vebod\n')
    const terminal = listen()
    expect(await policyBundle.run([folder, '--to', to], terminal)).toBe(EXIT.invalidPolicy)
    expect(terminal.lines.join('\n')).toMatch(/verbod-nieuw\.yaml:1:\d+: /)
    expect(readFileSync(to, 'utf8')).toBe(before)
  })
})
