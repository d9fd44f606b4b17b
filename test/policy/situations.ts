import fc from 'fast-check'
import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import type { BasisRule, Duty, Exception, Prohibition, RuleScope } from '../../src/model/rule.ts'
import type { Vocabulary } from '../../src/model/vocabulary.ts'
import { assemblePolicySet, type PolicySet } from '../../src/policy/policy-set.ts'
import { loadSmall } from './small-set.ts'

/** A rule set with a question that nearly fits it. */
export interface Situation {
  readonly set: PolicySet
  readonly question: Question
}

const { vocabulary, parties } = loadSmall()
const FILES = ['wet-a', 'wet-b']
const FIELDS = ['land', 'plaats', 'geboren', 'naam', 'bsn']
const OUTCOMES = ['generaliseren', 'alleen-koppelen', 'weglaten', 'weigeren'] as const

interface Words {
  readonly parties: readonly string[]
  readonly vocabulary: Vocabulary
  readonly files: readonly string[]
  readonly fields: readonly string[]
}
const smallWords: Words = { parties: [...parties.keys()], vocabulary, files: FILES, fields: FIELDS }

const oneOf = (words: Iterable<string>) => fc.constantFrom(...words)
const some = (words: Iterable<string>, maxLength = 3): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(oneOf(words), { maxLength })

function subjects(words: Words): fc.Arbitrary<SubjectQuestion> {
  const { roles, circumstances, assessments } = words.vocabulary
  return fc.record({
    role: oneOf(roles.keys()),
    circumstances: fc.dictionary(oneOf(circumstances.keys()), fc.boolean(), { maxKeys: 4 }),
    assessments: some(assessments.keys(), 2),
    fields: some(words.fields, 5),
  })
}

function questions(words: Words): fc.Arbitrary<Question> {
  return fc
    .record({
      sender: oneOf(words.parties),
      recipient: oneOf(words.parties),
      purpose: oneOf(words.vocabulary.purposes.keys()),
      legalBasis: fc.option(oneOf(words.files), { nil: undefined, freq: 4 }),
      at: fc.constantFrom('2024-06-01T12:00:00Z', '2024-12-31T22:30:00Z', '2024-12-31T23:30:00Z'),
      dataSubjects: fc.array(subjects(words), { minLength: 1, maxLength: 3 }),
    })
    .map(({ legalBasis, ...question }) => (legalBasis === undefined ? question : { ...question, legalBasis }))
}

/** Mostly words that fit, sometimes one that may not: rules that are random all over never fire. */
const nearly = <Value>(fitting: fc.Arbitrary<Value>, any: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fitting }, { weight: 1, arbitrary: any })

function scopes(question: Question, role: string): fc.Arbitrary<RuleScope> {
  const member = (fitting: string, words: Iterable<string>) =>
    fc.option(
      nearly(
        fc.constant([fitting]),
        some(words).filter((list) => list.length > 0),
      ),
      { nil: undefined, freq: 1 },
    )
  return fc
    .record({
      senders: member(question.sender, parties.keys()),
      recipients: member(question.recipient, parties.keys()),
      purposes: member(question.purpose, vocabulary.purposes.keys()),
      roles: member(role, vocabulary.roles.keys()),
    })
    .map(withoutUndefined)
}

const withoutUndefined = (scope: { [Key in keyof RuleScope]: RuleScope[Key] | undefined }): RuleScope =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined))

function conditions(subject: SubjectQuestion) {
  const known = (value: boolean) =>
    Object.keys(subject.circumstances).filter((word) => subject.circumstances[word] === value)
  const fitting = (words: readonly string[]): fc.Arbitrary<readonly string[]> =>
    words.length === 0 ? fc.constant([]) : some(words, 1)
  const any = some(vocabulary.circumstances.keys(), 1)
  return {
    when: nearly(fitting(known(true)), any),
    whenNot: nearly(fitting(known(false)), any),
    assessments: nearly(fitting(subject.assessments), some(vocabulary.assessments.keys(), 1)),
  }
}

const validities = fc.constantFrom(
  { from: '2020-01-01' },
  { from: '2020-01-01', until: '2025-01-01' },
  { from: '2025-01-01' },
)
const levelOf = (field: string, index: number): [string, string] => {
  const { ladder } = vocabulary.fields.get(field)!
  return [field, ladder[index % ladder.length]!]
}
const levels = fc
  .uniqueArray(fc.tuple(fc.constantFrom('plaats', 'geboren'), fc.nat(2)), {
    maxLength: 2,
    selector: ([field]) => field,
  })
  .map((pairs) => new Map(pairs.map(([field, index]) => levelOf(field, index))))
const duties: fc.Arbitrary<Duty> = fc.constantFrom<Duty>(
  { kind: 'vier-ogen', for: 'sluis', people: 2 },
  { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 30 },
  { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 90 },
  { kind: 'loggen', for: 'sluis' },
)
const explanation = { nl: 'Omdat.', en: 'Because.' }

/** Words that a rule presumes under this key, beside those that it asks; none when `isPresuming` is false. */
const presumed = <Key extends string, Rule extends Pick<Exception, 'when' | 'whenNot'>>(
  key: Key,
  rules: fc.Arbitrary<Rule>,
  isPresuming: boolean,
): fc.Arbitrary<Rule & { readonly [Member in Key]?: readonly string[] }> =>
  fc.tuple(rules, isPresuming ? some(vocabulary.circumstances.keys(), 2) : fc.constant([])).map(([rule, words]) => {
    const own = words.filter((word) => !rule.when.includes(word) && !rule.whenNot.includes(word))
    return own.length === 0 ? rule : { ...rule, [key]: own }
  })

