import { compareText } from '../encoding/text-order.ts'
import { MAX_MISSES, type NearestMiss, type Question, type SubjectQuestion } from '../model/decision.ts'
import type { BasisRule } from '../model/rule.ts'
import { type FailedCondition, gatherFacts } from './conditions.ts'
import { indexOf } from './engine/compile.ts'
import { evaluate } from './engine/evaluate.ts'
import { createEvaluation, numberQuestion } from './engine/evaluation.ts'
import type { Narrowing } from './engine/narrowing-index.ts'
import { liftCandidates } from './lift-misses.ts'
import type { Candidate, EvaluatedSubject } from './miss-candidates.ts'
import { permitCandidates, SEARCHES } from './permit-misses.ts'
import type { PolicySet } from './policy-set.ts'
import { liftSentence, permitMissSentence } from './sentences.ts'

/**
 * What one change would let pass: permits that failed on exactly one condition, and prohibitions or safeguards that one stated
 * fact or declared assessment would lift. Only changes that widen a requested field; at most five, those that take the sender
 * the least effort first.
 */
export function findNearestMisses(
  set: PolicySet,
  question: Question,
  subject: SubjectQuestion,
): readonly NearestMiss[] {
  const index = indexOf(set)
  const numbered = numberQuestion(index, question)
  const evaluation = createEvaluation(index)
  evaluate(index, numbered, subject, evaluation)
  const asked: EvaluatedSubject = { set, index, numbered, facts: gatherFacts(question, subject), evaluation }
  const candidates = liftCandidates(asked)
  for (const { effort, find } of SEARCHES) {
    // What later searches find takes more effort than these five, so it cannot replace one.
    if (candidates.filter((candidate) => candidate.effort < effort).length >= MAX_MISSES) break
    // A rule that asks more of one sender has groups of different scopes, so two searches can find it.
    const known = new Set(candidates.map(({ rule }) => rule))
    candidates.push(...permitCandidates(asked, find(asked)).filter(({ rule }) => !known.has(rule)))
  }
  return candidates
    .sort((a, b) => a.effort - b.effort || b.improvedFields - a.improvedFields || compareCandidates(a, b))
    .slice(0, MAX_MISSES)
    .map(({ rule, failed }) => formMiss(set, rule, failed))
}

const compareCandidates = (a: Candidate, b: Candidate): number =>
  compareText(a.rule.file, b.rule.file) ||
  compareText(a.rule.id, b.rule.id) ||
  compareText(a.failed.condition, b.failed.condition) ||
  compareText(a.failed.words.join(' '), b.failed.words.join(' '))

function formMiss(set: PolicySet, rule: BasisRule | Narrowing, failed: FailedCondition): NearestMiss {
  const { condition, words } = failed
  const sentence = 'release' in rule ? permitMissSentence(rule, failed, set) : liftSentence(rule, failed, set)
  return { rule: { file: rule.file, rule: rule.id }, citation: rule.citation, condition, words, sentence }
}
