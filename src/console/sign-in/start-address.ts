/** The address that begins a sign-in. */
export function startAddress(wish: {
  /** Party at whose provider the person signs in. */
  readonly party: string
  /** Role id of the person who probably signs in. */
  readonly person?: string
  /** Path to go to afterwards. */
  readonly to: string
  /** Whether the person must sign in anew. */
  readonly isFresh?: boolean
}): string {
  const query = new URLSearchParams({ organisation: wish.party, to: wish.to })
  if (wish.person !== undefined) query.set('person', wish.person)
  if (wish.isFresh) query.set('fresh', 'yes')
  return `/sign-in/start?${query}`
}
