import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { generateSigningKey } from '../auth/keys.ts'
import { parseUtf8 } from '../encoding/bytes.ts'
import { LocalisedError } from '../errors.ts'
import type { LocalisedText } from '../model/language.ts'
import type { PrivateJwk } from '../model/party.ts'
import type { Secret } from '../model/secret.ts'
import type { CheckpointSigner, Clock, Keyring, RandomBytes } from '../ports/keys.ts'
import { createKeyring, type KeyringMaterial } from '../pseudonym/keyring.ts'
import { parseKeyring } from '../pseudonym/keyring-text.ts'
import type { Anchoring } from '../storage/better-sqlite.ts'
import { createKeyringFile, readKeyringFile } from '../storage/files/keyring-file.ts'
import { createPrivateFile, readPrivateFile, replacePublicFile } from '../storage/files/private-file.ts'
import { createCheckpointSigner, generateLogKey } from '../storage/log/checkpoint-signer.ts'
import { readJsonFile } from './json-file.ts'
import { openPartyKeyFolder, type PartyKeyFolder } from './party-key-folder.ts'
import { isLoopback, isNamedAfterAnother, originAt } from './public-address.ts'

/** The files in the data folder of a gateway. Private files have mode 0600 and are refused with wider permissions. */
export const DATA_FILES = {
  database: 'sluis.sqlite',
  keyring: 'keyring.json',
  logKey: 'log.key',
  verifierKey: 'log.pub',
  /** Verifier keys of the earlier origins of the log, one per line. */
  earlierVerifierKeys: 'log.pub.history',
  /** The key of an origin that is being begun. */
  nextLogKey: 'log.key.next',
  /** The newest signed checkpoint, unless the settings name another path. */
  anchor: 'log.anchor',
  tokenKey: 'token.jwk.json',
  partyKeys: 'party-keys',
  /** Records of commands on keys, database and log that are not in the log yet. */
  commandJournal: 'command-journal',
} as const

/** Where the keys of a gateway come from. */
export interface KeySources {
  /** The data folder. */
  readonly folder: string
  /** Public address, which names the log. */
  readonly issuer: string
  /** Text of a keyring that the platform provides; then no keyring file is read or made. */
  readonly keyring?: Secret | undefined
  readonly clock: Clock
  readonly random: RandomBytes
}

export interface GatewayKeys {
  readonly keyring: Keyring
  readonly signer: CheckpointSigner
  readonly tokenKey: PrivateJwk
  readonly partyKeys: PartyKeyFolder
}

type PrivateFile = 'keyring' | 'logKey' | 'tokenKey'

/**
 * The keys of a data folder; makes them when the folder is new.
 * @throws LocalisedError when a database is there but a key is not: new keys would make its pseudonyms and its log unverifiable; or when the
 *   log is named after another address and the public address is no loopback address
 */
export async function openGatewayKeys(sources: KeySources): Promise<GatewayKeys> {
  const { folder } = sources
  const missing = privateFiles(sources).filter((name) => !existsSync(pathOf(folder, name)))
  if (missing.length > 0 && existsSync(pathOf(folder, 'database'))) {
    const [database, names] = [pathOf(folder, 'database'), missing.map((name) => DATA_FILES[name]).join(', ')]
    const isLogKeyLost = missing.includes('logKey')
    throw new LocalisedError({
      nl: `sleutels: ${database} staat er zonder ${names}; zet de sleutels terug die erbij horen${isLogKeyLost ? ', of zie `sluis log new-origin` als de sleutel van het logboek weg is' : ''}`,
      en: `keys: ${database} exists without ${names}; restore the keys that belong to it${isLogKeyLost ? ', or see `sluis log new-origin` when the log key is lost' : ''}`,
    })
  }
  if (!missing.includes('logKey')) checkLogAddress(sources)
  const partyKeys = await openPartyKeyFolder(pathOf(folder, 'partyKeys'))
  await makeKeyFiles(sources, missing)
  return {
    keyring: createKeyring(readKeyring(sources)),
    signer: readSigner(folder),
    tokenKey: readTokenKey(folder),
    partyKeys,
  }
}

/** A loopback address is a trial, of a restored copy for instance, and says nothing about where partners find the log. */
function checkLogAddress({ folder, issuer }: KeySources): void {
  const { origin } = readSigner(folder)
  if (isLoopback(issuer) || !isNamedAfterAnother(origin, issuer)) return
  const mend: LocalisedText = existsSync(pathOf(folder, 'database'))
    ? {
        nl: 'zet het voort onder het nieuwe adres met `sluis log new-origin --reason moved`',
        en: 'continue it under the new address with `sluis log new-origin --reason moved`',
      }
    : {
        nl: `haal ${DATA_FILES.logKey} en ${DATA_FILES.verifierKey} weg als er nooit iets onder is vastgelegd`,
        en: `remove ${DATA_FILES.logKey} and ${DATA_FILES.verifierKey} when nothing was ever recorded under them`,
      }
  throw new LocalisedError({
    nl: `sleutels: het logboek in ${folder} is genoemd naar \`${origin}\`, niet naar het openbare adres; zet SLUIS_ISSUER op het adres waarnaar het is genoemd, of ${mend.nl}`,
    en: `keys: the log in ${folder} is named after \`${origin}\`, not after the public address; set SLUIS_ISSUER to the address that it is named after, or ${mend.en}`,
  })
}

