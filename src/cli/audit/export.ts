import { ID_TABLE, type TableForm } from '../../audit/export/csv.ts'
import { type ExportedRecord, formatLogExport, isWholeLog, type LogExportHead } from '../../audit/export/log-export.ts'
import { type PlacedRecord, proveRecords } from '../../audit/export/read-log.ts'
import type { RecordFilter } from '../../audit/export/record-filter.ts'
import { presentFilter } from '../../review/check-filter.ts'
import { EXPORT_FORMATS, type ExportFormat, formatRecords } from '../../review/export-log.ts'
import { labelledTable } from '../../review/words/label-table.ts'
import { defineCommand, EXIT, type Terminal } from '../terminal/command.ts'
import { draftFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseCount, parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { parseSeparator, SEPARATOR_OPTION } from '../terminal/table-options.ts'
import { FILTER_OPTIONS, parseFilter } from './filter-options.ts'
import { type LogSource, RULE_SETS_OPTION, SOURCE_OPTIONS, SOURCE_USAGE } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'
import { availableLabels, readLocalSet } from './record-labels.ts'

const CHUNK_CHARACTERS = 262_144

export const auditExport = defineCommand({
  name: 'audit export',
  summary: {
    nl: 'records naar een bestand schrijven: controleerbaar, als tabel of Logboek Dataverwerkingen',
    en: 'write records to a file: to verify, for a spreadsheet, or as Logboek Dataverwerkingen',
  },
  usage: `--to FILE ${SOURCE_USAGE}`,
  options: {
    to: { type: 'string', value: 'FILE', what: { nl: 'het bestand om te schrijven', en: 'the file to write' } },
    format: {
      type: 'string',
      value: EXPORT_FORMATS.join('|'),
      default: 'ndjson',
      what: {
        nl: 'ndjson is op zichzelf te controleren, csv opent in een rekenblad, logboek heeft één regel per betrokkene',
        en: 'ndjson can be verified by itself, csv opens in a spreadsheet, logboek has one line for each data subject',
      },
    },
    ids: {
      type: 'boolean',
      what: {
        nl: 'csv voor een programma schrijven: id’s in plaats van namen, en geen byte order mark',
        en: 'write csv for a program: ids instead of labels, and no byte order mark',
      },
    },
    ...SEPARATOR_OPTION,
    ...LANGUAGE_OPTION,
    ...SOURCE_OPTIONS,
    ...FILTER_OPTIONS,
    ...RULE_SETS_OPTION,
    start: { type: 'string', value: 'N', what: { nl: 'het eerste record', en: 'first record' }, otherwise: '0' },
    end: {
      type: 'string',
      value: 'N',
      what: { nl: 'het eerste record dat niet meer meedoet', en: 'first record that is left out' },
      otherwise: { nl: 'de grootte van het logboek', en: 'size of the log' },
    },
    ...JSON_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'het logboek klopt niet; er is niets geschreven',
      en: 'the log does not verify; nothing was written',
    },
  },
  examples: [
    'audit export --as toezichthouder --to var/log.ndjson --log-key var/demo/gateway/log.pub',
    'audit export --as toezichthouder --to var/refused.csv --format csv --lang nl --separator semicolon',
  ],
  async run({ values, positionals, settings }, terminal) {
    const format = EXPORT_FORMATS.find((known) => known === values.format)
    if (format === undefined)
      throw new UsageError({
        nl: `--format is een van ${EXPORT_FORMATS.join(', ')}`,
        en: `--format is one of ${EXPORT_FORMATS.join(', ')}`,
      })
    if (!values.to || positionals.length > 0)
      throw new UsageError({
        nl: 'geef het bestand om te schrijven met --to FILE',
        en: 'give the file to write with --to FILE',
      })
    const separator = parseSeparator(values.separator)
    const language = parseLanguage(values.lang)
    const filter = parseFilter(values, () => readLocalSet(settings))
    const start = parseCount(values.start, '--start', Number.MAX_SAFE_INTEGER)
    const end = parseCount(values.end, '--end', Number.MAX_SAFE_INTEGER)
    if (end !== undefined && end < (start ?? 0))
      throw new UsageError({ nl: '--end ligt niet voor --start', en: '--end is not before --start' })
    const source = await openLogSource({ values, settings }, terminal, 'export', {
      filter,
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
    })
    try {
      if ((start ?? 0) > source.head.treeSize)
        throw new UsageError({
          nl: '--start ligt voorbij het einde van het logboek',
          en: '--start is beyond the end of the log',
        })
      const table = values.ids
        ? { ...ID_TABLE, separator }
        : labelledTable(language, availableLabels(settings, language, source.policySet), separator)
      const count = await writeExport(terminal, source, filter, { format, table }, values.to)
      const { treeSize } = source.head
      if (values.json) terminal.out(JSON.stringify({ file: values.to, format, records: count, treeSize }))
      else terminal.out(`${values.to}: ${count} record(s) of a log of ${treeSize}, each verified`)
      return EXIT.done
    } finally {
      source.close()
    }
  },
})

interface ExportForm {
  readonly format: ExportFormat
  /** For csv. */
  readonly table: TableForm
}

/** Writes the export, which appears whole or not at all. @returns the number of records */
async function writeExport(
  terminal: Terminal,
  source: LogSource,
  filter: RecordFilter,
  form: ExportForm,
  to: string,
): Promise<number> {
  const { start, end } = source.head
  const show = progressBar(terminal, 'export')
  let count = 0
  async function* counted(): AsyncGenerator<PlacedRecord> {
    for await (const placed of source.records()) {
      count += 1
      show(placed.leafIndex - start, end - start)
      yield placed
    }
  }
  const draft = draftFile(to)
  try {
    for await (const text of inChunks(formatExport(source, filter, form, counted()))) draft.write(text)
    // Noted before the file has its name, so that no export exists without a record of it.
    await source.noteUse(count)
    draft.publish()
  } finally {
    draft.discard()
    show(1, 1)
  }
  return count
}

/** Joins lines, because a system call for every line would cost more than the line. */
async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = ''
  for await (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

function formatExport(
  source: LogSource,
  filter: RecordFilter,
  { format, table }: ExportForm,
  records: AsyncIterable<PlacedRecord>,
): AsyncIterable<string> {
  const { origin } = source.head
  if (format !== 'ndjson') return formatRecords(format, origin, records, table)
  const head = headOf(source.head, filter)
  if (isWholeLog(head)) return formatLogExport(head, records)
  if (source.log) return formatLogExport(head, proveRecords(source.log, head.treeSize, records))
  if (!source.hasProofs) {
    throw new UsageError({
      nl: 'een deel van een hele export heeft geen bewijzen; neem het deel uit --as PARTY of --database FILE, of schrijf csv of logboek',
      en: 'a part of a whole export has no proofs; take the part from --as PARTY or --database FILE, or write csv or logboek',
    })
  }
  return formatLogExport(head, records as AsyncIterable<ExportedRecord>)
}

function headOf(head: LogExportHead, filter: RecordFilter): LogExportHead {
  const { filter: given, ...rest } = head
  const asked = { ...given, ...presentFilter(filter) }
  return { ...rest, ...(Object.keys(asked).length > 0 && { filter: asked }) }
}
