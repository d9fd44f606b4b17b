import type { Language } from '../../model/language.ts'
import type { BasisRule } from '../../model/rule.ts'
import { nameTreatment, TREATMENT_WORDS, type TreatmentName, withLevel } from '../../model/treatment-words.ts'
import { clausesOf, effectOf, fieldsOf, narrowingsOf } from '../analysis/clauses.ts'
import { listCuts } from '../analysis/conflicts.ts'
import { formatReference, referTo } from '../analysis/finding.ts'
import { knowledgeWords } from '../analysis/knowledge.ts'
import { exchangeSpace } from '../analysis/space.ts'
import type { Labels } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import { WORDS } from './words.ts'

/** A prohibition or safeguard that takes fields from a rule when it applies. */
export interface Limit {
  readonly file: string
  readonly rule: string
  /** What happens to the fields; one limit for each treatment. */
  readonly treatment: TreatmentName
  /** Whether these are all fields of the limited rule. */
  readonly isEverything: boolean
  /** Fields of the limited rule, each with its level when it becomes coarser. */
  readonly fields: readonly { readonly field: string; readonly level?: string }[]
}

/** Finds what limits each basis rule of a set, by `file/rule`; a rule that nothing limits is absent. */
export function findLimits(set: PolicySet): ReadonlyMap<string, readonly Limit[]> {
  const words = knowledgeWords(set.vocabulary)
  const narrowings = new Map(narrowingsOf(set).map((rule) => [formatReference(referTo(rule)), rule]))
  const rules = new Map(set.rules.map((rule) => [formatReference(referTo(rule)), rule]))
  const cuts = listCuts(set, clausesOf(set, exchangeSpace(set), words))
  const byRule = Map.groupBy(cuts, ({ rule }) => formatReference(rule))
  return new Map(
    [...byRule].map(([name, list]) => [
      name,
      list.flatMap(({ prohibition, fields }) => {
        const rule = rules.get(name)!
        const narrowing = narrowings.get(formatReference(prohibition))!
        const effects = fields.map((field) => {
          const effect = effectOf(narrowing, field)!
          return { field, effect: { ...effect, link: effect.link && rule.link.includes(field) } }
        })
        const groups = Map.groupBy(effects, ({ effect }) => nameTreatment(effect))
        return [...groups].map(([treatment, group]) => ({
          ...prohibition,
          treatment,
          isEverything: group.length === fieldsOf(rule).length,
          fields: group.map(({ field, effect: { level } }) => ({ field, ...(level !== undefined && { level }) })),
        }))
      }),
    ]),
  )
}

/** Fields that a rule links and does not release, as they are or coarser. */
export const linkedOnlyFields = ({ release, generalise, link }: BasisRule): readonly string[] =>
  link.filter((field) => !release.includes(field) && !generalise.has(field))

/** `BSN and V number: withheld`. */
export function describeLimit(limit: Limit, labels: Labels, language: Language): string {
  const { treatment, isEverything, fields } = limit
  const names = fields.map(({ field, level }) => withLevel(labels.field(field), level))
  const isShort = isEverything && treatment !== 'coarser' && fields.length > 1
  return `${isShort ? WORDS[language].everything : labels.list(names)}: ${TREATMENT_WORDS[language].done[treatment]}`
}
