import type { Keyring, RandomBytes } from '../ports/keys.ts'
import type { MatchToken } from '../ports/mentions.ts'
import { formatLengthPrefixed } from './length-prefixed.ts'
import { MATCH_FAMILIES } from './match-families.ts'

/** Real tokens and padding have the same length, so that they cannot be distinguished. */
const TOKEN_BYTES = 16
const TOKENS_OF_A_MENTION = MATCH_FAMILIES.reduce((sum, { size }) => sum + size, 0)
/** Not a token but a bit mask in the form of one: which of the others are real, encrypted with a key stream. */
const MASK_FAMILY = 255

/** Domain and epoch of the tokens; the key stream depends on both and on the mention. */
export interface TokenPlace {
  readonly domain: string
  readonly epoch: number
}

/** A mention and its tokens. */
interface Mention {
  readonly id: string
  readonly tokens: readonly MatchToken[]
}

/**
 * The tokens of a mention in stored form: the same number per family for every mention, in random order, so that neither number nor
 * order reveals how long a name is or which identifiers were present. Padding is random. A key stream masks which tokens are real,
 * so that the gateway can distinguish them and a thief of the database cannot.
 *
 * @throws RangeError when a family has more tokens than its size
 */
export async function padTokens(
  { keyring, random }: { readonly keyring: Keyring; readonly random: RandomBytes },
  place: TokenPlace,
  { id: mentionId, tokens }: Mention,
): Promise<readonly MatchToken[]> {
  const realByFamily = Map.groupBy(tokens, ({ family }) => family)
  // Each call for randomness is expensive, so there is one; bytes at the position of a real token are not used.
  const noise = random(TOKENS_OF_A_MENTION * TOKEN_BYTES)
  const padded: (MatchToken & { readonly isReal: boolean })[] = []
  for (const { id, size } of MATCH_FAMILIES) {
    const ofFamily = (realByFamily.get(id) ?? []).map((token) => ({ ...token, isReal: true }))
    if (ofFamily.length > size) throw new RangeError('match tokens: a family has more than its size; derive them again')
    while (ofFamily.length < size) {
      const start = (padded.length + ofFamily.length) * TOKEN_BYTES
      ofFamily.push({ family: id, token: noise.slice(start, start + TOKEN_BYTES), isReal: false })
    }
    padded.push(...ofFamily.sort(byBytes))
  }
  const [mask] = await deriveKeyStreams(keyring, place, [mentionId])
  for (const [position, { isReal }] of padded.entries()) if (isReal) flipBit(mask!, position)
  return [...padded.map(({ family, token }) => ({ family, token })), { family: MASK_FAMILY, token: mask! }]
}

/** The real tokens of every mention, in the order of `mentions`; none when its tokens were removed. */
export async function withoutPadding(
  keyring: Keyring,
  place: TokenPlace,
  mentions: readonly Mention[],
): Promise<readonly (readonly MatchToken[])[]> {
  const ids = mentions.map(({ id }) => id)
  const streams = await deriveKeyStreams(keyring, place, ids)
  return mentions.map(({ tokens }, index) => {
    const mask = tokens.find(({ family }) => family === MASK_FAMILY)?.token
    if (mask === undefined) return []
    return tokens.filter(
      ({ family }, position) => family !== MASK_FAMILY && bitAt(mask, position) !== bitAt(streams[index]!, position),
    )
  })
}

/** Order of bytes that are keyed or random, so their order reveals nothing. */
function byBytes({ token: one }: MatchToken, { token: other }: MatchToken): number {
  const place = one.findIndex((byte, index) => byte !== other[index])
  return place < 0 ? 0 : one[place]! - other[place]!
}

/** One bit for each token of a mention: 128, more than all families together. */
async function deriveKeyStreams(
  keyring: Keyring,
  { domain, epoch }: TokenPlace,
  mentionIds: readonly string[],
): Promise<Uint8Array[]> {
  const messages = mentionIds.map((id) => formatLengthPrefixed([id]))
  const codes = await keyring.mac({ use: 'padding', domain, family: '', epoch }, messages)
  return codes.map((code) => code.slice(0, TOKEN_BYTES))
}

const bitAt = (bytes: Uint8Array, position: number): number => (bytes[position >> 3]! >> (position & 7)) & 1

function flipBit(bytes: Uint8Array, position: number): void {
  bytes[position >> 3] = bytes[position >> 3]! ^ (1 << (position & 7))
}
