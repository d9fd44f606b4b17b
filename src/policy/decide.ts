import type {
  Decision,
  FieldDecision,
  NearestMiss,
  Question,
  Reason,
  SubjectDecision,
  SubjectQuestion,
} from '../model/decision.ts'
import type { LocalisedText } from '../model/language.ts'
import type { BasisRule, Duty } from '../model/rule.ts'
import type { Field, FieldClass } from '../model/vocabulary.ts'
import { mergeDuties } from './duties.ts'
import { indexOf, type PolicyIndex } from './engine/compile.ts'
import { lazily } from './engine/lazily.ts'
import type { Narrowing } from './engine/narrowing-index.ts'
import { rankOf, slotOf } from './engine/permit-index.ts'
import { isWithheldRank, LINK_ONLY, releaseOfRank, WITHHELD } from './engine/ranks.ts'
import {
  ANY_FILE,
  coveringRules,
  createWeighing,
  type Located,
  lacksOnlyAssessments,
  locate,
  type Weighing,
  weigh,
} from './engine/weigh.ts'
import { applyingBars, narrowingsOf } from './engine/weigh-bars.ts'
import { findNearestMisses } from './misses.ts'
import type { PolicySet } from './policy-set.ts'
import { linkOnlySentence, NO_RULE, NO_RULE_AT_ALL } from './sentences.ts'

/** Changes whenever the same question and rule set could get another answer. */
export const ENGINE_VERSION = '2'

/**
 * Decides one exchange, field by field. Pure, total and deterministic: the same set and question give the same answer,
 * a word that the set does not know satisfies nothing, and unknown never widens.
 *
 * A subject's `outcome` says what its own fields get; the exchange can be refused as a whole because of another subject, and
 * `in-afwachting` exists for the exchange only. Without a declared legal basis the rules of every basis count together.
 * What is long to write out (nearest misses, hundreds of rules) is worked out when it is first read.
 */
export function decide(set: PolicySet, question: Question): Decision {
  const index = indexOf(set)
  const located = locate(index, question)
  const workspace = workspaceOf(index)
  workspace.dutyLists.length = 0
  const decisions = question.dataSubjects.map((subject) =>
    decideSubject(set, index, located, question, subject, workspace),
  )
  const closing = { policyHash: set.policyHash, engineVersion: ENGINE_VERSION, at: question.at }
  const reason = refusalOf(decisions)
  if (reason !== undefined) return { outcome: 'geweigerd', reason, dataSubjects: decisions, duties: [], ...closing }
  const merged = mergeLists(index, workspace.dutyLists)
  const isHeld = merged.some(({ kind }) => kind === 'vier-ogen')
  const isWhole = decisions.every(({ outcome }) => outcome === 'verstrekt')
  const outcome = isHeld ? 'in-afwachting' : isWhole ? 'verstrekt' : 'gedeeltelijk'
  return { outcome, dataSubjects: decisions, duties: merged, ...closing }
}

/** The decision under each legal basis on its own that lets something pass, in the order of the files' ids. */
export function listOptions(
  set: PolicySet,
  question: Question,
): readonly { readonly legalBasis: string; readonly decision: Decision }[] {
  return [...set.rulesByFile.keys()]
    .map((legalBasis) => ({ legalBasis, decision: decide(set, { ...question, legalBasis }) }))
    .filter(({ decision }) => decision.outcome !== 'geweigerd')
}

/** Why the whole exchange is refused: one forbidden field is enough, or that nothing passes of anybody. */
function refusalOf(subjects: readonly SubjectDecision[]): Reason | undefined {
  if (subjects.some(({ fields }) => fields.some(({ release }) => release === 'weigeren'))) return 'verbod'
  if (subjects.some(({ outcome }) => outcome !== 'geweigerd')) return undefined
  const reasons: readonly Reason[] = ['beoordeling-ontbreekt', 'verbod']
  return reasons.find((reason) => subjects.some((subject) => subject.reason === reason)) ?? 'geen-grondslag'
}

const NO_DUTIES: readonly Duty[] = []

/** Rules share few different lists of duties, and the lists few different duties. */
function mergeLists({ duties }: PolicyIndex, lists: readonly number[]): readonly Duty[] {
  if (lists.length === 0) return NO_DUTIES
  const different = new Set<Duty>()
  for (const list of lists) for (const duty of duties.lists[list]!) different.add(duty)
  return mergeDuties([{ duties: [...different] }])
}

