import { compareText } from '../../encoding/text-order.ts'
import { MAX_PLANS, PLAN_EFFORTS, type Plan } from '../../model/advice.ts'
import type { Question } from '../../model/decision.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import { NO_FILE } from '../engine/evaluation.ts'
import type { PolicySet } from '../policy-set.ts'
import { amountOf, listRatedSets, type RatedSet } from './best-sets.ts'
import { effortOfWord } from './effort.ts'
import { type Draft, formPlan, literalsOf } from './form-plan.ts'
import { type GoalFinder, outcomeUnder } from './goals.ts'
import type { Budget } from './implicants.ts'
import { type Bits, countBits, emptyBits, membersOf } from './literals.ts'
import type { ClosedWords, Residual } from './residual.ts'
import { listVariants, promisingFiles, type Variant } from './variants.ts'

/** How many legal bases are examined: those under which the most could pass. */
const MAX_BASES = 8

/**
 * The smallest sets of statements under which the most passes, per legal basis and per effort. The exchange as it was asked
 * comes first; other purposes and recipients are examined only where it cannot give everything.
 */
export function findPlans(
  set: PolicySet,
  question: Question,
  residuals: readonly Residual[],
  closed: ClosedWords,
  budget: Budget,
  goalsOf: GoalFinder,
): { readonly plans: readonly Plan[]; readonly isComplete: boolean } {
  const index = indexOf(set)
  const declared = question.legalBasis === undefined ? undefined : (index.files.get(question.legalBasis) ?? NO_FILE)
  const asked: Variant = { question, residuals, choice: {} }
  const now = declared === undefined ? 0 : amountNow(residuals, declared)
  const search = (variant: Variant, least: number) => draftPlans(set, index, variant, declared, least, budget, goalsOf)
  const here = search(asked, now)
  let isComplete = here.isComplete
  const drafts = [...here.drafts]
  const best = Math.max(now, ...drafts.map(({ amount }) => amount))
  if (!drafts.some(({ isWhole }) => isWhole) && !isWholeNow(residuals, declared)) {
    for (const variant of listVariants(set, index, question, closed, best)) {
      if (budget.left <= 0) {
        isComplete = false
        break
      }
      const found = search(variant, best)
      isComplete &&= found.isComplete
      drafts.push(...found.drafts)
    }
  }
  return { plans: choosePlans(drafts).map((draft) => formPlan(set, draft)), isComplete }
}

/** What passes as it is; nothing when a field is refused. */
function amountNow(residuals: readonly Residual[], file: number): number {
  let sum = 0
  for (const { classes, literals } of residuals) {
    const nothing = emptyBits(literals.length)
    const amount = amountOf(
      classes,
      classes.map((fields) => outcomeUnder(fields, file, nothing)),
    )
    if (amount === undefined) return 0
    sum += amount
  }
  return sum
}

const isWholeNow = (residuals: readonly Residual[], file: number | undefined): boolean =>
  file !== undefined &&
  residuals.every(({ classes, literals }) =>
    classes.every((fields) => outcomeUnder(fields, file, emptyBits(literals.length)).rank === 0),
  )

function draftPlans(
  set: PolicySet,
  index: PolicyIndex,
  variant: Variant,
  declared: number | undefined,
  least: number,
  budget: Budget,
  goalsOf: GoalFinder,
): { readonly drafts: readonly Draft[]; readonly isComplete: boolean } {
  const promising = promisingFiles(variant.residuals, declared, least)
  let isComplete = promising.length <= MAX_BASES
  const drafts: Draft[] = []
  const names = [...index.files.keys()]
  for (const file of promising.slice(0, MAX_BASES)) {
    if (budget.left <= 0) return { drafts, isComplete: false }
    const rated = variant.residuals.map((residual) => {
      const goals = goalsOf(residual, file, budget)
      const efforts = residual.literals.map((literal) => effortOfWord(set, literal))
      const listed = listRatedSets(residual, goals, file, efforts, budget)
      isComplete &&= goals.isComplete && listed.isComplete
      return listed.sets
    })
    const isOther = declared !== undefined && file !== declared
    const { purpose, recipient } = variant.choice
    const distance = recipient !== undefined ? 3 : purpose !== undefined ? 2 : isOther ? 1 : 0
    let passed = least
    for (let effort = 0; effort < PLAN_EFFORTS.length - 1; effort++) {
      const combined = combine(rated.map((sets, at) => fullestSets(variant.residuals[at]!, sets, effort)))
      const [first] = combined
      if (first === undefined || first.amount <= passed) continue
      passed = first.amount
      drafts.push(...combined.map((own) => ({ variant, legalBasis: names[file]!, distance, ...own })))
    }
  }
  return { drafts, isComplete }
}

/** The smallest of the sets up to an effort under which the most passes. */
function fullestSets(residual: Residual, sets: readonly RatedSet[], effort: number): readonly ClaimingSet[] {
  const within = sets.filter((set) => set.effort <= effort && set.amount !== undefined)
  const most = Math.max(...within.map(({ amount }) => amount!))
  return within
    .filter(({ amount }) => amount === most)
    .map((set) => ({ ...set, size: countBits(set.bits), claims: claimsOf(residual, set.bits) }))
    .sort((a, b) => a.effort - b.effort || a.size - b.size || a.claims - b.claims)
    .slice(0, MAX_PLANS)
}

/** A set with how many statements it has, and how many of those are a yes or a declaration. */
interface ClaimingSet extends RatedSet {
  readonly size: number
  readonly claims: number
}

const claimsOf = ({ literals }: Residual, bits: Bits): number =>
  membersOf(bits).filter((at) => literals[at]!.value).length

/** One set for each data subject, at most `MAX_PLANS` combinations; none when one of them has no set. */
function combine(perSubject: readonly (readonly ClaimingSet[])[]) {
  let rows: (readonly ClaimingSet[])[] = [[]]
  for (const sets of perSubject) rows = rows.flatMap((row) => sets.map((set) => [...row, set])).slice(0, MAX_PLANS)
  return rows.map((sets) => ({
    sets,
    amount: sets.reduce((sum, { amount }) => sum + amount!, 0),
    isWhole: sets.every(({ isWhole }) => isWhole),
    effort: Math.max(0, ...sets.map(({ effort }) => effort)),
    size: sets.reduce((sum, { size }) => sum + size, 0),
    claims: sets.reduce((sum, { claims }) => sum + claims, 0),
  }))
}

/** The easiest of every basis and choice before the second of any, then the easiest first. */
function choosePlans(drafts: readonly Draft[]): readonly Draft[] {
  const byChoice = Map.groupBy(drafts, ({ legalBasis, variant: { choice } }) =>
    [legalBasis, choice.purpose, choice.recipient].join(' '),
  )
  const ranked = [...byChoice.values()].flatMap((alike) =>
    alike.toSorted(compareDrafts).map((draft, turn) => ({ draft, turn })),
  )
  return ranked
    .sort((a, b) => a.turn - b.turn || compareDrafts(a.draft, b.draft))
    .slice(0, MAX_PLANS)
    .map(({ draft }) => draft)
    .sort(compareDrafts)
}

const compareDrafts = (a: Draft, b: Draft): number =>
  a.distance - b.distance ||
  a.effort - b.effort ||
  a.size - b.size ||
  a.claims - b.claims ||
  b.amount - a.amount ||
  compareText(a.legalBasis, b.legalBasis) ||
  compareText(keyOf(a), keyOf(b))

const keyOf = ({ variant, sets }: Draft): string =>
  JSON.stringify([variant.choice, sets.map(({ bits }, at) => literalsOf(variant.residuals[at]!, bits))])
