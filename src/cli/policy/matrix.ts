import { findNearestWord } from '../../encoding/nearest-word.ts'
import { findWord } from '../../policy/find-word.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { COLUMN_KINDS } from '../../policy/matrix/columns.ts'
import { drawMatrices, MATRIX_BOUNDS } from '../../policy/matrix/draw.ts'
import { findFiles } from '../../policy/matrix/find-files.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { parseSeparator, SEPARATOR_OPTION } from '../terminal/table-options.ts'
import { parseWrittenDate } from '../terminal/written-date.ts'
import { formatMatrixFile, formatMatrixLines, MATRIX_FORMATS } from './matrix-files.ts'
import { formMatrixText } from './matrix-words.ts'
import { loadSet, POLICIES_OPTION, POLICY_OPTIONS } from './open-set.ts'

/** How a lawyer compares a rule file with the law: everything it lets pass at most, in one table. */
export const policyMatrix = defineCommand({
  name: 'policy matrix',
  summary: {
    nl: 'in een tabel tonen wat een artikel hoogstens laat doorgaan, en met welke verklaringen',
    en: 'show in a table the most that an article lets pass if the sender states what that takes',
  },
  usage: 'FILE',
  operands: {
    FILE: {
      nl: 'een regelbestand, of een artikel of wet zoals bestanden die onder `grond` noemen: ‘Bpg 4:2’. Een verbod of waarborg krijgt de tabel van elke grondslag die het beperkt',
      en: 'a rule file, or an article or law as files name it under `grond`: ‘Bpg 4:2’. A prohibition or safeguard gets the table of each legal basis that it narrows',
    },
  },
  options: {
    columns: {
      type: 'string',
      value: COLUMN_KINDS.join('|'),
      default: 'roles',
      what: {
        nl: 'wat naast elkaar staat: rollen, regimes (de woorden onder `ten_minste_een_van`), leeftijden of dagen',
        en: 'what is side by side: roles, regimes (the words under `ten_minste_een_van`), ages or dates',
      },
    },
    field: {
      type: 'string',
      value: 'FIELD',
      what: { nl: 'alleen dit veld', en: 'this field alone' },
      otherwise: { nl: 'alle velden samen', en: 'all fields together' },
    },
    on: {
      type: 'string',
      value: 'DATE',
      what: { nl: 'de dag waarop de regels gelden, JJJJ-MM-DD', en: 'the day on which the rules apply, YYYY-MM-DD' },
      otherwise: { nl: 'vandaag', en: 'today' },
    },
    to: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'de tabel naar dit bestand schrijven in plaats van haar te tonen',
        en: 'write the table to this file instead of printing it',
      },
    },
    format: {
      type: 'string',
      value: MATRIX_FORMATS.join('|'),
      default: 'text',
      what: { nl: 'van het bestand', en: 'of the file' },
    },
    ...SEPARATOR_OPTION,
    ...POLICIES_OPTION,
    ...POLICY_OPTIONS,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: [
    "policy matrix 'Bpg 4:3'",
    "policy matrix 'Wpg 15' --columns regimes --lang nl",
    "policy matrix 'UAVG 5' --columns ages --format html --to var/uavg-5.html",
  ],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const [operand] = positionals
    if (operand === undefined || positionals.length > 1)
      throw new UsageError({
        nl: 'geef één regelbestand of één artikel, tussen aanhalingstekens: ‘Bpg 4:2’',
        en: 'give one rule file or one article, in quotation marks: ‘Bpg 4:2’',
      })
    const columns = chosen(values.columns, COLUMN_KINDS, 'columns')
    const format = chosen(values.format, MATRIX_FORMATS, 'format')
    const separator = parseSeparator(values.separator)
    if (values.to === undefined && format !== 'text')
      throw new UsageError({
        nl: 'geef het bestand om te schrijven met --to FILE',
        en: 'give the file to write with --to FILE',
      })
    const on = values.on === undefined ? legalDate(new Date()) : parseWrittenDate(values.on, '--on')
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const files = findFiles(set, operand)
    if (files.length === 0) throw unknownFile(set)
    const field = values.field === undefined ? undefined : requireField(set, values.field)
    const options = { columns, on, ...(field !== undefined && { field }) }
    const matrices = drawMatrices(set, files, options, { onProgress: progressBar(terminal, 'matrix') })
    if (matrices === 'too-large')
      throw new UsageError({
        nl: `de tabel zou meer dan ${MATRIX_BOUNDS.shown} cellen hebben; geef één bestand, een artikel met lid, of --field`,
        en: `the table would have more than ${MATRIX_BOUNDS.shown} cells; give one file, an article with its paragraph, or --field`,
      })
    if (isJson) {
      terminal.out(JSON.stringify(matrices))
      return EXIT.done
    }
    const texts = matrices.map((matrix) => formMatrixText(set, matrix, language))
    if (values.to === undefined) for (const line of formatMatrixLines(texts, language)) terminal.out(line)
    else {
      writeWholeFile(values.to, formatMatrixFile(texts, format, language, separator), 0o644)
      terminal.out(values.to)
    }
    return EXIT.done
  },
})

/** One of the choices of an option. @throws UsageError that names them */
function chosen<Choice extends string>(text: string, choices: readonly Choice[], option: string): Choice {
  const choice = choices.find((known) => known === text)
  if (choice !== undefined) return choice
  throw new UsageError({
    nl: `--${option} is een van ${choices.join(', ')}`,
    en: `--${option} is one of ${choices.join(', ')}`,
  })
}

function unknownFile({ files }: PolicySet): UsageError {
  const examples = files
    .slice(0, 3)
    .map(({ citation }) => `‘${citation}’`)
    .join(', ')
  return new UsageError({
    nl: `geen regelbestand heet zo, en geen bestand noemt dit artikel onder \`grond\`; daar staat bijvoorbeeld ${examples}`,
    en: `no rule file has this name, and none names this article under \`grond\`, which has for instance ${examples}`,
  })
}

function requireField({ vocabulary }: PolicySet, text: string): string {
  const field = findWord(text, vocabulary.fields)
  if (field !== undefined) return field
  const nearest = findNearestWord(text, [...vocabulary.fields.keys()])
  throw new UsageError({
    nl: `--field is een veld uit \`woordenlijst.yaml\`${nearest ? `; bedoelde u \`${nearest}\`?` : ''}`,
    en: `--field is a field of \`woordenlijst.yaml\`${nearest ? `; did you mean \`${nearest}\`?` : ''}`,
  })
}
