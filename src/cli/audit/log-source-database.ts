import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LogExportHead } from '../../audit/export/log-export.ts'
import type { RecordFilter } from '../../audit/export/record-filter.ts'
import { formatAccessRecord, type LogUse, OPERATOR } from '../../audit/record/access.ts'
import { DATA_FILES } from '../../boot/key-files.ts'
import type { Settings } from '../../boot/settings.ts'
import { loadArchive, parseArchive } from '../../exchange/rule-sets/archived.ts'
import type { Language } from '../../model/language.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { boundsOf, recordedFilter } from '../../review/check-filter.ts'
import { formHead } from '../../review/export-log.ts'
import { readSelected } from '../../review/select-records.ts'
import { openSqliteReader, type SqliteReader } from '../../storage/better-sqlite.ts'
import { writeCommand } from '../../storage/files/command-journal.ts'
import { findKeys, recordIfIdle } from '../keys/key-folder.ts'
import type { Terminal } from '../terminal/command.ts'
import { VerificationError } from '../terminal/failure.ts'
import { progressBar } from '../terminal/progress.ts'
import { refuseUnknownWords } from './check-words.ts'
import type { LogPart, LogSource } from './log-source.ts'
import { vocabulariesFor } from './record-labels.ts'
import { createLoader } from './rule-set-archive.ts'
import { formatVerification, verifyDatabase } from './verify-database.ts'

/**
 * The log in a database file, or in a copy of one.
 * @throws VerificationError; UsageError from the records, for a word of the filter that neither they nor the rules know
 */
export async function openDatabase(
  settings: () => Settings,
  terminal: Terminal,
  path: string,
  keys: readonly string[],
  use: LogUse,
  part: LogPart,
  policies: string | undefined,
  language: Language,
): Promise<LogSource> {
  const filter = part.filter ?? {}
  const policySet = readActivePolicy(path)
  const show = progressBar(terminal, 'verify')
  const verification = await verifyDatabase(path, keys, show)
  show(1, 1)
  if (!verification.ok)
    throw new VerificationError({
      nl: `${path}: ${formatVerification(verification, 'nl')}`,
      en: `${path}: ${formatVerification(verification)}`,
    })
  const reader = openSqliteReader(path)
  const findPolicyTexts: LogSource['findPolicyTexts'] = async (policyHash) => {
    const archive = reader.findPolicyArchive(policyHash)
    return archive && Object.fromEntries(parseArchive(archive.content).map(({ path, text }) => [path, text]))
  }
  const bounds = boundsOf(filter, vocabulariesFor(createLoader({ findPolicyTexts }, policies), settings))
  try {
    const checkpoint = await newestCheckpoint(reader, verification.treeSize)
    const head = formHead(keyOf(checkpoint.note, keys), checkpoint, { filter, ...rangeOf(part) })
    return {
      kind: 'database',
      head,
      hasProofs: false,
      records: () => refuseUnknownWords(readSelected(reader.log, head, filter, bounds), filter, policySet),
      findPolicyTexts,
      policySet,
      log: reader.log,
      noteUse: (found) => noteUse(settings, terminal, path, use, { ...head, filter }, found, language),
      close: reader.close,
    }
  } catch (error) {
    reader.close()
    throw error
  }
}

/** The rule set in force in a database, for its vocabulary. */
function readActivePolicy(path: string): PolicySet | undefined {
  const reader = openSqliteReader(path)
  try {
    const active = reader.findActivePolicy()
    return active && loadArchive(active.content)
  } finally {
    reader.close()
  }
}

/** The checkpoint that was verified; the gateway may have signed newer ones since. */
async function newestCheckpoint(reader: SqliteReader, treeSize: number) {
  for await (const checkpoint of reader.checkpoints()) if (checkpoint.treeSize === treeSize) return checkpoint
  throw new VerificationError({
    nl: 'het checkpoint dat gecontroleerd was is weg; maak een nieuwe kopie van de database',
    en: 'the checkpoint that was verified is gone; make a new copy of the database',
  })
}

/** The key for the origin of a verified checkpoint. */
const keyOf = (note: string, keys: readonly string[]): string =>
  keys.find((key) => note.startsWith(`${key.split('+')[0]}\n`))!

/** Notes the use of a database in the data folder of a gateway: that is the log itself, not a copy. */
async function noteUse(
  settings: () => Settings,
  terminal: Terminal,
  path: string,
  use: LogUse,
  { start, end, filter }: Pick<LogExportHead, 'start' | 'end'> & { readonly filter: RecordFilter },
  found: number,
  language: Language,
): Promise<void> {
  const folder = dirname(path)
  if (!existsSync(join(folder, DATA_FILES.logKey))) return
  const sources = findKeys(settings(), folder)
  const at = sources.clock()
  const asked = recordedFilter(filter, found)
  const record = formatAccessRecord({
    type: 'access',
    at: at.toISOString(),
    by: OPERATOR,
    what: 'log',
    use,
    start,
    end,
    ...(asked && { filter: asked }),
    found,
    nonce: sources.random(16),
  })
  writeCommand(join(folder, DATA_FILES.commandJournal), record, at, sources.random)
  await recordIfIdle(sources, terminal, language)
}

const rangeOf = ({ start, end }: LogPart) => ({
  ...(start !== undefined && { start }),
  ...(end !== undefined && { end }),
})
