import { formatHex } from '../encoding.ts'
import type { Candidate, LookupAnswer, MatchToken, StoredMention } from '../linking.ts'
import { FIRST_COMPARED_FAMILY } from '../linking.ts'
import { weighEvidence } from '../pseudonym/evidence.ts'
import { withoutPadding } from '../pseudonym/padding.ts'
import type { WeighedMention } from './decide-links.ts'
import type { Gateway } from './gateway.ts'

/** What is known of one mention, as match tokens of one epoch. */
export interface Evidence {
  readonly epoch: number
  readonly tokens: readonly MatchToken[]
}

/** A mention of before with what is known of it, the padding taken out. */
export type KnownMention = Omit<StoredMention, 'tokens'> & Evidence

/** The tokens that a look-up asks for, of every epoch. */
export const listSearchTokens = (evidence: readonly Evidence[]): readonly Uint8Array[] =>
  evidence.flatMap(({ tokens }) =>
    tokens.filter(({ family }) => family < FIRST_COMPARED_FAMILY).map(({ token }) => token),
  )

/** Bounds the work of one data subject: comparing more mentions than this tells nothing new about the persons behind them. */
export const MAX_CANDIDATES = 256

/**
 * The candidates that are compared. When there are more than the limit, every person is looked at before any is looked at
 * again: first the newest mention of each, then the one before it, and so on. What is left out are the oldest mentions of
 * persons that are mentioned most; and of more persons than the limit, those that were mentioned longest ago.
 */
export function selectCandidates(candidates: readonly Candidate[], limit = MAX_CANDIDATES): readonly Candidate[] {
  if (candidates.length <= limit) return candidates
  const turns = new Map<string, number>()
  const ranked = candidates.toReversed().map((candidate, recency) => {
    const turn = turns.get(candidate.personId) ?? 0
    turns.set(candidate.personId, turn + 1)
    return { candidate, turn, recency }
  })
  const selected = ranked.sort((one, other) => one.turn - other.turn || one.recency - other.recency).slice(0, limit)
  return selected.sort((one, other) => other.recency - one.recency).map(({ candidate }) => candidate)
}

/**
 * Mentions of before, in the order of `ids`. What was erased in the meantime is left out, and nothing is known any more of a
 * mention whose epoch no longer matches.
 */
export async function readMentions(
  { store, keyring }: Gateway,
  domain: string,
  ids: readonly string[],
): Promise<KnownMention[]> {
  if (ids.length === 0) return []
  const stored = new Map((await store.listMentions(ids)).map((mention) => [mention.id, mention]))
  const epochs = keyring.epochs('match')
  return Promise.all(
    ids.flatMap((id) => {
      const mention = stored.get(id)
      if (mention === undefined) return []
      const { epoch, tokens } = mention
      const place = { domain, epoch, mentionId: id }
      const known = epochs.includes(epoch) ? withoutPadding(keyring, place, tokens) : Promise.resolve([])
      return [known.then((tokens) => ({ ...mention, tokens }))]
    }),
  )
}

/** Whether a token counts for nothing, because too many people share it. */
export function createDemotion({ demoted }: Pick<LookupAnswer, 'demoted'>): (token: Uint8Array) => boolean {
  const hex = new Set(demoted.map(formatHex))
  return (token) => hex.size > 0 && hex.has(formatHex(token))
}

/** Compares a new mention with mentions of before, each in the epoch of that one; those that nothing speaks for are left out. */
export function weighMentions(
  evidence: readonly Evidence[],
  mentions: readonly (Evidence & { readonly id: string; readonly personId: string })[],
  isDemoted: (token: Uint8Array) => boolean,
): WeighedMention[] {
  return mentions.flatMap(({ id, personId, epoch, tokens }) => {
    const own = evidence.find((other) => other.epoch === epoch)
    if (own === undefined) return []
    const { verdict, score } = weighEvidence(own.tokens, tokens, isDemoted)
    return verdict === 'none' ? [] : [{ mentionId: id, personId, verdict, score }]
  })
}

/**
 * Whether something known of one mention cannot be so of the other, and nothing stronger says that they are one all the same.
 * Evidence of different epochs cannot be compared.
 */
export function isContradicted(one: Evidence, other: Evidence): boolean {
  if (one.epoch !== other.epoch) return false
  const { verdict, contradicts } = weighEvidence(one.tokens, other.tokens, () => false)
  return contradicts && verdict !== 'automatic'
}
