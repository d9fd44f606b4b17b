import { compareText } from '../encoding/text-order.ts'
import type { NearestMiss, Question, SubjectQuestion } from '../model/decision.ts'
import type { BasisRule } from '../model/rule.ts'
import { type Facts, type FailedCondition, failedConditions, gatherFacts, requirementsOf } from './conditions.ts'
import { indexOf, type PolicyIndex } from './engine/compile.ts'
import { matchConditions } from './engine/condition-index.ts'
import type { Narrowing } from './engine/narrowing-index.ts'
import { LINK_ONLY, WITHHELD } from './engine/ranks.ts'
import { scopesAdmitting } from './engine/scope-index.ts'
import {
  coveringRules,
  createWeighing,
  isOpen,
  type Located,
  locate,
  note,
  rootsOf,
  type Weighing,
  weigh,
} from './engine/weigh.ts'
import { applyingBars, narrowingsOf } from './engine/weigh-bars.ts'
import type { PolicySet } from './policy-set.ts'
import { liftSentence, permitMissSentence } from './sentences.ts'

const MAX_MISSES = 5

/**
 * How many groups of rules are looked at for each thing that could be otherwise. Beyond that the list is no longer sure to be
 * the best five of all; it stays a list of true near misses, and the same one every time.
 */
const MAX_GROUPS = 2000

interface Candidate {
  readonly rule: BasisRule | Narrowing
  readonly failed: FailedCondition
  /** Lower is easier to mend by the one who asks. */
  readonly effort: number
  readonly improvedFields: number
}

/** One data subject of a question, both as words and weighed. */
interface Case {
  readonly set: PolicySet
  readonly index: PolicyIndex
  readonly located: Located
  readonly facts: Facts
  readonly weighing: Weighing
}

/**
 * What would pass now, if one thing were otherwise: permits that failed on exactly one condition, and prohibitions or
 * safeguards that one stated fact or declared assessment would lift. Only what would really widen a requested field; the
 * five most useful, those that the sender can mend first.
 */
