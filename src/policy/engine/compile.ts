import type { FieldDecision, RuleReference } from '../../model/decision.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { Exception, RuleScope } from '../../model/rule.ts'
import type { PolicySet } from '../policy-set.ts'
import { NO_RULE, NO_RULE_AT_ALL } from '../sentences.ts'
import { type Buckets, createBuckets } from './buckets.ts'
import { type FactIndex, indexFacts } from './facts-index.ts'
import { indexNarrowings, type Narrowing, type NarrowingIndex } from './narrowing-index.ts'
import { type Eras, indexEras } from './periods.ts'
import { createDutyLists, type DutyLists, indexPermits, type PermitIndex } from './permit-index.ts'
import { collectScopeWords, type ScopeWords } from './scope-index.ts'
import { createWordIds } from './word-ids.ts'

/** A rule set compiled for decisions: the work for a question depends on the question, not on the number of rules. */
export interface PolicyIndex {
  readonly scopes: ScopeWords
  readonly facts: FactIndex
  readonly files: ReadonlyMap<string, number>
  readonly fields: ReadonlyMap<string, number>
  readonly eras: Eras
  readonly permits: PermitIndex
  readonly narrowings: NarrowingIndex
  /** Prohibitions and safeguards, each in the order of the set. */
  readonly narrowingRules: readonly Narrowing[]
  readonly duties: DutyLists
  readonly buckets: Buckets
  readonly ruleReferences: readonly RuleReference[]
  readonly narrowingReferences: readonly RuleReference[]
  /** For each field, the decision when no rule of the declared basis covers it, and when no rule of any basis does. */
  readonly withheld: readonly FieldDecision[]
  readonly withheldUnderAny: readonly FieldDecision[]
}

const indexes = new WeakMap<PolicySet, PolicyIndex>()

/** The index of a set, compiled on first use and kept as long as the set exists. */
export function indexOf(set: PolicySet): PolicyIndex {
  const known = indexes.get(set)
  if (known !== undefined) return known
  const index = compile(set)
  indexes.set(set, index)
  return index
}

function compile(set: PolicySet): PolicyIndex {
  const { rules, vocabulary } = set
  const narrowingRules = [...set.prohibitions, ...set.safeguards]
  const all = [...rules, ...narrowingRules]
  const exceptions = narrowingRules.flatMap(({ unless }) => unless)
  const scopes = collectScopeWords([...all.map(({ scope }) => scope), ...exceptions.map(scopeOf)])
  const facts = indexFacts(rules, narrowingRules)
  const eras = indexEras(all.map(({ validity }) => validity))
  const files = createWordIds()
  const fields = createWordIds()
  for (const name of vocabulary.fields.keys()) fields.add(name)
  const duties = createDutyLists()
  const numbering = { scopes, facts, files, fields, duties, eras }
  const permits = indexPermits(rules, vocabulary, numbering)
  const narrowings = indexNarrowings(narrowingRules, vocabulary, numbering)
  return {
    scopes,
    facts,
    files: files.ids,
    // After the bars, which can cover fields that no permit names.
    fields: fields.ids,
    eras,
    permits,
    narrowings,
    narrowingRules,
    duties,
    buckets: createBuckets(permits, narrowings, scopes, eras),
    ruleReferences: rules.map(referTo),
    narrowingReferences: narrowingRules.map(referTo),
    withheld: [...fields.ids.keys()].map((field) => withhold(field, NO_RULE)),
    withheldUnderAny: [...fields.ids.keys()].map((field) => withhold(field, NO_RULE_AT_ALL)),
  }
}

const scopeOf = ({ senders, recipients, roles }: Exception): RuleScope => ({
  ...(senders && { senders }),
  ...(recipients && { recipients }),
  ...(roles && { roles }),
})

const referTo = ({ file, id }: { readonly file: string; readonly id: string }): RuleReference => ({ file, rule: id })

const withhold = (field: string, sentence: LocalisedText): FieldDecision =>
  Object.freeze({ field, release: 'weglaten' as const, link: false, sentence })
