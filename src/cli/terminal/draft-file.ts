import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncDirectory } from '../../storage/files/private-file.ts'

/** A file that is written in pieces and appears whole or not at all. */
export interface DraftFile {
  write(text: string): void
  /** Moves it to its path, replacing an older file. On return it is durable. */
  publish(): void
  /** Removes what was written, unless it was published. */
  discard(): void
}

/** Opens a draft beside the final path, readable by its owner only. @throws Error when the folder cannot be written */
export function draftFile(path: string): DraftFile {
  const draft = `${path}.draft`
  // An interrupted run may have left one.
  rmSync(draft, { force: true })
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  const file = openSync(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
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
