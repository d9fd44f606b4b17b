import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateSigningKey } from '../auth/keys.ts'
import type { CheckpointSigner, Keyring, PartyKeys, RandomBytes } from '../ports.ts'
import { createCheckpointSigner, generateLogKey } from '../storage/checkpoint-signer.ts'
import { createKeyringFile, openKeyringFile } from '../storage/keyring-file.ts'
import type { PrivateJwk } from '../types.ts'
import { readJsonFile, readJwkSet } from './json-file.ts'
import { createPartyKeys } from './party-keys.ts'

/** What the gateway keeps in its data folder. Every private file has mode 0600 and is refused when it is wider. */
export const DATA_FILES = {
  database: 'sluis.sqlite',
  keyring: 'keyring.json',
  logKey: 'log.key',
  verifierKey: 'log.pub',
  tokenKey: 'token.jwk.json',
  partyKeys: 'party-keys',
} as const

export interface GatewayKeys {
  readonly keyring: Keyring
  readonly signer: CheckpointSigner
  readonly tokenKey: PrivateJwk
  readonly partyKeys: PartyKeys
}

/**
 * The keys of a data folder; makes them when the folder is new.
 * @throws Error when a database is there but a key is not: new keys would make its pseudonyms and its log unverifiable
 */
export async function openGatewayKeys(folder: string, issuer: string, random: RandomBytes): Promise<GatewayKeys> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = (name: keyof typeof DATA_FILES) => join(folder, DATA_FILES[name])
  const missing = (['keyring', 'logKey', 'tokenKey'] as const).filter((name) => !existsSync(path(name)))
  if (missing.length > 0 && existsSync(path('database'))) {
    throw new Error(
      `keys: ${path('database')} exists without ${missing.map((name) => DATA_FILES[name]).join(', ')}; restore the keys that belong to it`,
    )
  }
  const keyring = missing.includes('keyring')
    ? createKeyringFile(path('keyring'), random)
    : openKeyringFile(path('keyring'))
  if (missing.includes('logKey'))
    writePrivate(path('logKey'), `${generateLogKey(new URL(issuer).host, random).privateKey}\n`)
  if (missing.includes('tokenKey'))
    writePrivate(path('tokenKey'), `${JSON.stringify((await generateSigningKey()).privateJwk)}\n`)
  const signer = createCheckpointSigner({ privateKey: readPrivate(path('logKey')).trim() })
  // Not only with a new log key: a first start can be cut off in between.
  if (!existsSync(path('verifierKey'))) writeFileSync(path('verifierKey'), `${signer.verifierKey}\n`)
  return {
    keyring,
    signer,
    tokenKey: readJsonFile(path('tokenKey'), readPrivate(path('tokenKey'))) as PrivateJwk,
    partyKeys: readPartyKeys(path('partyKeys')),
  }
}

/** Public keys of the parties: one JWK Set (RFC 7517 §5) for each party, in a file named after it. */
function readPartyKeys(folder: string): PartyKeys {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jwks.json')) : []
  return createPartyKeys(
    new Map(names.map((name) => [name.slice(0, -'.jwks.json'.length), readJwkSet(join(folder, name))])),
  )
}

function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
}

function readPrivate(path: string): string {
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`keys: ${path} is open to others; run \`chmod 600\` on it`)
  return readFileSync(path, 'utf8')
}
