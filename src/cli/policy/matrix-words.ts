import type { Language } from '../../model/language.ts'
import {
  REASON_WORDS,
  TREATMENT_NAMES,
  TREATMENT_WORDS,
  type TreatmentName,
  withLevel,
} from '../../model/treatment-words.ts'
import type { KnownWords } from '../../policy/analysis/knowledge.ts'
import { formatDate, labelsOf } from '../../policy/labels.ts'
import type { ColumnTopic } from '../../policy/matrix/columns.ts'
import type { Cell, CellField, Matrix, MatrixRow } from '../../policy/matrix/draw.ts'
import type { PolicySet } from '../../policy/policy-set.ts'

/** A matrix in labels, before it has a form. */
export interface MatrixText {
  /** In Dutch, as the rule file has it. */
  readonly title: string
  readonly citation: string
  /** The legal date, in words; absent when dates are the columns. */
  readonly on: string | undefined
  /** Merged columns have several names. */
  readonly columns: readonly (readonly string[])[]
  readonly rows: readonly RowText[]
  /** The statements that cells refer to by number, from 1. */
  readonly statements: readonly string[]
}

export interface RowText {
  readonly senders: string
  readonly recipients: string
  readonly purposes: string
  /** Absent when roles are the columns. */
  readonly roles: string | undefined
  readonly cells: readonly CellText[]
}

export interface CellText {
  /** What passes at most: `released 13, coarser 3`. */
  readonly outcome: string
  /** Numbers of the statements that it takes; undefined when fields need different ones. */
  readonly numbers: readonly number[] | undefined
  readonly otherWays: number
  readonly isCovered: boolean
  /** Labels of the fields by what happens to them. */
  readonly fields: Readonly<Record<TreatmentName, readonly string[]>>
}

/** Puts a matrix in the labels of a language. */
export function formMatrixText(set: PolicySet, matrix: Matrix, language: Language): MatrixText {
  const labels = labelsOf(language, set)
  const words = MATRIX_WORDS[language]
  const file = set.files.find(({ id }) => id === matrix.file)!
  const statements: string[] = []
  const nameAll = (
    named: readonly string[],
    all: ReadonlyMap<string, unknown>,
    every: string,
    label: (word: string) => string,
  ) => (named.length === all.size ? every : named.map(label).join(', '))
  return {
    title: file.title,
    citation: file.citation,
    on: matrix.on === undefined ? undefined : formatDate(matrix.on, language),
    columns: matrix.columns.map((topics) =>
      matrix.columns.length === 1 ? [words.everyColumn[topics[0]!.kind]] : formatTopics(topics),
    ),
    rows: matrix.rows.map((row) => formRow(row)),
    statements,
  }

  function formRow({ senders, recipients, purposes, roles, cells }: MatrixRow): RowText {
    const { vocabulary, parties } = set
    return {
      senders: nameAll(senders, parties, words.everyParty, labels.party),
      recipients: nameAll(recipients, parties, words.everyParty, labels.party),
      purposes: nameAll(purposes, vocabulary.purposes, words.everyPurpose, labels.purpose),
      roles: roles && nameAll(roles, vocabulary.roles, words.everyRole, labels.role),
      cells: cells.map(formCell),
    }
  }

  function formCell({ fields, statements: asked, otherWays, isCovered }: Cell): CellText {
    const labelsIn = (name: TreatmentName): readonly string[] =>
      fields
        .filter(({ treatment }) => treatment === name)
        .map(({ field, level }) => withLevel(labels.field(field), level))
    return {
      outcome: summarise(fields, language),
      numbers: asked && numberAll(asked),
      otherWays,
      isCovered,
      fields: {
        released: labelsIn('released'),
        coarser: labelsIn('coarser'),
        linkedOnly: labelsIn('linkedOnly'),
        withheld: labelsIn('withheld'),
        refused: labelsIn('refused'),
      },
    }
  }

  function numberAll({ yes, no, declared }: KnownWords): readonly number[] {
    const sentences = [
      ...yes.map((word) => `${words.yes}: ${labels.circumstance(word)}`),
      ...no.map((word) => `${words.no}: ${labels.circumstance(word)}`),
      ...declared.map((word) => `${words.declared}: ${labels.assessment(word)}`),
    ]
    return sentences.map((sentence) => {
      if (!statements.includes(sentence)) statements.push(sentence)
      return statements.indexOf(sentence) + 1
    })
  }

  function formatTopics(topics: readonly ColumnTopic[]): readonly string[] {
    return joinPeriods(topics).map((topic) => {
      if (topic.kind === 'role') return labels.role(topic.role)
      if (topic.kind === 'statement') return labels.circumstance(topic.circumstance)
      if (topic.kind === 'alone') return words.alone(labels.circumstance(topic.circumstance))
      if (topic.kind === 'period') return formatPeriod(topic.from, topic.until, language)
      return topic.kind === 'age' ? words.age(topic.from, topic.until) : words[topic.kind]
    })
  }
}

