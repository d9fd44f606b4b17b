import type { Decision, FieldDecision } from '../model/decision.ts'

/** How much passes: whole values count for more than coarser ones, and nothing of a refused exchange counts. */
export const amountPassing = ({ outcome, dataSubjects }: Pick<Decision, 'outcome' | 'dataSubjects'>): number =>
  outcome === 'geweigerd'
    ? 0
    : dataSubjects.flatMap(({ fields }) => fields).reduce((sum, field) => sum + weight(field), 0)

const weight = ({ release, link }: Pick<FieldDecision, 'release' | 'link'>): number =>
  (release === 'verstrekken' ? 4 : release === 'generaliseren' ? 2 : 0) + (link ? 1 : 0)

/** The legal basis under which the most passes; the first of equals. Undefined when nothing passes on any. */
export const bestBasis = (
  options: readonly { readonly legalBasis: string; readonly decision: Decision }[],
): string | undefined =>
  options.toSorted((a, b) => amountPassing(b.decision) - amountPassing(a.decision))[0]?.legalBasis
