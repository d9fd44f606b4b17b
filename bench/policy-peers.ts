import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { newEnforcer, newModelFromString } from 'casbin'
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'
import type { Question } from '../src/model/decision.ts'
import type { BasisRule, Exception, Prohibition, RuleScope, Validity } from '../src/model/rule.ts'
import type { PolicySet } from '../src/policy/policy-set.ts'
import { cedarContext, exportCedar } from '../test/policy/cedar-export.ts'

/** Another engine with the same rules in it: says for each field asked whether its whole value may be released. */
export type Peer = (question: Question) => Promise<readonly boolean[]>

type Context = ReturnType<typeof cedarContext>

const contextOf = (question: Question): Context => cedarContext(question, question.dataSubjects[0]!)

export async function createCedar(set: PolicySet): Promise<Peer> {
  const preparsedPolicySetId = `bench-${set.rules.length}`
  const parsed = preparsePolicySet(preparsedPolicySetId, { staticPolicies: { ...exportCedar(set) } })
  if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message ?? 'cedar refused the policies')
  return async (question) => {
    const context = { ...contextOf(question), step: 0 }
    return question.dataSubjects[0]!.fields.map((field) => {
      const answer = statefulIsAuthorized({
        principal: { type: 'Party', id: question.sender },
        action: { type: 'Action', id: 'release' },
        resource: { type: 'Field', id: field },
        context,
        preparsedPolicySetId,
        entities: [],
      })
      return answer.type === 'success' && answer.response.decision === 'allow'
    })
  }
}

/** One condition on what is known, as json-rules-engine writes it. */
interface Condition {
  readonly fact: keyof Context
  readonly operator: 'in' | 'atLeast' | 'before' | 'containsAll' | 'containsAny' | 'containsNone'
  readonly value: readonly string[] | number
}

const OPERATORS: Readonly<Record<Condition['operator'], (fact: unknown, value: unknown) => boolean>> = {
  in: (fact, value) => (value as unknown[]).includes(fact),
  atLeast: (fact, value) => (fact as number) >= (value as number),
  before: (fact, value) => (fact as number) < (value as number),
  containsAll: (fact, value) => (value as unknown[]).every((word) => (fact as unknown[]).includes(word)),
  containsAny: (fact, value) => (value as unknown[]).some((word) => (fact as unknown[]).includes(word)),
  containsNone: (fact, value) => !(value as unknown[]).some((word) => (fact as unknown[]).includes(word)),
}

const day = (date: string) => Number(date.replaceAll('-', ''))

function framework({ from, until }: Validity, { senders, recipients, purposes, roles }: RuleScope): Condition[] {
  const lists = { sender: senders, recipient: recipients, purpose: purposes, role: roles }
  return [
    { fact: 'day', operator: 'atLeast', value: day(from) },
    ...(until === undefined ? [] : [{ fact: 'day', operator: 'before', value: day(until) } as const]),
    ...Object.entries(lists).flatMap(([fact, value]) =>
      value ? [{ fact: fact as keyof Context, operator: 'in', value } as const] : [],
    ),
  ]
}

const certain = ({ when, whenNot, assessments }: Pick<Exception, 'when' | 'whenNot' | 'assessments'>): Condition[] => [
  { fact: 'isTrue', operator: 'containsAll', value: when },
  { fact: 'isFalse', operator: 'containsAll', value: whenNot },
  { fact: 'declared', operator: 'containsAll', value: assessments },
]

/** What must hold, and groups of which none may hold as a whole. */
interface Test {
  readonly all: readonly Condition[]
  readonly noneOf: readonly (readonly Condition[])[]
}

const permitTest = (rule: BasisRule): Test => ({
  all: [
    { fact: 'basis', operator: 'in', value: [rule.file] },
    ...framework(rule.validity, rule.scope),
    ...certain(rule),
    ...(rule.anyOf.length === 0 ? [] : [{ fact: 'isTrue', operator: 'containsAny', value: rule.anyOf } as const]),
  ],
  noneOf: [],
})

const prohibitionTest = (rule: Prohibition): Test => ({
  all: [
    ...framework(rule.validity, rule.scope),
    { fact: 'isFalse', operator: 'containsNone', value: rule.when },
    { fact: 'isTrue', operator: 'containsNone', value: rule.whenNot },
  ],
  noneOf: rule.unless.map((exception) => [...framework({ from: '0000-01-01' }, exception), ...certain(exception)]),
})

const holds = ({ fact, operator, value }: Condition, context: Context) => OPERATORS[operator](context[fact], value)

/** casbin looks at one line a rule and field; whether the rule fits is a function of ours, which is the quickest it can do. */
export async function createCasbin(set: PolicySet): Promise<Peer> {
  const model = newModelFromString(`[request_definition]
r = context, field
[policy_definition]
p = rule, field, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.field == p.field && fits(r.context, p.rule)`)
  const enforcer = await newEnforcer(model)
  const tests = new Map<string, Test>()
  const lines: string[][] = []
  for (const rule of set.rules) {
    tests.set(`${rule.file}/${rule.id}`, permitTest(rule))
    for (const field of rule.release) lines.push([`${rule.file}/${rule.id}`, field, 'allow'])
  }
  for (const rule of set.prohibitions) {
    tests.set(`${rule.file}/${rule.id}`, prohibitionTest(rule))
    for (const field of rule.fields) lines.push([`${rule.file}/${rule.id}`, field, 'deny'])
  }
  await enforcer.addPolicies(lines)
  await enforcer.addFunction('fits', (context: Context, rule: string) => {
    const { all, noneOf } = tests.get(rule)!
    const isHeld = (condition: Condition) => holds(condition, context)
    return all.every(isHeld) && !noneOf.some((group) => group.every(isHeld))
  })
  return async (question) => {
    const context = contextOf(question)
    return question.dataSubjects[0]!.fields.map((field) => enforcer.enforceSync(context, field))
  }
}

/** json-rules-engine runs every rule once for all fields; events of permits and prohibitions are then put together. */
export async function createJsonRules(set: PolicySet): Promise<Peer> {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [name, operator] of Object.entries(OPERATORS)) engine.addOperator(name, operator)
  const nested = (conditions: readonly Condition[]) =>
    conditions.map((condition) => ({ ...condition }) as NestedCondition)
  const add = ({ all, noneOf }: Test, type: 'permit' | 'forbid', fields: readonly string[]) => {
    const exceptions = noneOf.map((group): NestedCondition => ({ not: { all: nested(group) } }))
    const conditions: TopLevelCondition = { all: [...nested(all), ...exceptions] }
    engine.addRule({ conditions, event: { type, params: { fields } } })
  }
  for (const rule of set.rules) add(permitTest(rule), 'permit', rule.release)
  for (const rule of set.prohibitions) add(prohibitionTest(rule), 'forbid', rule.fields)
  return async (question) => {
    const { events } = await engine.run({ ...contextOf(question) })
    const named = (type: string) =>
      new Set(events.filter((event) => event.type === type).flatMap((event) => event.params?.fields as string[]))
    const [permitted, forbidden] = [named('permit'), named('forbid')]
    return question.dataSubjects[0]!.fields.map((field) => permitted.has(field) && !forbidden.has(field))
  }
}
