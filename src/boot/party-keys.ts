import { calculateJwkThumbprint } from 'jose'
import { formatHex } from '../encoding/bytes.ts'
import { daysAfter, isCalendarDate } from '../encoding/calendar-date.ts'
import { LocalisedError } from '../errors.ts'
import { formatClientId } from '../model/client-id.ts'
import { isExpired, type Party, type PublicJwk } from '../model/party.ts'
import type { PartyKeyRegister } from '../ports/keys.ts'

type KeySets = ReadonlyMap<string, readonly PublicJwk[]>

/**
 * Looks keys up by party and use.
 * @throws Error that names the clients, when a key set holds a private key or no date as `expires`, or two clients have one key
 */
export function createPartyKeys(keySets: KeySets): PartyKeyRegister {
  for (const [party, keys] of keySets) {
    // `k` is the secret of a symmetric key (RFC 7518 §6.4).
    if (keys.some((key) => 'd' in key || 'k' in key)) {
      throw new Error(`keys of ${party}: a private key among the public ones; a party keeps that to itself`)
    }
    if (!keys.every(({ expires }) => expires === undefined || isCalendarDate(expires))) {
      throw new Error(`keys of ${party}: \`expires\` is no date; write the last day of use as YYYY-MM-DD`)
    }
  }
  refuseSharedKeys(keySets)
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
 * @throws Error that names the party, for a key that is incomplete or there twice
 */
export async function openPartyKeys(keySets: KeySets): Promise<PartyKeyRegister> {
  const register = createPartyKeys(keySets)
  for (const party of keySets.keys()) {
    const prints = await Promise.all((['sig', 'enc'] as const).map((use) => register.thumbprints(party, use)))
    if (new Set(prints.flat()).size < prints.flat().length)
      throw new Error(`keys of ${party}: one key is there twice; leave one of the two`)
  }
  return register
}

/** What is amiss with the key set of one client, without stopping a gateway. */
export interface KeySetFault {
  readonly client: string
  readonly problem: 'unknown-client' | 'no-key' | 'key-expired' | 'key-expires-soon'
  /** Of a key that expires: its id, and its last day. */
  readonly kid?: string
  readonly expires?: string
}

/** How long before its last day a key is reported: time enough to make a new one and to compare fingerprints. */
export const EXPIRES_SOON_DAYS = 30

/** The keys that have expired or will within {@link EXPIRES_SOON_DAYS}, by client. @param day `YYYY-MM-DD` (`legalDate`) */
export function findExpiringKeys(register: PartyKeyRegister, day: string): readonly Required<KeySetFault>[] {
  const soon = daysAfter(day, EXPIRES_SOON_DAYS)
  return register
    .clients()
    .toSorted()
    .flatMap((client) =>
      (['sig', 'enc'] as const)
        .flatMap((use) => register.find(client, use))
        .filter((key) => isExpired(key, soon))
        .map((key) => ({
          client,
          problem: isExpired(key, day) ? ('key-expired' as const) : ('key-expires-soon' as const),
          kid: key.kid,
          expires: key.expires!,
        })),
    )
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

/** One holder of a key under two names would be the two people whom a second approval asks for. */
function refuseSharedKeys(keySets: ReadonlyMap<string, readonly PublicJwk[]>): void {
  const owners = new Map<string, string>()
  for (const [client, keys] of keySets) {
    for (const key of keys) {
      const material = formatMaterial(key)
      if (material === undefined) continue
      const owner = owners.get(material) ?? client
      if (owner !== client) {
        throw new LocalisedError({
          nl: `sleutels van ${owner} en ${client}: dezelfde sleutel bij twee partijen of personen; maak voor een van beide een nieuw sleutelpaar, en voeg het openbare deel daarvan toe`,
          en: `keys of ${owner} and ${client}: the same key under two clients; make a new key pair for one of them, and register its public half`,
        })
      }
      owners.set(material, client)
    }
  }
}

/**
 * What the private half belongs to, whatever the text of the key: an RSA modulus whatever its exponent, and a point by its x, since
 * the holder of one point has its mirror image too. A thumbprint (RFC 7638) is of the spelling, and one key has several.
 */
function formatMaterial({ kty, crv, n, x }: PublicJwk): string | undefined {
  const text = kty === 'RSA' ? n : x
  if (text === undefined) return undefined
  return `${kty} ${kty === 'RSA' ? '' : crv} ${formatHex(readLoosely(text)).replace(/^(00)+/, '')}`
}

/** The most lenient reading of base64url that an engine may have: spare bits, padding and foreign characters count for nothing. */
function readLoosely(text: string): Uint8Array {
  const digits = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '')
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits
  return Uint8Array.from(atob(whole), (char) => char.charCodeAt(0))
}
