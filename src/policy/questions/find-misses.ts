import type { AnswerEffect, OpenQuestion } from '../../model/advice.ts'
import type { NearestMiss, Question } from '../../model/decision.ts'
import type { BasisRule } from '../../model/rule.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import type { Narrowing } from '../engine/narrowing-index.ts'
import { WITHHELD } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { formMissSentence } from './advice-sentences.ts'
import { fires, outcomeUnder, type RankedOutcome } from './goals.ts'
import { type Bits, isSubset } from './literals.ts'
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
  const { known } = residual.effectOf({ kind, word, value })
  const fields = effect.changes
    .map(({ field }) => residual.classes[residual.classOf[residual.names.indexOf(field)]!]!)
    .find((one) => isWider(outcomeUnder(one, file, known), outcomeUnder(one, file, residual.silences)))
  if (fields === undefined) return []
  const rule = waitingRule(set, index, fields, file, known, residual.silences)
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
  knownNow: Bits,
): BasisRule | Narrowing {
  const now = outcomeUnder(fields, file, knownNow)
  const after = outcomeUnder(fields, file, known)
  const isLifted = (lifts: readonly Bits[], by: Bits) => lifts.some((lift) => isSubset(lift, by))
  const lifted = fields.barriers.find(
    ({ rank, lifts }) => isInTheWay(rank, now, after) && isLifted(lifts, known) && !isLifted(lifts, knownNow),
  )
  if (lifted !== undefined) return index.narrowingRules[lifted.narrowing]!
  const isFiner = after.rank < now.rank
  const permits = (isFiner ? fields.releases : fields.links).filter(
    (term) => (!isFiner || term.rank <= after.rank) && fires(term, file, known) && !fires(term, file, knownNow),
  )
  return set.rules[Math.min(...permits.map(({ rule }) => rule))]!
}

const isWider = (after: RankedOutcome, now: RankedOutcome): boolean =>
  after.rank < now.rank || (after.link && !now.link)

const isInTheWay = (rank: number, now: RankedOutcome, after: RankedOutcome): boolean =>
  after.rank < now.rank ? rank > after.rank : rank >= WITHHELD
