import type { Question, SubjectQuestion } from '../../model/decision.ts'
import type { PolicyIndex } from './compile.ts'
import { type ConditionTrees, createKnown, type Known, matchConditions } from './condition-index.ts'
import { eraAt } from './periods.ts'
import { rankOf, slotOf } from './permit-index.ts'
import type { Bucket } from './places.ts'
import { WITHHELD } from './ranks.ts'
import type { Place } from './scope-index.ts'
import { weighBars } from './weigh-bars.ts'

/** A question in the numbers of an index. */
export interface Located {
  readonly sender: number
  readonly recipient: number
  readonly purpose: number
  /** The declared basis; `ANY_FILE` when none was declared, `NO_FILE` when no rule is in it. */
  readonly file: number
  readonly era: number
}

export const ANY_FILE = -1
export const NO_FILE = -2

export function locate(index: PolicyIndex, question: Question): Located {
  const [senders, recipients, purposes] = index.scopes
  const { legalBasis } = question
  return {
    sender: senders.ids.get(question.sender) ?? 0,
    recipient: recipients.ids.get(question.recipient) ?? 0,
    purpose: purposes.ids.get(question.purpose) ?? 0,
    file: legalBasis === undefined ? ANY_FILE : (index.files.get(legalBasis) ?? NO_FILE),
    era: eraAt(index.eras, question.at),
  }
}

/** What the rules say about one data subject: filled by `weigh`, and overwritten when it weighs the next. */
export interface Weighing {
  place: Place
  bucket: Bucket
  readonly known: Known
  readonly knownFacts: number[]
  /** Different fields asked for, in their order, and their ids; -1 is a field that nobody knows. */
  readonly names: string[]
  readonly fields: number[]
  /** For each field of the set its position in `names`, or -1. */
  readonly positions: Int32Array
  /** Groups that fire. */
  readonly fired: number[]
  /** What was found for each position. */
  found: Findings
  /** Vectors of bars that the known facts lift. */
  readonly lifting: Uint32Array[]
}

/** One number for each position of a field that was asked for; rules are -1 when there is none. */
interface Findings {
  /** The rank of the best permit, and the first rule that gives it. */
  readonly permitRank: Int32Array
  readonly permitRule: Int32Array
  /** The first rule that gives the link. */
  readonly linkRule: Int32Array
  /** The rank of the strictest bar, 0 when there is none, and its narrowing. */
  readonly barRank: Int32Array
  readonly barRule: Int32Array
}

const createFindings = (size: number): Findings => ({
  permitRank: new Int32Array(size),
  permitRule: new Int32Array(size),
  linkRule: new Int32Array(size),
  barRank: new Int32Array(size),
  barRule: new Int32Array(size),
})

const NOWHERE: Bucket = { trees: new Int32Array(), words: new Int32Array(), bars: new Uint32Array() }

export function createWeighing(index: PolicyIndex): Weighing {
  return {
    place: [0, 0, 0, 0],
    bucket: NOWHERE,
    known: createKnown(index.facts.count),
    knownFacts: [],
    names: [],
    fields: [],
    positions: new Int32Array(index.fields.size).fill(-1),
    fired: [],
    found: createFindings(index.fields.size),
    lifting: [],
  }
}

/** Weighs one data subject: which groups of permits fire, and per field the best permit and the strictest bar. */
export function weigh(index: PolicyIndex, located: Located, subject: SubjectQuestion, weighing: Weighing): void {
  clear(weighing)
  noteFacts(index, subject, weighing)
  noteFields(index, subject.fields, weighing)
  const role = index.scopes[3].ids.get(subject.role) ?? 0
  weighing.place = [located.sender, located.recipient, located.purpose, role]
  weighing.bucket = index.places.bucketAt(weighing.place, located.era)
  weighPermits(index, located, weighing)
  weighBars(index, weighing)
}

function clear(weighing: Weighing): void {
  const { known, knownFacts, positions, fields } = weighing
  note(known, knownFacts, false)
  for (const field of fields) if (field >= 0) positions[field] = -1
  knownFacts.length = 0
  weighing.names.length = 0
  fields.length = 0
  weighing.fired.length = 0
  weighing.lifting.length = 0
}

function noteFacts({ facts, narrowings }: PolicyIndex, subject: SubjectQuestion, weighing: Weighing): void {
  const { known, knownFacts } = weighing
  for (const word of Object.keys(subject.circumstances)) {
    const value = subject.circumstances[word]
    const pair = facts.circumstances.get(word)
    if (pair === undefined) continue
    if (value === true) knownFacts.push(pair.isTrue)
    else if (value === false) knownFacts.push(pair.isFalse)
  }
  for (const word of subject.assessments) {
    const fact = facts.assessments.get(word)
    if (fact !== undefined) knownFacts.push(fact)
  }
  note(known, knownFacts, true)
  for (const fact of knownFacts) {
    const lifted = narrowings.liftedBy[fact]
    if (lifted !== undefined) weighing.lifting.push(lifted)
  }
}

