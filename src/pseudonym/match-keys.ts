import { formatHex } from '../encoding/bytes.ts'
import type { IdentifierKind, Identifiers, IdentifierValue } from '../model/identifier.ts'
import type { LocalisedText } from '../model/language.ts'
import type { KeyPath, Keyring } from '../ports/keys.ts'
import type { MatchToken } from '../ports/mentions.ts'
import { CANONICALISATION_VERSION, canonicalise } from './canonicalise/canonicalise.ts'
import { weighEvidence } from './evidence.ts'
import { frame } from './framing.ts'
import { MATCH_FAMILIES, type MatchFamily } from './match-families.ts'
import { type CanonicalIdentifiers, findParts, type PartName } from './match-parts.ts'

export type DerivedMatchKeys =
  | { readonly ok: true; readonly tokens: readonly MatchToken[]; readonly isLinkable: boolean }
  | { readonly ok: false; readonly faults: readonly IdentifierFault[] }

export interface IdentifierFault {
  readonly kind: IdentifierKind
  /** What is wrong and how to mend it; never the value. */
  readonly detail: LocalisedText
}

const TOKEN_BYTES = 16

/**
 * Match tokens of one person in one domain and epoch: of every family at most its size, each token once, strongest evidence
 * first, and always in the same order. `MATCH_FAMILIES` says what they are made of.
 *
 * A token is HMAC-SHA-256 over the framed parts, cut to 128 bits. Its key is that of the domain, the epoch and the family's
 * key name with `CANONICALISATION_VERSION`: a changed canonicalisation opens a new space of tokens, and pseudonyms stay as they
 * are.
 *
 * @returns every identifier that fails its check, or the tokens; none, and not linkable, when they could not find the same
 *   person again by the same identifiers
 * @throws RangeError for an epoch the keyring does not hold
 * @see RFC 2104
 */
export async function deriveMatchKeys(
  keyring: Keyring,
  domain: string,
  epoch: number,
  identifiers: Identifiers,
): Promise<DerivedMatchKeys> {
  const { canonical, faults } = canonicaliseAll(identifiers)
  if (faults.length > 0) return { ok: false, faults }

  const parts = findParts(canonical)
  const tokens = new Map<string, MatchToken>()
  for (const family of MATCH_FAMILIES) {
    const messages = combine(family, parts)
    if (messages.length === 0) continue
    for (const code of await keyring.mac(pathOf(family, domain, epoch), messages)) {
      const token = code.slice(0, TOKEN_BYTES)
      // Names that are spelled alike are one token, of the family that comes first.
      const name = formatHex(token)
      if (!tokens.has(name)) tokens.set(name, { family: family.id, token })
    }
  }
  const found = [...tokens.values()]
  const isLinkable = weighEvidence(found, found, () => false).verdict !== 'none'
  return { ok: true, tokens: isLinkable ? found : [], isLinkable }
}

function canonicaliseAll(identifiers: Identifiers): { canonical: CanonicalIdentifiers; faults: IdentifierFault[] } {
  const canonical: Partial<Record<IdentifierKind, readonly string[]>> = {}
  const faults: IdentifierFault[] = []
  for (const [kind, values] of Object.entries(identifiers) as [IdentifierKind, readonly IdentifierValue[]][]) {
    const forms = new Set<string>()
    for (const value of values) {
      const result = canonicalise(kind, value)
      if (!result.ok) faults.push({ kind, detail: result.detail })
      else if (result.canonical !== undefined) forms.add(result.canonical)
    }
    canonical[kind] = [...forms]
  }
  return { canonical, faults }
}

const pathOf = ({ key }: MatchFamily, domain: string, epoch: number): KeyPath => ({
  use: 'match',
  domain,
  family: `${key}/${CANONICALISATION_VERSION}`,
  epoch,
})

/** One message for every combination of values, those of the first-named values first. */
function combine(
  { parts: names, size }: MatchFamily,
  parts: Readonly<Record<PartName, readonly string[]>>,
): Uint8Array[] {
  const combinations = names.reduce<readonly (readonly string[])[]>(
    (heads, name) => heads.flatMap((head) => parts[name].map((value) => [...head, value])),
    [[]],
  )
  return combinations.slice(0, size).map(frame)
}
