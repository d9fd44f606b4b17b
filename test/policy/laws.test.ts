import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import {
  type Decision,
  type NearestMiss,
  type Question,
  RELEASES,
  type SubjectDecision,
  type SubjectQuestion,
} from '../../src/model/decision.ts'
import type { Prohibition, Safeguard } from '../../src/model/rule.ts'
import { decide, listOptions } from '../../src/policy/decide.ts'
import { loadPolicySet, type PolicySet } from '../../src/policy/files/load.ts'
import { assemblePolicySet } from '../../src/policy/policy-set.ts'
import { withConsequences } from '../../src/policy/questions/statements.ts'
import { referenceTreatment } from './reference.ts'
import { presumingSituations, type Situation, situationsOf, smallSituations } from './situations.ts'

const shipped = loadPolicySet(readPolicyFolder('policies'))

const WORLDS: readonly (readonly [string, fc.Arbitrary<Situation>, number])[] = [
  ['made-up sets', smallSituations, 1000],
  ['made-up sets that presume answers', presumingSituations, 1000],
  ...(shipped.ok ? [['the shipped set', situationsOf(shipped.set), 200] as const] : []),
]

/** How much of each field reaches the recipient; nothing does when the exchange is refused. Higher is more. */
function disclosure(
  set: PolicySet,
  decision: Decision,
): readonly { readonly amount: number; readonly link: boolean }[] {
  return decision.dataSubjects.flatMap((subject) =>
    subject.fields.map(({ field, release, level, link }) => {
      if (decision.outcome === 'geweigerd') return { amount: 0, link: false }
      const ladder = set.vocabulary.fields.get(field)?.ladder ?? []
      const amounts = { verstrekken: 1000, generaliseren: 999 - ladder.indexOf(level ?? ''), weglaten: 0, weigeren: 0 }
      return { amount: amounts[release], link }
    }),
  )
}

function expectAtMost(set: PolicySet, less: Decision, more: Decision): void {
  const bounds = disclosure(set, more)
  for (const [index, { amount, link }] of disclosure(set, less).entries()) {
    expect(amount).toBeLessThanOrEqual(bounds[index]!.amount)
    expect(link && !bounds[index]!.link).toBe(false)
  }
}

const without = <Item>(items: readonly Item[], index: number) => items.filter((_, position) => position !== index)

function mapSubjects(question: Question, change: (subject: SubjectQuestion) => SubjectQuestion): Question {
  return { ...question, dataSubjects: question.dataSubjects.map(change) }
}

/** The answers that rules presume. */
const presumptionsOf = ({ rules, prohibitions, safeguards }: PolicySet) => [
  ...rules.flatMap(({ unlessDenied = [] }) => unlessDenied.map((word) => ({ word, isTrue: true }))),
  ...[...prohibitions, ...safeguards].flatMap(({ whenStated = [] }) =>
    whenStated.map((word) => ({ word, isTrue: false })),
  ),
]

const asked = new WeakMap<PolicySet, PolicySet>()

/** The same rules, which ask for the answers instead (`als`). */
function withoutPresumptions(set: PolicySet): PolicySet {
  const known = asked.get(set)
  if (known !== undefined) return known
  const narrower = <Rule extends Prohibition | Safeguard>({ whenStated = [], ...rule }: Rule) => ({
    ...rule,
    when: [...rule.when, ...whenStated],
  })
  const made = assemblePolicySet({
    ...set,
    rules: set.rules.map(({ unlessDenied = [], ...rule }) => ({ ...rule, when: [...rule.when, ...unlessDenied] })),
    prohibitions: set.prohibitions.map(narrower),
    safeguards: set.safeguards.map(narrower),
  })
  asked.set(set, made)
  return made
}

const withoutSentence = ({ sentence: _, ...miss }: NearestMiss) => miss

