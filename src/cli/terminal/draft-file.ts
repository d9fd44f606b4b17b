import { closeSync, constants, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncDirectory } from '../../storage/files/private-file.ts'
import { CommandError } from './failure.ts'

/** A file that is written in pieces and appears whole or not at all. */
export interface DraftFile {
  write(text: string): void
  /** Moves it to its path, replacing an older file. On return it is durable. */
  publish(): void
  /** Removes what was written, unless it was published. */
  discard(): void
}

/** Opens a draft beside the final path, by default for its owner only. @throws Error when the folder cannot be written */
export function draftFile(path: string, mode = 0o600): DraftFile {
  const draft = `${path}.draft`
  // An interrupted run may have left one.
  rmSync(draft, { force: true })
  const file = openNew(draft, path, mode)
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return {
    write: (text) => {
      const bytes = Buffer.from(text)
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset)
    },
    publish() {
      fsyncSync(file)
      close()
      renameSync(draft, path)
      syncDirectory(dirname(path))
    },
    discard() {
      close()
      rmSync(draft, { force: true })
    },
  }
}

/** Writes a file that appears whole or not at all, by default for its owner only. @throws Error when it cannot be written */
export function writeWholeFile(path: string, text: string, mode?: number): void {
  const draft = draftFile(path, mode)
  try {
    draft.write(text)
    draft.publish()
  } finally {
    draft.discard()
  }
}

function openNew(draft: string, path: string, mode: number): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants
  try {
    // Fails on a link that somebody planted, also on one that points nowhere.
    const file = openSync(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
    // The umask of the process may have removed rights of the owner too.
    fchmodSync(file, mode)
    return file
  } catch (cause) {
    throw new CommandError(
      {
        nl: `${path}: is niet te schrijven; geef een pad in een map waarin u mag schrijven`,
        en: `${path}: cannot be written; give a path in a folder that you may write`,
      },
      { cause },
    )
  }
}
