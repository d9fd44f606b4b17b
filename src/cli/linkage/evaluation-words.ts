import type { Language } from '../../model/language.ts'
import type { Evaluation } from '../../synthetic/evaluate.ts'

/** What `linkage evaluate` prints. */
interface EvaluationWords {
  size(evaluation: Evaluation): string
  /** At most nine characters each. */
  readonly columns: readonly string[]
  /** Names of the rows, at most 21 characters each. */
  readonly automatic: string
  readonly withPossible: string
  readonly closure: string
  tokens(evaluation: Evaluation): string
  blocks(evaluation: Evaluation): string
  time(microseconds: number): string
  readonly skipped: string
}

export const EVALUATION_WORDS: Readonly<Record<Language, EvaluationWords>> = {
  nl: {
    size: ({ records, entities, truePairs }) =>
      `${records} records over ${entities} mensen, ${truePairs} paren om te vinden`,
    columns: ['precisie', 'recall', 'F1', 'gevonden', 'fout'],
    automatic: 'automatisch',
    withPossible: 'en mogelijke',
    closure: 'na doorkoppelen',
    tokens: ({ tokensPerRecord, searchedTokens, realTokens }) =>
      `tokens per record: ${tokensPerRecord} bewaard, op ${searchedTokens} ervan wordt gezocht, gemiddeld ${realTokens.toFixed(1)} echt`,
    blocks: ({ largestBlock, demotedTokens }) =>
      `grootste blok: ${largestBlock} personen; ${demotedTokens} tokens tellen niet meer mee`,
    time: (microseconds) => `tijd per record: ${microseconds} µs`,
    skipped: 'overgeslagen omdat de controle mislukt',
  },
  en: {
    size: ({ records, entities, truePairs }) =>
      `${records} records about ${entities} people, ${truePairs} pairs to find`,
    columns: ['precision', 'recall', 'F1', 'found', 'wrong'],
    automatic: 'automatic',
    withPossible: 'automatic + possible',
    closure: 'after closure',
    tokens: ({ tokensPerRecord, searchedTokens, realTokens }) =>
      `tokens a record: ${tokensPerRecord} stored, ${searchedTokens} of them searched by, ${realTokens.toFixed(1)} real on average`,
    blocks: ({ largestBlock, demotedTokens }) =>
      `largest block: ${largestBlock} persons; ${demotedTokens} tokens demoted`,
    time: (microseconds) => `time a record: ${microseconds} µs`,
    skipped: 'skipped because they fail their check',
  },
}
