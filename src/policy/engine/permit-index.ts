import { compareText } from '../../encoding/text-order.ts'
import type { BasisRule, Duty, RuleScope } from '../../model/rule.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { type PlainRule, senderVariants } from '../sender-variants.ts'
import { type ConditionTrees, compareFacts, indexConditions } from './condition-index.ts'
import { type FactIndex, factsAsked } from './facts-index.ts'
import type { Eras } from './periods.ts'
import { rankOfLevel } from './ranks.ts'
import { indexScopes, type ScopeIndex, type ScopeWords } from './scope-index.ts'
import type { WordIds } from './word-ids.ts'

/**
 * The permits of a set, compiled: rules with one scope share a tree of conditions (a rule that asks
 * more of one sender has a scope for that sender), and rules of one file that ask the same
 * in the same period form a group that fires as one. What a group gives is computed beforehand: for each field its best
 * release and its link (two slots a field), the first rule that gives it, and the duties of all rules that give it.
 */
export interface PermitIndex {
  readonly scopes: ScopeIndex
  /** One tree for each scope; its sets are groups. */
  readonly trees: ConditionTrees
  /** Four numbers a group, and one group more to end with: first era, end of eras, file, start of its effects. */
  readonly groups: Int32Array
  /** Facts that group `g` asks, as `[pathStart[g], pathStart[g + 1])` of `pathFact`. */
  readonly pathStart: Int32Array
  readonly pathFact: Int32Array
  /** Three numbers an effect: what it does (`formEffect`), the first rule that does it, index of its duty list (0 is none). */
  readonly effects: Int32Array
  /** Rules of group `g` are `groupRule` from `ruleStart[g]` up to `ruleStart[g + 1]`. */
  readonly ruleStart: Int32Array
  readonly groupRule: Int32Array
  /** Slots of each rule, as `[slotStart[r], slotStart[r + 1])` of `ruleSlot`. */
  readonly slotStart: Int32Array
  readonly ruleSlot: Int32Array
  readonly slotRank: Int32Array
}

/** Slot and rank in one number. A slot is twice the field for its release, and one more for its link. */
export const formEffect = (slot: number, rank: number): number => slot * 0x8000 + rank
export const slotOf = (effect: number): number => effect >>> 15
export const rankOf = (effect: number): number => effect & 0x7fff

/** The different lists of duties in a set, each without repetition; the first is empty. */
export interface DutyLists {
  readonly lists: readonly (readonly Duty[])[]
  add(duties: readonly Duty[]): number
}

export function createDutyLists(): DutyLists {
  const lists: (readonly Duty[])[] = [[]]
  const ids = new Map([['', 0]])
  const known = new Map<string, { readonly duty: Duty; readonly id: number }>()
  const keyOf = (duty: Duty) =>
    `${duty.kind} ${duty.for} ${duty.retentionDays} ${duty.keepLogDays} ${duty.people} ${duty.citation}`
  const intern = (duty: Duty) => {
    const key = keyOf(duty)
    const interned = known.get(key) ?? { duty, id: known.size }
    known.set(key, interned)
    return interned
  }
  return {
    lists,
    add: (duties) => {
      if (duties.length === 0) return 0
      const different = [...new Set(duties.map(intern))].sort((a, b) => a.id - b.id)
      const key = different.map(({ id }) => id).join()
      const id = ids.get(key) ?? lists.length
      if (id === lists.length) lists.push(different.map(({ duty }) => duty))
      ids.set(key, id)
      return id
    },
  }
}

interface Group {
  readonly scope: number
  readonly path: Int32Array
  readonly file: number
  readonly from: number
  readonly until: number
  readonly rules: number[]
}

interface Offer {
  readonly slot: number
  readonly rank: number
}

/** What the parts of an index are numbered by. */
export interface Numbering {
  readonly scopes: ScopeWords
  readonly facts: FactIndex
  readonly files: WordIds
  readonly fields: WordIds
  readonly duties: DutyLists
  readonly eras: Eras
}

