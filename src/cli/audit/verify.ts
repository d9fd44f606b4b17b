import { isWholeLog } from '../../audit/export/log-export.ts'
import { parseEntryBundle } from '../../audit/tree/tiles.ts'
import type { LogVerification } from '../../audit/verify/verify.ts'
import { openLogExport } from '../../audit/verify/verify-export.ts'
import type { Client } from '../../auth/client.ts'
import type { Settings } from '../../boot/settings.ts'
import { readWitnessPolicy } from '../../boot/witness-policy-file.ts'
import { formatBase64 } from '../../encoding/bytes.ts'
import type { Language } from '../../model/language.ts'
import { openSqliteReader } from '../../storage/better-sqlite.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT, type Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { chunksOfFile } from '../terminal/file-chunks.ts'
import {
  JSON_OPTION,
  LANGUAGE_OPTION,
  LOG_KEY_OPTION,
  parseLanguage,
  readVerifierKeys,
  WITNESS_POLICY_OPTION,
} from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { formatReason } from '../verification/reasons.ts'
import {
  createHeartbeatWatch,
  type HeartbeatWatch,
  newestSign,
  verifyWitnessing,
  type Witnessing,
} from './freshness.ts'
import { formatVerification, verifyDatabase } from './verify-database.ts'
import { verifyOnline } from './verify-online.ts'
import { VERIFY_WORDS } from './verify-words.ts'

/** What was verified, and against what. */
interface Check {
  readonly verification: LogVerification
  /** Which records were verified: all, those in an export, or none because they could not be read. */
  readonly records: 'all' | 'part' | 'none'
  /** Number of verified records, when `records` is `part`. */
  readonly count?: number
  /** Checkpoints that may carry cosignatures, newest first. */
  readonly notes: readonly string[]
}

export const auditVerify = defineCommand({
  name: 'audit verify',
  summary: {
    nl: 'het hele logboek narekenen, online of offline, en het eerste foute record noemen',
    en: 'recompute the whole log, online or offline, and name the first bad entry',
  },
  usage: '(URL | --export FILE | --database FILE) --log-key KEY|FILE…',
  operands: {
    URL: { nl: 'adres van een logboek: https://gateway.example', en: 'address of a log: https://gateway.example' },
  },
  options: {
    as: {
      type: 'string',
      value: 'PARTY',
      what: {
        nl: 'met een URL: de records lezen als deze partij; zonder dit alleen de hashes',
        en: 'with a URL: read the records as this party; hashes only without it',
      },
    },
    export: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'een bestand controleren dat `sluis audit export` schreef',
        en: 'verify a file that `sluis audit export` wrote',
      },
    },
    database: {
      type: 'string',
      value: 'FILE',
      what: { nl: 'een database controleren, of een kopie ervan', en: 'verify a database, or a copy of one' },
    },
    ...LOG_KEY_OPTION,
    ...WITNESS_POLICY_OPTION,
    'max-age': {
      type: 'string',
      value: 'MINUTES',
      what: {
        nl: 'een fout geven als het logboek zo lang geen teken van leven geeft',
        en: 'fail when the log shows no sign of life for so long',
      },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'niet gecontroleerd, niet meegetekend of niet vers; de eerste regel zegt waar of waarom',
      en: 'not verified, not witnessed or not fresh; the first line says where or why',
    },
  },
  examples: [
    'audit verify --database var/demo/gateway/sluis.sqlite --log-key var/demo/gateway/log.pub',
    'audit verify --export var/log.ndjson --log-key var/demo/gateway/log.pub',
    'audit verify http://127.0.0.1:8787 --as toezichthouder --log-key var/demo/gateway/log.pub --max-age 60',
  ],
  async run({ values, positionals, settings }, terminal) {
    const sources = [positionals[0], values.export, values.database].filter((source) => source !== undefined)
    if (sources.length !== 1 || positionals.length > 1 || values['log-key'].length === 0)
      throw new UsageError({
        nl: 'geef een URL, --export FILE of --database FILE, en --log-key',
        en: 'give a URL, --export FILE or --database FILE, and --log-key',
      })
    const language = parseLanguage(values.lang)
    const maxAgeMinutes = parseMinutes(values['max-age'])
    const policy = values['witness-policy'] === undefined ? undefined : readWitnessPolicy(values['witness-policy'])
    const keys = readVerifierKeys(values['log-key'])
    const watch = createHeartbeatWatch()
    const check = await (values.database !== undefined
      ? checkDatabase(values.database, keys, terminal, watch)
      : values.export !== undefined
        ? checkExport(values.export, keys, terminal, watch)
        : checkOnline(parsePrefix(positionals[0]!), keys, values.as, settings, terminal, watch))
    const witnessing = policy && check.verification.ok ? await verifyWitnessing(check.notes, keys, policy) : undefined
    const lastSign = check.verification.ok
      ? newestSign(watch.newest, witnessing?.ok ? witnessing.cosignatures : [])
      : undefined
    const freshness = maxAgeMinutes === undefined ? undefined : judgeAge(lastSign, maxAgeMinutes, new Date())
    const isGood =
      check.verification.ok && check.records !== 'none' && witnessing?.ok !== false && freshness?.ok !== false
    const result = { ...check, witnessing, freshness, isGood, lastSign }
    if (values.json) terminal.out(JSON.stringify(summarise(result)))
    else for (const line of formatCheck(result, language)) terminal.out(line)
    return isGood ? EXIT.done : EXIT.verificationFailed
  },
})

