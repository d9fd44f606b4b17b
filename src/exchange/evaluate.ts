import type { Decision, Release } from '../model/decision.ts'
import type { LocalisedText } from '../model/language.ts'

/** What a caller of a yes-or-no interface must carry out before a yes is true. */
export type Obligation = 'generaliseren' | 'koppelen' | 'vier-ogen'

/** A decision about one field, as yes or no. */
export interface Evaluated {
  readonly decision: boolean
  readonly release: Release
  readonly level?: string
  readonly link: boolean
  readonly citation?: string
  readonly sentence: LocalisedText
  readonly obligations: Obligation[]
}

/**
 * Turns the decision about one field of one data subject into yes or no. Yes means that the value may be shared as it is: a partial
 * release is a no, unless the caller declares that it understands the obligation.
 */
export function evaluateField(decision: Decision, understands: readonly Obligation[]): Evaluated {
  const field = decision.dataSubjects[0]?.fields[0]
  if (!field) throw new RangeError('decision: is not about one field of one data subject; ask for one')
  const { release, level, link, citation, sentence } = field
  const obligations: Obligation[] = [
    ...(release === 'generaliseren' ? (['generaliseren'] as const) : []),
    ...(release === 'weglaten' && link ? (['koppelen'] as const) : []),
    ...(decision.outcome === 'in-afwachting' ? (['vier-ogen'] as const) : []),
  ]
  const passes = decision.outcome !== 'geweigerd' && (release === 'verstrekken' || release === 'generaliseren' || link)
  return {
    decision: passes && obligations.every((obligation) => understands.includes(obligation)),
    release,
    ...(level !== undefined && { level }),
    link,
    ...(citation !== undefined && { citation }),
    sentence,
    obligations,
  }
}
