import { readFileSync } from 'node:fs'
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../model/identifier.ts'
import { secret } from '../../model/secret.ts'
import { newKeyring } from '../../pseudonym/key-rotation.ts'
import { createKeyring } from '../../pseudonym/keyring.ts'
import { parseCsv } from '../../synthetic/csv.ts'
import { type Evaluation, evaluateLinking, type PairFigures } from '../../synthetic/evaluate.ts'
import { type LabelledRecord, type Mapping, parseMapping, readLabelled } from '../../synthetic/mapping.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { progressBar } from '../terminal/progress.ts'

/** Measures linking on a file in which it is known who is who. */
export const linkageEvaluate: Command = {
  name: 'linkage evaluate',
  usage: 'FILE [FILE] --schema MAPPING [--without KIND,…] [--block-limit NUMBER] [--json]',
  summary: 'measure how well records are linked, on one labelled CSV file or between two',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      schema: { type: 'string' },
      without: { type: 'string' },
      'block-limit': { type: 'string' },
      json: { type: 'boolean' },
    })
    if (!values.schema || positionals.length < 1 || positionals.length > 2) {
      throw new UsageError('give one file or two, and --schema MAPPING')
    }
    const without = (values.without ?? '').split(',').filter((kind) => kind !== '')
    if (!without.every(isKind)) throw new UsageError(`--without takes kinds of ${IDENTIFIER_KINDS.join(', ')}`)
    const blockLimit = values['block-limit'] === undefined ? undefined : Number(values['block-limit'])
    if (blockLimit !== undefined && !(Number.isInteger(blockLimit) && blockLimit > 0)) {
      throw new UsageError('--block-limit is a whole number from 1')
    }
    const mapping = inFile(values.schema, parseMapping)
    const files = positionals.map((path) => readRecords(path, mapping, without))
    const total = files.reduce((sum, { length }) => sum + length, 0)
    const showProgress = progressBar(terminal, 'evaluate')
    const keyring = createKeyring(
      newKeyring(secret(crypto.getRandomValues(new Uint8Array(32))), new Date().toISOString()),
    )
    const start = performance.now()
    const evaluation = await evaluateLinking(keyring, files, {
      ...(blockLimit !== undefined && { blockLimit }),
      onRecord: (done) => showProgress(done, total),
    })
    const microsecondsPerRecord = Math.round((1000 * (performance.now() - start)) / Math.max(total, 1))
    if (values.json) terminal.out(JSON.stringify({ ...evaluation, microsecondsPerRecord }))
    else for (const line of formatEvaluation(evaluation, microsecondsPerRecord)) terminal.out(line)
    return EXIT.done
  },
}

const isKind = (text: string): text is IdentifierKind => (IDENTIFIER_KINDS as readonly string[]).includes(text)

const readRecords = (path: string, mapping: Mapping, without: readonly IdentifierKind[]): LabelledRecord[] =>
  inFile(path, (text) => [...readLabelled(parseCsv(text), mapping, without)])

/** @throws Error that begins with the file */
function inFile<Result>(path: string, read: (text: string) => Result): Result {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Error(`${path}: cannot be read; check the path`)
  }
  try {
    return read(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${path}: ${error.message}`, { cause: error })
    throw error
  }
}

function formatEvaluation(evaluation: Evaluation, microseconds: number): readonly string[] {
  const { records, entities, truePairs, tokensPerRecord, searchedTokens, realTokens } = evaluation
  const refused = Object.entries(evaluation.refused).map(([kind, count]) => `${kind} ${count}`)
  return [
    `${records} records about ${entities} people, ${truePairs} pairs to find`,
    `${''.padEnd(22)}${['precision', 'recall', 'F1', 'found', 'wrong'].map((name) => name.padStart(10)).join('')}`,
    formatFigures('automatic', evaluation.automatic),
    formatFigures('automatic + possible', evaluation.withPossible),
    formatFigures('after closure', evaluation.closure),
    `tokens a record: ${tokensPerRecord} stored, ${searchedTokens} of them searched by, ${realTokens.toFixed(1)} real on average`,
    `largest block: ${evaluation.largestBlock} persons; ${evaluation.demotedTokens} tokens demoted`,
    `time a record: ${microseconds} µs`,
    ...(refused.length > 0 ? [`left out because they fail their check: ${refused.join(', ')}`] : []),
  ]
}

function formatFigures(name: string, { precision, recall, f1, found, right }: PairFigures): string {
  const ratios = [precision, recall, f1].map((ratio) => ratio.toFixed(5).padStart(10))
  return `${name.padEnd(22)}${ratios.join('')}${String(found).padStart(10)}${String(found - right).padStart(10)}`
}
