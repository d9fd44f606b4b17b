import type { Language } from '../../model/language.ts'
import type { Cause } from '../../synthetic/causes.ts'
import type { CurvePoint, Evaluation, PairFigures } from '../../synthetic/evaluate.ts'
import { EVALUATION_WORDS, type EvaluationWords } from './evaluation-words.ts'

/** Causes and corruptions that are printed; `--json` has all of them. */
const MOST_CAUSES = 12

/** An evaluation as lines for people. */
export function formatEvaluation(evaluation: Evaluation, microseconds: number, language: Language): readonly string[] {
  const words = EVALUATION_WORDS[language]
  return [
    words.size(evaluation),
    formatRow('', words.columns),
    formatFigures(words.automatic, evaluation.automatic),
    formatFigures(words.answered, evaluation.answered),
    words.joins(evaluation),
    words.questions(evaluation),
    ...(evaluation.curve.length > 0 ? [words.curve, formatRow('', words.curveColumns)] : []),
    ...evaluation.curve.map(formatPoint),
    ...formatCauses(words.missed, evaluation.missed, words),
    ...formatCounts(words.corruptions, evaluation.corruptions),
    ...formatCauses(words.wrongQuestions, evaluation.wrongQuestions, words),
    ...formatCauses(words.wrongJoins, evaluation.wrongJoins, words),
    words.tokens(evaluation),
    words.time(microseconds),
    ...formatCounts(words.skipped, evaluation.refused),
  ]
}

const formatRow = (name: string, cells: readonly string[]) =>
  `${name.padEnd(22)}${cells.map((cell) => cell.padStart(10)).join('')}`

const formatFigures = (name: string, { precision, recall, f1, found, right }: PairFigures) =>
  formatRow(name, [...[precision, recall, f1].map((ratio) => ratio.toFixed(5)), String(found), String(found - right)])

const formatPoint = ({ precision, recall, wrong, score }: CurvePoint) =>
  formatRow('', [precision.toFixed(4), recall.toFixed(5), String(wrong), score.toFixed(1)])

function formatCauses(title: string, causes: readonly Cause[], words: EvaluationWords): readonly string[] {
  if (causes.length === 0) return []
  const total = causes.reduce((sum, { pairs }) => sum + pairs, 0)
  return [
    `${title}: ${total}`,
    ...causes.slice(0, MOST_CAUSES).map(({ stage, equal, different, pairs }) => {
      const parts = [
        ...(stage ? [words.stages[stage]] : []),
        `${words.equal}: ${equal.map((field) => words.fields[field]).join(', ') || '-'}`,
        `${words.different}: ${different.map((field) => words.fields[field]).join(', ') || '-'}`,
      ]
      return `${String(pairs).padStart(8)}  ${parts.join('; ')}`
    }),
  ]
}

function formatCounts(title: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const named = Object.entries(counts).slice(0, MOST_CAUSES)
  return named.length > 0 ? [`${title}: ${named.map(([name, count]) => `${name} ${count}`).join(', ')}`] : []
}
