import type {
  BasisRule,
  Decision,
  Field,
  FieldClass,
  FieldDecision,
  Prohibition,
  Question,
  Reason,
  RuleReference,
  SubjectDecision,
  SubjectQuestion,
} from '../types.ts'
import { type Facts, failedConditions, gatherFacts } from './conditions.ts'
import { mergeDuties } from './duties.ts'
import { findNearestMisses } from './misses.ts'
import { covers, fires, type Permit, permitFor } from './permits.ts'
import type { PolicySet } from './policy-set.ts'
import { applies, type Restriction, restrictionFor } from './prohibitions.ts'
import { combine, isReleased, type Treatment } from './release.ts'
import { linkOnlySentence, NO_RULE, NO_RULE_AT_ALL } from './sentences.ts'

/** Changes whenever the same question and rule set could get another answer. */
export const ENGINE_VERSION = '1'

/**
 * Decides one exchange, field by field. Pure, total and deterministic: the same set and question give the same answer,
 * a word that the set does not know satisfies nothing, and unknown never widens.
 *
 * A subject's `outcome` says what its own fields get; the exchange can be refused as a whole because of another subject, and
 * `in-afwachting` exists for the exchange only. Without a declared legal basis the rules of every basis count together.
 */
export function decide(set: PolicySet, question: Question): Decision {
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

interface SubjectResult {
  readonly decision: SubjectDecision
  /** Fired rules without which less would pass or that allow the same: their duties come along. */
  readonly determining: readonly BasisRule[]
}

function decideSubject(set: PolicySet, question: Question, subject: SubjectQuestion): SubjectResult {
  const facts = gatherFacts(question, subject)
  const candidates = facts.legalBasis === undefined ? set.rules : (set.rulesByFile.get(facts.legalBasis) ?? [])
  const fired = candidates.filter((rule) => fires(rule, facts))
  const applied = set.prohibitions.filter((prohibition) => applies(prohibition, facts))
  const treated = facts.fields.map((name) => treat(set, name, fired, applied))
  const reason = subjectRefusal(treated, candidates, facts)
  const isWhole = treated.every(({ outcome }) => isReleased(outcome))
  const decision: SubjectDecision = {
    ...(reason !== undefined ? { outcome: 'geweigerd', reason } : { outcome: isWhole ? 'verstrekt' : 'gedeeltelijk' }),
    fields: treated.map((field) => explain(set, field, facts)),
    firedRules: fired.map(referTo),
    prohibitions: applied.map(referTo),
    nearestMisses: findNearestMisses(set, facts, fired, applied),
  }
  const determining = treated.flatMap(({ outcome, permit }) => [
    ...(isReleased(outcome) ? permit.releasedBy : []),
    ...(outcome.link ? permit.linkedBy : []),
  ])
  return { decision, determining: reason === undefined ? determining : [] }
}

interface TreatedField {
  readonly name: string
  readonly permit: Permit
  readonly restriction: Restriction
  /** The stricter of both. */
  readonly outcome: Treatment
}

function treat(
  set: PolicySet,
  name: string,
  fired: readonly BasisRule[],
  applied: readonly Prohibition[],
): TreatedField {
  const field = set.vocabulary.fields.get(name)
  const permit = permitFor(name, fired, field)
  const restriction = restrictionFor(name, applied, field)
  return { name, permit, restriction, outcome: combine(permit, restriction, field) }
}

const passes = (treatment: Treatment): boolean => isReleased(treatment) || treatment.link

function subjectRefusal(
  treated: readonly TreatedField[],
  candidates: readonly BasisRule[],
  facts: Facts,
): Reason | undefined {
  if (treated.some(({ outcome }) => outcome.release === 'weigeren')) return 'verbod'
  if (treated.some(({ outcome }) => passes(outcome))) return undefined
  if (treated.some(({ permit }) => passes(permit))) return 'verbod'
  // No rule fired here: one that fires covers a field, and then its permit would have passed.
  return candidates.some((rule) => lacksOnlyAssessments(rule, facts)) ? 'beoordeling-ontbreekt' : 'geen-grondslag'
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
