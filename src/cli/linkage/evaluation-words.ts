import type { Language } from '../../model/language.ts'
import type { Field, Stage } from '../../synthetic/causes.ts'
import type { Evaluation } from '../../synthetic/evaluate.ts'

/** What `linkage evaluate` prints. */
export interface EvaluationWords {
  size(evaluation: Evaluation): string
  /** At most nine characters each. */
  readonly columns: readonly string[]
  /** Names of the rows, at most 21 characters each. */
  readonly automatic: string
  readonly answered: string
  joins(evaluation: Evaluation): string
  questions(evaluation: Evaluation): string
  readonly curve: string
  /** At most nine characters each. */
  readonly curveColumns: readonly string[]
  readonly missed: string
  readonly corruptions: string
  readonly wrongQuestions: string
  readonly wrongJoins: string
  readonly equal: string
  readonly different: string
  readonly stages: Readonly<Record<Stage, string>>
  readonly fields: Readonly<Record<Field, string>>
  tokens(evaluation: Evaluation): string
  time(microseconds: number): string
  readonly skipped: string
}

const percentage = (part: number, whole: number) => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`

export const EVALUATION_WORDS: Readonly<Record<Language, EvaluationWords>> = {
  nl: {
    size: ({ records, entities, truePairs }) =>
      `${records} records over ${entities} mensen, ${truePairs} paren om te vinden`,
    columns: ['precisie', 'recall', 'F1', 'gevonden', 'fout'],
    automatic: 'automatisch',
    answered: 'na alle antwoorden',
    joins: ({ joins }) => `koppelingen zonder vraag: ${joins.made}, waarvan ${joins.wrong} tussen twee mensen`,
    questions: ({ questions: { asked, per1000, settled, yes, no } }) =>
      `vragen: ${asked}, ${per1000.toFixed(1)} per 1.000 meldingen; ${percentage(yes, yes + no)} kreeg het antwoord ja; een eerder antwoord beantwoordde er ${settled}`,
    curve: 'wat elke koppeling van minstens dit gewicht samen vindt:',
    curveColumns: ['precisie', 'recall', 'fout', 'gewicht'],
    missed: 'gemiste paren',
    corruptions: 'verminkt in gemiste paren',
    wrongQuestions: 'vragen over twee mensen',
    wrongJoins: 'koppelingen zonder vraag van twee mensen',
    equal: 'gelijk',
    different: 'anders',
    stages: {
      'not-met': 'niet gevonden',
      'too-common': 'te gewoon',
      'too-weak': 'te zwak',
      contradicted: 'tegengesproken',
      'not-asked': 'niet gevraagd',
    },
    fields: {
      number: 'nummer',
      contact: 'contactgegeven',
      'given-name': 'voornaam',
      'family-name': 'achternaam',
      alias: 'alias',
      date: 'geboortedatum',
      birthplace: 'geboorteplaats',
      address: 'adres',
    },
    tokens: ({ tokensPerRecord, searchedTokens, realTokens, demotedTokens }) =>
      `tokens per record: ${tokensPerRecord} bewaard, op ${searchedTokens} ervan wordt gezocht, gemiddeld ${realTokens.toFixed(1)} echt; ${demotedTokens} tellen niet meer mee`,
    time: (microseconds) => `tijd per record: ${microseconds} µs`,
    skipped: 'overgeslagen omdat de controle mislukt',
  },
  en: {
    size: ({ records, entities, truePairs }) =>
      `${records} records about ${entities} people, ${truePairs} pairs to find`,
    columns: ['precision', 'recall', 'F1', 'found', 'wrong'],
    automatic: 'automatic',
    answered: 'after all answers',
    joins: ({ joins }) => `links without a question: ${joins.made}, ${joins.wrong} of them between two people`,
    questions: ({ questions: { asked, per1000, settled, yes, no } }) =>
      `questions: ${asked}, ${per1000.toFixed(1)} per 1,000 reports; ${percentage(yes, yes + no)} answered yes; earlier answers settled ${settled}`,
    curve: 'what all links of at least this weight find together:',
    curveColumns: ['precision', 'recall', 'wrong', 'weight'],
    missed: 'missed pairs',
    corruptions: 'corrupted in missed pairs',
    wrongQuestions: 'questions about two people',
    wrongJoins: 'links without a question between two people',
    equal: 'equal',
    different: 'different',
    stages: {
      'not-met': 'not found',
      'too-common': 'too common',
      'too-weak': 'too weak',
      contradicted: 'contradicted',
      'not-asked': 'not asked',
    },
    fields: {
      number: 'number',
      contact: 'contact',
      'given-name': 'given name',
      'family-name': 'family name',
      alias: 'alias',
      date: 'date of birth',
      birthplace: 'birthplace',
      address: 'address',
    },
    tokens: ({ tokensPerRecord, searchedTokens, realTokens, demotedTokens }) =>
      `tokens a record: ${tokensPerRecord} stored, ${searchedTokens} of them searched by, ${realTokens.toFixed(1)} real on average; ${demotedTokens} demoted`,
    time: (microseconds) => `time a record: ${microseconds} µs`,
    skipped: 'skipped because they fail their check',
  },
}
