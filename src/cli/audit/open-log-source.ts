import { isWholeLog } from '../../audit/export/log-export.ts'
import type { PlacedRecord } from '../../audit/export/read-log.ts'
import type { LogUse } from '../../audit/record/access.ts'
import { openLogExport, type VerifiedExport, verifyLogExport } from '../../audit/verify/verify-export.ts'
import type { Client } from '../../auth/client.ts'
import type { Settings } from '../../boot/settings.ts'
import type { Language, LocalisedText } from '../../model/language.ts'
import { classifyAttempts } from '../../review/attempts/attempts.ts'
import { boundsOf, presentFilter } from '../../review/check-filter.ts'
import { EXPORT_USES } from '../../review/export-log.ts'
import { selectRecords } from '../../review/select-records.ts'
import { callApi } from '../party/call-api.ts'
import { openClient } from '../party/open-client.ts'
import type { Terminal } from '../terminal/command.ts'
import { CommandError, UsageError, VerificationError } from '../terminal/failure.ts'
import { chunksOfFile } from '../terminal/file-chunks.ts'
import { parseLanguage, readVerifierKeys } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { formatReason } from '../verification/reasons.ts'
import { refuseUnknownWords } from './check-words.ts'
import type { LogPart, LogSource, SourceInput } from './log-source.ts'
import { openDatabase } from './log-source-database.ts'
import { readLocalSet, vocabulariesFor } from './record-labels.ts'
import { createLoader } from './rule-set-archive.ts'

/**
 * Opens the source that the options name, and verifies it.
 *
 * @param use what the log records about this reading
 * @throws UsageError when the options do not name one source, or a key is missing; VerificationError
 */
export async function openLogSource(
  { values, settings }: SourceInput,
  terminal: Terminal,
  use: LogUse,
  part: LogPart = {},
): Promise<LogSource> {
  const { as, export: path, database } = values
  if ([as, path, database].filter((source) => source !== undefined).length !== 1) {
    throw new UsageError({
      nl: 'geef één bron van het logboek: --as PARTY, --export FILE of --database FILE',
      en: 'give one source of the log: --as PARTY, --export FILE or --database FILE',
    })
  }
  const keys = readVerifierKeys(values['log-key'])
  if (as !== undefined) return openApi(settings(), terminal, as, keys, use, part, parseLanguage(values.lang))
  if (keys.length === 0)
    throw new UsageError({
      nl: 'geef de controlesleutel van het logboek met --log-key KEY|FILE',
      en: 'give the verifier key of the log with --log-key KEY|FILE',
    })
  return path !== undefined
    ? openExport(settings, terminal, path, keys, part, values.policies)
    : openDatabase(settings, terminal, database!, keys, use, part, values.policies, parseLanguage(values.lang))
}

async function openApi(
  settings: Settings,
  terminal: Terminal,
  party: string,
  given: readonly string[],
  use: LogUse,
  part: LogPart,
  language: Language,
): Promise<LogSource> {
  const exportUse = EXPORT_USES.find((known) => known === use) ?? 'export'
  const client = await openClient(settings, party)
  const keys = given.length > 0 ? given : [await fetchVerifierKey(client, terminal, language)]
  const request = async (): Promise<VerifiedExport> => {
    const response = await callApi(client, 'POST', '/v1/log/records/_export', { ...part, use: exportUse })
    return rejectMalformed('the export of the gateway', () => openLogExport(chunksOf(response), keys))
  }
  let opened: VerifiedExport | undefined = await request()
  const { head } = opened
  return {
    kind: 'api',
    head,
    hasProofs: !isWholeLog(head),
    async *records() {
      const current = opened ?? (await request())
      opened = undefined
      yield* rejectMalformedItems('the export of the gateway', current.records)
    },
    async findPolicyTexts(policyHash) {
      const response = await client.request('GET', `/v1/log/policies/${encodeURIComponent(policyHash)}`)
      if (response.status === 404) return undefined
      if (!response.ok)
        throw new CommandError({
          nl: `regels ${policyHash}: HTTP ${response.status}`,
          en: `rule set ${policyHash}: HTTP ${response.status}`,
        })
      return ((await response.json()) as { files: { readonly [path: string]: string } }).files
    },
    policySet: undefined,
    log: undefined,
    noteUse: async () => undefined,
    close() {},
  }
}

