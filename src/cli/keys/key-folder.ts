import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { formatKeyRecord, type KeyCommand } from '../../audit/record/key.ts'
import { formatFaultLine } from '../../boot/fault-line.ts'
import { DATA_FILES, describeAnchoring, type KeySources, readSigner } from '../../boot/key-files.ts'
import type { Settings } from '../../boot/settings.ts'
import { formatBase64Url } from '../../encoding/bytes.ts'
import { SluisError } from '../../errors.ts'
import type { Language } from '../../model/language.ts'
import { deriveKeyCheck } from '../../pseudonym/key-check.ts'
import { createKeyring, type KeyringMaterial, type ServedUse } from '../../pseudonym/keyring.ts'
import { type OpenStore, openSqlite } from '../../storage/better-sqlite.ts'
import { createCommandJournal, writeCommand } from '../../storage/files/command-journal.ts'
import { createGroupCommit } from '../../storage/group-commit.ts'
import type { Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { KEY_WORDS } from './key-words.ts'

/** The keys that a command works on, and where the anchor of their log is when not in the data folder. */
export interface KeyFolder extends KeySources {
  readonly anchorPath: string | undefined
}

/** The keys in a data folder, by default that of the settings. */
export function findKeys(settings: Settings, dataFolder: string | undefined): KeyFolder {
  return {
    folder: dataFolder ?? settings.dataFolder,
    issuer: settings.issuer,
    keyring: settings.keyring,
    anchorPath: settings.anchorPath,
    clock: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  }
}

/**
 * Verifies that the keys belong to the user who runs this: the gateway could not read files of another owner.
 * @throws UsageError when there are no keys, or they belong to another user
 */
export function verifyOwner({ folder }: KeySources): void {
  const logKey = join(folder, DATA_FILES.logKey)
  if (!existsSync(logKey)) {
    throw new UsageError({
      nl: `geen sleutels in ${folder}; geef de datamap van de gateway met --data of SLUIS_DATA`,
      en: `no keys in ${folder}; give the data folder of the gateway with --data or SLUIS_DATA`,
    })
  }
  requireOwner(folder, logKey)
}

/** Verifies the same of the database. @throws UsageError when there is none, or it belongs to another user */
export function verifyDatabaseOwner(folder: string): void {
  const database = join(folder, DATA_FILES.database)
  if (!existsSync(database)) {
    throw new UsageError({
      nl: `geen database in ${folder}; geef de datamap van de gateway met --data of SLUIS_DATA`,
      en: `no database in ${folder}; give the data folder of the gateway with --data or SLUIS_DATA`,
    })
  }
  requireOwner(folder, database)
}

function requireOwner(folder: string, path: string): void {
  if (statSync(path).uid === process.geteuid?.()) return
  throw new UsageError({
    nl: `${folder} is van een andere gebruiker; voer dit uit als de gebruiker onder wie de gateway draait`,
    en: `${folder} belongs to another user; run this as the user that the gateway runs as`,
  })
}

/** The path of the keyring file. @throws UsageError when the platform holds the keyring */
export function keyringPath({ folder, keyring }: KeySources): string {
  const path = join(folder, DATA_FILES.keyring)
  if (!keyring) return path
  throw new UsageError({
    nl: `de sleutelbos staat in SLUIS_KEYRING; schrijf de tekst ervan naar ${path} (0600), haal de instelling weg, voer dit opnieuw uit, en geef de nieuwe tekst aan het platform`,
    en: `the keyring is in SLUIS_KEYRING; write its text to ${path} (mode 0600), unset the setting, run this again, and give the new text to the platform`,
  })
}

/** Notes a command in the journal, from which it reaches the log whatever happens next. */
export function noteKeyCommand(
  { folder, clock, random }: KeySources,
  command: KeyCommand,
  subject: { readonly epoch?: number; readonly uses?: readonly string[] } = {},
): void {
  const at = clock()
  const record = formatKeyRecord({
    type: 'key',
    at: at.toISOString(),
    step: 'command',
    command,
    ...subject,
    nonce: random(16),
  })
  writeCommand(join(folder, DATA_FILES.commandJournal), record, at, random)
}

/**
 * Opens the store of a data folder for this process alone; undefined when there is none yet.
 * @throws SluisError `not-ready` when the gateway runs, or when the log cannot be continued
 */
export async function openStore(sources: KeyFolder, terminal: Terminal): Promise<OpenStore | undefined> {
  const { folder, clock, anchorPath } = sources
  const path = join(folder, DATA_FILES.database)
  if (!existsSync(path)) return undefined
  const anchoring = describeAnchoring(folder, anchorPath, (error) => terminal.err(formatFaultLine(error, clock())))
  return openSqlite({ path, signer: readSigner(folder), anchoring })
}

/** Moves the noted commands into the log of a store. @returns how many */
export const takeCommands = ({ folder }: KeySources, { store }: OpenStore): Promise<number> =>
  createCommandJournal(join(folder, DATA_FILES.commandJournal), store.log, createGroupCommit(store)).take()

/** Moves the noted commands into the log at once when no gateway runs. A running gateway does so within a minute, another at its start. */
export async function recordIfIdle(sources: KeyFolder, terminal: Terminal, language: Language): Promise<void> {
  try {
    const open = await openStore(sources, terminal)
    if (open) {
      await takeCommands(sources, open).finally(open.close)
      return
    }
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
  }
  terminal.err(KEY_WORDS[language].recordedLater)
}

/** The public facts of an epoch. */
export interface EpochSummary {
  readonly epoch: number
  readonly created?: string
  readonly uses: readonly ServedUse[]
  /** Key check value, base64url. */
  readonly check: string
}

/** The epochs of a keyring, newest first. */
export async function summariseEpochs(material: KeyringMaterial): Promise<readonly EpochSummary[]> {
  const keyring = createKeyring(material)
  return Promise.all(
    material.epochs
      .toSorted((a, b) => b.epoch - a.epoch)
      .map(async ({ epoch, created, uses }) => ({
        epoch,
        ...(created !== undefined && { created }),
        uses,
        check: formatBase64Url(await deriveKeyCheck(keyring, epoch)),
      })),
  )
}
