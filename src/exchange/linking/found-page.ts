/** Data subjects in one answer; those of one moment stay together. */
export const MAX_FOUND = 1000

/**
 * The oldest of what was found, at most {@link MAX_FOUND} unless more are of the first moment, and the moment of the first that does
 * not fit.
 *
 * @param found oldest first
 */
export function takeFoundPage<Found extends { readonly at: string }>(
  found: readonly Found[],
): { readonly page: readonly Found[]; readonly nextSince?: string } {
  const overflow = found[MAX_FOUND]?.at
  if (overflow === undefined) return { page: found }
  const nextSince = overflow === found[0]!.at ? found.find(({ at }) => at > overflow)?.at : overflow
  if (nextSince === undefined) return { page: found }
  return { page: found.filter(({ at }) => at < nextSince), nextSince }
}