/**
 * Makes all key files of a new data folder. @returns their paths
 * @throws LocalisedError that names the files that exist already; then nothing was made
 */
export async function initialiseKeyFiles(sources: KeySources): Promise<readonly string[]> {
  const names = privateFiles(sources)
  const taken = (['database', ...names] as const).filter((name) => existsSync(pathOf(sources.folder, name)))
  if (taken.length > 0) {
    const present = taken.map((name) => DATA_FILES[name]).join(', ')
    throw new LocalisedError({
      nl: `sleutels: ${sources.folder} heeft al ${present}; geef een nieuwe map, of houd deze en start de gateway, die de ontbrekende bestanden maakt`,
      en: `keys: ${sources.folder} has ${present} already; name a new folder, or keep these and start the gateway, which makes the files that are missing`,
    })
  }
  await makeKeyFiles(sources, names)
  return [...names, 'verifierKey' as const].map((name) => pathOf(sources.folder, name))
}

/** The material of the keyring, from the setting or the file. @throws Error or SyntaxError that names the source and quotes nothing of it */
export function readKeyring({ folder, keyring }: Pick<KeySources, 'folder' | 'keyring'>): KeyringMaterial {
  if (!keyring) return readKeyringFile(pathOf(folder, 'keyring'))
  try {
    return parseKeyring(parseUtf8(keyring.reveal()))
  } catch (error) {
    throw new SyntaxError(`setting SLUIS_KEYRING: ${error instanceof SyntaxError ? error.message : 'is no keyring'}`)
  }
}

/** The signer of the log of a data folder. @throws Error or SyntaxError that quotes nothing of the key */
export const readSigner = (folder: string): CheckpointSigner =>
  createCheckpointSigner({ privateKey: readPrivateFile(pathOf(folder, 'logKey'), 'log key').trim() })

/** The signer of an origin that is being begun; undefined when none is. @throws as `readSigner` */
export function readNextSigner(folder: string): CheckpointSigner | undefined {
  const path = pathOf(folder, 'nextLogKey')
  if (!existsSync(path)) return undefined
  return createCheckpointSigner({ privateKey: readPrivateFile(path, 'next log key').trim() })
}

/**
 * The public keys of the log of a data folder: its own, from the private key or, when that is lost or damaged, from its public
 * file (undefined without either), and those of its earlier origins, oldest first.
 */
export function readVerifierKeys(folder: string): { own: string | undefined; earlier: readonly string[] } {
  return { own: readOwnVerifierKey(folder), earlier: readLines(pathOf(folder, 'earlierVerifierKeys')) }
}

function readOwnVerifierKey(folder: string): string | undefined {
  try {
    if (existsSync(pathOf(folder, 'logKey'))) return readSigner(folder).verifierKey
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return readLines(pathOf(folder, 'verifierKey'))[0]
}

/** The anchor and keys that a start checks the log of a data folder against. @param anchorPath in the folder when absent */
export const describeAnchoring = (
  folder: string,
  anchorPath: string | undefined,
  reportFault: (error: unknown) => void,
): Anchoring => ({
  path: anchorPath ?? pathOf(folder, 'anchor'),
  earlierKeys: readVerifierKeys(folder).earlier,
  nextKey: readNextSigner(folder)?.verifierKey,
  reportFault,
})

const readLines = (path: string): readonly string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : []

/** The key that signs access tokens. @throws Error that names the file */
export function readTokenKey(folder: string): PrivateJwk {
  const path = pathOf(folder, 'tokenKey')
  return readJsonFile(path, readPrivateFile(path, 'token key')) as PrivateJwk
}

const pathOf = (folder: string, name: keyof typeof DATA_FILES): string => join(folder, DATA_FILES[name])

const privateFiles = ({ keyring }: Pick<KeySources, 'keyring'>): readonly PrivateFile[] =>
  keyring ? ['logKey', 'tokenKey'] : ['keyring', 'logKey', 'tokenKey']

async function makeKeyFiles(
  { folder, issuer, clock, random }: KeySources,
  names: readonly PrivateFile[],
): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeDrafts(folder)
  if (names.includes('keyring'))
    createKeyringFile(pathOf(folder, 'keyring'), clock().toISOString().slice(0, 10), random)
  if (names.includes('logKey'))
    createPrivateFile(pathOf(folder, 'logKey'), `${generateLogKey(originAt(issuer), random).privateKey}\n`, random)
  if (names.includes('tokenKey')) {
    const { privateJwk } = await generateSigningKey()
    createPrivateFile(pathOf(folder, 'tokenKey'), `${JSON.stringify(privateJwk)}\n`, random)
  }
  // Not only with a new log key: the first start can have died in between, and then each file is there whole or not at all.
  if (!existsSync(pathOf(folder, 'verifierKey')))
    replacePublicFile(pathOf(folder, 'verifierKey'), `${readSigner(folder).verifierKey}\n`)
}

/** Of a first start that died while it wrote a key: nothing was made with that key, and nobody may find it. */
function removeDrafts(folder: string): void {
  if (existsSync(pathOf(folder, 'database'))) return
  const keyFiles = [...(['keyring', 'logKey', 'tokenKey'] as const).map((name) => DATA_FILES[name])]
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.draft') && keyFiles.some((file) => name.startsWith(`${file}.`))) rmSync(join(folder, name))
  }
}
