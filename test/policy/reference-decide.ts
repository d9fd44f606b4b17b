import type {
  Decision,
  FieldDecision,
  Question,
  Reason,
  RuleReference,
  SubjectDecision,
  SubjectQuestion,
} from '../../src/model/decision.ts'
import type { BasisRule, Duty, Exception, Prohibition, Safeguard } from '../../src/model/rule.ts'
import type { Field, FieldClass } from '../../src/model/vocabulary.ts'
import { type Facts, gatherFacts, isInForce, isInScope } from '../../src/policy/conditions.ts'
import { ENGINE_VERSION } from '../../src/policy/decide.ts'
import { mergeDuties } from '../../src/policy/duties.ts'
import type { PolicySet } from '../../src/policy/policy-set.ts'
import { combine, isReleased, strictness, type Treatment } from '../../src/policy/release.ts'
import { linkOnlySentence, NO_RULE, NO_RULE_AT_ALL } from '../../src/policy/sentences.ts'
import { failedConditions, requirementsOf } from './failed-conditions.ts'

type Narrowing = Prohibition | Safeguard

/** Decides one exchange as the design says it: every rule is looked at. The engine must give the very same answer, but for the nearest misses: those are none here, and have laws of their own. */
export function referenceDecide(set: PolicySet, question: Question): Decision {
  const subjects = question.dataSubjects.map((subject) => decideSubject(set, question, subject))
  const decisions = subjects.map(({ decision }) => decision)
  const closing = { policyHash: set.policyHash, engineVersion: ENGINE_VERSION, at: question.at }
  const reason = refusalOf(decisions)
  if (reason !== undefined) return { outcome: 'geweigerd', reason, dataSubjects: decisions, duties: [], ...closing }
  const duties = mergeDuties([...new Set(subjects.flatMap(({ determining }) => determining))])
  const isHeld = duties.some(({ kind }) => kind === 'vier-ogen')
  const isWhole = decisions.every(({ outcome }) => outcome === 'verstrekt')
  const outcome = isHeld ? 'in-afwachting' : isWhole ? 'verstrekt' : 'gedeeltelijk'
  return { outcome, dataSubjects: decisions, duties, ...closing }
}

/** Why the whole exchange is refused: one forbidden field is enough, or that nothing passes of anybody. */
function refusalOf(subjects: readonly SubjectDecision[]): Reason | undefined {
  const isStopped = subjects.some(({ fields }) => fields.some(({ release }) => release === 'weigeren'))
  if (isStopped) return subjects.some(({ reason }) => reason !== 'geen-grondslag') ? 'verbod' : 'geen-grondslag'
  if (subjects.some(({ outcome }) => outcome !== 'geweigerd')) return undefined
  const reasons: readonly Reason[] = ['beoordeling-ontbreekt', 'verbod']
  return reasons.find((reason) => subjects.some((subject) => subject.reason === reason)) ?? 'geen-grondslag'
}

interface SubjectResult {
  readonly decision: SubjectDecision
  /** Fired rules without which less would pass or that allow the same, and safeguards: their duties come along. */
  readonly determining: readonly { readonly duties: readonly Duty[] }[]
}

function decideSubject(set: PolicySet, question: Question, subject: SubjectQuestion): SubjectResult {
  const facts = gatherFacts(question, subject)
  const candidates = facts.legalBasis === undefined ? set.rules : (set.rulesByFile.get(facts.legalBasis) ?? [])
  const fired = candidates.filter((rule) => fires(rule, facts))
  const applied = [...set.prohibitions, ...set.safeguards].filter((narrowing) => applies(narrowing, facts))
  const treated = facts.fields.map((name) => treat(set, name, fired, applied))
  const reason = subjectRefusal(treated, candidates, applied, facts)
  const isWhole = treated.every(({ outcome }) => isReleased(outcome))
  const decision: SubjectDecision = {
    ...(reason !== undefined ? { outcome: 'geweigerd', reason } : { outcome: isWhole ? 'verstrekt' : 'gedeeltelijk' }),
    fields: treated.map((field) => explain(set, field, facts)),
    ...presumptionsOf(set, treated, fired, applied, facts),
    firedRules: fired.map(referTo),
    prohibitions: applied.map(referTo),
    nearestMisses: [],
  }
  const determining = treated.flatMap(({ outcome, permit }) => [
    ...(isReleased(outcome) ? permit.releasedBy : []),
    ...(outcome.link ? permit.linkedBy : []),
  ])
  const safeguards = applied.flatMap((narrowing) => ('duties' in narrowing ? [narrowing] : []))
  return { decision, determining: reason === undefined ? [...determining, ...safeguards] : [] }
}