function noteFields(index: PolicyIndex, asked: readonly string[], weighing: Weighing): void {
  const { names, fields, positions } = weighing
  if (asked.length > weighing.found.permitRank.length) weighing.found = createFindings(asked.length)
  const { permitRank, permitRule, linkRule, barRank, barRule } = weighing.found
  for (const name of asked) {
    const field = index.fields.get(name) ?? -1
    if (field < 0 ? names.includes(name) : positions[field]! >= 0) continue
    const position = names.length
    if (field >= 0) positions[field] = position
    names.push(name)
    fields.push(field)
    permitRank[position] = WITHHELD
    permitRule[position] = -1
    linkRule[position] = -1
    barRank[position] = 0
    barRule[position] = -1
  }
}

function weighPermits(index: PolicyIndex, { file, era }: Located, weighing: Weighing): void {
  const { permits } = index
  const { bucket, known, positions, fired } = weighing
  const { permitRank, permitRule, linkRule } = weighing.found
  const { groups, effects } = permits
  const found = (first: number, last: number): boolean => {
    for (let group = first; group < last; group++) {
      const cell = 4 * group
      if (groups[cell]! > era) break
      if (era >= groups[cell + 1]! || (file !== ANY_FILE && groups[cell + 2] !== file)) continue
      let covers = false
      const end = groups[cell + 7]!
      for (let at = groups[cell + 3]!; at < end; at += 3) {
        const slot = slotOf(effects[at]!)
        const position = positions[slot >>> 1]!
        if (position < 0) continue
        covers = true
        const rule = effects[at + 1]!
        if ((slot & 1) !== 0) {
          if (linkRule[position]! < 0 || rule < linkRule[position]!) linkRule[position] = rule
          continue
        }
        const rank = rankOf(effects[at]!)
        if (rank < permitRank[position]! || (rank === permitRank[position] && rule < permitRule[position]!)) {
          permitRank[position] = rank
          permitRule[position] = rule
        }
      }
      if (covers) fired.push(group)
    }
    return false
  }
  walk(permits.trees, bucket, known, found)
}

/** Whether a permit over one of the fields would fire if only some assessment were declared as well. */
export function lacksOnlyAssessments(index: PolicyIndex, located: Located, weighing: Weighing): boolean {
  const { facts, permits } = index
  const { known, bucket } = weighing
  const added = facts.declaredForPermits.filter((fact) => known.marks[fact] === 0)
  if (added.length === 0 || bucket.trees.length === 0) return false
  note(known, added, true)
  const isFound = walk(permits.trees, bucket, known, (first, last) => {
    for (let group = first; group < last; group++) {
      if (isOpen(index, located, group) && coversAsked(index, group, weighing)) return true
    }
    return false
  })
  note(known, added, false)
  return isFound
}

/** Walks the trees of a bucket until `found` answers true. */
function walk(
  conditions: ConditionTrees,
  { trees }: Bucket,
  known: Known,
  found: (first: number, last: number) => boolean,
): boolean {
  for (let at = 0; at < trees.length; at += 2) {
    const fact = trees[at]!
    if (fact >= 0 && known.marks[fact] === 0) continue
    if (matchConditions(conditions, trees[at + 1]!, known, found)) return true
  }
  return false
}

/** The roots of a bucket's trees. */
export const rootsOf = ({ trees }: Bucket): readonly number[] => [...trees].filter((_, at) => at % 2 === 1)

/** Adds facts to what is known, or takes them away again. */
export function note(known: Known, facts: readonly number[], isKnown: boolean): void {
  for (const fact of facts) {
    const bit = 1 << (fact & 31)
    known.marks[fact] = isKnown ? 1 : 0
    known.bits[fact >>> 5] = isKnown ? known.bits[fact >>> 5]! | bit : known.bits[fact >>> 5]! & ~bit
  }
}

/** Whether a group is in force and of the declared basis. */
export function isOpen({ permits }: PolicyIndex, { file, era }: Located, group: number): boolean {
  const cell = 4 * group
  return (
    permits.groups[cell]! <= era &&
    era < permits.groups[cell + 1]! &&
    (file === ANY_FILE || permits.groups[cell + 2] === file)
  )
}

function coversAsked({ permits }: PolicyIndex, group: number, { positions }: Weighing): boolean {
  const end = permits.groups[4 * group + 7]!
  for (let at = permits.groups[4 * group + 3]!; at < end; at += 3) {
    if (positions[slotOf(permits.effects[at]!) >>> 1]! >= 0) return true
  }
  return false
}

/** The rules of groups that say something about a field that was asked for, in the order of the set. */
export function coveringRules({ permits }: PolicyIndex, groups: readonly number[], weighing: Weighing): number[] {
  const { ruleStart, groupRule, slotStart, ruleSlot } = permits
  const rules = new Set<number>()
  for (const group of groups) {
    const start = ruleStart[group]!
    const end = ruleStart[group + 1]!
    for (let at = start; at < end; at++) {
      const rule = groupRule[at]!
      for (let slot = slotStart[rule]!; slot < slotStart[rule + 1]!; slot++) {
        if (weighing.positions[ruleSlot[slot]! >>> 1]! < 0) continue
        rules.add(rule)
        break
      }
    }
  }
  return [...rules].sort((a, b) => a - b)
}
