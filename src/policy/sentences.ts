import type { SubjectDecision } from '../model/decision.ts'
import type { Language, LocalisedText } from '../model/language.ts'
import type { BasisRule } from '../model/rule.ts'

/** Why a field is withheld when no rule covers it. */
export const NO_RULE: LocalisedText = {
  nl: 'Mag niet: geen regel van de opgegeven grondslag dekt dit gegeven in deze situatie.',
  en: 'Not allowed: no rule of the declared legal basis covers this item in this situation.',
}
/** The same when no basis was declared. */
export const NO_RULE_AT_ALL: LocalisedText = {
  nl: 'Mag niet: geen enkele regel dekt dit gegeven in deze situatie.',
  en: 'Not allowed: no rule at all covers this item in this situation.',
}

/** What counted without being stated: what follows from something else, and what is presumed. */
export const sentencesBehind = (
  { follows = [], presumed = [] }: Pick<SubjectDecision, 'follows' | 'presumed'>,
  language: Language,
): readonly string[] => [...follows, ...presumed].map(({ sentence }) => sentence[language])

/** Why a field that only feeds the pseudonym is not released. */
export function linkOnlySentence(rule: BasisRule): LocalisedText {
  return {
    nl: `Wordt niet verstrekt: dient alleen om binnen Sluis de persoon te herkennen (${rule.citation}).`,
    en: `Not released: serves only to recognise the person inside Sluis (${rule.citation}).`,
  }
}
