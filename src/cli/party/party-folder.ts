import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, parse } from 'node:path'
import { formatPublicJwk, generateSigningKey } from '../../auth/keys.ts'
import { readJwkSet } from '../../boot/json-file.ts'
import { generateEncryptionKey } from '../../delivery/keys.ts'
import type { PrivateJwk } from '../../model/party.ts'
import { createPrivateFile, replacePublicFile } from '../../storage/files/private-file.ts'
import { UsageError } from '../terminal/failure.ts'

/** The keys of one party, as the party itself keeps them: a JWK Set (RFC 7517 §5) that only its owner can read. */
export interface PartyKeySet {
  readonly signing: PrivateJwk
  readonly encryption: readonly PrivateJwk[]
}

/** Reads the private keys of a party. @throws UsageError when the folder holds no keys of this party */
export function readPartyKeys(folder: string, party: string): PartyKeySet {
  const path = keyPath(folder, party)
  if (!existsSync(path))
    throw new UsageError({
      nl: `geen sleutels van die partij in ${folder}; maak ze met \`sluis party keys\`, draai \`npm run demo\` een keer, of zet SLUIS_PARTIES`,
      en: `no keys of that party in ${folder}; make them with \`sluis party keys\`, run \`npm run demo\` once, or set SLUIS_PARTIES`,
    })
  const keys = readJwkSet(path).filter((key): key is PrivateJwk => 'd' in key)
  const signing = keys.find(({ use }) => use === 'sig')
  if (!signing)
    throw new UsageError({
      nl: `${path} heeft geen privésleutel om mee te ondertekenen; zet het bestand terug`,
      en: `${path} holds no private signing key; restore the file`,
    })
  return { signing, encryption: keys.filter(({ use }) => use === 'enc') }
}

/**
 * Makes the keys of a party unless they exist: private ones for the party, public ones for the gateway.
 * @param publicFolder where the gateway reads the public keys of its parties
 */
export async function ensurePartyKeys(folder: string, publicFolder: string, party: string): Promise<void> {
  removeDrafts(folder, party)
  if (!existsSync(keyPath(folder, party))) {
    const [signing, encryption] = await Promise.all([generateSigningKey(), generateEncryptionKey()])
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const text = formatKeySet([signing.privateJwk, encryption.privateJwk])
    createPrivateFile(keyPath(folder, party), text, (length) => crypto.getRandomValues(new Uint8Array(length)))
  }
  chmodSync(keyPath(folder, party), 0o600)
  const { signing, encryption } = readPartyKeys(folder, party)
  mkdirSync(publicFolder, { recursive: true })
  // A gateway that runs reads this folder every minute, and must not find half a key set.
  replacePublicFile(keyPath(publicFolder, party), formatKeySet([signing, ...encryption].map(formatPublicJwk)))
}

/** Of a process that was killed while it made the keys: private keys that nobody uses, and nobody may find. */
function removeDrafts(folder: string, party: string): void {
  const { dir, base } = parse(keyPath(folder, party))
  for (const name of existsSync(dir) ? readdirSync(dir) : [])
    if (name.startsWith(`${base}.`) && name.endsWith('.draft')) rmSync(join(dir, name))
}

/** Where a party keeps its keys in a folder. @throws UsageError for what is no client id */
export const keyPath = (folder: string, party: string): string => {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)?$/.test(party)) {
    throw new UsageError({
      nl: 'een partij heeft kleine letters, cijfers en streepjes in haar naam, en een persoon is PARTY.PERSON',
      en: 'a party has lower-case letters, digits and hyphens in its name, and a person is PARTY.PERSON',
    })
  }
  return join(folder, `${party}.jwks.json`)
}

const formatKeySet = (keys: readonly object[]): string => `${JSON.stringify({ keys }, null, 2)}\n`