/** Unknown words of rules that fire as if they were a yes, and of rules that would keep something back if they were a yes. */
function presumptionsOf(
  set: PolicySet,
  treated: readonly TreatedField[],
  fired: readonly BasisRule[],
  applied: readonly Narrowing[],
  facts: Facts,
): Pick<SubjectDecision, 'presumed'> {
  const passing = treated.filter(({ outcome }) => passes(outcome)).map(({ name }) => name)
  if (passing.length === 0) return {}
  const unknown = (words: readonly string[] = []) => words.filter((word) => facts.know(word) === undefined)
  const kept = [...set.prohibitions, ...set.safeguards].filter((narrowing) => {
    const { whenStated = [], ...rest } = narrowing
    const isOpen = whenStated.every((word) => facts.know(word) !== false)
    return !applied.includes(narrowing) && isOpen && applies(rest, { ...facts, fields: passing })
  })
  const all = [
    ...fired.flatMap((rule) => unknown(rule.unlessDenied).map((word) => ({ word, isTrue: true, rule }))),
    ...kept.flatMap((rule) => unknown(rule.whenStated).map((word) => ({ word, isTrue: false, rule }))),
  ]
  const presumed = all
    .filter(
      (one, at) =>
        all.findIndex(
          (other) =>
            other.word === one.word && other.isTrue === one.isTrue && other.rule.citation === one.rule.citation,
        ) === at,
    )
    .map(({ word, isTrue, rule }) => ({
      circumstance: word,
      isTrue,
      rule: referTo(rule),
      citation: rule.citation,
    }))
  return presumed.length === 0 ? {} : { presumed: presumed.map((one) => ({ ...one, sentence: { nl: '', en: '' } })) }
}

interface TreatedField {
  readonly name: string
  readonly permit: Permit
  readonly restriction: Restriction
  /** The stricter of both. */
  readonly outcome: Treatment
}

function treat(set: PolicySet, name: string, fired: readonly BasisRule[], applied: readonly Narrowing[]): TreatedField {
  const field = set.vocabulary.fields.get(name)
  const permit = permitFor(name, fired, field)
  const restriction = restrictionFor(name, applied, field)
  return { name, permit, restriction, outcome: combine(permit, restriction, field) }
}

const passes = (treatment: Treatment): boolean => isReleased(treatment) || treatment.link

function subjectRefusal(
  treated: readonly TreatedField[],
  candidates: readonly BasisRule[],
  applied: readonly Narrowing[],
  facts: Facts,
): Reason | undefined {
  const isRefused = treated.some(({ outcome }) => outcome.release === 'weigeren')
  if (!isRefused && treated.some(({ outcome }) => passes(outcome))) return undefined
  if (treated.some(({ permit }) => passes(permit))) return 'verbod'
  // No rule fired here: one that fires covers a field, and then its permit would have passed.
  const lacksAssessment = candidates.some((rule) => lacksOnlyAssessments(rule, facts))
  if (!isRefused) return lacksAssessment ? 'beoordeling-ontbreekt' : 'geen-grondslag'
  const isCertain = applied.some(
    (rule) =>
      facts.fields.some((field) => fieldsOf(rule).includes(field) && effectOn(rule, field).release === 'weigeren') &&
      rule.when.every((word) => facts.know(word) === true) &&
      rule.whenNot.every((word) => facts.know(word) === false),
  )
  return lacksAssessment || isCertain ? 'verbod' : 'geen-grondslag'
}

// Assessments are the last condition to be tested, so one that fails first is the only one that fails.
const lacksOnlyAssessments = (rule: BasisRule, facts: Facts): boolean =>
  failedConditions(rule, facts).next().value?.condition === 'assessment' && covers(rule, facts.fields)

/** Names what determined the outcome of a field: the prohibition when it narrowed it, else the permit. */
function explain(set: PolicySet, { name, permit, restriction, outcome }: TreatedField, facts: Facts): FieldDecision {
  const { release, level, link } = outcome
  const answer = { field: name, release, ...(level !== undefined && { level }), link }
  const { by } = restriction
  const isNarrowed = release !== permit.release || level !== permit.level || link !== permit.link
  const isForbiddenAnyway = !passes(permit) && !isReleased(restriction)
  if (by !== undefined && (isNarrowed || isForbiddenAnyway)) {
    return { ...answer, rule: referTo(by), citation: by.citation, sentence: by.explanation }
  }
  const [releasing] = permit.releasedBy
  const [linking] = permit.linkedBy
  if (releasing !== undefined) {
    return {
      ...answer,
      rule: referTo(releasing),
      citation: groundOf(releasing, set.vocabulary.fields.get(name)),
      sentence: releasing.explanation,
    }
  }
  if (linking !== undefined) {
    return { ...answer, rule: referTo(linking), citation: linking.citation, sentence: linkOnlySentence(linking) }
  }
  return { ...answer, sentence: facts.legalBasis === undefined ? NO_RULE_AT_ALL : NO_RULE }
}

const ORDINARY_CLASSES: readonly FieldClass[] = ['gewoon', 'identificerend', 'bsn']

// A special-class field needs a double ground: the legal basis and an exception on top of it (AVG 9 and 10).
function groundOf(rule: BasisRule, field: Field | undefined): string {
  const isSpecial = field !== undefined && !ORDINARY_CLASSES.includes(field.class)
  return isSpecial && rule.exception !== undefined ? `${rule.citation}; ${rule.exception}` : rule.citation
}

