import type { Knower, StatementWord } from '../../model/vocabulary.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Literal } from './literals.ts'

/** Knowers whom a sender asks on the spot; everybody else decides as an authority of their own. */
const EFFORT_OF: Partial<Record<Knower, number>> = { afzender: 0, hulpverlener: 0, betrokkene: 1, vertegenwoordiger: 1 }

/** Who can know or decide a word; empty when the vocabulary does not say. */
export const knowersOf = (set: PolicySet, literal: Pick<Literal, 'kind' | 'word'>): readonly Knower[] =>
  wordOf(set, literal)?.knownBy ?? []

/** The least that an answer takes, as a position in `PLAN_EFFORTS`; a word without knowers counts as known to the sender. */
export function effortOfWord(set: PolicySet, literal: Pick<Literal, 'kind' | 'word'>): number {
  const knowers = knowersOf(set, literal)
  return knowers.length === 0 ? 0 : Math.min(...knowers.map((knower) => EFFORT_OF[knower] ?? 2))
}

export const wordOf = (
  { vocabulary }: PolicySet,
  { kind, word }: Pick<Literal, 'kind' | 'word'>,
): StatementWord | undefined => (kind === 'assessment' ? vocabulary.assessments : vocabulary.circumstances).get(word)
