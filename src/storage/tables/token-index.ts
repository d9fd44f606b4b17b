import { sha256 } from '@noble/hashes/sha2.js'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { formatHex, formatUtf8 } from '../../encoding/bytes.ts'
import type { Candidate, Lookup, LookupAnswer, MatchToken } from '../../ports/mentions.ts'
import { FIRST_COMPARED_FAMILY } from '../../ports/mentions.ts'
import { matchToken, mention } from './link-schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

const TOKEN_BYTES = 16
/** A packed token: one byte of family, then the token. */
const PACKED_BYTES = 1 + TOKEN_BYTES
/**
 * Most mentions of one person that a lookup returns, oldest first. A person may be reported a thousand times; later mentions add
 * little to the first ones, and the work must be bounded.
 */
const MENTIONS_PER_PERSON = 4

/**
 * Index from tokens to the mentions that have them. Synchronous, so that a commit can repeat a lookup inside its transaction.
 *
 * The cost of a record here is the number of pages it touches: every token is on a random page. So a token is in one B-tree, and one
 * statement finds which tokens of a lookup exist. Rows are inserted one by one: SQLite copies every page that a statement of many
 * rows changes, to be able to undo that statement alone.
 */
export interface TokenIndex {
  find(lookup: Lookup): LookupAnswer
  /** Adds the searchable tokens of a mention. */
  add(mentionSeq: number, tokens: readonly MatchToken[]): void
  /** Undoes `add`, while the mention still exists. */
  remove(mentionSeq: number): void
  /** Removes every token of a match epoch from the index, and tokens and own codes from its mentions. Reads the whole index. */
  dropEpoch(epoch: number): void
}

type Found = Candidate & { readonly seq: number }

export function createTokenIndex(db: SqliteDatabase): TokenIndex {
  const seq = sql.placeholder('seq')
  const token = sql.placeholder('token')
  const epoch = sql.placeholder('epoch')
  const known = db
    .select({ position: sql<number>`position` })
    .from(sql`(with recursive list(position) as (
      select 0 union all select position + 1 from list where position + 1 < ${sql.placeholder('count')}
    ) select position from list)`)
    .where(sql`exists (select 1 from ${matchToken} where ${matchToken.token} = ${tokenAt(sql`position`)})`)
    .prepare()
  const byToken = db
    .select({ seq: mention.seq, mentionId: mention.id, personId: mention.personId, epoch: mention.epoch })
    .from(matchToken)
    .innerJoin(mention, eq(mention.seq, matchToken.mention))
    .where(and(eq(matchToken.token, token), eq(mention.domain, sql.placeholder('domain'))))
    .orderBy(asc(matchToken.mention))
    .limit(sql.placeholder('limit'))
    .prepare()
  const insert = prepareInsert(db, matchToken, 'ignore')
  const tokensOf = db.select({ packed: mention.tokens }).from(mention).where(eq(mention.seq, seq)).prepare()
  const remove = db
    .delete(matchToken)
    .where(and(eq(matchToken.token, token), eq(matchToken.mention, seq)))
    .prepare()
  const removeEpoch = db
    .delete(matchToken)
    .where(sql`${matchToken.mention} in (select ${mention.seq} from ${mention} where ${mention.epoch} = ${epoch})`)
    .prepare()
  const emptyEpoch = db
    .update(mention)
    .set({ tokens: new Uint8Array(), ownCodes: new Uint8Array() })
    .where(eq(mention.epoch, epoch))
    .prepare()

  /** Mentions with a token, oldest first; undefined when they are of too many persons. */
  const findBlock = ({ domain, blockLimit }: Lookup, token: Uint8Array): readonly Found[] | undefined => {
    const areTooMany = (found: readonly Found[]) => new Set(found.map(({ personId }) => personId)).size > blockLimit
    const first = byToken.all({ token, domain, limit: blockLimit + 1 })
    if (first.length <= blockLimit) return first
    const block = areTooMany(first) ? first : byToken.all({ token, domain, limit: blockLimit * MENTIONS_PER_PERSON })
    return areTooMany(block) ? undefined : block
  }

  return {
    find(lookup) {
      const { tokens } = lookup
      const candidates = new Map<number, Found>()
      const demoted: Uint8Array[] = []
      const packed = packTokens(tokens.map((token) => ({ family: 0, token })))
      for (const { position } of known.all({ packed, count: tokens.length })) {
        const block = findBlock(lookup, tokens[position]!)
        if (block === undefined) demoted.push(tokens[position]!)
        else for (const found of block) candidates.set(found.seq, found)
      }
      const inOrder = [...candidates.values()].sort((one, other) => one.seq - other.seq)
      return {
        candidates: inOrder.map(({ mentionId, personId, epoch }) => ({ mentionId, personId, epoch })),
        demoted,
        fingerprint: fingerprint([
          [...new Set(inOrder.map(({ personId }) => personId))].sort(),
          demoted.map(formatHex).sort(),
        ]),
      }
    },
    add(seq, tokens) {
      for (const { family, token } of tokens) if (family < FIRST_COMPARED_FAMILY) insert({ token, mention: seq })
    },
    remove(seq) {
      for (const { token } of unpackTokens(tokensOf.get({ seq })!.packed)) remove.run({ token, seq })
    },
    dropEpoch(epoch) {
      removeEpoch.run({ epoch })
      emptyEpoch.run({ epoch })
    },
  }
}

/** The tokens of a mention one after another, 17 bytes each: the family, then the token. */
export function packTokens(tokens: readonly MatchToken[]): Uint8Array {
  const bytes = new Uint8Array(tokens.length * PACKED_BYTES)
  for (const [position, { family, token }] of tokens.entries()) {
    if (token.length !== TOKEN_BYTES) throw new RangeError('match token: is not 16 bytes long; cut it to that')
    bytes[position * PACKED_BYTES] = family
    bytes.set(token, position * PACKED_BYTES + 1)
  }
  return bytes
}

export const unpackTokens = (bytes: Uint8Array): readonly MatchToken[] =>
  Array.from({ length: bytes.length / PACKED_BYTES }, (_, position) => {
    const start = position * PACKED_BYTES
    return { family: bytes[start]!, token: bytes.slice(start + 1, start + PACKED_BYTES) }
  })

/** Makes a test of whether packed tokens contain one of these; a hundred times cheaper than to unpack them. */
export function createTokenTest(wanted: readonly Uint8Array[]): (packed: Uint8Array) => boolean {
  const byStart = Map.groupBy(wanted, (token) => viewOf(token).getUint32(0))
  return (packed) => {
    const view = viewOf(packed)
    for (let start = 1; start < packed.length; start += PACKED_BYTES) {
      const similar = byStart.get(view.getUint32(start))
      if (similar?.some((token) => token.every((byte, index) => byte === packed[start + index]))) return true
    }
    return false
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The token at a position of the parameter `packed`, in SQL. */
const tokenAt = (position: SQL): SQL =>
  sql`substr(${sql.placeholder('packed')}, ${position} * ${sql.raw(String(PACKED_BYTES))} + 2, ${sql.raw(String(TOKEN_BYTES))})`

/** A digest of a lookup's answer, to detect changes. Different answers never share one. */
export const fingerprint = (reading: unknown): string =>
  formatHex(sha256(formatUtf8(JSON.stringify(reading))).subarray(0, 16))
