import type { Question, Release, SubjectQuestion } from '../../src/model/decision.ts'
import type { BasisRule, Prohibition, RuleScope, Validity } from '../../src/model/rule.ts'
import type { PolicySet } from '../../src/policy/files/load.ts'
import { legalDate } from '../../src/policy/legal-date.ts'

/** What a field gets, worked out as slowly and literally as the design says it (sections 4.1 to 4.4); shares no code with the engine. */
export function referenceTreatment(
  set: PolicySet,
  question: Question,
  subject: SubjectQuestion,
  field: string,
): { release: Release; level: string | undefined; link: boolean } {
  const isTrue = (word: string) => subject.circumstances[word] === true
  const isFalse = (word: string) => subject.circumstances[word] === false
  const day = legalDate(question.at)
  const isCurrent = ({ from, until = '9999-12-31' }: Validity) => day >= from && day < until
  const inList = (list: readonly string[] | undefined, word: string) => !list || list.indexOf(word) >= 0
  const isAbout = (scope: RuleScope) =>
    inList(scope.senders, question.sender) &&
    inList(scope.recipients, question.recipient) &&
    inList(scope.purposes, question.purpose) &&
    inList(scope.roles, subject.role)
  const isDeclared = (word: string) => subject.assessments.indexOf(word) >= 0

  const fires = (rule: BasisRule) =>
    isCurrent(rule.validity) &&
    isAbout(rule.scope) &&
    rule.when.every(isTrue) &&
    (rule.whenFrom?.get(question.sender) ?? []).every(isTrue) &&
    rule.whenNot.every(isFalse) &&
    !(rule.unlessDenied ?? []).some(isFalse) &&
    (rule.anyOf.length === 0 || rule.anyOf.filter(isTrue).length > 0) &&
    rule.assessments.every(isDeclared) &&
    (question.legalBasis === undefined || question.legalBasis === rule.file)
  const applies = (rule: Prohibition) =>
    isCurrent(rule.validity) &&
    isAbout(rule.scope) &&
    rule.when.filter(isFalse).length === 0 &&
    rule.whenNot.filter(isTrue).length === 0 &&
    (rule.whenStated ?? []).every(isTrue) &&
    rule.unless.filter(
      (exception) =>
        isAbout(exception) &&
        exception.when.every(isTrue) &&
        exception.whenNot.every(isFalse) &&
        exception.assessments.every(isDeclared),
    ).length === 0

  // One scale from most to least: released, each level of the ladder, withheld, refused.
  const ladder = set.vocabulary.fields.get(field)?.ladder ?? []
  const scale = ['verstrekken', ...ladder, 'weglaten', 'weigeren']
  const position = (step: string | undefined) => scale.indexOf(step ?? 'weglaten')

  const fired = set.rules.filter(fires)
  const offers = fired.map((rule) => (rule.release.includes(field) ? 'verstrekken' : rule.generalise.get(field)))
  const permitted = Math.min(position('weglaten'), ...offers.map(position))
  const banning = set.prohibitions.filter((rule) => rule.fields.includes(field) && applies(rule))
  const demands = banning.map(({ outcome, levels }) =>
    outcome === 'generaliseren' ? levels.get(field) : outcome === 'weigeren' ? 'weigeren' : 'weglaten',
  )
  const step = scale[Math.max(permitted, ...demands.map(position))]!
  const mayLink = banning.every(({ outcome }) => outcome === 'generaliseren' || outcome === 'alleen-koppelen')
  const link = mayLink && fired.some((rule) => rule.link.includes(field))
  if (ladder.includes(step)) return { release: 'generaliseren', level: step, link }
  return { release: step as Release, level: undefined, link }
}
