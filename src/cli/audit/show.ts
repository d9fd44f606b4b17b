import type { PlacedRecord } from '../../audit/export/read-log.ts'
import { verifyReceipt } from '../../audit/receipt/receipt.ts'
import type { Client } from '../../auth/client.ts'
import type { Settings } from '../../boot/settings.ts'
import { UUID } from '../../encoding/uuid.ts'
import type { Language } from '../../model/language.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { Receipt } from '../../ports/stored.ts'
import type { ShownExchange, ShownRecord } from '../../review/show-records.ts'
import { describeRecord } from '../../review/words/describe-record.ts'
import { callApi } from '../party/call-api.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT, type Terminal } from '../terminal/command.ts'
import { UsageError, VerificationError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseLanguage, readVerifierKeys } from '../terminal/options.ts'
import { readExchangeIds } from './exchange-ids.ts'
import { type LogSource, SOURCE_OPTIONS, SOURCE_USAGE, type SourceInput } from './log-source.ts'
import { fetchVerifierKey, openLogSource } from './open-log-source.ts'
import { availableLabels, readRecord } from './record-labels.ts'

/** A record that is verified to be in the log, with its sentences. */
interface Shown {
  readonly leafIndex: number
  readonly record: string
  readonly sentences: readonly string[]
  /** From the API only; elsewhere the whole source was verified. */
  readonly proof?: string
}

export const auditShow = defineCommand({
  name: 'audit show',
  summary: {
    nl: 'records tonen, of elk record van uitwisselingen, gecontroleerd en in zinnen',
    en: 'show records, or every record of exchanges, verified and in sentences',
  },
  usage: `(ID|INDEX… | --subject-answer FILE) ${SOURCE_USAGE}`,
  operands: {
    ID: { nl: 'id van een uitwisseling', en: 'id of an exchange' },
    INDEX: { nl: 'nummer van een record in het logboek, vanaf 0', en: 'index of a record in the log, from 0' },
  },
  options: {
    'subject-answer': {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'elke uitwisseling tonen uit het antwoord op een inzageverzoek, of uit een lijst met één id op elke regel',
        en: 'show every exchange in the answer to a subject request, or in a list of ids with one on each line',
      },
    },
    ...SOURCE_OPTIONS,
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    failed: { nl: 'het logboek heeft zo’n record niet', en: 'the log holds no such record' },
    verificationFailed: { nl: 'het logboek of het record klopt niet', en: 'the log or the record does not verify' },
  },
  examples: [
    'audit show 38 --as toezichthouder --lang en',
    'audit show --subject-answer answer.json --as toezichthouder',
    'audit show 38 --database var/demo/gateway/sluis.sqlite --log-key var/demo/gateway/log.pub',
  ],
  async run({ values, positionals, settings }, terminal) {
    const list = values['subject-answer']
    if ((list === undefined) === (positionals.length === 0))
      throw new UsageError({
        nl: 'geef id’s van uitwisselingen of nummers van records, of --subject-answer FILE',
        en: 'give ids of exchanges or indexes of records, or --subject-answer FILE',
      })
    const asked = list === undefined ? positionals : readExchangeIds(list)
    if (asked.length > MAX_ASKED)
      throw new UsageError({ nl: `hoogstens ${MAX_ASKED} tegelijk`, en: `at most ${MAX_ASKED} at once` })
    if (!asked.every((what) => UUID.test(what) || /^\d{1,15}$/.test(what)))
      throw new UsageError({
        nl: 'geef het id van een uitwisseling of het nummer van een record',
        en: 'give the id of an exchange or the index of a record',
      })
    const language = parseLanguage(values.lang)
    const isOffline = values.as === undefined || values.export !== undefined || values.database !== undefined
    const served = isOffline
      ? undefined
      : await openServed(settings(), terminal, values.as!, values['log-key'], language)
    const found: Shown[] = []
    const missing: string[] = []
    for (const what of asked) {
      const shown = served
        ? await showApi(served, what, language)
        : await showOffline({ values, settings }, terminal, what, language)
      if (shown.length === 0) missing.push(what)
      found.push(...shown)
      if (values.json) continue
      if (asked.length > 1 && shown.length > 0) terminal.out(what)
      for (const line of shown.flatMap(formatShown)) terminal.out(line)
    }
    if (values.json && found.length > 0) terminal.out(JSON.stringify({ records: found }))
    if (missing.length === 0) return EXIT.done
    terminal.err(
      asked.length === 1
        ? 'the log has no such record; give the id of an exchange, or the index of a record from 0'
        : `the log has no record of: ${missing.join(', ')}`,
    )
    return EXIT.failed
  },
})

