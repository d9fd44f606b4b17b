import type { AnswerEffect, OpenQuestion } from '../../model/advice.ts'
import type { NearestMiss, Question } from '../../model/decision.ts'
import type { BasisRule } from '../../model/rule.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import type { Narrowing } from '../engine/narrowing-index.ts'
import { WITHHELD } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { formMissSentence } from './advice-sentences.ts'
import { fires, outcomeUnder, type RankedOutcome } from './goals.ts'
import { type Bits, emptyBits, isSubset } from './literals.ts'
import type { FieldClass, Residual } from './residual.ts'
import { searchQuestions } from './search-questions.ts'

/**
 * The open questions of which one answer changes a field at once, for each data subject: which rule waits for that answer
 * alone. In the order of the open questions and with their bound; a circumstance whose yes and no both change something is
 * there twice. It says what the decision depends on, and suggests no answer.
 */
export function findNearestMisses(set: PolicySet, question: Question): readonly (readonly NearestMiss[])[] {
  const index = indexOf(set)
  const { residuals, openQuestions, file } = searchQuestions(set, question)
  return residuals.map((residual, at) =>
    openQuestions
      .filter(({ dataSubject }) => dataSubject === at)
      .flatMap((open) => [
        ...missOf(set, index, residual, file, open, true),
        ...missOf(set, index, residual, file, open, false),
      ]),
  )
}

function missOf(
  set: PolicySet,
  index: PolicyIndex,
  residual: Residual,
  file: number,
  open: OpenQuestion,
  value: boolean,
): readonly NearestMiss[] {
  const { kind, word } = open
  const effect: AnswerEffect = value ? open.yes : open.no
  const changed = effect.changes[0]?.field
  if (changed === undefined) return []
  const fields = residual.classes[residual.classOf[residual.names.indexOf(changed)]!]!
  const { known } = residual.effectOf({ kind, word, value })
  const rule = waitingRule(set, index, fields, file, known, emptyBits(residual.literals.length))
  const condition = kind === 'assessment' ? kind : value ? 'when' : 'when-not'
  const sentence = formMissSentence(rule, open)
  return [{ rule: { file: rule.file, rule: rule.id }, citation: rule.citation, condition, words: [word], sentence }]
}

/** The prohibition or safeguard that an answer lifts from a field, the strictest first; otherwise the permit that it makes fire. */
function waitingRule(
  set: PolicySet,
  index: PolicyIndex,
  fields: FieldClass,
  file: number,
  known: Bits,
  nothing: Bits,
): BasisRule | Narrowing {
  const now = outcomeUnder(fields, file, nothing)
  const after = outcomeUnder(fields, file, known)
  const lifted = fields.barriers.find(
    ({ rank, lifts }) => isInTheWay(rank, now, after) && lifts.some((lift) => isSubset(lift, known)),
  )
  if (lifted !== undefined) return index.narrowingRules[lifted.narrowing]!
  const isWider = after.rank < now.rank
  const permits = (isWider ? fields.releases : fields.links).filter(
    (term) => (!isWider || term.rank <= after.rank) && fires(term, file, known),
  )
  return set.rules[Math.min(...permits.map(({ rule }) => rule))]!
}

const isInTheWay = (rank: number, now: RankedOutcome, after: RankedOutcome): boolean =>
  after.rank < now.rank ? rank > after.rank : rank >= WITHHELD