const referTo = ({ file, id }: { readonly file: string; readonly id: string }): RuleReference => ({ file, rule: id })

// Permits

/** What the fired rules together allow for one field, and which of them allow it. */
interface Permit extends Treatment {
  /** Rules that give this release; empty when it is `weglaten`. */
  readonly releasedBy: readonly BasisRule[]
  /** Rules that give the link. */
  readonly linkedBy: readonly BasisRule[]
}

/** Whether a rule says anything about one of the fields. */
const covers = (rule: BasisRule, fields: readonly string[]): boolean =>
  fields.some((field) => isReleasing(rule, field) || rule.link.includes(field))

const isReleasing = (rule: BasisRule, field: string): boolean =>
  rule.release.includes(field) || rule.generalise.has(field)

/** A rule fires when all its conditions are certain and it says something about what was asked. */
const fires = (rule: BasisRule, facts: Facts): boolean =>
  failedConditions(rule, facts).next().done === true && covers(rule, facts.fields)

/** The least restrictive treatment among the fired rules; the finer of two levels. Nothing fired: withheld, no link. */
function permitFor(name: string, fired: readonly BasisRule[], field: Field | undefined): Permit {
  const linkedBy = fired.filter((rule) => rule.link.includes(name))
  const offers = fired
    .filter((rule) => isReleasing(rule, name))
    .map((rule) => ({ rule, offer: offerOf(rule, name) }))
    .map(({ rule, offer }) => ({ rule, offer, rank: strictness(offer, field) }))
  const best = Math.min(...offers.map(({ rank }) => rank))
  const winners = offers.filter(({ rank }) => rank === best)
  const treatment = winners[0]?.offer ?? { release: 'weglaten' as const }
  return { ...treatment, link: linkedBy.length > 0, releasedBy: winners.map(({ rule }) => rule), linkedBy }
}

function offerOf(rule: BasisRule, name: string): Pick<Treatment, 'release' | 'level'> {
  const level = rule.generalise.get(name)
  return level === undefined || rule.release.includes(name)
    ? { release: 'verstrekken' }
    : { release: 'generaliseren', level }
}

// Prohibitions and safeguards

/** What the applying prohibitions together leave for one field. */
interface Restriction extends Treatment {
  /** The strictest prohibition; absent when none covers the field. */
  readonly by?: Narrowing
}

/** Applies unless it is certain that it does not, and when it covers a field that was asked or only adds duties. */
function applies(narrowing: Narrowing, facts: Facts): boolean {
  const fields = fieldsOf(narrowing)
  return (
    isInForce(narrowing.validity, facts.date) &&
    isInScope(narrowing.scope, facts) &&
    !narrowing.when.some((word) => facts.know(word) === false) &&
    !narrowing.whenNot.some((word) => facts.know(word) === true) &&
    (narrowing.whenStated ?? []).every((word) => facts.know(word) === true) &&
    !narrowing.unless.some((exception) => isCertain(exception, facts)) &&
    (fields.length === 0 ? 'duties' in narrowing : facts.fields.some((field) => fields.includes(field)))
  )
}

const fieldsOf = (narrowing: Narrowing): readonly string[] =>
  'fields' in narrowing
    ? narrowing.fields
    : [...narrowing.withhold, ...narrowing.linkOnly, ...narrowing.generalise.keys()]

const isCertain = (exception: Exception, facts: Facts): boolean =>
  failedConditions(requirementsOf(exception), facts).next().done === true

/** The most restrictive of the prohibitions that cover a field; the coarser of two levels. */
function restrictionFor(name: string, applied: readonly Narrowing[], field: Field | undefined): Restriction {
  let result: Restriction = { release: 'verstrekken', link: true }
  for (const prohibition of applied) {
    if (!fieldsOf(prohibition).includes(name)) continue
    const effect = effectOn(prohibition, name)
    const rank = strictness(effect, field)
    const current = strictness(result, field)
    // `alleen-koppelen` and `weglaten` release alike; the one that also stops the link is the stricter.
    const isStricter = rank > current || (rank === current && result.link && !effect.link)
    result = {
      ...combine(result, effect, field),
      ...(isStricter ? { by: prohibition } : result.by && { by: result.by }),
    }
  }
  return result
}

function effectOn(narrowing: Narrowing, name: string): Treatment {
  if ('fields' in narrowing) {
    if (narrowing.outcome === 'alleen-koppelen') return { release: 'weglaten', link: true }
    if (narrowing.outcome !== 'generaliseren') return { release: narrowing.outcome, link: false }
    return generaliseTo(narrowing.levels.get(name))
  }
  if (narrowing.withhold.includes(name)) return { release: 'weglaten', link: false }
  return generaliseTo(narrowing.generalise.get(name))
}

const generaliseTo = (level: string | undefined): Treatment =>
  level === undefined ? { release: 'weglaten', link: true } : { release: 'generaliseren', level, link: true }
