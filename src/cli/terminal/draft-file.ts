import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncDirectory } from '../../storage/files/private-file.ts'

/** A file that comes into being piece by piece and is there whole or not at all. */
export interface DraftFile {
  write(text: string): void
  /** Puts it in place, over what stood there. On return it is durable. */
  publish(): void
  /** Takes away what was written, unless it was published. */
  discard(): void
}

/** Opens a draft beside the file it will be, for its owner only. @throws Error when the folder cannot be written */
export function draftFile(path: string): DraftFile {
  const draft = `${path}.draft`
  // What a run that died left behind.
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
