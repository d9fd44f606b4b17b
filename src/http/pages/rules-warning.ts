import type { LocalisedText } from '../../model/language.ts'

/** Shown wherever rule files are shown. */
export const RULES_WARNING: LocalisedText = {
  nl: 'Uitgewerkt voorbeeld: een jurist moet deze regels bevestigen vóór gebruik met echte gegevens.',
  en: 'Worked example: a lawyer must confirm these rules before use with real data.',
}
