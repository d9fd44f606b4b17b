import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PulledDelivery } from '../../delivery/pulled.ts'
import { UUID } from '../../encoding/uuid.ts'
import type { RandomBytes } from '../../ports/keys.ts'
import { createPrivateFile, hasCode, replacePrivateFile } from '../../storage/files/private-file.ts'
import { CommandError } from '../terminal/failure.ts'

/** Whose inbox a cursor is of: the address of the gateway and the key of its log. */
export interface InboxOrigin {
  readonly issuer: string
  readonly verifierKey: string
}

/** The folder in which a party keeps its deliveries, one file each, and the cursor that it reached. */
export interface InboxFolder {
  /** Whether the delivery is there. @throws Error when something else has its name */
  has(id: string): boolean
  /** Writes a delivery to a new file; durable on return. @returns its path */
  keep(delivery: PulledDelivery): string
  /** The cursor that was reached at this gateway; undefined for the start. */
  readCursor(origin: InboxOrigin): { readonly cursor?: string; readonly isOfAnother: boolean }
  writeCursor(origin: InboxOrigin, cursor: string): void
}

const storedCursor = z.strictObject({ issuer: z.string(), verifierKey: z.string(), cursor: z.string() })

/**
 * Opens the folder, and makes it when absent. What the gateway says never chooses a path: a file is named by a UUID and nothing else,
 * and no link in the folder is followed, neither to write nor to read.
 */
export function openInboxFolder(folder: string, random: RandomBytes): InboxFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pathOf = (id: string): string => {
    if (!UUID.test(id))
      throw new CommandError({
        nl: 'de gateway stuurde een levering waarvan het id geen UUID is; er is niets voor geschreven',
        en: 'the gateway sent a delivery whose id is not a UUID; nothing was written for it',
      })
    return join(folder, `${id}.json`)
  }
  const cursorPath = join(folder, '.cursor')
  return {
    has(id) {
      const path = pathOf(id)
      const status = lstatSync(path, { throwIfNoEntry: false })
      if (status === undefined || status.isFile()) return status !== undefined
      throw new CommandError({
        nl: `${path}: is geen bestand dat \`sluis inbox pull\` schreef; haal het weg en haal opnieuw op`,
        en: `${path}: is not a file that \`sluis inbox pull\` wrote; remove it and pull again`,
      })
    },
    keep(delivery) {
      const path = pathOf(delivery.id)
      createPrivateFile(path, JSON.stringify(delivery, null, 2), random)
      return path
    },
    readCursor({ issuer, verifierKey }) {
      const text = readOwnFile(cursorPath)
      if (text === undefined) return { isOfAnother: false }
      const stored = parseCursorFile(text)
      if (stored?.issuer !== issuer || stored.verifierKey !== verifierKey) return { isOfAnother: true }
      return { cursor: stored.cursor, isOfAnother: false }
    },
    writeCursor(origin, cursor) {
      replacePrivateFile(cursorPath, `${JSON.stringify({ ...origin, cursor })}\n`)
    },
  }
}

/** Undefined for a file of an earlier version, which named no gateway. */
function parseCursorFile(text: string): z.infer<typeof storedCursor> | undefined {
  try {
    return storedCursor.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The text of a file of this folder itself; undefined when there is none. @throws Error for a link or a device */
function readOwnFile(path: string): string | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      if (fstatSync(file).isFile()) return readFileSync(file, 'utf8')
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    if (!hasCode(error, 'ELOOP')) throw error
  }
  throw new CommandError({
    nl: `${path}: is geen bestand dat \`sluis inbox pull\` schreef; haal het weg en haal opnieuw op`,
    en: `${path}: is not a file that \`sluis inbox pull\` wrote; remove it and pull again`,
  })
}
