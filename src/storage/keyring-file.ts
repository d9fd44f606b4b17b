import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { formatHex } from '../encoding.ts'
import type { Keyring, RandomBytes } from '../ports.ts'
import { createKeyring, formatKeyring, type KeyringMaterial, parseKeyring } from '../pseudonym/keyring.ts'
import { secret } from '../secret.ts'

/** Reading and writing for the owner, nothing for anybody else. */
const OWNER_ONLY = 0o600
const MASTER_SECRET_BYTES = 32

/**
 * The keyring that a file holds (`parseKeyring` gives the form).
 *
 * @throws Error when the file is absent, is no file, or is open to others than its owner (mode wider than 0600)
 * @throws SyntaxError when its text is no keyring; the text is never quoted
 */
export function openKeyringFile(path: string): Keyring {
  // The mode is asked of what was opened, so that the file cannot be exchanged between the question and the reading.
  const file = openForReading(path)
  try {
    const status = fstatSync(file)
    if (!status.isFile()) throw new Error(`keyring: \`${path}\` is not a file; give the path of a keyring file`)
    const mode = status.mode & 0o777
    if ((mode & ~OWNER_ONLY) !== 0) {
      throw new Error(
        `keyring: \`${path}\` has mode 0${mode.toString(8)} and may be open to others; run chmod 600 on it and, if others could read it, rotate its keys`,
      )
    }
    return createKeyring(parseKeyring(readFileSync(file, 'utf8')))
  } finally {
    closeSync(file)
  }
}

/**
 * Makes a keyring of one epoch with a fresh secret and writes it to a new file with mode 0600. On return the file is durable.
 * The path shows the whole file or none, also when the process dies half-way, and a file that is there is left as it is.
 *
 * @throws Error when the path is taken or cannot be written
 */
export function createKeyringFile(path: string, random: RandomBytes): Keyring {
  const material: KeyringMaterial = { currentEpoch: 1, epochs: new Map([[1, secret(random(MASTER_SECRET_BYTES))]]) }
  const draft = `${path}.${formatHex(random(8))}.draft`
  writeDraft(draft, formatKeyring(material))
  try {
    // A link, unlike a rename, fails when the name is taken: losing a keyring is losing every pseudonym.
    linkSync(draft, path)
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause
    throw new Error(`keyring: \`${path}\` is there already; choose another path or use the keyring it holds`, { cause })
  } finally {
    unlinkSync(draft)
  }
  syncDirectory(dirname(path))
  return createKeyring(material)
}

function openForReading(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY)
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw cause
    throw new Error(`keyring: \`${path}\` does not exist; create a keyring or restore it from its backup`, { cause })
  }
}

function writeDraft(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY)
  try {
    // The umask of the process may have taken rights away from the owner as well.
    fchmodSync(file, OWNER_ONLY)
    writeFileSync(file, text)
    fsyncSync(file)
  } catch (cause) {
    unlinkSync(path)
    throw cause
  } finally {
    closeSync(file)
  }
}

/** Makes the new name durable; the file itself already is. */
function syncDirectory(path: string): void {
  const directory = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
