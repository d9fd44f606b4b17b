import { statSync } from 'node:fs'
import { parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import { type ExportPlace, type Reconciliation, reconcile } from '../../audit/verify/reconcile.ts'
import { readLines } from '../../encoding/lines.ts'
import type { Language } from '../../model/language.ts'
import { defineCommand, EXIT, type ExitCode } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { chunksOfFile } from '../terminal/file-chunks.ts'
import { JSON_OPTION, LANGUAGE_OPTION, LOG_KEY_OPTION, parseLanguage, readVerifierKeys } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { formatReason } from '../verification/reasons.ts'
import { RECONCILE_WORDS } from './reconcile-words.ts'

// A record of 4 KiB in escaped JSON, a path of 63 hashes and a hundred signatures.
const MAX_LINE_BYTES = 262_144
const NEWLINE = Uint8Array.of(0x0a)

export const auditReconcile = defineCommand({
  name: 'audit reconcile',
  summary: {
    nl: 'de ontvangstbewijzen van partijen vergelijken, en noemen wat maar één kant heeft',
    en: 'compare the receipts that parties exported, and name what only one side has',
  },
  usage: 'FILE FILE… --log-key KEY|FILE…',
  operands: {
    FILE: {
      nl: 'een export die een partij maakte met `sluis receipt export`',
      en: 'an export that a party made with `sluis receipt export`',
    },
  },
  options: { ...LOG_KEY_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  exits: {
    failed: { nl: 'een uitwisseling staat maar aan één kant', en: 'an exchange is on one side only' },
    verificationFailed: {
      nl: 'een ontvangstbewijs klopt niet, of twee spreken elkaar tegen',
      en: 'a receipt does not verify, or two contradict each other',
    },
  },
  examples: ['audit reconcile var/politie.ndjson var/comensha.ndjson --log-key var/demo/gateway/log.pub'],
  async run({ values, positionals: paths }, terminal) {
    if (paths.length < 2 || values['log-key'].length === 0)
      throw new UsageError({
        nl: 'geef de exports van twee of meer partijen, en --log-key',
        en: 'give the exports of two or more parties, and --log-key',
      })
    const language = parseLanguage(values.lang)
    const verifierKeys = readVerifierKeys(values['log-key'])
    try {
      for (const key of verifierKeys) parseVerifierKey(key)
      const total = paths.map((path) => statSync(path).size).reduce((sum, size) => sum + size, 0)
      const showProgress = progressBar(terminal, 'joining')
      let done = 0
      const onBytes = (count: number) => {
        done += count
        showProgress(done, total)
      }
      const files = paths.map((name) => ({ name, lines: linesOfFile(name, onBytes) }))
      const result = await reconcile(files, verifierKeys)
      if (values.json) terminal.out(JSON.stringify({ ok: exitOf(result) === EXIT.done, ...result }))
      else for (const line of formatReconciliation(result, language)) terminal.out(line)
      return exitOf(result)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      if (values.json) terminal.out(JSON.stringify({ ok: false, reason: error.message }))
      else terminal.err(formatReason(error.message, language))
      return EXIT.verificationFailed
    }
  },
})

/** The lines of an export, of which the last may lack its newline. @throws SyntaxError `FILE:LINE: …` for a malformed line */
async function* linesOfFile(path: string, onBytes: (count: number) => void): AsyncGenerator<string> {
  async function* counted() {
    let last: number | undefined = NEWLINE[0]
    for await (const chunk of chunksOfFile(path)) {
      onBytes(chunk.length)
      last = chunk.at(-1)
      yield chunk
    }
    if (last !== NEWLINE[0]) yield NEWLINE
  }
  try {
    for await (const { text } of readLines(counted(), MAX_LINE_BYTES, 'export again')) yield text
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new SyntaxError(error.message.replace(/^line (\d+): /, `${path}:$1: `), { cause: error })
  }
}

function exitOf({ faults, contradictions, oneSided }: Reconciliation): ExitCode {
  if (faults.length > 0 || contradictions.length > 0) return EXIT.verificationFailed
  return oneSided.length > 0 ? EXIT.failed : EXIT.done
}

function formatReconciliation(result: Reconciliation, language: Language): readonly string[] {
  const words = RECONCILE_WORDS[language]
  const { parties, receipts, joined, oneSided, contradictions, faults, explained } = result
  return [
    ...faults.map((fault) => `${formatPlace(fault)}: ${formatReason(fault.reason, language)}`),
    ...contradictions.map((contradiction) => {
      const places = contradiction.places.map(formatPlace).join(words.and)
      return `ALARM: ${places}: ${words.contradiction(contradiction)}`
    }),
    ...oneSided.map((exchange) => `${formatPlace(exchange)}: ${words.oneSided(exchange)}`),
    `${parties.join(', ')}: ${words.count(receipts, joined, oneSided.length)}`,
    words.explained(explained),
  ]
}

const formatPlace = ({ file, line }: ExportPlace): string => `${file}:${line}`