/** As many exchanges as one answer to a subject request has. */
const MAX_ASKED = 1000

const formatShown = ({ leafIndex, sentences }: Shown): readonly string[] =>
  sentences.map((sentence, position) => (position === 0 ? `${leafIndex}  ${sentence}` : `      ${sentence}`))

/** The API of a gateway, and the keys that its receipts are verified with. */
interface Served {
  readonly client: Client
  readonly keys: readonly string[]
}

async function openServed(
  settings: Settings,
  terminal: Terminal,
  party: string,
  givenKeys: readonly string[],
  language: Language,
): Promise<Served> {
  const client = await openClient(settings, party)
  return {
    client,
    keys: givenKeys.length > 0 ? readVerifierKeys(givenKeys) : [await fetchVerifierKey(client, terminal, language)],
  }
}

async function showApi({ client, keys }: Served, what: string, language: Language): Promise<readonly Shown[]> {
  const shown: ShownRecord[] = []
  if (UUID.test(what)) {
    let cursor: string | undefined
    for (;;) {
      const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`
      const page = await get<ShownExchange>(client, `/v1/log/exchanges/${what}${query}`, language)
      shown.push(...(page?.records ?? []))
      if (!page?.hasMore) break
      cursor = page.cursor
    }
  } else {
    shown.push(
      ...[await get<ShownRecord>(client, `/v1/log/records/${Number(what)}`, language)].flatMap((one) => one ?? []),
    )
  }
  for (const { receipt } of shown) await checkReceipt(receipt, keys)
  return shown.map(({ receipt, sentences }) => ({ ...receipt, sentences }))
}

/** @throws VerificationError */
async function checkReceipt(receipt: Receipt, keys: readonly string[]): Promise<void> {
  const verification = await verifyReceipt(receipt, keys)
  if (!verification.ok)
    throw new VerificationError({
      nl: `record ${receipt.leafIndex}: ${verification.reason}`,
      en: `record ${receipt.leafIndex}: ${verification.reason}`,
    })
}

async function get<Answer>(client: Client, path: string, language: Language): Promise<Answer | undefined> {
  const head = await client.request('GET', path, { headers: { 'accept-language': language } })
  if (head.status === 404) return undefined
  if (head.ok) return (await head.json()) as Answer
  await head.body?.cancel()
  // Asked again for the problem that the gateway reports.
  return (await (await callApi(client, 'GET', path)).json()) as Answer
}

async function showOffline(
  input: SourceInput,
  terminal: Terminal,
  what: string,
  language: Language,
): Promise<readonly Shown[]> {
  const part = UUID.test(what) ? { filter: { exchangeId: what } } : { start: Number(what), end: Number(what) + 1 }
  const source = await openLogSource(input, terminal, 'show', part)
  try {
    const found: PlacedRecord[] = []
    for await (const placed of source.records()) found.push(placed)
    await source.noteUse(found.length)
    const shown: Shown[] = []
    for (const placed of found) shown.push(await describe(input.settings, source, placed, language))
    return shown
  } finally {
    source.close()
  }
}

/** Describes a record with the labels of the rule set that decided it, where the source holds that set. */
async function describe(
  settings: () => Settings,
  source: LogSource,
  { leafIndex, record: text }: PlacedRecord,
  language: Language,
): Promise<Shown> {
  const record = readRecord(leafIndex, text)
  const texts = 'policyHash' in record ? await source.findPolicyTexts(record.policyHash) : undefined
  const loaded = texts && loadPolicySet(Object.entries(texts).map(([path, text]) => ({ path, text })))
  const labels = loaded?.ok ? labelsOf(language, loaded.set) : availableLabels(settings, language, source.policySet)
  return { leafIndex, record: text, sentences: describeRecord(record, labels, language) }
}
