import { calculateJwkThumbprint, importJWK } from 'jose'
import { isKeyFor, isSignatureAlgorithm, SIGNATURE_ALGORITHMS } from '../auth/keys.ts'
import { isSealingKey, KEY_AGREEMENT } from '../delivery/keys.ts'
import { isCalendarDate } from '../encoding/calendar-date.ts'
import { parseClientId } from '../model/client-id.ts'
import type { LocalisedText } from '../model/language.ts'
import type { PublicJwk } from '../model/party.ts'

/** What a client hands to the operator: public keys, for whom they are and how long. A JWK Set (RFC 7517 §5) with two more members. */
export interface Handover {
  readonly client: string
  /** Last day on which the client uses these keys, `YYYY-MM-DD`. */
  readonly expires: string
  readonly keys: readonly PublicJwk[]
}

export type HandoverReading =
  | { readonly ok: true; readonly handover: Handover }
  /** Every fault, each with how to fix it; nothing of a key is quoted. */
  | { readonly ok: false; readonly faults: readonly LocalisedText[] }

/** Members of a private or symmetric key (RFC 7518 §6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
/** An RSA modulus of at least 2048 bits, in base64url. */
const LEAST_MODULUS_LENGTH = 342
const MAX_KEYS = 8

/** Reads a file of public keys and checks everything that does not depend on other clients. @param today `YYYY-MM-DD` */
export async function readHandover(text: string, today: string): Promise<HandoverReading> {
  const document = parse(text)
  const { client, expires, keys } = Object(document) as Record<string, unknown>
  if (
    !Array.isArray(keys) ||
    keys.length === 0 ||
    keys.length > MAX_KEYS ||
    !keys.every((key) => key instanceof Object)
  )
    return { ok: false, faults: [NO_KEY_SET] }
  const faults = [
    ...(isClient(client) ? [] : [NO_CLIENT]),
    ...(typeof expires === 'string' && isCalendarDate(expires) ? (expires < today ? [EXPIRED] : []) : [NO_EXPIRY]),
    ...(await Promise.all(keys.map((key, index) => findKeyFaults(key as Record<string, unknown>, index + 1)))).flat(),
    ...findSetFaults(keys as readonly Record<string, unknown>[]),
  ]
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, handover: { client: client as string, expires: expires as string, keys: keys as PublicJwk[] } }
}

/** The text of the file. */
export const formatHandover = ({ client, expires, keys }: Handover): string =>
  `${JSON.stringify({ client, expires, keys }, null, 2)}\n`

/** What two people compare by telephone: the thumbprint (RFC 7638) in groups of four. */
export const formatFingerprint = async (key: PublicJwk): Promise<string> =>
  (await calculateJwkThumbprint(key)).replace(/.{4}(?=.)/g, '$& ')

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isClient(client: unknown): client is string {
  try {
    return typeof client === 'string' && parseClientId(client) !== undefined
  } catch {
    return false
  }
}

async function findKeyFaults(
  key: Readonly<Record<string, unknown>>,
  number: number,
): Promise<readonly LocalisedText[]> {
  if (PRIVATE_MEMBERS.some((member) => member in key)) return [at(number, PRIVATE)]
  if (typeof key.kid !== 'string' || key.kid === '' || key.kid.length > 200) return [at(number, NO_KID)]
  if (key.use !== 'sig' && key.use !== 'enc') return [at(number, NO_USE)]
  const alg = key.alg ?? (key.use === 'enc' ? KEY_AGREEMENT : undefined)
  const isAllowed = key.use === 'enc' ? isSealingKey(key as PublicJwk) : isSignatureAlgorithm(alg) && isKeyFor(alg, key)
  if (!isAllowed) return [at(number, key.use === 'enc' ? OTHER_SEALING : OTHER_SIGNATURE)]
  if (key.kty === 'RSA' && String(key.n).length < LEAST_MODULUS_LENGTH) return [at(number, SHORT_RSA)]
  const isWhole = await importJWK({ ...key } as unknown as PublicJwk, String(alg)).then(
    () => true,
    () => false,
  )
  return isWhole ? [] : [at(number, BROKEN)]
}

