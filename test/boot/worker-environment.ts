import { generateSigningKey } from '../../src/auth/keys.ts'
import type { WORKER_SETTINGS } from '../../src/boot/worker-settings.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { formatKeyring } from '../../src/pseudonym/keyring-text.ts'
import { generateLogKey } from '../../src/storage/log/checkpoint-signer.ts'
import { testMaterial } from '../pseudonym/fixtures.ts'

/** The bindings of a Worker that is set up well, with keys of its own. */
export async function workerEnvironment(): Promise<Readonly<Record<keyof typeof WORKER_SETTINGS, string>>> {
  const [tokenKey, partyKey, sealingKey] = await Promise.all([
    generateSigningKey(),
    generateSigningKey(),
    generateEncryptionKey(),
  ])
  const { privateKey } = generateLogKey('sluis.example/log', (length) => crypto.getRandomValues(new Uint8Array(length)))
  return {
    ISSUER: 'https://sluis.example',
    KEYRING: formatKeyring(testMaterial([1])),
    LOG_KEY: `${privateKey}\n`,
    TOKEN_KEY: JSON.stringify(tokenKey.privateJwk),
    PARTY_KEYS: JSON.stringify({ politie: [partyKey.publicJwk], comensha: [sealingKey.publicJwk] }),
  }
}
