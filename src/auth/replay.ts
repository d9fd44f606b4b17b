/** Remembers which proofs were used, for as long as they could be used again. */
export interface ReplayMemory {
  /**
   * `fresh` the first time a (namespace, jti) is seen, `replayed` from then on until `expiresAt`, `full` when there is no room
   * to remember it; only a `fresh` one may be accepted. Times are POSIX seconds. Call it only once the signature has been
   * verified: otherwise anybody could fill the memory, or use up the identifiers of another sender.
   */
  remember(namespace: string, jti: string, expiresAt: number, now: number): 'fresh' | 'replayed' | 'full'
}

/**
 * A replay memory of at most `capacity` entries, in this process only. Entries leave when they expire and never to
 * make room: otherwise an attacker could evict them by load.
 */
export function createReplayMemory({ capacity }: { readonly capacity: number }): ReplayMemory {
  const seen = new Set<string>()
  const byExpiry = new Map<number, string[]>()
  let sweptAt = Number.NEGATIVE_INFINITY

  function sweep(now: number) {
    // Buckets are whole seconds, so once a second is often enough.
    if (Math.floor(now) <= Math.floor(sweptAt)) return
    sweptAt = now
    for (const [second, keys] of byExpiry) {
      if (second >= now) continue
      for (const key of keys) seen.delete(key)
      byExpiry.delete(second)
    }
  }

  return {
    remember(namespace, jti, expiresAt, now) {
      sweep(now)
      const second = Math.ceil(expiresAt)
      // Entries of that second are already gone (the clock was set back), so freshness cannot be shown.
      if (second < sweptAt) return 'replayed'
      // The length keeps ('a', 'bc') and ('ab', 'c') apart.
      const key = `${namespace.length}:${namespace}${jti}`
      if (seen.has(key)) return 'replayed'
      if (seen.size >= capacity) return 'full'
      seen.add(key)
      const bucket = byExpiry.get(second)
      if (bucket === undefined) byExpiry.set(second, [key])
      else bucket.push(key)
      return 'fresh'
    },
  }
}