export function indexPermits(rules: readonly BasisRule[], vocabulary: Vocabulary, numbering: Numbering): PermitIndex {
  const { scopes, groups } = groupRules(rules, numbering)
  const offers = rules.map((rule) => offersOf(rule, vocabulary, numbering.fields))
  const paths = groups.map(({ path }) => path)
  const ranges = scopes.map((): [number, number] => [0, 0])
  for (const [index, { scope }] of groups.entries()) {
    const range = ranges[scope]!
    if (range[1] === 0) range[0] = index
    range[1] = index + 1
  }
  const effects = groups.map((group) => effectsOf(group, rules, offers, numbering.duties))
  const flat = effects.flat()
  const starts = startsOf(effects)
  return {
    scopes: indexScopes(scopes, numbering.scopes),
    trees: indexConditions(ranges, paths, numbering.facts.permitCount),
    groups: Int32Array.from([
      ...groups.flatMap(({ from, until, file }, at) => [from, until, file, 3 * starts[at]!]),
      0,
      0,
      0,
      3 * flat.length,
    ]),
    pathStart: startsOf(paths),
    pathFact: Int32Array.from(paths.flatMap((path) => [...path])),
    effects: Int32Array.from(flat.flatMap(({ slot, rank, rule, duties }) => [formEffect(slot, rank), rule, duties])),
    ruleStart: startsOf(groups.map((group) => group.rules)),
    groupRule: Int32Array.from(groups.flatMap((group) => group.rules)),
    slotStart: startsOf(offers),
    ruleSlot: Int32Array.from(offers.flat(), ({ slot }) => slot),
    slotRank: Int32Array.from(offers.flat(), ({ rank }) => rank),
  }
}

function startsOf(lists: readonly { readonly length: number }[]): Int32Array {
  const starts = new Int32Array(lists.length + 1)
  for (const [index, { length }] of lists.entries()) starts[index + 1] = starts[index]! + length
  return starts
}

function groupRules(rules: readonly BasisRule[], { facts, files, eras }: Numbering) {
  const scopes: RuleScope[] = []
  const scopeIds = new Map<string, number>()
  const groups = new Map<string, Group>()
  const add = (rule: PlainRule, index: number) => {
    const scopeKey = formatScope(rule.scope)
    const scope = scopeIds.get(scopeKey) ?? scopes.length
    if (scope === scopes.length) scopes.push(rule.scope)
    scopeIds.set(scopeKey, scope)
    const file = files.add(rule.file)
    const [from, until] = eras.erasOf(rule.validity)
    for (const path of pathsOf(rule, facts)) {
      const key = `${scope} ${file} ${from} ${until} ${path.join()}`
      const group = groups.get(key)
      if (group === undefined)
        groups.set(key, { scope, path: Int32Array.from(path), file, from, until, rules: [index] })
      else group.rules.push(index)
    }
  }
  for (const [index, rule] of rules.entries()) for (const variant of senderVariants(rule)) add(variant, index)
  const sorted = [...groups.values()].sort(
    (a, b) =>
      a.scope - b.scope ||
      compareFacts(a.path, b.path) ||
      // The earliest first, so that a loop over groups that ask the same can stop at the first that is not in force yet.
      a.from - b.from ||
      a.until - b.until ||
      a.file - b.file,
  )
  return { scopes, groups: sorted }
}

const formatScope = ({ senders, recipients, purposes, roles }: RuleScope): string =>
  JSON.stringify([senders, recipients, purposes, roles].map((words) => words?.toSorted(compareText) ?? null))

/** The sets of facts that make a rule fire: one, or one for each word of `anyOf`. */
function pathsOf(rule: PlainRule, facts: FactIndex): readonly (readonly number[])[] {
  if (rule.anyOf.length === 0 || rule.anyOf.some((word) => rule.when.includes(word))) return [factsAsked(rule, facts)]
  return [...new Set(rule.anyOf)].map((word) => factsAsked({ ...rule, when: [...rule.when, word] }, facts))
}

function offersOf(rule: BasisRule, vocabulary: Vocabulary, fields: WordIds): readonly Offer[] {
  const ranks = new Map<string, number>()
  for (const [name, level] of rule.generalise) ranks.set(name, rankOfLevel(level, vocabulary.fields.get(name)))
  for (const name of rule.release) ranks.set(name, 0)
  return [
    ...[...ranks].map(([name, rank]) => ({ slot: 2 * fields.add(name), rank })),
    ...[...new Set(rule.link)].map((name) => ({ slot: 2 * fields.add(name) + 1, rank: 0 })),
  ]
}

function effectsOf(
  { rules: members }: Group,
  rules: readonly BasisRule[],
  offers: readonly (readonly Offer[])[],
  duties: DutyLists,
) {
  const best = new Map<number, { rank: number; rules: number[] }>()
  for (const rule of members) {
    for (const { slot, rank } of offers[rule]!) {
      const current = best.get(slot)
      if (current === undefined || rank < current.rank) best.set(slot, { rank, rules: [rule] })
      else if (rank === current.rank) current.rules.push(rule)
    }
  }
  return [...best].map(([slot, { rank, rules: giving }]) => ({
    slot,
    rank,
    rule: giving[0]!,
    duties: duties.add(giving.flatMap((rule) => rules[rule]!.duties)),
  }))
}
