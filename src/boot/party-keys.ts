import { calculateJwkThumbprint } from 'jose'
import { formatHex } from '../encoding/bytes.ts'
import type { PublicJwk } from '../model/party.ts'
import type { PartyKeyRegister } from '../ports/keys.ts'

/**
 * Looks keys up by party and use.
 * @throws Error that names the clients, when a key set holds a private key or two clients have one key
 */
export function createPartyKeys(keySets: ReadonlyMap<string, readonly PublicJwk[]>): PartyKeyRegister {
  for (const [party, keys] of keySets) {
    if (keys.some((key) => 'd' in key)) {
      throw new Error(`keys of ${party}: a private key among the public ones; a party keeps that to itself`)
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
    find,
    thumbprints: (party, use) => Promise.all(find(party, use).map((key) => thumbprint(party, key))),
  }
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
        throw new Error(
          `keys of ${owner} and ${client}: the same key under two clients; make a new key pair for one of them, and register its public half`,
        )
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
