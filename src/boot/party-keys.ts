import { calculateJwkThumbprint } from 'jose'
import type { PublicJwk } from '../model/party.ts'
import type { PartyKeyRegister } from '../ports/keys.ts'

/** Looks keys up by party and use. @throws Error when a key set holds a private key */
export function createPartyKeys(keySets: ReadonlyMap<string, readonly PublicJwk[]>): PartyKeyRegister {
  for (const [party, keys] of keySets) {
    if (keys.some((key) => 'd' in key)) {
      throw new Error(`keys of ${party}: a private key among the public ones; a party keeps that to itself`)
    }
  }
  const known = new Map<PublicJwk, string>()
  const find: PartyKeyRegister['find'] = (party, use) => keySets.get(party)?.filter((key) => key.use === use) ?? []
  const thumbprint = async (party: string, key: PublicJwk): Promise<string> => {
    const found =
      known.get(key) ??
      (await calculateJwkThumbprint(key).catch(() => {
        throw new Error(`keys of ${party}: a key lacks members that its \`kty\` needs; register the whole public key`)
      }))
    known.set(key, found)
    return found
  }
  return {
    find,
    thumbprints: (party, use) => Promise.all(find(party, use).map((key) => thumbprint(party, key))),
  }
}
