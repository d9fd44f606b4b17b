import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { compareCheckpoint } from '../audit/checkpoint/compare-checkpoint.ts'
import type { LogVerification } from '../audit/verify/verify.ts'
import { DATA_FILES, readVerifierKeys } from '../boot/key-files.ts'
import { SluisError } from '../errors.ts'
import type { Language } from '../model/language.ts'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { backUpDatabase, isDamage, removeDatabase, replaceDatabase } from '../storage/files/database-copy.ts'
import { acquireProcessLock } from '../storage/files/process-lock.ts'
import { createAnchor } from '../storage/log/anchor.ts'
import { readAnchored } from '../storage/log/anchor-reading.ts'
import { formatVerification, verifyDatabase } from './audit/verify-database.ts'
import { findKeys, noteKeyCommand } from './keys/key-folder.ts'
import { RESTORE_WORDS } from './restore-words.ts'
import { defineCommand, EXIT, type Terminal } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import {
  DATA_OPTION,
  JSON_OPTION,
  LANGUAGE_OPTION,
  LOG_KEY_OPTION,
  parseLanguage,
  readVerifierKeys as readGivenKeys,
} from './terminal/options.ts'
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
  options: { ...DATA_OPTION, ...LOG_KEY_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  exits: {
    verificationFailed: {
      nl: 'de reservekopie klopt niet; er is niets veranderd',
      en: 'the backup does not verify; nothing was changed',
    },
  },
  examples: ['restore /mnt/backup/sluis-2026-11-22.sqlite'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const words = RESTORE_WORDS[language]
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
      const verification = await copyAndVerify(file, draft, verifierKeys, terminal, language)
      if (!verification.ok) {
        terminal.err(`sluis: ${file}: ${formatVerification(verification, language)}`)
        terminal.err(words.unchanged)
        return EXIT.verificationFailed
      }
      const anchorPath = keys.anchorPath ?? join(keys.folder, DATA_FILES.anchor)
      const standing = await describeLog(draft, anchorPath, { own, earlier }, language)
      const aside = existsSync(path) ? `${path}.replaced-${formatMoment(keys.clock())}` : undefined
      noteKeyCommand(keys, 'restore')
      replaceDatabase(path, draft, aside ?? path)
      if (values.json) {
        terminal.out(
          JSON.stringify({ restored: file, treeSize: verification.treeSize, ...(aside && { aside }), ...standing }),
        )
        return EXIT.done
      }
      printText(terminal.out, `${file}: ${formatVerification(verification, language)}`)
      if (aside) terminal.out(words.keptAside(aside))
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
  language: Language,
): Promise<LogVerification> {
  try {
    await backUpDatabase(file, draft, progressBar(terminal, 'copy'))
    return await verifyDatabase(draft, verifierKeys, progressBar(terminal, 'verify'))
  } catch (error) {
    if (!isDamage(error) && !(error instanceof SluisError)) throw error
    return { ok: false, reason: RESTORE_WORDS[language].damaged }
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
  language: Language,
): Promise<LogStanding> {
  const words = RESTORE_WORDS[language]
  const anchor = createAnchor({ path: anchorPath, reportFault() {} })
  const reading = own === undefined ? { state: 'absent' as const } : await readAnchored(anchor, own, earlier)
  if (!('checkpoint' in reading)) {
    return { next: 'new-origin', reason: 'anchor-lost', text: words.anchorLost(anchorPath) }
  }
  const { treeSize: end } = reading.checkpoint
  const reader = openSqliteReader(path)
  try {
    const position = await compareCheckpoint(reader.log, reading.checkpoint)
    if (position === 'covered') return { next: 'start', text: words.complete(end) }
    const reason = position === 'behind' ? 'rolled-back' : 'forked'
    const next = words.newOrigin(reason)
    if (position === 'forked') return { next: 'new-origin', reason, text: words.forked(end, next) }
    const start = reader.size
    return { next: 'new-origin', reason, missing: { start, end }, text: words.behind(start, end - 1, next) }
  } finally {
    reader.close()
  }
}

/** An instant in a file name: 2026-11-22T100000.123Z. */
const formatMoment = (at: Date): string => at.toISOString().replaceAll(':', '')
