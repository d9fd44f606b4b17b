import { expand } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Keyring } from '../ports.ts'
import type { Secret } from '../secret.ts'
import type { IdentifierKind, LocalisedText } from '../types.ts'
import { CANONICALISATION_VERSION, canonicalise } from './canonicalise/canonicalise.ts'
import { isCompleteDate } from './canonicalise/date.ts'
import { distinctiveParts } from './canonicalise/particles.ts'
import { frame } from './framing.ts'

/** Values, as they were sent, that a decision allows to feed a pseudonym; what is not here is not looked at. */
export type Identifiers = Readonly<Partial<Record<IdentifierKind, string>>>

export type DerivedTokens =
  | { readonly ok: true; readonly tokens: readonly Uint8Array[]; readonly isLinkable: boolean }
  | {
      readonly ok: false
      readonly faults: readonly { readonly kind: IdentifierKind; readonly detail: LocalisedText }[]
    }

type Canonical = Partial<Record<IdentifierKind, string>>

/** Kinds of evidence that link on their own, strongest first. */
const SINGLE_FAMILIES = ['bsn', 'v-nummer', 'documentnummer'] as const
const NAMES_AND_DATE = 'names-and-date-of-birth'
type TokenFamily = (typeof SINGLE_FAMILIES)[number] | typeof NAMES_AND_DATE

// Bounds the work and the tokens of one person at 24 pairs; the first parts of a name are those that reports agree on.
const MAX_GIVEN_PARTS = 6
const MAX_FAMILY_PARTS = 4

/**
 * Match tokens of one person in one domain and epoch, strongest evidence first, each once, always in the same order: a token
 * (32 bytes) for every identity number, then one for every pair of a given-name part and a family-name part with the full
 * date of birth. A pair has no order, so that swapped name fields still match.
 *
 * Nothing weaker becomes a token: no single name, no incomplete date, no two family names (twins have those in common).
 * Telephone numbers and e-mail addresses are checked but link nothing, because people share and pass them on.
 *
 * A token is HMAC-SHA-256 over the framed canonical parts. Its key is expanded from the match key of the domain and epoch
 * with the family and `CANONICALISATION_VERSION`: a token of one family can never equal one of another, and a changed
 * canonicalisation opens a new space of tokens while pseudonyms stay as they are.
 *
 * @returns every identifier that fails its check, or the tokens; `isLinkable` is false when there are none
 * @throws RangeError for an epoch the keyring does not hold
 * @see RFC 2104, RFC 5869 §2.3
 */
export function deriveTokens(keyring: Keyring, domain: string, epoch: number, identifiers: Identifiers): DerivedTokens {
  const canonical: Canonical = {}
  const faults: { kind: IdentifierKind; detail: LocalisedText }[] = []
  for (const [kind, value] of Object.entries(identifiers) as [IdentifierKind, string][]) {
    const result = canonicalise(kind, value)
    if (result.ok) canonical[kind] = result.canonical
    else faults.push({ kind, detail: result.detail })
  }
  if (faults.length > 0) return { ok: false, faults }

  const matchKey = keyring.derive('match', domain, epoch)
  const tokens: Uint8Array[] = []
  for (const family of SINGLE_FAMILIES) {
    const number = canonical[family]
    if (number !== undefined) tokens.push(hmac(sha256, familyKey(matchKey, family), frame([number])))
  }
  const pairs = namePairs(canonical)
  if (pairs.length > 0) {
    const key = familyKey(matchKey, NAMES_AND_DATE)
    for (const [one, other] of pairs) tokens.push(hmac(sha256, key, frame([one, other, canonical.geboortedatum!])))
  }
  return { ok: true, tokens, isLinkable: tokens.length > 0 }
}

const familyKey = (matchKey: Secret, family: TokenFamily): Uint8Array =>
  expand(sha256, matchKey.reveal(), frame(['match-family', String(CANONICALISATION_VERSION), family]), 32)

/** Pairs of different name parts, each pair in code unit order; those of the first-named parts come first. */
function namePairs({ voornaam, achternaam, geboortedatum }: Canonical): readonly (readonly [string, string])[] {
  if (voornaam === undefined || achternaam === undefined) return []
  if (geboortedatum === undefined || !isCompleteDate(geboortedatum)) return []
  const [given, family] = withoutOverlap(distinctiveParts(voornaam, 'given'), distinctiveParts(achternaam, 'family'))

  const ranked: { rank: number; pair: readonly [string, string] }[] = []
  for (const [i, one] of given.slice(0, MAX_GIVEN_PARTS).entries()) {
    for (const [j, other] of family.slice(0, MAX_FAMILY_PARTS).entries()) {
      ranked.push({ rank: i + j, pair: one < other ? [one, other] : [other, one] })
    }
  }
  // Parts are different within a field and the fields share none, so no pair occurs twice. The sort is stable.
  return ranked.sort((a, b) => a.rank - b.rank).map(({ pair }) => pair)
}

/**
 * A full name in one of the fields would pair a family name with another one. What stands in both fields therefore counts
 * only where it is the rest of the name: as family name when the given names hold more, else as given name.
 */
function withoutOverlap(
  given: readonly string[],
  family: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const onlyGiven = given.filter((part) => !family.includes(part))
  if (onlyGiven.length > 0) return [onlyGiven, family]
  return [given, family.filter((part) => !given.includes(part))]
}