function findSetFaults(keys: readonly Readonly<Record<string, unknown>>[]): readonly LocalisedText[] {
  const kids = keys.map(({ kid }) => kid)
  return [
    ...(new Set(kids).size < kids.length ? [KID_TWICE] : []),
    ...(keys.some(({ use }) => use === 'sig') ? [] : [NO_SIGNING_KEY]),
  ]
}

const at = (number: number, { nl, en }: LocalisedText): LocalisedText => ({
  nl: `sleutel ${number}: ${nl}`,
  en: `key ${number}: ${en}`,
})

const NO_KEY_SET: LocalisedText = {
  nl: `dit is geen bestand met 1 tot ${MAX_KEYS} openbare sleutels; geef het bestand dat \`sluis party keys\` maakte`,
  en: `this is not a file with 1 to ${MAX_KEYS} public keys; give the file that \`sluis party keys\` made`,
}
const NO_CLIENT: LocalisedText = {
  nl: '`client` ontbreekt of is geen partij of PARTIJ.PERSOON; vraag de partij om het hele bestand',
  en: '`client` is missing, or is no party or PARTY.PERSON; ask the party for the whole file',
}
const NO_EXPIRY: LocalisedText = {
  nl: '`expires` ontbreekt of is geen datum; de partij schrijft JJJJ-MM-DD',
  en: '`expires` is missing or no date; the party writes YYYY-MM-DD',
}
const EXPIRED: LocalisedText = {
  nl: 'de sleutels zijn verlopen; vraag de partij om nieuwe (`sluis party keys`)',
  en: 'the keys have expired; ask the party for new ones (`sluis party keys`)',
}
const PRIVATE: LocalisedText = {
  nl: 'dit is een private sleutel; gooi dit bestand weg, laat de partij nieuwe sleutels maken en vraag om het openbare bestand',
  en: 'this is a private key; delete this file, let the party make new keys, and ask for the public file',
}
const NO_KID: LocalisedText = {
  nl: '`kid` ontbreekt; geef elke sleutel een eigen naam',
  en: '`kid` is missing; give each key a name of its own',
}
const NO_USE: LocalisedText = {
  nl: '`use` is geen `sig` (ondertekenen) of `enc` (verzegelen); zeg waar de sleutel voor is',
  en: '`use` is not `sig` (signing) or `enc` (sealing); say what the key is for',
}
const OTHER_SIGNATURE: LocalisedText = {
  nl: `een sleutel om te ondertekenen heeft als \`alg\` een van ${SIGNATURE_ALGORITHMS.join(', ')}, met een sleutel van die soort`,
  en: `a signing key has as \`alg\` one of ${SIGNATURE_ALGORITHMS.join(', ')}, with a key of that kind`,
}
const OTHER_SEALING: LocalisedText = {
  nl: `een sleutel om voor te verzegelen is er een voor ${KEY_AGREEMENT} op P-256 of X25519`,
  en: `a sealing key is one for ${KEY_AGREEMENT} on P-256 or X25519`,
}
const SHORT_RSA: LocalisedText = {
  nl: 'de RSA-sleutel is korter dan 2048 bits; maak een langere of gebruik ES256',
  en: 'the RSA key is shorter than 2048 bits; make a longer one, or use ES256',
}
const BROKEN: LocalisedText = {
  nl: 'de sleutel is niet heel of ligt niet op zijn kromme; vraag de partij om het bestand opnieuw',
  en: 'the key is not whole, or not on its curve; ask the party for the file again',
}
const KID_TWICE: LocalisedText = {
  nl: 'twee sleutels hebben dezelfde `kid`; geef elke sleutel een eigen naam',
  en: 'two keys have the same `kid`; give each key a name of its own',
}
const NO_SIGNING_KEY: LocalisedText = {
  nl: 'er is geen sleutel om mee te ondertekenen (`use` `sig`); zonder die kan de partij geen token krijgen',
  en: 'there is no key to sign with (`use` `sig`); without one the party can get no token',
}
