import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DATA_FILES, readVerifierKeys } from '../boot/key-files.ts'
import type { Language } from '../model/language.ts'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { backUpDatabase, placeCopy, removeDatabase } from '../storage/files/database-copy.ts'
import { formatVerification, verifyDatabase } from './audit/verify-database.ts'
import { findKeys, noteKeyCommand, recordIfIdle, verifyDatabaseOwner, verifyOwner } from './keys/key-folder.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from './terminal/options.ts'
import { progressBar } from './terminal/progress.ts'
import { printText } from './terminal/visible-text.ts'

export const backup = defineCommand({
  name: 'backup',
  summary: {
    nl: 'de database kopiëren, ook als de gateway draait, en controleren; sleutels staan er nooit in',
    en: 'copy the database, also while the gateway runs, and verify the copy; keys are never in it',
  },
  usage: '--to FILE',
  options: {
    to: {
      type: 'string',
      value: 'FILE',
      what: { nl: 'het nieuwe bestand; mag nog niet bestaan', en: 'the new file; must not exist yet' },
    },
    ...DATA_OPTION,
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'het logboek in de kopie klopt niet, dus er is geen reservekopie gemaakt',
      en: 'the log in the copy does not verify, so no backup was made',
    },
  },
  examples: ['backup --to /mnt/backup/sluis-2026-11-22.sqlite'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const { to } = values
    if (!to)
      throw new UsageError({ nl: 'geef het nieuwe bestand met --to FILE', en: 'give the new file with --to FILE' })
    if (existsSync(to))
      throw new UsageError({
        nl: `${to} bestaat al; geef een nieuwe naam`,
        en: `${to} exists already; give a new name`,
      })
    const keys = findKeys(settings(), values.data)
    verifyDatabaseOwner(keys.folder)
    verifyOwner(keys)
    const { own, earlier } = readVerifierKeys(keys.folder)
    const draft = `${to}.draft`
    // An interrupted run may have left one.
    removeDatabase(draft)
    try {
      await backUpDatabase(join(keys.folder, DATA_FILES.database), draft, progressBar(terminal, 'copy'))
      const verification = await verifyDatabase(draft, [...earlier, own!], progressBar(terminal, 'verify'))
      if (!verification.ok) {
        terminal.err(WORDS[language].failed)
        terminal.err(formatVerification(verification, language))
        return EXIT.verificationFailed
      }
      const { note } = await readHead(draft)
      noteKeyCommand(keys, 'backup')
      placeCopy(draft, to)
      if (values.json) terminal.out(JSON.stringify({ backup: to, treeSize: verification.treeSize, checkpoint: note }))
      else {
        printText(terminal.out, `${to}: ${formatVerification(verification, language)}\n${note.trimEnd()}`)
        terminal.err(WORDS[language].noKeys)
      }
    } finally {
      removeDatabase(draft)
    }
    await recordIfIdle(keys, terminal, language)
    return EXIT.done
  },
})

async function readHead(path: string): Promise<{ note: string }> {
  const reader = openSqliteReader(path)
  try {
    return (await reader.log.checkpoint())!
  } finally {
    reader.close()
  }
}

const WORDS: Readonly<Record<Language, { readonly failed: string; readonly noKeys: string }>> = {
  nl: {
    failed: 'sluis: het logboek in de kopie klopt niet, dus er is geen reservekopie gemaakt',
    noKeys:
      'de reservekopie heeft geen sleutels: bewaar die apart; gegevens die later worden vernietigd, blijven in de reservekopie staan, dus vernietig die op tijd',
  },
  en: {
    failed: 'sluis: the log in the copy does not verify, so no backup was made',
    noKeys:
      'the backup holds no keys: back them up separately; data that is erased later remains in the backup, so destroy it in time',
  },
}