export function findNearestMisses(
  set: PolicySet,
  question: Question,
  subject: SubjectQuestion,
): readonly NearestMiss[] {
  const index = indexOf(set)
  const located = locate(index, question)
  const weighing = createWeighing(index)
  weigh(index, located, subject, weighing)
  const asked: Case = { set, index, located, facts: gatherFacts(question, subject), weighing }
  const candidates = liftCandidates(asked)
  for (const { effort, find } of SEARCHES) {
    // What comes next takes more effort than the five that are there, so it cannot replace one.
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

const EFFORT: Readonly<Record<NearestMiss['condition'], number>> = {
  assessment: 0,
  when: 1,
  'when-not': 1,
  'any-of': 1,
  'legal-basis': 2,
  purpose: 4,
  recipient: 5,
  role: 6,
  sender: 7,
  validity: 8,
}

/** Effort of a fact that is known to be otherwise: harder to mend than one that was only left out. */
const CONTRADICTED = 3

function effortOf({ condition, words }: FailedCondition, facts: Facts): number {
  const isAboutFacts = condition === 'when' || condition === 'when-not' || condition === 'any-of'
  const isMerelyUnstated =
    condition === 'any-of'
      ? words.some((word) => facts.know(word) === undefined)
      : words.every((word) => facts.know(word) === undefined)
  return isAboutFacts && !isMerelyUnstated ? CONTRADICTED : EFFORT[condition]
}

/** Where permits with one failed condition can be, from the least effort up; what is found is tested afterwards. */
const SEARCHES: readonly { readonly effort: number; readonly find: (asked: Case) => readonly number[] }[] = [
  { effort: EFFORT.assessment, find: (asked) => groupsKnowing(asked, [...asked.index.facts.assessments.values()]) },
  { effort: EFFORT.when, find: (asked) => groupsKnowing(asked, factsThatAre(asked, 'isTrue')) },
  { effort: EFFORT['when-not'], find: (asked) => groupsKnowing(asked, factsThatAre(asked, 'isFalse')) },
  { effort: EFFORT['legal-basis'], find: (asked) => groupsKnowing(asked, [], isClosed) },
  { effort: EFFORT.purpose, find: (asked) => groupsElsewhere(asked, 2) },
  { effort: EFFORT.recipient, find: (asked) => groupsElsewhere(asked, 1) },
  { effort: EFFORT.role, find: (asked) => groupsElsewhere(asked, 3) },
  { effort: EFFORT.sender, find: (asked) => groupsElsewhere(asked, 0) },
]

const factsThatAre = ({ index }: Case, side: 'isTrue' | 'isFalse'): readonly number[] =>
  [...index.facts.circumstances.values()].map((pair) => pair[side])

const isClosed: typeof isOpen = (index, located, group) => !isOpen(index, located, group)

/** Groups in scope that would fire if these facts were known as well. */
function groupsKnowing(asked: Case, facts: readonly number[], isWanted = isOpen): readonly number[] {
  const { known, bucket } = asked.weighing
  const added = facts.filter((fact) => known.marks[fact] === 0)
  note(known, added, true)
  const groups = collectGroups(asked, rootsOf(bucket), isWanted)
  note(known, added, false)
  return groups
}

/** Groups that would fire if one dimension of the place were another. */
function groupsElsewhere(asked: Case, dimension: number): readonly number[] {
  const { index, weighing } = asked
  const { scopes, trees } = index.permits
  const roots = scopesAdmitting(scopes, weighing.place, dimension).map((scope) => trees.roots[scope]!)
  return collectGroups(asked, roots, isOpen)
}

function collectGroups({ index, located, weighing }: Case, roots: Iterable<number>, isWanted: typeof isOpen) {
  const fired = new Set(weighing.fired)
  const groups: number[] = []
  for (const root of roots) {
    const isFull = matchConditions(index.permits.trees, root, weighing.known, (first, last) => {
      for (let group = first; group < last && groups.length < MAX_GROUPS; group++) {
        if (isWanted(index, located, group) && !fired.has(group)) groups.push(group)
      }
      return groups.length >= MAX_GROUPS
    })
    if (isFull) break
  }
  return groups
}

function permitCandidates({ set, index, facts, weighing }: Case, groups: readonly number[]): readonly Candidate[] {
  return coveringRules(index, groups, weighing).flatMap((position) => {
    const improvedFields = countImproved(index, position, weighing)
    if (improvedFields === 0) return []
    const rule = set.rules[position]!
    const failed = onlyFailure(failedConditions(rule, facts))
    return failed ? [{ rule, failed, effort: effortOf(failed, facts), improvedFields }] : []
  })
}

/** How many requested fields a rule would widen, beside those that fire and under the bars that stand. */
function countImproved({ permits }: PolicyIndex, rule: number, weighing: Weighing): number {
  const improved = new Set<number>()
  for (let at = permits.slotStart[rule]!; at < permits.slotStart[rule + 1]!; at++) {
    const slot = permits.ruleSlot[at]!
    const position = weighing.positions[slot >>> 1]!
    if (position < 0) continue
    const barRank = weighing.found.barRank[position]!
    const isLink = (slot & 1) !== 0
    const isWider = isLink
      ? weighing.found.linkRule[position]! < 0 && barRank < WITHHELD
      : Math.max(permits.slotRank[at]!, barRank) < Math.max(weighing.found.permitRank[position]!, barRank) &&
        barRank < LINK_ONLY
    if (isWider) improved.add(position)
  }
  return improved.size
}

function onlyFailure(failures: Generator<FailedCondition, undefined>): FailedCondition | undefined {
  const first = failures.next()
  return first.done || !failures.next().done ? undefined : first.value
}

function liftCandidates({ index, facts, weighing }: Case): Candidate[] {
  const bars = applyingBars(index, weighing)
  const strictest = strictestTwo(index, bars, weighing)
  return narrowingsOf(index, bars)
    .slice(0, MAX_GROUPS)
    .flatMap((position) => {
      const rule = index.narrowingRules[position]!
      const failures = liftingFailures(rule, facts)
      if (failures.length === 0) return []
      const improvedFields = strictest.filter((two, at) => isWidenedWithout(position, two, weighing, at)).length
      if (improvedFields === 0) return []
      return failures.map((failed) => ({ rule, failed, effort: effortOf(failed, facts), improvedFields }))
    })
}

function liftingFailures({ when, whenNot, unless }: Narrowing, facts: Facts): readonly FailedCondition[] {
  const isUnknown = (word: string) => facts.know(word) === undefined
  return [
    ...when.filter(isUnknown).map((word) => ({ condition: 'when-not' as const, words: [word] })),
    ...whenNot.filter(isUnknown).map((word) => ({ condition: 'when' as const, words: [word] })),
    ...unless
      .flatMap((exception) => onlyFailure(failedConditions(requirementsOf(exception), facts)) ?? [])
      .filter(({ condition }) => !OTHER_EXCHANGE.has(condition)),
  ]
}

// Nobody lifts a prohibition by sending about somebody else or to somebody else: that is another exchange.
const OTHER_EXCHANGE: ReadonlySet<NearestMiss['condition']> = new Set(['sender', 'recipient', 'role'])

/** The strictest bar over a field, and the rank that is left when its narrowing is lifted. */
interface StrictestTwo {
  readonly narrowing: number
  readonly rank: number
  readonly rankWithout: number
}

function strictestTwo({ narrowings }: PolicyIndex, bars: readonly number[], { fields }: Weighing): StrictestTwo[] {
  return fields.map((field) => {
    const cover = narrowings.covers[field]
    // Bars are numbered from the strictest down.
    const over = bars.filter((bar) => cover !== undefined && (cover[bar >>> 5]! & (1 << (bar & 31))) !== 0)
    const [first] = over
    if (first === undefined) return { narrowing: -1, rank: 0, rankWithout: 0 }
    const narrowing = narrowings.bars.narrowing[first]!
    const second = over.find((bar) => narrowings.bars.narrowing[bar] !== narrowing)
    const rankWithout = second === undefined ? 0 : narrowings.bars.rank[second]!
    return { narrowing, rank: narrowings.bars.rank[first]!, rankWithout }
  })
}

function isWidenedWithout(lifted: number, two: StrictestTwo, weighing: Weighing, position: number): boolean {
  if (two.narrowing !== lifted) return false
  const permitRank = weighing.found.permitRank[position]!
  const releaseUnder = (rank: number) => Math.max(permitRank, rank === LINK_ONLY ? WITHHELD : rank)
  const canLink = weighing.found.linkRule[position]! >= 0
  return (
    releaseUnder(two.rankWithout) < releaseUnder(two.rank) ||
    (canLink && two.rank >= WITHHELD && two.rankWithout < WITHHELD)
  )
}
