import { calculateJwkThumbprint } from 'jose'
import { formatClientId } from '../model/client-id.ts'
import type { Party, PublicJwk } from '../model/party.ts'
import type { PartyKeyRegister } from '../ports/keys.ts'

type KeySets = ReadonlyMap<string, readonly PublicJwk[]>

/** Looks keys up by party and use. @throws Error when a key set holds a private key */
export function createPartyKeys(keySets: KeySets): PartyKeyRegister {
  for (const [party, keys] of keySets) {
    // `k` is the secret of a symmetric key (RFC 7518 §6.4).
    if (keys.some((key) => 'd' in key || 'k' in key)) {
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
    clients: () => [...keySets.keys()],
    find,
    thumbprints: (party, use) => Promise.all(find(party, use).map((key) => thumbprint(party, key))),
  }
}

/**
 * The same, after every key was looked at once: the log will name each by its thumbprint.
 * @throws Error that names the parties, for a key that is incomplete or there twice: two clients with one key pass for two
 */
export async function openPartyKeys(keySets: KeySets): Promise<PartyKeyRegister> {
  const register = createPartyKeys(keySets)
  const owners = new Map<string, string>()
  for (const party of keySets.keys()) {
    const prints = await Promise.all((['sig', 'enc'] as const).map((use) => register.thumbprints(party, use)))
    for (const print of prints.flat()) {
      const owner = owners.get(print)
      if (owner === party) throw new Error(`keys of ${party}: one key is there twice; leave one of the two`)
      if (owner !== undefined)
        throw new Error(`keys of ${owner} and ${party}: both have the same key; each client has a key of its own`)
      owners.set(print, party)
    }
  }
  return register
}

/** What is amiss with the key set of one client, without stopping a gateway. */
export interface KeySetFault {
  readonly client: string
  readonly problem: 'unknown-client' | 'no-key'
}

/** The key sets that nobody can use, in order: of a client that the rule set does not know, or without a key. */
export function findUnusedKeySets(
  register: PartyKeyRegister,
  parties: ReadonlyMap<string, Party>,
): readonly KeySetFault[] {
  const known = new Set(
    [...parties.values()].flatMap(({ id, people }) => [
      id,
      ...[...people.keys()].map((person) => formatClientId({ party: id, person })),
    ]),
  )
  return register
    .clients()
    .toSorted()
    .flatMap((client): readonly KeySetFault[] => {
      if (!known.has(client)) return [{ client, problem: 'unknown-client' }]
      const hasKey = (['sig', 'enc'] as const).some((use) => register.find(client, use).length > 0)
      return hasKey ? [] : [{ client, problem: 'no-key' }]
    })
}