/** Periods that follow on from each other as one. */
function joinPeriods(topics: readonly ColumnTopic[]): readonly ColumnTopic[] {
  const joined: ColumnTopic[] = []
  for (const topic of topics) {
    const last = joined.at(-1)
    if (topic.kind === 'period' && last?.kind === 'period' && last.until === topic.from) {
      const { until: _, ...start } = last
      joined.splice(-1, 1, { ...start, ...(topic.until !== undefined && { until: topic.until }) })
    } else joined.push(topic)
  }
  return joined
}

function formatPeriod(from: string, until: string | undefined, language: Language): string {
  const words = MATRIX_WORDS[language]
  const start = from.startsWith('0000') ? undefined : formatDate(from, language)
  return words.period(start, until === undefined ? undefined : formatDate(until, language))
}

/** `released 13, coarser 3, withheld 2 (UAVG art. 46)`, or why nothing passes. One field has its word alone. */
function summarise(fields: readonly CellField[], language: Language): string {
  const words = TREATMENT_WORDS[language].done
  const whyOf = ({ reason, citations }: CellField): string =>
    [...(reason === 'geen-grondslag' ? [REASON_WORDS[language][reason]] : []), ...citations].join(', ')
  const passes = fields.some(({ reason }) => reason === undefined)
  if (!passes) {
    const reasons = new Set(fields.map(whyOf))
    return `${words.refused} (${[...reasons].join('; ')})`
  }
  const groups = Map.groupBy(fields, (field) => `${field.treatment} ${whyOf(field)}`)
  return TREATMENT_NAMES.flatMap((name) =>
    [...groups.values()].flatMap((group) => {
      const [first] = group
      if (first!.treatment !== name) return []
      const why = whyOf(first!)
      const what = fields.length === 1 ? withLevel(words[name], first!.level) : `${words[name]} ${group.length}`
      return [why === '' ? what : `${what} (${why})`]
    }),
  ).join(', ')
}

/** `with 1, 2`, or nothing when no statement is needed. */
export function formatWays({ numbers, otherWays }: CellText, language: Language): string {
  const words = MATRIX_WORDS[language]
  if (numbers === undefined) return words.differs
  if (numbers.length === 0) return ''
  const others = otherWays === 0 ? '' : ` ${words.others(otherWays)}`
  return `${words.with} ${numbers.join(', ')}${others}`
}

