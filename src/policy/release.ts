import type { Release } from '../model/decision.ts'
import type { Field } from '../model/vocabulary.ts'

/** The two outcomes of a field: how it is released, and whether it may feed the pseudonym. */
export interface Treatment {
  readonly release: Release
  /** Present exactly when `release` is `generaliseren`. */
  readonly level?: string
  readonly link: boolean
}

/**
 * How strict a release is, as one number: `verstrekken < generaliseren (finer < coarser) < weglaten < weigeren`.
 * A level that is not on the ladder counts as coarser than all of it.
 */
export function strictness({ release, level }: Pick<Treatment, 'release' | 'level'>, field: Field | undefined): number {
  if (release === 'verstrekken') return 0
  if (release === 'weglaten') return Number.MAX_SAFE_INTEGER - 1
  if (release === 'weigeren') return Number.MAX_SAFE_INTEGER
  const ladder = field?.ladder ?? []
  const position = level === undefined ? -1 : ladder.indexOf(level)
  return 1 + (position === -1 ? ladder.length : position)
}

/** Whether the recipient receives the value, whole or coarser. */
export const isReleased = ({ release }: Pick<Treatment, 'release'>): boolean =>
  release === 'verstrekken' || release === 'generaliseren'

/** The stricter release of two treatments, with a link only when both allow it. */
export function combine(a: Treatment, b: Treatment, field: Field | undefined): Treatment {
  const { release, level } = strictness(b, field) > strictness(a, field) ? b : a
  return { release, ...(level !== undefined && { level }), link: a.link && b.link }
}