function basisRules(question: Question): fc.Arbitrary<BasisRule> {
  return fc
    .constantFrom(...question.dataSubjects)
    .chain((subject) =>
      fc.record({
        file: nearly(fc.constant(question.legalBasis ?? 'wet-a'), oneOf(FILES)),
        id: fc.constant(''),
        citation: fc.constant('Wet'),
        validity: validities,
        scope: scopes(question, subject.role),
        ...conditions(subject),
        anyOf: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: some(vocabulary.circumstances.keys(), 2) },
        ),
        release: some(FIELDS),
        generalise: levels,
        link: some(['naam', 'geboren', 'bsn'], 2),
        duties: fc.array(duties, { maxLength: 1 }),
        explanation: fc.constant(explanation),
        extra: fc.oneof(
          { weight: 2, arbitrary: fc.constant<readonly string[]>([]) },
          { weight: 1, arbitrary: conditions(subject).when },
        ),
      }),
    )
    .map(({ extra, ...rule }) => askMoreOfFirstSender(rule, extra))
}

/** The same rule, in which the first sender of its scope has more circumstances to meet. */
export function askMoreOfFirstSender(rule: BasisRule, extra: readonly string[]): BasisRule {
  const [sender] = rule.scope.senders ?? []
  return sender === undefined || extra.length === 0 ? rule : { ...rule, whenFrom: new Map([[sender, extra]]) }
}

function exceptions(question: Question, subject: SubjectQuestion): fc.Arbitrary<Exception> {
  return fc
    .tuple(fc.record(conditions(subject)), scopes(question, subject.role))
    .map(([asked, { purposes: _, ...scope }]) => ({ ...asked, ...scope }))
}

function prohibitions(question: Question): fc.Arbitrary<Prohibition> {
  return fc.constantFrom(...question.dataSubjects).chain((subject) =>
    fc
      .record({
        scope: scopes(question, subject.role),
        validity: validities,
        when: conditions(subject).when,
        whenNot: conditions(subject).whenNot,
        outcome: fc.constantFrom(...OUTCOMES),
        fields: some(FIELDS),
        levels,
        unless: fc.array(exceptions(question, subject), { maxLength: 1 }),
      })
      .map((prohibition) => ({
        ...prohibition,
        file: 'verbod',
        id: '',
        citation: 'Verbod',
        explanation,
        fields: prohibition.outcome === 'generaliseren' ? [...prohibition.levels.keys()] : prohibition.fields,
      })),
  )
}

export const build = (rules: readonly BasisRule[], banned: readonly Prohibition[]): PolicySet =>
  assemblePolicySet({
    vocabulary,
    parties,
    rules: rules.map((rule, index) => ({ ...rule, id: `r${index}` })),
    prohibitions: banned.map((prohibition, index) => ({ ...prohibition, id: `p${index}` })),
    files: [],
    texts: [],
  })

const situations = (isPresuming: boolean): fc.Arbitrary<Situation> =>
  questions(smallWords).chain((question) =>
    fc
      .tuple(
        fc.array(presumed('unlessDenied', basisRules(question), isPresuming), { maxLength: 6 }),
        fc.array(presumed('whenStated', prohibitions(question), isPresuming), { maxLength: 4 }),
      )
      .map(([rules, banned]) => ({ set: build(rules, banned), question })),
  )

/** Made-up rules around a made-up question. */
export const smallSituations = situations(false)

/** The same, in which rules presume answers (`als_gezegd`, `als_niet_ontkend`). */
export const presumingSituations = situations(true)

/** Questions that a set's own cases ask, with a few words changed. */
export function situationsOf(set: PolicySet): fc.Arbitrary<Situation> {
  const words: Words = {
    parties: [...set.parties.keys()],
    vocabulary: set.vocabulary,
    files: [...set.rulesByFile.keys()],
    fields: [...set.vocabulary.fields.keys()],
  }
  const cases = set.files.flatMap((file) => file.cases.map(({ question }) => question))
  return fc
    .tuple(
      fc.constantFrom(...cases),
      questions(words),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      fc.nat(9),
    )
    .map(([near, far, facts, which]) => {
      const [subject] = near.dataSubjects
      const [other] = far.dataSubjects
      const mixed: SubjectQuestion = {
        role: which === 0 ? other!.role : subject!.role,
        circumstances: facts[0] ? { ...subject!.circumstances, ...other!.circumstances } : subject!.circumstances,
        assessments: facts[1] ? [...new Set([...subject!.assessments, ...other!.assessments])] : subject!.assessments,
        fields: facts[2] ? [...new Set([...subject!.fields, ...other!.fields])] : subject!.fields,
      }
      const question = {
        ...near,
        ...(which === 1 && { sender: far.sender }),
        ...(which === 2 && { recipient: far.recipient }),
        ...(which === 3 && { purpose: far.purpose }),
        ...(which === 4 && far.legalBasis !== undefined && { legalBasis: far.legalBasis }),
        dataSubjects: facts[3] ? [mixed, subject!] : [mixed],
      }
      return { set, question }
    })
}
