import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import type { BasisRule, Exception, Prohibition, RuleScope, Safeguard, Validity } from '../../src/model/rule.ts'
import type { Vocabulary } from '../../src/model/vocabulary.ts'
import { legalDate } from '../../src/policy/legal-date.ts'
import type { PolicySet } from '../../src/policy/policy-set.ts'

/**
 * A rule set as Cedar policies, so that another engine can be asked the same. Cedar answers yes or no, so a field decision
 * becomes several questions: may this field be released at step `n` of its scale (0 is the whole value, then each level of the
 * ladder), may it link, and must the exchange stop (`stop` is permitted by every prohibition with `weigeren`).
 */
export function exportCedar(set: PolicySet): Readonly<Record<string, string>> {
  const { vocabulary } = set
  const policies: [string, string][] = []
  for (const rule of set.rules) {
    const when = conditionsOf([...permitConditions(rule)])
    for (const [step, fields] of stepsOf(rule, vocabulary)) {
      policies.push([
        `${rule.file}/${rule.id}/release-${step}`,
        policy('permit', 'release', fields, `context.step >= ${step} && ${when}`),
      ])
    }
    if (rule.link.length > 0) policies.push([`${rule.file}/${rule.id}/link`, policy('permit', 'link', rule.link, when)])
  }
  for (const rule of [...set.prohibitions, ...set.safeguards]) {
    const when = conditionsOf([...prohibitionConditions(rule)])
    for (const [index, { fields, below, stopsLink, stops }] of effectsOf(rule, vocabulary).entries()) {
      if (fields.length === 0) continue
      const id = `${rule.file}/${rule.id}/${index}`
      policies.push([`${id}/release`, policy('forbid', 'release', fields, `context.step < ${below} && ${when}`)])
      if (stopsLink) policies.push([`${id}/link`, policy('forbid', 'link', fields, when)])
      if (stops) policies.push([`${id}/stop`, policy('permit', 'stop', fields, when)])
    }
  }
  return Object.fromEntries(policies)
}

/** More than any step of a ladder. */
const ALL_STEPS = 100

const text = (word: string) => JSON.stringify(word)
const list = (words: readonly string[]) => `[${words.map(text).join(', ')}]`

const policy = (effect: 'permit' | 'forbid', action: string, fields: readonly string[], when: string): string =>
  `${effect}(principal, action == Action::${text(action)}, resource) when ` +
  `{ [${fields.map((field) => `Field::${text(field)}`).join(', ')}].contains(resource) && ${when} };`

const conditionsOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'true' : conditions.join(' && ')

function* scopeConditions({ senders, recipients, purposes, roles }: RuleScope) {
  if (senders) yield `${list(senders)}.contains(context.sender)`
  if (recipients) yield `${list(recipients)}.contains(context.recipient)`
  if (purposes) yield `${list(purposes)}.contains(context.purpose)`
  if (roles) yield `${list(roles)}.contains(context.role)`
}

const dayNumber = (date: string) => Number(date.replaceAll('-', ''))

function* validityConditions({ from, until }: Validity) {
  yield `context.day >= ${dayNumber(from)}`
  if (until !== undefined) yield `context.day < ${dayNumber(until)}`
}

function* certainConditions({ when, whenNot, assessments }: Pick<Exception, 'when' | 'whenNot' | 'assessments'>) {
  if (when.length > 0) yield `context.isTrue.containsAll(${list(when)})`
  if (whenNot.length > 0) yield `context.isFalse.containsAll(${list(whenNot)})`
  if (assessments.length > 0) yield `context.declared.containsAll(${list(assessments)})`
}

function* permitConditions(rule: BasisRule) {
  yield `(!(context has basis) || context.basis == ${text(rule.file)})`
  yield* validityConditions(rule.validity)
  yield* scopeConditions(rule.scope)
  yield* certainConditions(rule)
  if (rule.unlessDenied) yield `!context.isFalse.containsAny(${list(rule.unlessDenied)})`
  for (const [sender, words] of rule.whenFrom ?? []) {
    yield `(context.sender != ${text(sender)} || context.isTrue.containsAll(${list(words)}))`
  }
  if (rule.anyOf.length > 0) yield `context.isTrue.containsAny(${list(rule.anyOf)})`
}

function* prohibitionConditions(rule: Prohibition | Safeguard) {
  yield* validityConditions(rule.validity)
  yield* scopeConditions(rule.scope)
  if (rule.when.length > 0) yield `!context.isFalse.containsAny(${list(rule.when)})`
  if (rule.whenNot.length > 0) yield `!context.isTrue.containsAny(${list(rule.whenNot)})`
  if (rule.whenStated) yield `context.isTrue.containsAll(${list(rule.whenStated)})`
  for (const exception of rule.unless) {
    yield `!(${conditionsOf([...scopeConditions(exception), ...certainConditions(exception)])})`
  }
}

const stepOfLevel = (field: string, level: string, vocabulary: Vocabulary) =>
  1 + vocabulary.fields.get(field)!.ladder.indexOf(level)

function stepsOf(rule: BasisRule, vocabulary: Vocabulary): ReadonlyMap<number, readonly string[]> {
  const steps = [
    ...rule.release.map((field) => ({ field, step: 0 })),
    ...[...rule.generalise].map(([field, level]) => ({ field, step: stepOfLevel(field, level, vocabulary) })),
  ]
  const grouped = Map.groupBy(steps, ({ step }) => step)
  return new Map([...grouped].map(([step, members]) => [step, members.map(({ field }) => field)]))
}

interface Effect {
  readonly fields: readonly string[]
  /** Releases finer than this step are forbidden. */
  readonly below: number
  readonly stopsLink: boolean
  readonly stops: boolean
}

function effectsOf(rule: Prohibition | Safeguard, vocabulary: Vocabulary): readonly Effect[] {
  const generalised = (levels: ReadonlyMap<string, string>): Effect[] =>
    [...levels].map(([field, level]) => ({
      fields: [field],
      below: stepOfLevel(field, level, vocabulary),
      stopsLink: false,
      stops: false,
    }))
  const withheld = { below: ALL_STEPS, stopsLink: true, stops: false }
  if ('duties' in rule) {
    return [
      ...generalised(rule.generalise),
      { ...withheld, fields: rule.linkOnly, stopsLink: false },
      { ...withheld, fields: rule.withhold },
    ]
  }
  if (rule.outcome === 'generaliseren') return generalised(rule.levels)
  const stopsLink = rule.outcome !== 'alleen-koppelen'
  return [{ fields: rule.fields, below: ALL_STEPS, stopsLink, stops: rule.outcome === 'weigeren' }]
}

/** What Cedar is told about one data subject of a question; `step` is added for each question. */
export function cedarContext(question: Question, subject: SubjectQuestion) {
  const known = (value: boolean) =>
    Object.keys(subject.circumstances).filter((word) => subject.circumstances[word] === value)
  return {
    sender: question.sender,
    recipient: question.recipient,
    purpose: question.purpose,
    ...(question.legalBasis !== undefined && { basis: question.legalBasis }),
    role: subject.role,
    day: dayNumber(legalDate(question.at)),
    isTrue: known(true),
    isFalse: known(false),
    declared: [...subject.assessments],
  }
}
