import { statSync } from 'node:fs'
import { parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import {
  type Contradiction,
  type ExportPlace,
  type OneSided,
  type Reconciliation,
  reconcile,
} from '../../audit/verify/reconcile.ts'
import { readLines } from '../../encoding/lines.ts'
import { defineCommand, EXIT, type ExitCode } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { chunksOfFile } from '../terminal/file-chunks.ts'
import { JSON_OPTION, LOG_KEY_OPTION, readVerifierKeys } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'

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
  options: { ...LOG_KEY_OPTION, ...JSON_OPTION },
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
      else for (const line of formatReconciliation(result)) terminal.out(line)
      return exitOf(result)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      if (values.json) terminal.out(JSON.stringify({ ok: false, reason: error.message }))
      else terminal.err(error.message)
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

function formatReconciliation(result: Reconciliation): readonly string[] {
  const { parties, receipts, joined, oneSided, contradictions, faults, explained } = result
  const { refused, held, later, elsewhere } = explained
  return [
    ...faults.map((fault) => `${formatPlace(fault)}: ${fault.reason}`),
    ...contradictions.map((contradiction) => `ALARM: ${formatContradiction(contradiction)}`),
    ...oneSided.map(formatOneSided),
    `${parties.join(', ')}: ${receipts} receipts verified, ${joined} exchanges on both sides, ${oneSided.length} on one side only`,
    `on one side for a good reason: ${refused} refused, ${held} held, ${later} later than the other export, ${elsewhere} with a party whose export is not here`,
  ]
}

function formatOneSided({ exchangeId, leafIndex, sender, recipient, missingFrom, ...place }: OneSided): string {
  const where =
    missingFrom === 'recipient'
      ? `sent by ${sender} and not in the inbox of ${recipient}`
      : `in the inbox of ${recipient} and not among what ${sender} sent`
  return `${formatPlace(place)}: exchange ${exchangeId} (entry ${leafIndex}) is ${where}; export both sides again and, if it stays, ask the operator`
}

function formatContradiction({ kind, exchangeId, origin, treeSize, leafIndex, places }: Contradiction): string {
  const where = places.map(formatPlace).join(' and ')
  switch (kind) {
    case 'two-records':
      return `${where}: exchange ${exchangeId} has two different records; keep both files and report it to the supervisor`
    case 'two-roots':
      return `${where}: the log ${origin} signed two trees of ${treeSize} entries, so it shows parties different logs; keep both files and report it to the supervisor`
    case 'two-leaves':
      return `${where}: the log ${origin} has two different records as entry ${leafIndex}, so it shows parties different logs; keep both files and report it to the supervisor`
  }
}

const formatPlace = ({ file, line }: ExportPlace): string => `${file}:${line}`
