import { sha256 } from '@noble/hashes/sha2.js'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { formatHex, formatUtf8 } from '../encoding.ts'
import type { Candidate, Lookup, LookupAnswer, MatchToken } from '../linking.ts'
import { FIRST_COMPARED_FAMILY } from '../linking.ts'
import { matchToken, mention } from './link-schema.ts'
import type { SqliteDatabase } from './statements.ts'

const TOKEN_BYTES = 16
/** A packed token: one byte of family, then the token. */
const PACKED_BYTES = 1 + TOKEN_BYTES
const FIRST_COMPARED = sql.raw(`x'${FIRST_COMPARED_FAMILY.toString(16)}'`)
/**
 * How many mentions of each person that is let through are looked at, oldest first. Somebody may be reported a thousand
 * times; the later mentions have little to say that the first have not, and the work must have an end.
 */
const MENTIONS_PER_PERSON = 4

/**
 * Which mentions have a token in common with somebody. Synchronous, so that a commit can ask again inside its transaction.
 *
 * What a record costs here is the pages it touches: every token is a random one, whatever the order of things. So a token is
 * in one tree, all tokens of a mention go in or out in one statement, and one statement finds which of a question are there.
 */
export interface TokenIndex {
  find(lookup: Lookup): LookupAnswer
  /** Makes the tokens of a mention lead to it, those of kinds that are searched by. */
  add(mentionSeq: number, packed: Uint8Array): void
  /** Undoes `add`; the mention is still there. */
  remove(mentionSeq: number): void
  /** Takes every token of a match epoch out of the index and off its mentions. Reads the whole index. */
  dropEpoch(epoch: number): void
}

type Found = Candidate & { readonly seq: number; readonly domain: string }

export function createTokenIndex(db: SqliteDatabase): TokenIndex {
  const seq = sql.placeholder('seq')
  const packed = sql.placeholder('packed')
  const epoch = sql.placeholder('epoch')
  const known = db
    .select({ position: sql<number>`position` })
    .from(sql`(${unpack(sql`${packed}`)})`)
    .where(sql`exists (select 1 from ${matchToken} where ${matchToken.token} = unpacked)`)
    .prepare()
  const byToken = db
    .select({ seq: matchToken.mention })
    .from(matchToken)
    .where(eq(matchToken.token, sql.placeholder('token')))
    .orderBy(asc(matchToken.mention))
    .limit(sql.placeholder('limit'))
    .prepare()
  const bySeq = db
    .select({
      seq: mention.seq,
      mentionId: mention.id,
      personId: mention.personId,
      epoch: mention.epoch,
      domain: mention.domain,
    })
    .from(mention)
    .where(eq(mention.seq, seq))
    .prepare()
  const add = db
    .insert(matchToken)
    .select(sql`select distinct unpacked, ${seq} from (${unpack(sql`${packed}`)}) where family < ${FIRST_COMPARED}`)
    .prepare()
  const ownTokens = sql`(select ${mention.tokens} from ${mention} where ${mention.seq} = ${seq})`
  const remove = db
    .delete(matchToken)
    .where(and(eq(matchToken.mention, seq), sql`${matchToken.token} in (select unpacked from (${unpack(ownTokens)}))`))
    .prepare()
  const removeEpoch = db
    .delete(matchToken)
    .where(sql`${matchToken.mention} in (select ${mention.seq} from ${mention} where ${mention.epoch} = ${epoch})`)
    .prepare()
  const emptyEpoch = db.update(mention).set({ tokens: new Uint8Array() }).where(eq(mention.epoch, epoch)).prepare()

  return {
    find({ domain, tokens, blockLimit }) {
      const met = new Map<number, Found>()
      const read = (rows: readonly { seq: number }[]): Found[] =>
        rows.flatMap(({ seq }) => {
          const found = met.get(seq) ?? bySeq.get({ seq })
          if (found?.domain !== domain) return []
          met.set(seq, found)
          return [found]
        })
      const isTooCommon = (found: readonly Found[]) => new Set(found.map(({ personId }) => personId)).size > blockLimit

      const candidates = new Map<number, Found>()
      const demoted: Uint8Array[] = []
      const query = packTokens(tokens.map((token) => ({ family: 0, token })))
      for (const { position } of known.all({ packed: query })) {
        const token = tokens[position]!
        let found = read(byToken.all({ token, limit: blockLimit + 1 }))
        if (found.length > blockLimit && !isTooCommon(found)) {
          found = read(byToken.all({ token, limit: blockLimit * MENTIONS_PER_PERSON }))
        }
        if (isTooCommon(found)) demoted.push(token)
        else for (const one of found) candidates.set(one.seq, one)
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
    add(seq, packed) {
      add.run({ seq, packed })
    },
    remove(seq) {
      remove.run({ seq })
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

/** A query with a row (`position`, `family` as a blob, `unpacked`) for every packed token; `packed` is asked for its length and its parts. */
function unpack(packed: SQL): SQL {
  const width = sql.raw(String(PACKED_BYTES))
  return sql`with recursive list(packed) as (select ${packed}), part(position) as (
    select 0 from list where length(packed) > 0
    union all select position + 1 from part, list where (position + 1) * ${width} < length(packed)
  ) select position, substr(packed, position * ${width} + 1, 1) as family,
    substr(packed, position * ${width} + 2, ${sql.raw(String(TOKEN_BYTES))}) as unpacked from part, list`
}

/** A short digest of what was read, to see whether it is still the same. Two different readings never share one. */
export const fingerprint = (reading: unknown): string =>
  formatHex(sha256(formatUtf8(JSON.stringify(reading))).subarray(0, 16))