async function checkDatabase(
  path: string,
  keys: readonly string[],
  terminal: Terminal,
  watch: HeartbeatWatch,
): Promise<Check> {
  const show = progressBar(terminal, 'verify')
  const verification = await verifyDatabase(path, keys, (done, total, record) => {
    watch.observe(record)
    show(done, total)
  })
  show(1, 1)
  const reader = openSqliteReader(path)
  try {
    const newest = await reader.log.checkpoint()
    const cosigned = await reader.log.cosignedCheckpoint(1)
    return { verification, records: 'all', notes: [newest, cosigned].flatMap((one) => one?.note ?? []) }
  } finally {
    reader.close()
  }
}

async function checkExport(
  path: string,
  keys: readonly string[],
  terminal: Terminal,
  watch: HeartbeatWatch,
): Promise<Check> {
  const show = progressBar(terminal, 'verify')
  try {
    const { head, rootHash, records } = await openLogExport(chunksOfFile(path), keys)
    let count = 0
    for await (const { leafIndex, record } of records) {
      count += 1
      watch.observe(record)
      show(leafIndex - head.start, head.end - head.start)
    }
    show(1, 1)
    return {
      verification: { ok: true, treeSize: head.treeSize, rootHash },
      ...(isWholeLog(head) ? { records: 'all' } : { records: 'part', count }),
      notes: [head.checkpoint],
    }
  } catch (error) {
    show(1, 1)
    if (!(error instanceof SyntaxError)) throw error
    return { verification: { ok: false, reason: error.message }, records: 'none', notes: [] }
  }
}

async function checkOnline(
  prefix: string,
  keys: readonly string[],
  party: string | undefined,
  settings: () => Settings,
  terminal: Terminal,
  watch: HeartbeatWatch,
): Promise<Check> {
  const client: Client | undefined = party === undefined ? undefined : await openClient(settings(), party, prefix)
  const observe = (bundle: Uint8Array) => {
    // The verification reports a malformed bundle.
    for (const record of tryParse(bundle)) watch.observe(record)
  }
  const show = progressBar(terminal, 'verify')
  const { verification, note, hasRecords } = await verifyOnline(prefix, keys, client, show, observe)
  show(1, 1)
  return { verification, records: hasRecords ? 'all' : 'none', notes: note === undefined ? [] : [note] }
}

function tryParse(bundle: Uint8Array): readonly Uint8Array[] {
  try {
    return parseEntryBundle(bundle)
  } catch {
    return []
  }
}

interface Age {
  readonly ok: boolean
  readonly maxAgeMinutes: number
  /** Age of the newest sign of life; absent when there is none. */
  readonly minutes?: number
}

function judgeAge(sign: number | undefined, maxAgeMinutes: number, now: Date): Age {
  if (sign === undefined) return { ok: false, maxAgeMinutes }
  const minutes = Math.floor((now.getTime() - sign) / 60_000)
  return { ok: minutes <= maxAgeMinutes, maxAgeMinutes, minutes }
}

interface Result extends Check {
  readonly witnessing: Witnessing | undefined
  readonly freshness: Age | undefined
  readonly isGood: boolean
  readonly lastSign: number | undefined
}

function formatCheck(
  { verification, records, count = 0, witnessing, freshness, lastSign }: Result,
  language: Language,
): readonly string[] {
  if (!verification.ok) return [formatVerification(verification, language)]
  const words = VERIFY_WORDS[language]
  const { treeSize, rootHash } = verification
  const root = formatBase64(rootHash)
  const head = {
    all: formatVerification(verification, language),
    part: words.part(count, treeSize, root),
    none: words.hashesOnly(treeSize, root),
  }[records]
  return [
    ...head.split('\n'),
    ...(witnessing === undefined ? [] : [formatWitnessing(witnessing, treeSize, language)]),
    ...(freshness === undefined ? [] : [formatAge(freshness, lastSign, language)]),
  ]
}

function formatWitnessing(witnessing: Witnessing, treeSize: number, language: Language): string {
  const words = VERIFY_WORDS[language]
  if (!witnessing.ok) return words.notWitnessed(formatReason(witnessing.reason, language))
  const names = witnessing.cosignatures.map(
    ({ witness, time }) => `${witness} (${new Date(time * 1000).toISOString()})`,
  )
  return words.witnessed(witnessing.treeSize === treeSize ? undefined : witnessing.treeSize, names.join(', '))
}

function formatAge({ ok, minutes, maxAgeMinutes }: Age, lastSign: number | undefined, language: Language): string {
  const words = VERIFY_WORDS[language]
  if (minutes === undefined || lastSign === undefined) return words.noSign
  const at = new Date(lastSign).toISOString()
  return ok ? words.fresh(at, minutes) : words.notFresh(at, minutes, maxAgeMinutes)
}

const summarise = ({ verification, records, count, witnessing, freshness, isGood }: Result) => ({
  ...(verification.ok ? { ...verification, rootHash: formatBase64(verification.rootHash) } : verification),
  // The overall result: records, witnessing and freshness together.
  ok: isGood,
  records,
  ...(count !== undefined && { count }),
  ...(witnessing && { witnessing }),
  ...(freshness && { freshness }),
})

function parseMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new UsageError({ nl: '--max-age is een aantal minuten', en: '--max-age is a number of minutes' })
  return Number(text)
}

/** The address of a log without a slash at its end. @throws UsageError */
function parsePrefix(text: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(text))
    throw new UsageError({
      nl: 'geef het adres van een logboek: https://host/prefix',
      en: 'give the address of a log: https://host/prefix',
    })
  return text.replace(/\/+$/, '')
}
