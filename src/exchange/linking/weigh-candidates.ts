import { formatHex } from '../../encoding/bytes.ts'
import type { Keyring } from '../../ports/keys.ts'
import type { Candidate, LookupAnswer, MatchToken, StoredMention } from '../../ports/mentions.ts'
import { FIRST_COMPARED_FAMILY } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import { weighEvidence } from '../../pseudonym/evidence.ts'
import { withoutPadding } from '../../pseudonym/padding.ts'
import type { WeighedMention } from './decide-links.ts'

/** The match tokens of one mention, of one epoch. */
export interface Evidence {
  readonly epoch: number
  readonly tokens: readonly MatchToken[]
}

/** An earlier mention with its tokens, padding removed. */
export type KnownMention = Omit<StoredMention, 'tokens'> & Evidence

/** The tokens that a look-up searches by, of every epoch. */
export const listSearchTokens = (evidence: readonly Evidence[]): readonly Uint8Array[] =>
  evidence.flatMap(({ tokens }) =>
    tokens.filter(({ family }) => family < FIRST_COMPARED_FAMILY).map(({ token }) => token),
  )

/** Bounds the work for one data subject: comparing more mentions than this adds nothing about the persons behind them. */
export const MAX_CANDIDATES = 256

/**
 * Selects the candidates to compare. When there are more than the limit, each person gets a turn before any gets a second: first
 * the newest mention of each person, then the one before it, and so on. Left out are the oldest mentions of the persons mentioned
 * most, and, when there are more persons than the limit, the persons mentioned longest ago.
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

/** Reads earlier mentions, in the order of `ids`; mentions that were erased in the meantime are left out. */
export type ReadMentions = (ids: readonly string[]) => Promise<readonly KnownMention[]>

/**
 * Reads each mention of a domain once, however often it is requested; meant for one report, not for longer. A mention whose epoch is
 * no longer used for matching has no tokens.
 */
export function createMentionReader(
  { store, keyring }: { readonly store: Pick<Store, 'listMentions'>; readonly keyring: Keyring },
  domain: string,
): ReadMentions {
  const read = new Map<string, KnownMention>()
  const readAll = async (ids: readonly string[]): Promise<void> => {
    const byEpoch = Map.groupBy(await store.listMentions(ids), ({ epoch }) => epoch)
    for (const [epoch, mentions] of byEpoch) {
      const isMatching = keyring.epochs('match').includes(epoch)
      const known = isMatching ? await withoutPadding(keyring, { domain, epoch }, mentions) : []
      for (const [index, mention] of mentions.entries())
        read.set(mention.id, { ...mention, tokens: known[index] ?? [] })
    }
  }
  return async (ids) => {
    const unread = ids.filter((id) => !read.has(id))
    if (unread.length > 0) await readAll(unread)
    return ids.flatMap((id) => read.get(id) ?? [])
  }
}

/** Makes a test of whether a token is demoted: too many people share it, so it counts for nothing. */
export function createDemotion({ demoted }: Pick<LookupAnswer, 'demoted'>): (token: Uint8Array) => boolean {
  const hex = new Set(demoted.map(formatHex))
  return (token) => hex.size > 0 && hex.has(formatHex(token))
}

/** Weighs a new mention against earlier mentions, each in its own epoch; those without any evidence are left out. */
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
 * Whether the evidence of two mentions contradicts that they are one person, and no stronger evidence says that they are. Evidence of
 * different epochs cannot be compared.
 */
export function isContradicted(one: Evidence, other: Evidence): boolean {
  if (one.epoch !== other.epoch) return false
  const { verdict, contradicts } = weighEvidence(one.tokens, other.tokens, () => false)
  return contradicts && verdict !== 'automatic'
}
