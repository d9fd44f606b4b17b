import type { Release } from '../../model/decision.ts'
import type { Field } from '../../model/vocabulary.ts'

/**
 * How strict a treatment is, as a small number: 0 `verstrekken`; from 1 up the levels of the ladder, finest first; then the
 * three below. Higher is stricter. A level that is not on the ladder counts as coarser than all of it.
 */
export const LINK_ONLY = 0x3ffe
export const WITHHELD = 0x3fff
export const REFUSED = 0x7fff

export function rankOfLevel(level: string, field: Field | undefined): number {
  const ladder = field?.ladder ?? []
  const position = ladder.indexOf(level)
  return 1 + (position === -1 ? ladder.length : position)
}

/** Withheld or refused: whether it may still link is another matter. */
export const isWithheldRank = (rank: number): boolean => rank >= LINK_ONLY

export function releaseOfRank(rank: number): Release {
  if (rank === 0) return 'verstrekken'
  if (rank < LINK_ONLY) return 'generaliseren'
  return rank === REFUSED ? 'weigeren' : 'weglaten'
}
