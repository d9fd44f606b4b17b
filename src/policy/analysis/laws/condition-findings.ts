import type { BasisRule, Exception, Prohibition, RuleScope, Safeguard, SharedDuties } from '../../../model/rule.ts'
import type { Vocabulary } from '../../../model/vocabulary.ts'
import { closeFacts } from '../../facts/relations.ts'
import { type Position, quote } from '../../files/fault.ts'
import type { LawCondition } from '../../files/laws/conditions.ts'
import type { PolicySet } from '../../policy-set.ts'
import type { Finding } from '../finding.ts'

/** A finding about an article: nobody explains it away, it is fixed with a list, a word or an open question. */
export interface ConditionFinding extends Finding {
  readonly kind: 'artikel-zonder-voorwaarden' | 'voorwaarde-zonder-woord' | 'voorwaarde-ongevraagd'
  readonly position: Position
}

/**
 * What articles make decisive (`voorwaarden` in `bronnen.yaml`) and the rules that cite them do not ask: articles without a list,
 * conditions with neither a word nor an open question, and words that no rule citing the article uses.
 */
export function conditionFindings(set: PolicySet): readonly ConditionFinding[] {
  const rules = Map.groupBy(rulesOf(set), ({ file }) => file)
  return [
    ...articlesWithoutList(set),
    ...[...set.laws.values()].flatMap(({ id, citation, conditions }) =>
      [...conditions].flatMap(([article, list]) => {
        const citing = set.files.filter(({ citedArticles = [] }) =>
          citedArticles.some((cited) => cited.law === id && cited.article === article),
        )
        const asked = wordsOf(citing.flatMap((file) => rules.get(file.id) ?? []))
        const name = `${citation} art. ${article}`
        return list.flatMap((condition) => findingsOf(condition, name, asked, set.vocabulary))
      }),
    ),
  ]
}

/** One finding for each article, at its first citation. */
function articlesWithoutList({ files, laws }: PolicySet): readonly ConditionFinding[] {
  const cited = files.flatMap(({ id, citedArticles = [] }) => citedArticles.map((one) => ({ file: id, ...one })))
  const groups = Map.groupBy(cited, ({ law, article }) => `${laws.get(law)!.citation} art. ${article}`)
  return [...groups].flatMap(([name, group]): readonly ConditionFinding[] => {
    const [first] = group
    if (first === undefined || laws.get(first.law)!.conditions.has(first.article)) return []
    return [
      {
        kind: 'artikel-zonder-voorwaarden',
        file: first.file,
        position: first.position,
        others: [],
        message: {
          nl: `van ${quote(name)} staat nergens wat beslissend is`,
          en: `nothing says what ${quote(name)} makes decisive`,
        },
        mend: {
          nl: `noem in bronnen.yaml onder \`voorwaarden\` wat ${quote(first.article)} beslissend maakt`,
          en: `list in bronnen.yaml under \`voorwaarden\` what ${quote(first.article)} makes decisive`,
        },
      },
    ]
  })
}

function findingsOf(
  { words, question, position }: LawCondition,
  article: string,
  asked: ReadonlySet<string>,
  vocabulary: Vocabulary,
): readonly ConditionFinding[] {
  const found = { file: 'bronnen', position, others: [] }
  if (words.length === 0 && question === undefined) {
    return [
      {
        ...found,
        kind: 'voorwaarde-zonder-woord',
        message: {
          nl: `geen woord drukt deze voorwaarde van ${quote(article)} uit`,
          en: `no word expresses this condition of ${quote(article)}`,
        },
        mend: {
          nl: 'noem een woord onder `woorden`, of onder `vraag` de open vraag die zegt waarom het er niet is',
          en: 'name a word under `woorden`, or under `vraag` the open question that says why there is none',
        },
      },
    ]
  }
  return words
    .filter((word) => !isAsked(word, asked, vocabulary))
    .map((word) => ({
      ...found,
      kind: 'voorwaarde-ongevraagd',
      message: {
        nl: `geen regel die ${quote(article)} citeert, gebruikt ${quote(word)}`,
        en: `no rule that cites ${quote(article)} uses ${quote(word)}`,
      },
      mend: {
        nl: 'gebruik het woord in zo’n regel, citeer het artikel waar het woord wordt gebruikt, of noem een ander woord',
        en: 'use the word in such a rule, cite the article where the word is used, or name another word',
      },
    }))
}

/** Whether rules use the word itself, or a word that is certain once this one is answered. */
function isAsked(word: string, asked: ReadonlySet<string>, vocabulary: Vocabulary): boolean {
  if (asked.has(word)) return true
  const answers = vocabulary.circumstances.has(word)
    ? [true, false].map((isTrue) => closeFacts(vocabulary, { circumstances: { [word]: isTrue }, assessments: [] }))
    : [closeFacts(vocabulary, { circumstances: {}, assessments: [word] })]
  return answers.some(({ derived, refuted }) =>
    [...derived.map(({ circumstance }) => circumstance), ...refuted].some((other) => asked.has(other)),
  )
}

type AnyRule = BasisRule | Prohibition | Safeguard | SharedDuties

const rulesOf = ({ rules, prohibitions, safeguards, sharedDuties }: PolicySet): readonly AnyRule[] => [
  ...rules,
  ...prohibitions,
  ...safeguards,
  ...sharedDuties,
]

function wordsOf(rules: readonly AnyRule[]): ReadonlySet<string> {
  return new Set(
    rules.flatMap((rule) => ('scope' in rule ? [...scopeWords(rule.scope), ...ownWords(rule)] : dutyWords(rule))),
  )
}

const scopeWords = ({ senders = [], recipients = [], purposes = [], roles = [] }: RuleScope): readonly string[] => [
  ...senders,
  ...recipients,
  ...purposes,
  ...roles,
]

const dutyWords = ({ duties }: Pick<BasisRule, 'duties'>): readonly string[] => duties.map(({ kind }) => kind)

function ownWords(rule: BasisRule | Prohibition | Safeguard): readonly string[] {
  const conditions = [...rule.when, ...rule.whenNot]
  if ('release' in rule) {
    const presumed = rule.unlessDenied ?? []
    const asked = [
      ...conditions,
      ...presumed,
      ...[...(rule.whenFrom?.values() ?? [])].flat(),
      ...rule.anyOf,
      ...rule.assessments,
    ]
    return [...asked, ...rule.release, ...rule.generalise.keys(), ...rule.link, ...dutyWords(rule)]
  }
  const unless = [...(rule.whenStated ?? []), ...rule.unless.flatMap(exceptionWords)]
  if ('fields' in rule) return [...conditions, ...unless, ...rule.fields]
  return [...conditions, ...unless, ...rule.withhold, ...rule.linkOnly, ...rule.generalise.keys(), ...dutyWords(rule)]
}

const exceptionWords = (one: Exception): readonly string[] => [
  ...one.when,
  ...one.whenNot,
  ...one.assessments,
  ...(one.senders ?? []),
  ...(one.recipients ?? []),
  ...(one.roles ?? []),
]
