import { readFileSync } from 'node:fs'
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../model/identifier.ts'
import { parseCsv } from '../../synthetic/csv.ts'
import { evaluateLinking } from '../../synthetic/evaluate.ts'
import { type LabelledRecord, type Mapping, parseMapping, readLabelled } from '../../synthetic/mapping.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { formatEvaluation } from './format-evaluation.ts'
import { openMeasured } from './open-measured.ts'

/** Measures linking on records of which the true persons are known. */
export const linkageEvaluate = defineCommand({
  name: 'linkage evaluate',
  summary: {
    nl: 'meten hoe goed de gateway records koppelt, in één gelabeld CSV-bestand of tussen twee',
    en: 'measure how well the gateway links records, in one labelled CSV file or between two',
  },
  usage: 'FILE [FILE] --schema FILE',
  operands: {
    FILE: {
      nl: 'CSV-bestand waarin een kolom zegt welke records bij elkaar horen',
      en: 'CSV file in which a column says which records belong together',
    },
  },
  options: {
    schema: {
      type: 'string',
      value: 'FILE',
      what: { nl: 'welke kolom wat bevat', en: 'mapping: which column holds what' },
    },
    without: {
      type: 'string',
      value: 'KIND,…',
      what: {
        nl: `soorten kenmerken om niet te gebruiken: ${IDENTIFIER_KINDS.join(', ')}`,
        en: `kinds of identifier to ignore: ${IDENTIFIER_KINDS.join(', ')}`,
      },
    },
    'block-limit': {
      type: 'string',
      value: 'NUMBER',
      what: {
        nl: 'personen die een token mogen delen voordat het niet meer telt',
        en: 'persons that may share a token before it stops counting',
      },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  examples: ['linkage evaluate var/people.csv --schema bench/linkage-mappings/generated.yaml'],
  async run({ values, positionals }, terminal) {
    const language = parseLanguage(values.lang)
    if (!values.schema || positionals.length < 1 || positionals.length > 2) {
      throw new UsageError({
        nl: 'geef een of twee bestanden, en --schema FILE',
        en: 'give one file or two, and --schema MAPPING',
      })
    }
    const without = (values.without ?? '').split(',').filter((kind) => kind !== '')
    if (!without.every(isKind))
      throw new UsageError({
        nl: `--without neemt soorten uit ${IDENTIFIER_KINDS.join(', ')}`,
        en: `--without takes kinds of ${IDENTIFIER_KINDS.join(', ')}`,
      })
    const blockLimit = values['block-limit'] === undefined ? undefined : Number(values['block-limit'])
    if (blockLimit !== undefined && !(Number.isInteger(blockLimit) && blockLimit > 0)) {
      throw new UsageError({
        nl: '--block-limit is een heel getal vanaf 1',
        en: '--block-limit is a whole number from 1',
      })
    }
    const mapping = inFile(values.schema, parseMapping)
    const files = positionals.map((path) => readRecords(path, mapping, without))
    const total = files.reduce((sum, { length }) => sum + length, 0)
    const showProgress = progressBar(terminal, 'evaluate')
    const { gateway, close } = openMeasured(blockLimit)
    try {
      const start = performance.now()
      const evaluation = await evaluateLinking(gateway, files, (done) => showProgress(done, total))
      const microsecondsPerRecord = Math.round((1000 * (performance.now() - start)) / Math.max(total, 1))
      if (values.json) terminal.out(JSON.stringify({ ...evaluation, microsecondsPerRecord }))
      else for (const line of formatEvaluation(evaluation, microsecondsPerRecord, language)) terminal.out(line)
    } finally {
      close()
    }
    return EXIT.done
  },
})

const isKind = (text: string): text is IdentifierKind => (IDENTIFIER_KINDS as readonly string[]).includes(text)

const readRecords = (path: string, mapping: Mapping, without: readonly IdentifierKind[]): LabelledRecord[] =>
  inFile(path, (text) => [...readLabelled(parseCsv(text), mapping, without)])

/** @throws Error that begins with the file */
function inFile<Result>(path: string, read: (text: string) => Result): Result {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new CommandError({
      nl: `${path}: is niet te lezen; controleer het pad`,
      en: `${path}: cannot be read; check the path`,
    })
  }
  try {
    return read(text)
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CommandError({ nl: `${path}: ${error.message}`, en: `${path}: ${error.message}` }, { cause: error })
    throw error
  }
}
