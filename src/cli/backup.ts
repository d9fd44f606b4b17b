import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DATA_FILES, readVerifierKeys } from '../boot/key-files.ts'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { backUpDatabase, placeCopy, removeDatabase } from '../storage/files/database-copy.ts'
import { formatVerification, verifyDatabase } from './audit/verify-database.ts'
import { findKeys, noteKeyCommand, recordIfIdle, verifyDatabaseOwner, verifyOwner } from './keys/key-folder.ts'
import { type Command, EXIT, parseArguments, UsageError } from './terminal/command.ts'
import { progressBar } from './terminal/progress.ts'

export const backup: Command = {
  name: 'backup',
  usage: '--to FILE [--data FOLDER] [--json]',
  summary:
    'copy the database as it is at this moment, also while the gateway runs, and verify the copy; never the keys',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      to: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const { to } = values
    if (!to) throw new UsageError('say where to with --to FILE')
    if (existsSync(to)) throw new UsageError(`${to} is there already; give a new name`)
    const keys = findKeys(terminal, values.data)
    verifyDatabaseOwner(keys.folder)
    verifyOwner(keys)
    const { own, earlier } = readVerifierKeys(keys.folder)
    const draft = `${to}.draft`
    // Of a run that was cut off.
    removeDatabase(draft)
    try {
      await backUpDatabase(join(keys.folder, DATA_FILES.database), draft, progressBar(terminal, 'copy'))
      const verification = await verifyDatabase(draft, [...earlier, own!], progressBar(terminal, 'verify'))
      if (!verification.ok) {
        terminal.err(`sluis: the log in the copy does not verify, so no backup was made`)
        terminal.err(formatVerification(verification))
        return EXIT.verificationFailed
      }
      const { note } = await readHead(draft)
      noteKeyCommand(keys, 'backup')
      placeCopy(draft, to)
      if (values.json) terminal.out(JSON.stringify({ backup: to, treeSize: verification.treeSize, checkpoint: note }))
      else {
        terminal.out(`${to}: ${formatVerification(verification)}`)
        terminal.out(note.trimEnd())
        terminal.err('no key is in it: back the keys up apart from it; what is erased after today is still in it')
      }
    } finally {
      removeDatabase(draft)
    }
    await recordIfIdle(keys, terminal)
    return EXIT.done
  },
}

async function readHead(path: string): Promise<{ note: string }> {
  const reader = openSqliteReader(path)
  try {
    return (await reader.log.checkpoint())!
  } finally {
    reader.close()
  }
}
