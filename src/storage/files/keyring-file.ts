import { SluisError } from '../../errors.ts'
import { secret } from '../../model/secret.ts'
import type { Keyring, RandomBytes } from '../../ports/keys.ts'
import { newKeyring } from '../../pseudonym/key-rotation.ts'
import { createKeyring, type KeyringMaterial, MASTER_SECRET_BYTES } from '../../pseudonym/keyring.ts'
import { formatKeyring, parseKeyring } from '../../pseudonym/keyring-text.ts'
import { createPrivateFile, type FileCalls, hasCode, readPrivateFile, replacePrivateFile } from './private-file.ts'
import { acquireProcessLock, type ProcessLock } from './process-lock.ts'

/**
 * The contents of a keyring file (`parseKeyring` defines the form).
 *
 * @throws Error when the file is absent, is not a regular file, or is open to others than its owner (mode wider than 0600)
 * @throws SyntaxError when its text is not a keyring; the text is never quoted
 */
export const readKeyringFile = (path: string): KeyringMaterial => parseKeyring(readPrivateFile(path, 'keyring'))

/** The keyring of a file. @throws what `readKeyringFile` and `createKeyring` throw */
export const openKeyringFile = (path: string): Keyring => createKeyring(readKeyringFile(path))

/**
 * Makes a keyring of one epoch with a fresh secret and writes it to a new file with mode 0600. On return the file is durable.
 * The file is written completely or not at all, also when the process dies half-way, and an existing file is not changed.
 *
 * @param created RFC 3339 full-date
 * @throws Error when the path is taken or cannot be written
 */
export function createKeyringFile(path: string, created: string, random: RandomBytes): Keyring {
  const material = newKeyring(secret(random(MASTER_SECRET_BYTES)), created)
  try {
    createPrivateFile(path, formatKeyring(material), random)
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause
    throw new Error(`keyring: \`${path}\` exists already; choose another path or use the keyring in it`, { cause })
  }
  return createKeyring(material)
}

/**
 * Changes a keyring file, one process at a time. On return the change is durable; whenever the process dies, the path is the
 * complete old file or the complete new one. No copy of the old one is kept.
 *
 * @param change receives the current contents; when it throws, nothing is written
 * @throws Error when another process is changing it, and what `readKeyringFile`, `change` and `createKeyring` throw
 */
export function changeKeyringFile(
  path: string,
  change: (held: KeyringMaterial) => KeyringMaterial,
  calls?: FileCalls,
): void {
  const lock = acquireLock(path)
  try {
    const changed = change(readKeyringFile(path))
    // A keyring that could not be opened afterwards is not written.
    createKeyring(changed)
    replacePrivateFile(path, formatKeyring(changed), calls)
  } finally {
    lock.release()
  }
}

function acquireLock(path: string): ProcessLock {
  try {
    return acquireProcessLock(path)
  } catch (cause) {
    if (!(cause instanceof SluisError)) throw cause
    throw new Error(`keyring: another process is changing \`${path}\`; try again when it is done`, { cause })
  }
}