async function openExport(
  settings: () => Settings,
  terminal: Terminal,
  path: string,
  keys: readonly string[],
  part: LogPart,
  policies: string | undefined,
): Promise<LogSource> {
  const filter = part.filter ?? {}
  const findPolicyTexts = async () => undefined
  const bounds = boundsOf(filter, vocabulariesFor(createLoader({ findPolicyTexts }, policies), settings))
  const isFiltered = presentFilter(filter) !== undefined
  const read = () => chunksOfFile(path)
  const verification = await verifyLogExport(read(), keys, progressBar(terminal, 'verify'))
  if (!verification.ok)
    throw new VerificationError({
      nl: `${path}: ${formatReason(verification.reason, 'nl')}`,
      en: `${path}: ${verification.reason}`,
    })
  const { head } = verification
  if (filter.attempt !== undefined && head.filter !== undefined)
    throw new UsageError({
      nl: '--attempt heeft ook de records ertussen nodig; geef een export zonder filter',
      en: '--attempt needs the records between as well; give an export without a filter',
    })
  const start = Math.max(part.start ?? head.start, head.start)
  const end = Math.min(part.end ?? head.end, head.end)
  return {
    kind: 'export',
    head: { ...head, start, end },
    hasProofs: !isWholeLog(head),
    async *records() {
      // Verified again while reading: the file may have changed in between.
      const { records } = await rejectMalformed(path, () => openLogExport(read(), keys))
      const placed = rejectMalformedItems(path, records)
      const attempted = filter.attempt === undefined ? placed : classifyAttempts(placed)
      const selected = within(selectRecords(attempted, filter, bounds), start, end)
      yield* refuseUnknownWords(selected, filter, isFiltered ? readLocalSet(settings) : undefined)
    },
    findPolicyTexts,
    policySet: undefined,
    log: undefined,
    noteUse: async () => undefined,
    close() {},
  }
}

const OWN_KEY: LocalisedText = {
  nl: 'controle met de sleutel die de gateway zelf geeft; geef --log-key om te controleren met een sleutel die u elders kreeg',
  en: 'verifying with the key that the gateway itself serves; give --log-key to verify with a key from elsewhere',
}

/** The key that the gateway itself serves: it detects a damaged copy, not a dishonest gateway. */
export async function fetchVerifierKey(client: Client, terminal: Terminal, language: Language): Promise<string> {
  const response = await client.request('GET', '/v1/log/key')
  if (!response.ok)
    throw new UsageError({
      nl: 'geef de controlesleutel van het logboek met --log-key KEY|FILE',
      en: 'give the verifier key of the log with --log-key KEY|FILE',
    })
  terminal.err(OWN_KEY[language])
  return (await response.text()).trim()
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  try {
    for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) yield read.value
  } finally {
    await reader?.cancel()
  }
}

async function* within(records: AsyncIterable<PlacedRecord>, start: number, end: number): AsyncGenerator<PlacedRecord> {
  // Reads to the end in any case: a whole log is verified only by its last record.
  for await (const placed of records) if (placed.leafIndex >= start && placed.leafIndex < end) yield placed
}

async function rejectMalformed<Result>(where: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof SyntaxError
      ? new VerificationError({
          nl: `${formatReason(where, 'nl')}: ${formatReason(error.message, 'nl')}`,
          en: `${where}: ${error.message}`,
        })
      : error
  }
}

async function* rejectMalformedItems<Item>(where: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await rejectMalformed(where, () => iterator.next())
      if (next.done) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
