import { formatHex } from '../encoding/bytes.ts'
import type { KeyPath, Keyring } from '../ports/keys.ts'
import type { MatchToken } from '../ports/mentions.ts'
import { FORM_VERSIONS } from './canonicalise/canonicalise.ts'
import type { CanonicalIdentifiers } from './canonicalise/identifiers.ts'
import { weighEvidence } from './evidence.ts'
import { formatLengthPrefixed } from './length-prefixed.ts'
import { MATCH_FAMILIES, type MatchFamily } from './match-families.ts'
import { findParts, KINDS_OF_PARTS, type PartName } from './match-parts.ts'

/** The match tokens of one person in one domain and epoch. */
export interface MatchKeys {
  readonly tokens: readonly MatchToken[]
  /** False when the identifiers are not enough to recognise the person again; then there are no tokens. */
  readonly isLinkable: boolean
}

const TOKEN_BYTES = 16

/**
 * Match tokens of one person in one domain and epoch: at most the size of every family, each token once, strongest evidence first,
 * in a fixed order. `MATCH_FAMILIES` defines their parts.
 *
 * A token is HMAC-SHA-256 over the length-prefixed parts, truncated to 128 bits. Its key is that of the domain, the epoch and the family's
 * key name with the newest of the `FORM_VERSIONS` of its kinds: a changed canonicalisation of names starts a new space of tokens with
 * names in them, those of numbers stay, and pseudonyms do not change.
 *
 * @throws RangeError for an epoch that is not in the keyring
 * @see RFC 2104
 */
export async function deriveMatchKeys(
  keyring: Keyring,
  domain: string,
  epoch: number,
  identifiers: CanonicalIdentifiers,
): Promise<MatchKeys> {
  const parts = findParts(identifiers)
  const tokens = new Map<string, MatchToken>()
  for (const family of MATCH_FAMILIES) {
    const messages = combine(family, parts)
    if (messages.length === 0) continue
    for (const code of await keyring.mac(pathOf(family, domain, epoch), messages)) {
      const token = code.slice(0, TOKEN_BYTES)
      // Names with one spelling make one token, of the first family.
      const name = formatHex(token)
      if (!tokens.has(name)) tokens.set(name, { family: family.id, token })
    }
  }
  const found = [...tokens.values()]
  const isLinkable = weighEvidence(found, found, () => false).verdict !== 'none'
  return { tokens: isLinkable ? found : [], isLinkable }
}

function pathOf({ key, parts }: MatchFamily, domain: string, epoch: number): KeyPath {
  const version = Math.max(...parts.flatMap((part) => KINDS_OF_PARTS[part]).map((kind) => FORM_VERSIONS[kind]))
  return { use: 'match', domain, family: `${key}/${version}`, epoch }
}

/** One message for every combination of values, those of the first-named values first. */
function combine(
  { parts: names, size }: MatchFamily,
  parts: Readonly<Record<PartName, readonly string[]>>,
): Uint8Array[] {
  const combinations = names.reduce<readonly (readonly string[])[]>(
    (heads, name) => heads.flatMap((head) => parts[name].map((value) => [...head, value])),
    [[]],
  )
  return combinations.slice(0, size).map(formatLengthPrefixed)
}
