import { formatHex } from '../encoding.ts'
import type { MatchToken } from '../linking.ts'
import type { Keyring, RandomBytes } from '../ports.ts'
import { frame } from './framing.ts'
import { MATCH_FAMILIES } from './match-families.ts'

/** Real tokens and padding have the same length, or they could be told apart. */
const TOKEN_BYTES = 16
/** Not a token but, in the shape of one, which of the others are real: a bit for each, under a key stream. */
const MASK_FAMILY = 255

/** Where the tokens of a mention belong; the key stream is of this place and no other. */
export interface TokenPlace {
  readonly domain: string
  readonly epoch: number
  readonly mentionId: string
}

/**
 * The tokens of a mention as they are stored: of every family as many as any mention has, in an order that comes from chance,
 * so that neither number nor order tells how long a name is or which identifiers were there. Padding is random. Which tokens
 * are real is masked with a key stream, so that the gateway can tell and a thief of the database cannot.
 *
 * @throws RangeError when a family has more tokens than its size
 */
export async function padTokens(
  { keyring, random }: { readonly keyring: Keyring; readonly random: RandomBytes },
  place: TokenPlace,
  tokens: readonly MatchToken[],
): Promise<readonly MatchToken[]> {
  const padded = MATCH_FAMILIES.flatMap(({ id, size }) => {
    const real = tokens.filter(({ family }) => family === id)
    if (real.length > size) throw new RangeError('match tokens: a family has more than its size; derive them again')
    const padding = Array.from({ length: size - real.length }, () => ({ family: id, token: random(TOKEN_BYTES) }))
    return [...real.map((token) => mark(token, true)), ...padding.map((token) => mark(token, false))]
  })
  padded.sort((one, other) => one.family - other.family || (one.sortKey < other.sortKey ? -1 : 1))
  const mask = await deriveKeyStream(keyring, place)
  for (const [position, { isReal }] of padded.entries()) if (isReal) flipBit(mask, position)
  return [...padded.map(({ family, token }) => ({ family, token })), { family: MASK_FAMILY, token: mask }]
}

/** The real ones among the stored tokens of a mention; none when its tokens are gone. */
export async function withoutPadding(
  keyring: Keyring,
  place: TokenPlace,
  tokens: readonly MatchToken[],
): Promise<readonly MatchToken[]> {
  const masked = tokens.find(({ family }) => family === MASK_FAMILY)?.token
  if (masked === undefined) return []
  const stream = await deriveKeyStream(keyring, place)
  return tokens.filter(
    ({ family }, position) => family !== MASK_FAMILY && bitAt(masked, position) !== bitAt(stream, position),
  )
}

// A sort by bytes that depend on a key or on chance is an order that tells nothing.
const mark = (token: MatchToken, isReal: boolean) => ({ ...token, isReal, sortKey: formatHex(token.token) })

/** One bit for each token that a mention can have: 128, far more than all families together. */
async function deriveKeyStream(keyring: Keyring, { domain, epoch, mentionId }: TokenPlace): Promise<Uint8Array> {
  const [code] = await keyring.mac({ use: 'padding', domain, family: '', epoch }, [frame([mentionId])])
  return code!.slice(0, TOKEN_BYTES)
}

const bitAt = (bytes: Uint8Array, position: number): number => (bytes[position >> 3]! >> (position & 7)) & 1

function flipBit(bytes: Uint8Array, position: number): void {
  bytes[position >> 3] = bytes[position >> 3]! ^ (1 << (position & 7))
}
