import type { Fault } from '../../errors.ts'
import { findReceived } from '../../exchange/reply.ts'
import type { Decision, FieldDecision, Question, SubjectQuestion } from '../../model/decision.ts'
import type { BasisRule } from '../../model/rule.ts'
import { amountPassing } from '../../policy/amount-passing.ts'
import { isInForce } from '../../policy/conditions.ts'
import { decide } from '../../policy/decide.ts'
import { settleQuestion, withFollows } from '../../policy/facts/settle-question.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { FieldValue } from '../../report/field-form.ts'
import { personOf, type Visit } from '../page.ts'
import { statementsOf } from '../share/question.ts'
import type { Draft, DraftPerson } from './draft.ts'
import { typedDay, typedValue } from './typed-values.ts'

/** A draft whose recipient, purpose, kind and roles were chosen. */
export interface ChosenDraft extends Draft {
  readonly to: string
  readonly purpose: string
  readonly kind: string
  readonly people: readonly ChosenPerson[]
}

export interface ChosenPerson extends DraftPerson {
  readonly role: string
}

export const isChosen = (draft: Draft): draft is ChosenDraft =>
  draft.to !== undefined &&
  draft.purpose !== undefined &&
  draft.kind !== undefined &&
  draft.people.every(({ role }) => role !== undefined)

/** What the rules say of a draft. */
export interface EvaluatedDraft {
  /** The chosen legal basis if something passes on it, or else the one under which the most passes; undefined when nothing passes. */
  readonly basis: string | undefined
  /** Legal bases under which something passes, the one under which the most passes first. */
  readonly bases: readonly string[]
  /** For the fields that pass; on no basis and refused when nothing does. */
  readonly decision: Decision
  readonly people: readonly {
    /** Fields that would pass or link: those that are asked for. */
    readonly asked: readonly FieldDecision[]
    /** Fields that a rule for this exchange knows or that the person has, and that would stay. */
    readonly staying: readonly FieldDecision[]
  }[]
  /** With every field that a rule knows, and what follows from values and words: what is still open is searched in it. */
  readonly question: Question
  /** Contradictions among answers and values, and dates that cannot be. */
  readonly faults: readonly Fault[]
  /** Statements that the person does not know. */
  readonly setAside: readonly string[]
}

/** What an answer is limited to: the fields that were asked for, and the circumstance that it is an answer. */
export interface Reply {
  readonly fields: readonly string[]
  readonly circumstance: string | undefined
}

/** The identity question that a draft answers; undefined for any other draft. */
export async function findAsked({ gateway, ...visit }: Visit, { inReplyTo }: Draft): Promise<Reply | undefined> {
  const party = personOf({ gateway, ...visit }).party
  const received = inReplyTo === undefined ? undefined : await findReceived(gateway.store, party, inReplyTo)
  const asked = received?.record.asked
  if (!asked) return undefined
  const words = gateway.policySet.vocabulary.gatewayWords?.identityQuestion
  return { fields: asked.fields, circumstance: words?.answeredCircumstance }
}

/** Decides what a draft may contain. Pure: nothing is recorded. @param at instant, RFC 3339 */
export function evaluateDraft(
  set: PolicySet,
  sender: string,
  draft: ChosenDraft,
  at: string,
  reply?: Reply,
): EvaluatedDraft {
  const setAside: string[] = []
  const day = legalDate(at)
  const rules = draft.people.map(({ role }) => listRules(set, sender, draft, role, day))
  const subjects = draft.people.map((person, index): SubjectQuestion => {
    const stated = statementsOf(set, person.replies)
    setAside.push(...stated.setAside)
    return {
      role: person.role,
      circumstances: {
        ...stated.circumstances,
        ...(reply?.circumstance !== undefined && { [reply.circumstance]: true }),
      },
      assessments: stated.assessments,
      fields: reply?.fields ?? listCandidates(set, rules[index]!, draft.fields),
    }
  })
  const asked: Question = { sender, recipient: draft.to, purpose: draft.purpose, at, dataSubjects: subjects }
  const settled = settleQuestion(
    set,
    asked,
    subjects.map(({ assessments }, index) => ({
      assessments: assessments.map((word) => declaredOn(draft.people[index]!, word)),
      data: dataOf(set, draft.people[index]!),
    })),
  )
  const { question } = settled
  const options = [...new Set(rules.flat().map(({ file }) => file))]
    .map((legalBasis) => ({ legalBasis, ...decidePassing(set, { ...question, legalBasis }) }))
    .filter(({ passing }) => passing.outcome !== 'geweigerd')
    .toSorted((one, other) => amountPassing(other.passing) - amountPassing(one.passing))
  const best = options.find(({ legalBasis }) => legalBasis === draft.basis) ?? options[0]
  const all = best?.all ?? decide(set, question)
  return {
    basis: best?.legalBasis,
    bases: options.map(({ legalBasis }) => legalBasis),
    decision: withFollows(best?.passing ?? all, settled.follows),
    people: all.dataSubjects.map(({ fields }) => ({
      asked: best ? fields.filter(passes) : [],
      staying: best ? fields.filter((field) => !passes(field)) : fields,
    })),
    question,
    faults: settled.faults,
    setAside: [...new Set(setAside)],
  }
}

/** Whether a field leaves in some form, or helps to recognise the person. */
export const passes = ({ release, link }: FieldDecision): boolean =>
  release === 'verstrekken' || release === 'generaliseren' || (link && release !== 'weigeren')

/** The values of one person that were typed, by field. */
export const dataOf = ({ vocabulary }: PolicySet, person: DraftPerson): Readonly<Record<string, FieldValue>> =>
  Object.fromEntries(
    [...vocabulary.fields.values()].flatMap((field) => {
      const value = typedValue(person, field)
      return value === undefined ? [] : [[field.id, value]]
    }),
  )

const declaredOn = (person: DraftPerson, word: string) => {
  const on = typedDay(person, word)
  return { word, ...(on !== undefined && { on }) }
}

/** Decides for every field, and again for those that pass: one field that is refused must not refuse the others. */
function decidePassing(set: PolicySet, question: Question): { readonly all: Decision; readonly passing: Decision } {
  const all = decide(set, question)
  const dataSubjects = question.dataSubjects.map((subject, index) => ({
    ...subject,
    fields: all.dataSubjects[index]!.fields.filter(passes).map(({ field }) => field),
  }))
  return { all, passing: decide(set, { ...question, dataSubjects }) }
}

/** The rules for an exchange about one role, whatever else is known. */
function listRules(set: PolicySet, sender: string, { to, purpose }: ChosenDraft, role: string, day: string) {
  const admits = (words: readonly string[] | undefined, word: string) => words === undefined || words.includes(word)
  return set.rules.filter(
    ({ scope, validity }) =>
      isInForce(validity, day) &&
      admits(scope.senders, sender) &&
      admits(scope.recipients, to) &&
      admits(scope.purposes, purpose) &&
      admits(scope.roles, role),
  )
}

/** Fields that some rule gives or links, and those that the person said to have, in the order of the vocabulary. */
function listCandidates(
  { vocabulary }: PolicySet,
  rules: readonly BasisRule[],
  named: readonly string[],
): readonly string[] {
  const known = new Set([
    ...named,
    ...rules.flatMap(({ release, generalise, link }) => [...release, ...generalise.keys(), ...link]),
  ])
  return [...vocabulary.fields.keys()].filter((field) => known.has(field))
}
