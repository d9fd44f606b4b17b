import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { compareCheckpoint } from '../audit/checkpoint/compare-checkpoint.ts'
import type { LogVerification } from '../audit/verify/verify.ts'
import { DATA_FILES, readVerifierKeys } from '../boot/key-files.ts'
import { SluisError } from '../errors.ts'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { backUpDatabase, isDamage, removeDatabase, replaceDatabase } from '../storage/files/database-copy.ts'
import { acquireProcessLock } from '../storage/files/process-lock.ts'
import { createAnchor } from '../storage/log/anchor.ts'
import { readAnchored } from '../storage/log/anchor-reading.ts'
import { formatVerification, verifyDatabase } from './audit/verify-database.ts'
import { findKeys, noteKeyCommand } from './keys/key-folder.ts'
import { defineCommand, EXIT, type Terminal } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION, LOG_KEY_OPTION, readVerifierKeys as readGivenKeys } from './terminal/options.ts'
import { progressBar } from './terminal/progress.ts'
import { printText } from './terminal/visible-text.ts'

export const restore = defineCommand({
  name: 'restore',
  summary: {
    nl: 'de database van een gestopte gateway vervangen door een reservekopie die klopt',
    en: 'replace the database of a stopped gateway by a backup that verifies',
  },
  usage: 'FILE',
  operands: { FILE: { nl: 'een reservekopie die `sluis backup` maakte', en: 'a backup that `sluis backup` made' } },
  options: { ...DATA_OPTION, ...LOG_KEY_OPTION, ...JSON_OPTION },
  exits: {
    verificationFailed: {
      nl: 'de reservekopie klopt niet; er is niets veranderd',
      en: 'the backup does not verify; nothing was changed',
    },
  },
  examples: ['restore /mnt/backup/sluis-2026-11-22.sqlite'],
  async run({ values, positionals, settings }, terminal) {
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0)
      throw new UsageError({ nl: 'geef één bestand: de reservekopie', en: 'give one file: the backup' })
    if (!existsSync(file))
      throw new UsageError({
        nl: `${file} bestaat niet; geef het bestand van een reservekopie`,
        en: `${file} does not exist; give the file of a backup`,
      })
    const keys = findKeys(settings(), values.data)
    const { own, earlier } = readVerifierKeys(keys.folder)
    const verifierKeys = [...earlier, ...(own === undefined ? [] : [own]), ...readGivenKeys(values['log-key'])]
    if (verifierKeys.length === 0) {
      throw new UsageError({
        nl: `${keys.folder} heeft geen sleutel van het logboek om de reservekopie mee te controleren; zet eerst de sleutels terug, of geef --log-key`,
        en: `${keys.folder} holds no key of the log to verify the backup with; restore the keys first, or give --log-key`,
      })
    }
    const path = join(keys.folder, DATA_FILES.database)
    mkdirSync(keys.folder, { recursive: true, mode: 0o700 })
    const lock = acquireProcessLock(path)
    const draft = `${path}.restoring`
    // An interrupted run may have left one.
    removeDatabase(draft)
    try {
      // The copy is verified and put in place, because the file itself may change meanwhile.
      const verification = await copyAndVerify(file, draft, verifierKeys, terminal)
      if (!verification.ok) {
        terminal.err(`sluis: ${file}: ${formatVerification(verification)}`)
        terminal.err('sluis: nothing was changed')
        return EXIT.verificationFailed
      }
      const anchorPath = keys.anchorPath ?? join(keys.folder, DATA_FILES.anchor)
      const standing = await describeLog(draft, anchorPath, { own, earlier })
      const aside = existsSync(path) ? `${path}.replaced-${formatMoment(keys.clock())}` : undefined
      noteKeyCommand(keys, 'restore')
      replaceDatabase(path, draft, aside ?? path)
      if (values.json) {
        terminal.out(
          JSON.stringify({ restored: file, treeSize: verification.treeSize, ...(aside && { aside }), ...standing }),
        )
        return EXIT.done
      }
      printText(terminal.out, `${file}: ${formatVerification(verification)}`)
      if (aside)
        terminal.out(
          `the replaced database is kept as ${aside}; it still holds its personal data, so destroy it in time`,
        )
      terminal.out(standing.text)
      return EXIT.done
    } finally {
      removeDatabase(draft)
      lock.release()
    }
  },
})

async function copyAndVerify(
  file: string,
  draft: string,
  verifierKeys: readonly string[],
  terminal: Terminal,
): Promise<LogVerification> {
  try {
    await backUpDatabase(file, draft, progressBar(terminal, 'copy'))
    return await verifyDatabase(draft, verifierKeys, progressBar(terminal, 'verify'))
  } catch (error) {
    if (!isDamage(error) && !(error instanceof SluisError)) throw error
    return { ok: false, reason: 'the file is not an intact database of Sluis; give another backup' }
  }
}

/** How the log of a restored database relates to what it signed before, and what can be done next. */
interface LogStanding {
  readonly next: 'start' | 'new-origin'
  /** Records `[start, end)` that the anchor covers and the backup lacks. */
  readonly missing?: { readonly start: number; readonly end: number }
  readonly reason?: 'rolled-back' | 'forked' | 'anchor-lost'
  readonly text: string
}

async function describeLog(
  path: string,
  anchorPath: string,
  { own, earlier }: { own: string | undefined; earlier: readonly string[] },
): Promise<LogStanding> {
  const anchor = createAnchor({ path: anchorPath, reportFault() {} })
  const reading = own === undefined ? { state: 'absent' as const } : await readAnchored(anchor, own, earlier)
  if (!('checkpoint' in reading)) {
    const text = `the anchor of the log is absent or cannot be read, so it is unknown what the backup lacks; restore \`${anchorPath}\`, or else the gateway starts only after \`sluis log new-origin --reason anchor-lost\``
    return { next: 'new-origin', reason: 'anchor-lost', text }
  }
  const { treeSize: end } = reading.checkpoint
  const reader = openSqliteReader(path)
  try {
    const position = await compareCheckpoint(reader.log, reading.checkpoint)
    if (position === 'covered') {
      return {
        next: 'start',
        text: `the backup holds everything that the log signed (${end} entries); the gateway can start`,
      }
    }
    const reason = position === 'behind' ? 'rolled-back' : 'forked'
    const how = `the gateway will not start before \`sluis log new-origin --reason ${reason}\`; run that only when no newer database can be found`
    if (position === 'forked') {
      const text = `the backup has a different tree than the ${end} entries that the log signed last: it is from a copy that continued elsewhere; ${how}`
      return { next: 'new-origin', reason, text }
    }
    const start = reader.size
    const text = `entries ${start} up to and including ${end - 1} are not in the backup: what they record did happen, and their receipts stay valid; ${how}`
    return { next: 'new-origin', reason, missing: { start, end }, text }
  } finally {
    reader.close()
  }
}

/** An instant in a file name: 2026-11-22T100000.123Z. */
const formatMoment = (at: Date): string => at.toISOString().replaceAll(':', '')
