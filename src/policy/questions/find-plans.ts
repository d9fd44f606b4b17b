import { compareText } from '../../encoding/text-order.ts'
import { MAX_PLANS, PLAN_EFFORTS, type Plan } from '../../model/advice.ts'
import type { Question } from '../../model/decision.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import { NO_FILE } from '../engine/evaluation.ts'
import type { PolicySet } from '../policy-set.ts'
import { mapInSteps, type Steps } from '../steps.ts'
import { amountOf, type RatedSet } from './best-sets.ts'
import { effortOfWord } from './effort.ts'
import { type Draft, formPlan, literalsOf } from './form-plan.ts'
import { fullestSets, type Reach, reachWithin } from './fullest-sets.ts'
import { type GoalFinder, outcomesNow } from './goals.ts'
import type { Budget } from './implicants.ts'
import { type Bits, countBits, isStatement, isSubset, membersOf } from './literals.ts'
import type { ClosedWords } from './number-literals.ts'
import type { Residual } from './residual.ts'
import { listVariants, OTHER_CHOICES, promisingFiles, type Variant } from './variants.ts'

/** How many legal bases are examined: those under which the most could pass. */
const MAX_BASES = 8

/**
 * The smallest sets of statements under which the most passes, per legal basis and per effort. The exchange as it was asked
 * comes first; other purposes and recipients are examined only where it cannot give everything.
 */
export function* findPlans(
  set: PolicySet,
  question: Question,
  residuals: readonly Residual[],
  closed: ClosedWords,
  budget: Budget,
  goalsOf: GoalFinder,
): Steps<{ readonly plans: readonly Plan[]; readonly isComplete: boolean }> {
  const index = indexOf(set)
  const declared = question.legalBasis === undefined ? undefined : (index.files.get(question.legalBasis) ?? NO_FILE)
  const asked: Variant = { question, residuals, choice: {} }
  const now = declared === undefined ? 0 : amountNow(residuals, declared)
  const search = (variant: Variant, least: number) => draftPlans(set, index, variant, declared, least, budget, goalsOf)
  const here = yield* search(asked, now)
  let isComplete = here.isComplete
  const drafts = [...here.drafts]
  const best = Math.max(now, ...drafts.map(({ amount }) => amount))
  if (!drafts.some(({ isWhole }) => isWhole) && !isWholeNow(residuals, declared)) {
    for (const kind of OTHER_CHOICES) {
      // Its plans come after those of easier choices, and there are as many of those as an answer contains.
      if (groupByChoice(drafts).size >= MAX_PLANS) break
      for (const variant of listVariants(set, index, question, closed, kind, best)) {
        yield
        if (variant === undefined) continue
        if (budget.left <= 0) return { plans: formPlans(set, drafts), isComplete: false }
        const found = yield* search(variant, best)
        isComplete &&= found.isComplete
        drafts.push(...found.drafts)
      }
    }
  }
  return { plans: formPlans(set, drafts), isComplete }
}

const formPlans = (set: PolicySet, drafts: readonly Draft[]): readonly Plan[] =>
  choosePlans(drafts).map((draft) => formPlan(set, draft))

/** What passes as it is; nothing when a field is refused. */
function amountNow(residuals: readonly Residual[], file: number): number {
  let sum = 0
  for (const residual of residuals) {
    const amount = amountOf(residual.classes, outcomesNow(residual, file))
    if (amount === undefined) return 0
    sum += amount
  }
  return sum
}

const isWholeNow = (residuals: readonly Residual[], file: number | undefined): boolean =>
  file !== undefined && residuals.every((residual) => outcomesNow(residual, file).every(({ rank }) => rank === 0))

function* draftPlans(
  set: PolicySet,
  index: PolicyIndex,
  variant: Variant,
  declared: number | undefined,
  least: number,
  budget: Budget,
  goalsOf: GoalFinder,
): Steps<{ readonly drafts: readonly Draft[]; readonly isComplete: boolean }> {
  const promising = promisingFiles(variant.residuals, declared, least)
  let isComplete = promising.length <= MAX_BASES
  const drafts: Draft[] = []
  const names = [...index.files.keys()]
  const efforts = variant.residuals.map(({ literals }) =>
    literals.map((literal) => (isStatement(literal) ? effortOfWord(set, literal) : 0)),
  )
  for (const file of promising.slice(0, MAX_BASES)) {
    if (budget.left <= 0) return { drafts, isComplete: false }
    const found = yield* mapInSteps(variant.residuals, (residual) => goalsOf(residual, file, budget))
    isComplete &&= found.every((goals) => goals.isComplete)
    const distance = distanceOf(variant, declared !== undefined && file !== declared)
    let passed = least
    for (let effort = 0; effort < PLAN_EFFORTS.length - 1; effort++) {
      const reaches = found.map((goals, at) => reachWithin(variant.residuals[at]!, goals, efforts[at]!, effort))
      if (!canExceed(reaches, passed)) continue
      const rated = yield* mapInSteps(reaches, (reach, at) => {
        const listed = fullestSets(variant.residuals[at]!, reach, file, efforts[at]!, budget)
        isComplete &&= listed.isComplete
        return smallestSets(variant.residuals[at]!, listed.sets)
      })
      const combined = combine(rated)
      const [first] = combined
      if (first === undefined || first.amount <= passed) continue
      passed = first.amount
      drafts.push(...combined.map((own) => ({ variant, legalBasis: names[file]!, distance, ...own })))
    }
  }
  return { drafts, isComplete }
}

const distanceOf = ({ choice: { purpose, recipient } }: Variant, isOtherBasis: boolean): number =>
  recipient !== undefined ? 3 : purpose !== undefined ? 2 : isOtherBasis ? 1 : 0

const canExceed = (reaches: readonly Reach[], least: number): boolean =>
  reaches.every(({ amount }) => amount !== undefined) && reaches.reduce((sum, { amount }) => sum + amount!, 0) > least

/** The smallest of the sets under which the most passes; where a statement gives as much as it takes away, those without it. */
function smallestSets(residual: Residual, sets: readonly RatedSet[]): readonly ClaimingSet[] {
  const passing = sets.filter(({ amount }) => amount !== undefined)
  const most = Math.max(...passing.map(({ amount }) => amount!))
  const fullest = passing.filter(({ amount }) => amount === most)
  return fullest
    .filter(({ bits }) => !fullest.some((less) => less.bits !== bits && isSubset(less.bits, bits)))
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
  const ranked = [...groupByChoice(drafts).values()].flatMap((alike) =>
    alike.toSorted(compareDrafts).map((draft, turn) => ({ draft, turn })),
  )
  return ranked
    .sort((a, b) => a.turn - b.turn || compareDrafts(a.draft, b.draft))
    .slice(0, MAX_PLANS)
    .map(({ draft }) => draft)
    .sort(compareDrafts)
}

const groupByChoice = (drafts: readonly Draft[]): ReadonlyMap<string, readonly Draft[]> =>
  Map.groupBy(drafts, ({ legalBasis, variant: { choice } }) => [legalBasis, choice.purpose, choice.recipient].join(' '))

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
