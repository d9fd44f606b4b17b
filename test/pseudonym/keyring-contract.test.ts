import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readKeyring } from '../../src/boot/key-files.ts'
import { parseSettings } from '../../src/boot/settings.ts'
import { parseWorkerSettings } from '../../src/boot/worker-settings.ts'
import { KEY_USES, type Keyring } from '../../src/ports/keys.ts'
import { createKeyring, type KeyringMaterial } from '../../src/pseudonym/keyring.ts'
import { formatKeyring } from '../../src/pseudonym/keyring-text.ts'
import { formatLengthPrefixed } from '../../src/pseudonym/length-prefixed.ts'
import { openKeyringFile } from '../../src/storage/files/keyring-file.ts'
import { workerEnvironment } from '../boot/worker-environment.ts'
import { testKeyringContract } from './keyring-contract.ts'

testKeyringContract('in memory', async (material) => createKeyring(material))

testKeyringContract('in a file', async (material) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-keyring-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'keyring.json')
  writeFileSync(path, formatKeyring(material), { mode: 0o600 })
  return openKeyringFile(path)
})

testKeyringContract('in the environment of Node', async (material) => {
  const parsed = parseSettings({ SLUIS_KEYRING: formatKeyring(material), SLUIS_DATA: 'a-folder-that-is-not-there' })
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  const { dataFolder: folder, keyring } = parsed.settings
  return createKeyring(readKeyring({ folder, keyring }))
})

testKeyringContract('in a secret of Workers', async (material) => {
  const parsed = await parseWorkerSettings({ ...(await workerEnvironment()), KEYRING: formatKeyring(material) })
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  return parsed.settings.keyring
})

testKeyringContract('whose secrets nobody can take out', webCryptoKeyring)

/** Stands for a KMS or an HSM: every answer is awaited, keys cannot be read, and HKDF and HMAC are those of Web Crypto. */
async function webCryptoKeyring({ epochs }: KeyringMaterial): Promise<Keyring> {
  const HMAC = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const
  const keys = new Map(
    await Promise.all(
      epochs.map(async ({ epoch, uses, secret }) => {
        const bytes = Uint8Array.from(secret.reveal())
        const isRetired = uses.length === 0
        const key = isRetired
          ? await crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign'])
          : await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
        return [epoch, { uses: new Set<string>(uses), isRetired, key }] as const
      }),
    ),
  )
  const serves = (epoch: number, use: string) =>
    use === 'check'
      ? keys.has(epoch)
      : (keys.get(epoch)?.uses.has(use === 'padding' || use === 'own' ? 'match' : use) ?? false)
  const served = new Map(
    KEY_USES.map((use) => [use, [...keys.keys()].filter((epoch) => serves(epoch, use)).sort((a, b) => b - a)]),
  )
  return {
    epochs: (use) => served.get(use)!,
    async mac({ use, domain, family, epoch }, messages) {
      const entry = keys.get(epoch)
      if (!entry || !serves(epoch, use)) throw new RangeError('this epoch does not serve that')
      const info = Uint8Array.from(formatLengthPrefixed(['sluis', '2', use, domain, family, String(epoch)]))
      const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
      const key = entry.isRetired
        ? entry.key
        : await crypto.subtle.deriveKey(parameters, entry.key, HMAC, false, ['sign'])
      return Promise.all(
        messages.map(
          async (message) => new Uint8Array(await crypto.subtle.sign('HMAC', key, Uint8Array.from(message))),
        ),
      )
    },
  }
}
