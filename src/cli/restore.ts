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

export const restore = defineCommand({
  name: 'restore',
  summary: 'replace the database of a stopped gateway by a backup that verifies, and report what the log lacks',
  usage: 'FILE',
  operands: { FILE: 'a backup that `sluis backup` made' },
  options: { ...DATA_OPTION, ...LOG_KEY_OPTION, ...JSON_OPTION },
  exits: { verificationFailed: 'the backup does not verify; nothing was changed' },
  examples: ['restore /mnt/backup/sluis-2026-11-22.sqlite'],
  async run({ values, positionals, settings }, terminal) {
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError('give the one file of a backup')
    if (!existsSync(file)) throw new UsageError(`${file} does not exist; give the file of a backup`)
    const keys = findKeys(settings(), values.data)
    const { own, earlier } = readVerifierKeys(keys.folder)
    const verifierKeys = [...earlier, ...(own === undefined ? [] : [own]), ...readGivenKeys(values['log-key'])]
    if (verifierKeys.length === 0) {
      throw new UsageError(
        `no key of the log in ${keys.folder} to verify the backup with; restore the keys first, or give --log-key`,
      )
    }
    const path = join(keys.folder, DATA_FILES.database)
    mkdirSync(keys.folder, { recursive: true, mode: 0o700 })
    const lock = acquireProcessLock(path)
    const draft = `${path}.restoring`
    // Of a run that was cut off.
    removeDatabase(draft)
    try {
      // The copy is what is verified and put in place: the file may change meanwhile.
      const verification = await copyAndVerify(file, draft, verifierKeys, terminal)
      if (!verification.ok) {
        terminal.err(`sluis: ${file}: ${formatVerification(verification)}`)
        terminal.err('sluis: nothing was changed')
        return EXIT.verificationFailed
      }
      const anchorPath = keys.anchorPath ?? join(keys.folder, DATA_FILES.anchor)
      const meaning = await tellMeaning(draft, anchorPath, { own, earlier })
      const aside = existsSync(path) ? `${path}.replaced-${formatMoment(keys.clock())}` : undefined
      noteKeyCommand(keys, 'restore')
      replaceDatabase(path, draft, aside ?? path)
      if (values.json) {
        terminal.out(
          JSON.stringify({ restored: file, treeSize: verification.treeSize, ...(aside && { aside }), ...meaning }),
        )
        return EXIT.done
      }
      terminal.out(`${file}: ${formatVerification(verification)}`)
      if (aside)
        terminal.out(
          `the database that it replaces is kept as ${aside}; it holds everything that one did, so destroy it in time`,
        )
      terminal.out(meaning.text)
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
    return { ok: false, reason: 'the file is no whole database of Sluis; give another backup' }
  }
}

/** What the log of a restored database can do next. */
interface Meaning {
  readonly next: 'start' | 'new-origin'
  /** Records `[start, end)` that the anchor knows and the backup lacks. */
  readonly missing?: { readonly start: number; readonly end: number }
  readonly reason?: 'rolled-back' | 'forked' | 'anchor-lost'
  readonly text: string
}

async function tellMeaning(
  path: string,
  anchorPath: string,
  { own, earlier }: { own: string | undefined; earlier: readonly string[] },
): Promise<Meaning> {
  const anchor = createAnchor({ path: anchorPath, reportFault() {} })
  const reading = own === undefined ? { state: 'absent' as const } : await readAnchored(anchor, own, earlier)
  if (!('checkpoint' in reading)) {
    const text = `the anchor of the log is not there or cannot be read, so nothing shows what the backup lacks; unless \`${anchorPath}\` is put back the gateway starts only after \`sluis log new-origin --reason anchor-lost\``
    return { next: 'new-origin', reason: 'anchor-lost', text }
  }
  const { treeSize: end } = reading.checkpoint
  const reader = openSqliteReader(path)
  try {
    const standing = await compareCheckpoint(reader.log, reading.checkpoint)
    if (standing === 'covered') {
      return { next: 'start', text: `nothing that the log signed is missing (${end} entries); the gateway can start` }
    }
    const reason = standing === 'behind' ? 'rolled-back' : 'forked'
    const how = `The gateway will refuse to start until \`sluis log new-origin --reason ${reason}\`; run that only when no newer database can be found`
    if (standing === 'forked') {
      const text = `the backup has another tree than the ${end} entries that the log signed last: it is from a copy that went on elsewhere. ${how}`
      return { next: 'new-origin', reason, text }
    }
    const start = reader.size
    const text = `entries ${start} up to and including ${end - 1} are not in the backup: what they record happened, and their receipts stay valid. ${how}`
    return { next: 'new-origin', reason, missing: { start, end }, text }
  } finally {
    reader.close()
  }
}

/** For a name of a file: 2026-11-22T100000.123Z. */
const formatMoment = (at: Date): string => at.toISOString().replaceAll(':', '')
