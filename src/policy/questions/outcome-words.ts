import type { FieldOutcome } from '../../model/advice.ts'
import { releaseOfRank } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import type { RankedOutcome } from './goals.ts'

/** The outcome of a field in words. */
export function formOutcome({ vocabulary }: PolicySet, field: string, { rank, link }: RankedOutcome): FieldOutcome {
  const release = releaseOfRank(rank)
  if (release !== 'generaliseren') return { field, release, link }
  const ladder = vocabulary.fields.get(field)?.ladder ?? []
  return { field, release, level: ladder[rank - 1] ?? ladder.at(-1) ?? '', link }
}
