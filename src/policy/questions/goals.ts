import { ANY_FILE } from '../engine/evaluation.ts'
import { LINK_ONLY, WITHHELD } from '../engine/ranks.ts'
import { type Budget, type Clause, findImplicants, type Implicants } from './implicants.ts'
import { type Bits, emptyBits, isSubset } from './literals.ts'
import type { FieldClass, PermitTerm, Residual } from './residual.ts'

/** The outcome of a field as numbers: the rank of its release, and whether it links. */
export interface RankedOutcome {
  readonly rank: number
  readonly link: boolean
}

/** Something better for the fields of one class, and the smallest sets of literals that give it. */
export interface Goal {
  /** Position of the class. */
  readonly of: number
  readonly kind: 'release' | 'link'
  /** Of a release: at most this strict. */
  readonly rank: number
  readonly sets: readonly Bits[]
}

/** Every goal of a data subject that can be reached, and is not yet or could be lost by breaking a silence. */
export interface Goals {
  readonly goals: readonly Goal[]
  /** The outcome of each class as it is. */
  readonly now: readonly RankedOutcome[]
  readonly isComplete: boolean
}

/** Finds goals under one basis or under all, within a budget. */
export type GoalFinder = (residual: Residual, file: number, budget: Budget) => Goals

/** The outcome of a class when these literals and what follows from them are known, under one basis or under all (`ANY_FILE`). */
export function outcomeUnder({ releases, links, barriers }: FieldClass, file: number, set: Bits): RankedOutcome {
  let permit = WITHHELD
  for (const term of releases) if (term.rank < permit && fires(term, file, set)) permit = term.rank
  let bar = 0
  for (const { rank, lifts } of barriers) if (rank > bar && !lifts.some((lift) => isSubset(lift, set))) bar = rank
  return {
    rank: Math.max(permit, bar === LINK_ONLY ? WITHHELD : bar),
    link: bar < WITHHELD && links.some((term) => fires(term, file, set)),
  }
}

const isOf = (term: PermitTerm, file: number): boolean => file === ANY_FILE || term.file === file

/** Whether a permit of this basis, or of any, fires when these literals are known. */
export const fires = (term: PermitTerm, file: number, set: Bits): boolean =>
  isOf(term, file) && isSubset(term.asks, set)

/**
 * Finds the goals of a data subject: for each class each better rank that some permit or bar makes possible, and the link. A
 * decision gets worse only where a statement breaks a silence. What rests on a silence now is therefore a goal too, and these
 * sets are all that can still make a difference.
 */
export function findGoals(residual: Residual, file: number, budget: Budget): Goals {
  const { classes, literals } = residual
  const goals: Goal[] = []
  let isComplete = true
  const nothing = emptyBits(literals.length)
  const known = new Map<string, Implicants>()
  const now = outcomesNow(residual, file)
  for (const [of, fields] of classes.entries()) {
    for (const { kind, rank } of targetsOf(fields, file, outcomeUnder(fields, file, nothing))) {
      const { key, clauses } = conditionsOf(fields, file, kind, rank)
      const found = known.get(key) ?? findImplicants(clauses, residual, budget)
      known.set(key, found)
      isComplete &&= found.isComplete
      if (found.sets.length > 0) goals.push({ of, kind, rank, sets: found.sets })
    }
  }
  return { goals, now, isComplete }
}

/** The outcome of each class as it is. */
export const outcomesNow = ({ classes, silences }: Residual, file: number): readonly RankedOutcome[] =>
  classes.map((fields) => outcomeUnder(fields, file, silences))

/** Whether a goal is better than what is. */
export const isOpen = ({ kind, rank, of }: Goal, now: readonly RankedOutcome[]): boolean =>
  kind === 'link' ? !now[of]!.link : rank < now[of]!.rank

/**
 * Finds goals once under each basis. Those of the question as it was asked are known; when only one basis is in scope, they are
 * its goals.
 */
export function rememberGoals(residuals: readonly Residual[], found: readonly Goals[], askedFile: number): GoalFinder {
  const known = new Map<Residual, Map<number, Goals>>()
  for (const [at, residual] of residuals.entries()) {
    const [only, other] = new Set(residual.classes.flatMap(({ coveringFiles }) => [...coveringFiles]))
    const file = askedFile === ANY_FILE && only !== undefined && other === undefined ? only : askedFile
    known.set(residual, new Map([[file, found[at]!]]))
  }
  return (residual, file, budget) => {
    const perFile = known.get(residual) ?? new Map<number, Goals>()
    known.set(residual, perFile)
    const goals = perFile.get(file) ?? findGoals(residual, file, budget)
    perFile.set(file, goals)
    return goals
  }
}

type Target = Pick<Goal, 'kind' | 'rank'>

function targetsOf({ releases, links, barriers }: FieldClass, file: number, now: RankedOutcome): readonly Target[] {
  const offered = releases.filter((term) => isOf(term, file)).map(({ rank }) => rank)
  const least = Math.min(...offered)
  const levels = barriers.map(({ rank }) => rank).filter((rank) => rank < LINK_ONLY && rank > least)
  const ranks = [...new Set([...offered, ...levels, WITHHELD])].filter((rank) => rank < now.rank)
  const targets: Target[] = ranks.sort((a, b) => a - b).map((rank) => ({ kind: 'release', rank }))
  if (!now.link && links.some((term) => isOf(term, file))) targets.push({ kind: 'link', rank: 0 })
  return targets
}

/** What must be known for a target: one of the permits that give it, and of each bar in the way something that lifts it. */
function conditionsOf(
  { releases, links, barriers }: FieldClass,
  file: number,
  kind: Target['kind'],
  rank: number,
): { readonly key: string; readonly clauses: readonly Clause[] } {
  const isLink = kind === 'link'
  const permits = (isLink ? links : releases).filter((term) => isOf(term, file) && term.rank <= rank)
  const inTheWay = barriers.filter((barrier) => (isLink ? barrier.rank >= WITHHELD : barrier.rank > rank))
  // To be withheld takes no permit.
  const needsPermit = isLink || rank < WITHHELD
  return {
    key: `${needsPermit ? permits.map(({ id }) => id).join() : '-'} ${inTheWay.map(({ narrowing }) => narrowing).join()}`,
    clauses: [...(needsPermit ? [permits.map(({ asks }) => asks)] : []), ...inTheWay.map(({ lifts }) => lifts)],
  }
}

/** The lists of sets of goals, each once: goals of many classes have the same. */
export function distinctSets(goals: readonly Goal[]): readonly (readonly Bits[])[] {
  const lists = new Set(goals.map(({ sets }) => sets))
  return [...new Map([...lists].map((sets) => [sets.map((bits) => bits.join()).join(';'), sets])).values()]
}

/** The best that a class can still reach with the goals whose sets pass a test. */
export function bestOutcome(
  goals: readonly Goal[],
  of: number,
  now: RankedOutcome,
  isPossible: (sets: readonly Bits[]) => boolean = () => true,
): RankedOutcome {
  let { rank, link } = now
  for (const goal of goals) {
    if (goal.of !== of) continue
    if (goal.kind === 'link' ? link : goal.rank >= rank) continue
    if (!isPossible(goal.sets)) continue
    if (goal.kind === 'link') link = true
    else rank = goal.rank
  }
  return { rank, link }
}