/** Room to work in, one per index: a decision is made in one go and leaves nothing behind that matters. */
interface Workspace {
  readonly weighing: Weighing
  /** Duty lists that come along with what passes; one may stand here twice. */
  readonly dutyLists: number[]
}

const workspaces = new WeakMap<PolicyIndex, Workspace>()

function workspaceOf(index: PolicyIndex): Workspace {
  const known = workspaces.get(index)
  if (known !== undefined) return known
  const workspace = { weighing: createWeighing(index), dutyLists: [] }
  workspaces.set(index, workspace)
  return workspace
}

function decideSubject(
  set: PolicySet,
  index: PolicyIndex,
  located: Located,
  question: Question,
  subject: SubjectQuestion,
  { weighing, dutyLists }: Workspace,
): SubjectDecision {
  weigh(index, located, subject, weighing)
  const fields: FieldDecision[] = []
  let isWhole = true
  let isForbidden = false
  let passes = false
  for (let position = 0; position < weighing.names.length; position++) {
    const field = decideField(set, index, located, weighing, position)
    const isReleased = field.release === 'verstrekken' || field.release === 'generaliseren'
    isWhole &&= isReleased
    isForbidden ||= field.release === 'weigeren'
    passes ||= isReleased || field.link
    fields.push(field)
  }
  const reason = passes && !isForbidden ? undefined : refusalOfSubject(index, located, weighing, isForbidden)
  if (reason === undefined) addDuties(index, weighing, fields, dutyLists)
  const outcome = reason !== undefined ? 'geweigerd' : isWhole ? 'verstrekt' : 'gedeeltelijk'
  const told: Told = reason === undefined ? { outcome, fields } : { outcome, reason, fields }
  return withMisses(withRules(told, index, located, subject, weighing), set, question, subject)
}

type Told = Pick<SubjectDecision, 'outcome' | 'reason' | 'fields'>

/** Groups or vectors of bars up to which the lists of rules are written out at once. */
const FEW = 8
const FEW_WORDS = 2

/** Lists the rules in play: at once when they are few, else when they are first read. */
function withRules(told: Told, index: PolicyIndex, located: Located, subject: SubjectQuestion, weighing: Weighing) {
  const { fired, bucket } = weighing
  const listFired = (from: Weighing) =>
    coveringRules(index, from.fired, from).map((rule) => index.ruleReferences[rule]!)
  const listNarrowings = (from: Weighing) =>
    narrowingsOf(index, applyingBars(index, from)).map((position) => index.narrowingReferences[position]!)
  const rules = fired.reduce((sum, group) => sum + ruleCount(index, group), 0)
  if (rules <= FEW && bucket.words.length <= FEW_WORDS) {
    return Object.assign(told, { firedRules: listFired(weighing), prohibitions: listNarrowings(weighing) })
  }
  const again = () => {
    const own = createWeighing(index)
    weigh(index, located, subject, own)
    return own
  }
  const withFired = lazily(told, 'firedRules', () => listFired(again()))
  return lazily(withFired, 'prohibitions', () => listNarrowings(again()))
}

const ruleCount = ({ permits }: PolicyIndex, group: number): number =>
  permits.ruleStart[group + 1]! - permits.ruleStart[group]!

const NO_MISSES: readonly NearestMiss[] = []

function withMisses(
  told: Omit<SubjectDecision, 'nearestMisses'>,
  set: PolicySet,
  question: Question,
  subject: SubjectQuestion,
) {
  // Whoever gets everything already can get nothing more.
  if (told.fields.every(({ release, link }) => release === 'verstrekken' && link)) {
    return Object.assign(told, { nearestMisses: NO_MISSES })
  }
  return lazily(told, 'nearestMisses', () => findNearestMisses(set, question, subject))
}

function refusalOfSubject(index: PolicyIndex, located: Located, weighing: Weighing, isForbidden: boolean): Reason {
  // A group fires only when it gives something of what was asked, so then a bar took it.
  if (isForbidden || weighing.fired.length > 0) return 'verbod'
  return lacksOnlyAssessments(index, located, weighing) ? 'beoordeling-ontbreekt' : 'geen-grondslag'
}