describe.each(WORLDS)('on %s', (_, situations, numRuns) => {
  const always = (law: (situation: Situation, pick: number) => void) =>
    fc.assert(fc.property(situations, fc.nat(1000), law), { numRuns })

  test('a decision agrees field by field with the text of the design', () => {
    always(({ set, question }) => {
      for (const [index, { fields }] of decide(set, question).dataSubjects.entries()) {
        const decided = fields.map(({ field, release, level, link }) => ({ field, release, level, link }))
        const subject = question.dataSubjects[index]!
        expect(decided).toEqual(
          [...new Set(subject.fields)].map((field) => ({
            field,
            ...referenceTreatment(set, question, subject, field),
          })),
        )
      }
    })
  })

  test('adding a basis rule never discloses less', () => {
    always(({ set, question }, pick) => {
      fc.pre(set.rules.length > 0)
      const fewer = assemblePolicySet({ ...set, rules: without(set.rules, pick % set.rules.length) })
      expectAtMost(set, decide(fewer, question), decide(set, question))
    })
  })

  test('adding a prohibition never discloses more', () => {
    always(({ set, question }, pick) => {
      fc.pre(set.prohibitions.length > 0)
      const fewer = assemblePolicySet({
        ...set,
        prohibitions: without(set.prohibitions, pick % set.prohibitions.length),
      })
      expectAtMost(set, decide(set, question), decide(fewer, question))
    })
  })

  test('making a fact unknown, or leaving an assessment undeclared, never discloses more, but for the opposite of what a rule presumes', () => {
    always(({ set, question }, pick) => {
      const presumed = presumptionsOf(set)
      const vaguer = mapSubjects(question, (subject) => {
        const facts = Object.entries(subject.circumstances)
        const kept = without(facts, pick % 5)
        const [word, isTrue] = facts[pick % 5] ?? []
        const isOpposite = presumed.some((one) => one.word === word && one.isTrue !== isTrue)
        return {
          ...subject,
          circumstances: isOpposite ? subject.circumstances : Object.fromEntries(kept),
          assessments: without(subject.assessments, Math.trunc(pick / 5) % 5),
        }
      })
      expectAtMost(set, decide(set, vaguer), decide(set, question))
    })
  })

  test('a presumption never discloses what the stated answer would not', () => {
    always(({ set, question }, pick) => {
      const presumed = presumptionsOf(set)
      const { word, isTrue } = presumed[pick % Math.max(1, presumed.length)] ?? {}
      if (presumed.some((one) => one.word === word && one.isTrue !== isTrue)) return
      if (word === undefined || isTrue === undefined) return
      const silent = mapSubjects(question, ({ circumstances: { [word]: _, ...circumstances }, ...subject }) => ({
        ...subject,
        circumstances,
      }))
      const told = mapSubjects(silent, (subject) => ({
        ...subject,
        circumstances: { ...subject.circumstances, [word]: isTrue },
      }))
      expectAtMost(set, decide(set, silent), decide(set, told))
    })
  })

  test('a presumption discloses no less than asking for the answer, and the same where the answer is known', () => {
    always(({ set, question }) => {
      const asking = withoutPresumptions(set)
      expectAtMost(set, decide(asking, question), decide(set, question))
      const words = presumptionsOf(set).map(({ word }) => word)
      const known = mapSubjects(question, (subject) => ({
        ...subject,
        circumstances: {
          ...Object.fromEntries(words.map((word) => [word, word.length % 2 === 0])),
          ...subject.circumstances,
        },
      }))
      expect(disclosure(set, decide(set, known))).toEqual(disclosure(set, decide(asking, known)))
      expect(decide(set, known).dataSubjects.map(({ presumed }) => presumed)).toEqual(
        known.dataSubjects.map(() => undefined),
      )
    })
  })

  test('stating what a decision says it presumed discloses no less', () => {
    always(({ set, question }) => {
      const decided = decide(set, question)
      const isSettled = (word: string) =>
        new Set(
          presumptionsOf(set)
            .filter((one) => one.word === word)
            .map(({ isTrue }) => isTrue),
        ).size === 1
      const told: Question = {
        ...question,
        dataSubjects: question.dataSubjects.map((subject, at) => {
          const presumed = decided.dataSubjects[at]!.presumed ?? []
          for (const { circumstance } of presumed) expect(subject.circumstances[circumstance]).toBe(undefined)
          const answers = presumed.filter(({ circumstance }) => isSettled(circumstance))
          const stated = Object.fromEntries(answers.map(({ circumstance, isTrue }) => [circumstance, isTrue]))
          return { ...subject, circumstances: { ...subject.circumstances, ...stated } }
        }),
      }
      expectAtMost(set, decided, decide(set, told))
    })
  })

  test('the order of files, rules and words never matters', () => {
    always(({ set, question }) => {
      const reversed = assemblePolicySet({
        ...set,
        rules: set.rules.toReversed(),
        prohibitions: set.prohibitions.toReversed(),
        files: set.files.toReversed(),
      })
      const shuffled = mapSubjects(question, (subject) => ({
        ...subject,
        circumstances: Object.fromEntries(Object.entries(subject.circumstances).reverse()),
        assessments: subject.assessments.toReversed(),
      }))
      expect(decide(reversed, shuffled)).toEqual(decide(set, question))
    })
  })

  test('the same question gets the same answer, and is left as it was', () => {
    always(({ set, question }) => {
      const before = JSON.stringify(question)
      expect(JSON.stringify(decide(set, question))).toBe(JSON.stringify(decide(set, structuredClone(question))))
      expect(JSON.stringify(question)).toBe(before)
    })
  })

  test('what one person gets does not depend on the others in the exchange', () => {
    always(({ set, question }) => {
      const apart = question.dataSubjects.flatMap(
        (subject) => decide(set, { ...question, dataSubjects: [subject] }).dataSubjects,
      )
      const decided = decide(set, question).dataSubjects
      expect(decided.map(withoutMisses)).toEqual(apart.map(withoutMisses))
      for (const [at, { nearestMisses }] of decided.entries()) {
        // Where one person's fields refuse or open the whole exchange, the others have no questions, or have them because of it.
        // Their sentences may add that another person is refused, and nothing passes before that is over.
        const alone = apart[at]!.nearestMisses
        if (nearestMisses.length > 0 && alone.length > 0)
          expect(nearestMisses.map(withoutSentence)).toEqual(alone.map(withoutSentence))
      }
    })
  })

  test('the options are the bases under which something passes', () => {
    always(({ set, question }) => {
      const options = listOptions(set, question).map(({ legalBasis }) => legalBasis)
      for (const legalBasis of set.rulesByFile.keys()) {
        const passes = disclosure(set, decide(set, { ...question, legalBasis })).some(
          ({ amount, link }) => amount > 0 || link,
        )
        expect(options.includes(legalBasis)).toBe(passes)
      }
    })
  })

  test('an outcome says what its fields say', () => {
    always(({ set, question }) => {
      const decision = decide(set, question)
      const passes = disclosure(set, decision).some(({ amount, link }) => amount > 0 || link)
      expect(decision.outcome !== 'geweigerd').toBe(passes)
      expect(decision.reason !== undefined).toBe(decision.outcome === 'geweigerd')
      expect(decision.duties.some(({ kind }) => kind === 'vier-ogen')).toBe(decision.outcome === 'in-afwachting')
      for (const { fields } of decision.dataSubjects) {
        for (const { release, level } of fields) {
          expect(RELEASES).toContain(release)
          expect(level !== undefined).toBe(release === 'generaliseren')
        }
      }
    })
  })

  test('an answer that a nearest miss waits for really changes a field', () => {
    always(({ set, question }) => {
      for (const subject of question.dataSubjects) {
        const alone = withConsequences(set, { ...question, dataSubjects: [subject] })
        const decision = decide(set, alone)
        const misses = decision.dataSubjects[0]!.nearestMisses
        for (const miss of misses) {
          const answered = { ...question, dataSubjects: [answer(subject, miss)] }
          const [wider] = decide(set, withConsequences(set, answered)).dataSubjects
          expect(wider!.fields).not.toEqual(decision.dataSubjects[0]!.fields)
        }
      }
    })
  })
})

const withoutMisses = ({ nearestMisses: _, ...decided }: SubjectDecision) => decided

/** The same person with the answer that a miss waits for. */
function answer(subject: SubjectQuestion, { condition, words }: NearestMiss): SubjectQuestion {
  if (condition === 'assessment') return { ...subject, assessments: [...subject.assessments, ...words] }
  const stated = Object.fromEntries(words.map((word) => [word, condition === 'when']))
  return { ...subject, circumstances: { ...subject.circumstances, ...stated } }
}
