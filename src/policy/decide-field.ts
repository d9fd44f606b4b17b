import type { FieldDecision } from '../model/decision.ts'
import type { LocalisedText } from '../model/language.ts'
import type { BasisRule } from '../model/rule.ts'
import type { Field, FieldClass } from '../model/vocabulary.ts'
import type { PolicyIndex } from './engine/compile.ts'
import { ANY_FILE, type Evaluation, type NumberedQuestion } from './engine/evaluation.ts'
import type { Narrowing } from './engine/narrowing-index.ts'
import { isWithheldRank, LINK_ONLY, releaseOfRank, WITHHELD } from './engine/ranks.ts'
import type { PolicySet } from './policy-set.ts'
import { linkOnlySentence, NO_RULE, NO_RULE_AT_ALL } from './sentences.ts'

/** Decides one field and names what determined it: the bar when it narrowed the field, else the permit. */
export function decideField(
  set: PolicySet,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  evaluation: Evaluation,
  position: number,
): FieldDecision {
  const field = evaluation.names[position]!
  const permitRank = evaluation.found.permitRank[position]!
  const barRank = evaluation.found.barRank[position]!
  const linkRule = evaluation.found.linkRule[position]!
  const barRelease = barRank === LINK_ONLY ? WITHHELD : barRank
  const rank = Math.max(permitRank, barRelease)
  const link = linkRule >= 0 && barRank < WITHHELD
  const isNarrowed = rank > permitRank || (linkRule >= 0 && !link)
  const isForbiddenAnyway = permitRank === WITHHELD && linkRule < 0 && isWithheldRank(barRank)
  const release = releaseOfRank(rank)
  if (isNarrowed || isForbiddenAnyway) {
    const by = evaluation.found.barRule[position]!
    const narrowing = index.narrowingRules[by]!
    const rule = index.narrowingReferences[by]!
    const { citation, explanation: sentence } = narrowing
    if (release !== 'generaliseren') return { field, release, link, rule, citation, sentence }
    // A bar that only takes the link away leaves the level of the permit.
    const level = rank > permitRank ? levelOf(narrowing, field) : permitLevel(set, evaluation, position)
    return { field, release, level, link, rule, citation, sentence }
  }
  const permitRule = evaluation.found.permitRule[position]!
  if (permitRule >= 0) {
    const basis = set.rules[permitRule]!
    const rule = index.ruleReferences[permitRule]!
    const citation = groundOf(basis, set.vocabulary.fields.get(field))
    const { explanation: sentence } = basis
    if (release !== 'generaliseren') return { field, release, link, rule, citation, sentence }
    return { field, release, level: permitLevel(set, evaluation, position), link, rule, citation, sentence }
  }
  if (linkRule >= 0) {
    const basis = set.rules[linkRule]!
    const rule = index.ruleReferences[linkRule]!
    return { field, release, link, rule, citation: basis.citation, sentence: linkOnlySentence(basis) }
  }
  return withheldField(
    index,
    evaluation.fields[position]!,
    field,
    numbered.file === ANY_FILE ? NO_RULE_AT_ALL : NO_RULE,
  )
}

/** The decision about a field that nothing covers is the same every time, and most decisions hold several. */
function withheldField(index: PolicyIndex, id: number, field: string, sentence: LocalisedText): FieldDecision {
  if (id < 0) return { field, release: 'weglaten', link: false, sentence }
  return (sentence === NO_RULE ? index.withheld : index.withheldUnderAny)[id]!
}

const permitLevel = (set: PolicySet, evaluation: Evaluation, position: number): string =>
  set.rules[evaluation.found.permitRule[position]!]!.generalise.get(evaluation.names[position]!)!

const levelOf = (narrowing: Narrowing, field: string): string =>
  ('outcome' in narrowing ? narrowing.levels : narrowing.generalise).get(field)!

const ORDINARY_CLASSES: readonly FieldClass[] = ['gewoon', 'identificerend', 'bsn']

// A special-class field needs a double ground: the legal basis and an exception on top of it (AVG 9 and 10).
function groundOf(rule: BasisRule, field: Field | undefined): string {
  if (rule.exception === undefined || field === undefined || ORDINARY_CLASSES.includes(field.class))
    return rule.citation
  return `${rule.citation}; ${rule.exception}`
}