/** Adds the duty lists of every rule that gives what passes, and of the safeguards that apply. */
function addDuties(
  index: PolicyIndex,
  weighing: Weighing,
  fields: readonly FieldDecision[],
  dutyLists: number[],
): void {
  const { permits, narrowings } = index
  let latest = 0
  for (const group of weighing.fired) {
    const end = permits.groups[4 * group + 7]!
    for (let at = permits.groups[4 * group + 3]!; at < end; at += 3) {
      const list = permits.effects[at + 2]!
      const slot = slotOf(permits.effects[at]!)
      const position = list === 0 ? -1 : weighing.positions[slot >>> 1]!
      // The fields of one rule mostly share one list.
      if (position < 0 || list === latest) continue
      const { release, link } = fields[position]!
      const isBest = rankOf(permits.effects[at]!) === weighing.found.permitRank[position]
      const isReleased = release === 'verstrekken' || release === 'generaliseren'
      if (!((slot & 1) !== 0 ? link : isBest && isReleased)) continue
      dutyLists.push(list)
      latest = list
    }
  }
  for (const bar of applyingBars(index, weighing, narrowings.hasDuties)) {
    dutyLists.push(narrowings.bars.duties[bar]!)
  }
}

/** Decides one field and names what determined it: the bar when it narrowed the field, else the permit. */
function decideField(
  set: PolicySet,
  index: PolicyIndex,
  located: Located,
  weighing: Weighing,
  position: number,
): FieldDecision {
  const field = weighing.names[position]!
  const permitRank = weighing.found.permitRank[position]!
  const barRank = weighing.found.barRank[position]!
  const linkRule = weighing.found.linkRule[position]!
  const barRelease = barRank === LINK_ONLY ? WITHHELD : barRank
  const rank = Math.max(permitRank, barRelease)
  const link = linkRule >= 0 && barRank < WITHHELD
  const isNarrowed = rank > permitRank || (linkRule >= 0 && !link)
  const isForbiddenAnyway = permitRank === WITHHELD && linkRule < 0 && isWithheldRank(barRank)
  const release = releaseOfRank(rank)
  if (isNarrowed || isForbiddenAnyway) {
    const by = weighing.found.barRule[position]!
    const narrowing = index.narrowingRules[by]!
    const rule = index.narrowingReferences[by]!
    const { citation, explanation: sentence } = narrowing
    if (release !== 'generaliseren') return { field, release, link, rule, citation, sentence }
    // A bar that only takes the link away leaves the level of the permit.
    const level = rank > permitRank ? levelOf(narrowing, field) : permitLevel(set, weighing, position)
    return { field, release, level, link, rule, citation, sentence }
  }
  const permitRule = weighing.found.permitRule[position]!
  if (permitRule >= 0) {
    const basis = set.rules[permitRule]!
    const rule = index.ruleReferences[permitRule]!
    const citation = groundOf(basis, set.vocabulary.fields.get(field))
    const { explanation: sentence } = basis
    if (release !== 'generaliseren') return { field, release, link, rule, citation, sentence }
    return { field, release, level: permitLevel(set, weighing, position), link, rule, citation, sentence }
  }
  if (linkRule >= 0) {
    const basis = set.rules[linkRule]!
    const rule = index.ruleReferences[linkRule]!
    return { field, release, link, rule, citation: basis.citation, sentence: linkOnlySentence(basis) }
  }
  return withheldField(index, weighing.fields[position]!, field, located.file === ANY_FILE ? NO_RULE_AT_ALL : NO_RULE)
}

/** The decision about a field that nothing covers is the same every time, and most decisions hold several. */
function withheldField(index: PolicyIndex, id: number, field: string, sentence: LocalisedText): FieldDecision {
  if (id < 0) return { field, release: 'weglaten', link: false, sentence }
  return (sentence === NO_RULE ? index.withheld : index.withheldUnderAny)[id]!
}

const permitLevel = (set: PolicySet, weighing: Weighing, position: number): string =>
  set.rules[weighing.found.permitRule[position]!]!.generalise.get(weighing.names[position]!)!

const levelOf = (narrowing: Narrowing, field: string): string =>
  ('outcome' in narrowing ? narrowing.levels : narrowing.generalise).get(field)!

const ORDINARY_CLASSES: readonly FieldClass[] = ['gewoon', 'identificerend', 'bsn']

// A special-class field needs a double ground: the legal basis and an exception on top of it (AVG 9 and 10).
function groundOf(rule: BasisRule, field: Field | undefined): string {
  if (rule.exception === undefined || field === undefined || ORDINARY_CLASSES.includes(field.class))
    return rule.citation
  return `${rule.citation}; ${rule.exception}`
}
