import type { PartyKeys } from '../ports.ts'
import type { PublicJwk } from '../types.ts'

/** Looks keys up by party and use. @throws Error when a key set holds a private key */
export function createPartyKeys(keySets: ReadonlyMap<string, readonly PublicJwk[]>): PartyKeys {
  for (const [party, keys] of keySets) {
    if (keys.some((key) => 'd' in key)) {
      throw new Error(`keys of ${party}: a private key among the public ones; a party keeps that to itself`)
    }
  }
  return { find: (party, use) => keySets.get(party)?.filter((key) => key.use === use) ?? [] }
}