export const MATRIX_WORDS = {
  nl: {
    everyParty: 'elke organisatie',
    everyPurpose: 'elk doel',
    everyRole: 'elke rol',
    everyColumn: {
      role: 'elke rol',
      period: 'op elke dag',
      age: 'elke leeftijd, ook onbekend',
      'unknown-age': 'elke leeftijd, ook onbekend',
      statement: 'wat er ook over is opgegeven',
      alone: 'wat er ook over is opgegeven',
      unstated: 'wat er ook over is opgegeven',
    },
    age: (from: number | undefined, until: number | undefined) =>
      from === undefined
        ? `jonger dan ${until}`
        : until === undefined
          ? `${from} jaar of ouder`
          : `${from} tot en met ${until - 1} jaar`,
    'unknown-age': 'leeftijd onbekend',
    unstated: 'hierover is niets opgegeven',
    alone: (label: string) => `alleen: ${label}`,
    period: (from: string | undefined, until: string | undefined) =>
      [from && `vanaf ${from}`, until && `tot ${until}`].filter(Boolean).join(' '),
    yes: 'ja',
    no: 'nee',
    declared: 'verklaard',
    with: 'met',
    others: (count: number) => (count === 1 ? '(of op één andere manier)' : `(of op ${count} andere manieren)`),
    differs: 'met verklaringen die per gegeven verschillen',
    columns: 'Kolommen',
    statements: 'verklaringen',
    statementsHeading: 'Verklaringen',
    sender: 'afzender',
    recipient: 'ontvanger',
    purpose: 'doel',
    role: 'rol',
    on: 'op',
    column: 'kolom',
    basis: 'grondslag',
    article: 'artikel',
    outcome: 'hoogstens',
    otherWays: 'andere manieren',
    covered: 'geval',
    hasCase: 'ja',
    noCase: 'nee',
    uncovered: 'geen geval',
    markMeaning: '! geen geval (`gevallen`) van een regelbestand laat deze cel zien',
    meaning:
      'Een cel noemt het meeste dat kan doorgaan, als de afzender verklaart wat daarvoor nodig is (‘met’). Verklaringen die elkaar of de kolom tegenspreken, tellen niet.',
    rest: 'Wat hier niet staat, wordt geweigerd: geen regel van deze grondslag gaat erover.',
    none: 'Geen enkele uitwisseling: op deze dag geeft geen regel hier iets.',
    title: 'Wat hoogstens kan doorgaan',
  },
  en: {
    everyParty: 'every organisation',
    everyPurpose: 'every purpose',
    everyRole: 'every role',
    everyColumn: {
      role: 'every role',
      period: 'on every day',
      age: 'every age, also unknown',
      'unknown-age': 'every age, also unknown',
      statement: 'whatever is stated about it',
      alone: 'whatever is stated about it',
      unstated: 'whatever is stated about it',
    },
    age: (from: number | undefined, until: number | undefined) =>
      from === undefined
        ? `younger than ${until}`
        : until === undefined
          ? `${from} or older`
          : `${from} to ${until - 1}`,
    'unknown-age': 'age unknown',
    unstated: 'nothing stated about it',
    alone: (label: string) => `only: ${label}`,
    period: (from: string | undefined, until: string | undefined) =>
      [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' '),
    yes: 'yes',
    no: 'no',
    declared: 'declared',
    with: 'with',
    others: (count: number) => (count === 1 ? '(or in one other way)' : `(or in ${count} other ways)`),
    differs: 'with statements that differ by field',
    columns: 'Columns',
    statements: 'statements',
    statementsHeading: 'Statements',
    sender: 'sender',
    recipient: 'recipient',
    purpose: 'purpose',
    role: 'role',
    on: 'on',
    column: 'column',
    basis: 'legal basis',
    article: 'article',
    outcome: 'at most',
    otherWays: 'other ways',
    covered: 'case',
    hasCase: 'yes',
    noCase: 'no',
    uncovered: 'no case',
    markMeaning: '! no case (`gevallen`) of a rule file shows this cell',
    meaning:
      'A cell shows the most that can pass if the sender states what that takes (‘with’). Statements that contradict each other or the column do not count.',
    rest: 'What is not listed is refused: no rule of this legal basis is about it.',
    none: 'No exchange at all: on this day no rule gives anything here.',
    title: 'The most that can pass',
  },
} as const
