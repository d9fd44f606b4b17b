import Database from 'better-sqlite3'
import type { MatchToken, NewMention } from '../src/ports/mentions.ts'
import { FIRST_COMPARED_FAMILY } from '../src/ports/mentions.ts'
import { deriveMatchKeys } from '../src/pseudonym/match-keys.ts'
import { formOwnCodes } from '../src/pseudonym/own-codes.ts'
import { padTokens } from '../src/pseudonym/padding.ts'
import { newPersonId } from '../src/pseudonym/pseudonym.ts'
import { packTokens } from '../src/storage/tables/token-index.ts'
import type { GeneratedRecord } from '../src/synthetic/record.ts'
import { generateRecords } from '../src/synthetic/records.ts'
import { type Linker, NO_LINKS } from './linker.ts'
import { identifiersOf } from './people.ts'

/** The pseudonym domain that everybody is in. */
export const DOMAIN = 'comensha-registratie'
const EPOCH = 1
/** Mentions of one exchange, and exchanges of one transaction, while a database is filled. */
const MENTIONS_AT_ONCE = 256
const EXCHANGES_AT_ONCE = 64
/** Transactions in which a whole range of tokens is written, in their order. */
const RANGES = 32

export interface People {
  /** The next person to store; undefined when they are used up. */
  next(): GeneratedRecord | undefined
  taken(): number
  /** Half of them further records of persons that were stored, half records of persons that never are. */
  takeMeasured(count: number): readonly GeneratedRecord[]
}

/** Generated people: `stored` to fill a database with, and enough others to measure `measured` records. */
export function createPeople(stored: number, measured: number, seed: number): People {
  const first = new Map<string, GeneratedRecord>()
  const again = new Map<string, GeneratedRecord>()
  for (const record of generateRecords({ people: stored + measured, seed })) {
    if (!first.has(record.persoon)) first.set(record.persoon, record)
    else if (!again.has(record.persoon)) again.set(record.persoon, record)
  }
  const everybody = [...first.values()]
  const strangers = everybody.splice(stored)
  const returning = new Set<string>()
  let taken = 0
  return {
    next: () => everybody[taken++],
    taken: () => Math.min(taken, stored),
    takeMeasured(count) {
      const known = everybody
        .slice(0, taken)
        .toReversed()
        .flatMap(({ persoon }) => (returning.has(persoon) ? [] : (again.get(persoon) ?? [])))
        .slice(0, count / 2)
      for (const { persoon } of known) returning.add(persoon)
      return known.flatMap((record) => [record, strangers.pop()!])
    },
  }
}

/** The tokens of a mention, as the gateway makes them. */
export async function deriveTokens({ gateway }: Linker, id: string, record: GeneratedRecord) {
  const derived = await deriveMatchKeys(gateway.keyring, DOMAIN, EPOCH, identifiersOf(record))
  return padTokens(gateway, { domain: DOMAIN, epoch: EPOCH }, { id, tokens: derived.tokens })
}

/**
 * Stores generated persons, one mention each, through the store of every linker, which share a keyring; nobody is looked up.
 * @returns how many there were
 */
export async function storePeople(
  linkers: readonly [Linker, ...Linker[]],
  people: Pick<People, 'next'>,
  count: number,
): Promise<number> {
  const { gateway } = linkers[0]
  const nobody = { domain: DOMAIN, tokens: [], blockLimit: 1 }
  const { fingerprint } = await gateway.store.findCandidates(nobody)
  let stored = 0
  for (let isMore = true; isMore && stored < count; ) {
    const exchanges: NewMention[][] = []
    while (isMore && stored < count && exchanges.length < EXCHANGES_AT_ONCE) {
      const mentions: NewMention[] = []
      while (stored < count && mentions.length < MENTIONS_AT_ONCE) {
        const record = people.next()
        if (!record) {
          isMore = false
          break
        }
        const id = newPersonId(gateway.random)
        mentions.push({
          id,
          dataSubject: mentions.length,
          domain: DOMAIN,
          personId: id,
          isLinkable: true,
          epoch: EPOCH,
          pseudonymEpoch: EPOCH,
          tokens: await deriveTokens(linkers[0], id, record),
          ownCodes: await formOwnCodes(
            gateway.keyring,
            { sender: 'politie', epoch: EPOCH },
            { id, identifiers: identifiersOf(record) },
          ),
          lookup: nobody,
          fingerprint,
        })
        stored++
      }
      exchanges.push(mentions)
    }
    for (const linker of linkers) {
      const commits = exchanges.map((mentions) => linker.commitOf({ ...NO_LINKS, mentions }))
      const results = await linker.gateway.store.commit(commits)
      if (results.some(({ status }) => status !== 'committed')) throw new Error('a commit was refused')
    }
  }
  return stored
}

/**
 * Stores persons whose tokens are random bytes, straight into the tables and in the order of the tokens, because a million
 * through the store would write a page for every token. What a look-up and a commit meet afterwards has the same size and shape.
 */
export async function storeStrangers({ databasePath, gateway }: Linker, count: number): Promise<void> {
  if (count <= 0) return
  const shape: readonly MatchToken[] = await padTokens(
    gateway,
    { domain: DOMAIN, epoch: EPOCH },
    { id: 'shape', tokens: [] },
  )
  const client = new Database(databasePath)
  try {
    client.pragma('synchronous = OFF')
    client.pragma('foreign_keys = OFF')
    client.pragma('cache_size = -262144')
    const first = (client.prepare('select max(seq) from mention').pluck().get() as number) + 1
    const exchange = client.prepare('select id from exchange limit 1').pluck().get() as string
    const values = { first, count, exchange, domain: DOMAIN, tokens: packTokens(shape), epoch: EPOCH }
    const numbers = `with recursive number(n) as (select 0 union all select n + 1 from number where n + 1 < @count)`
    client
      .prepare(
        `insert into person (domain, person_id, is_linkable) ${numbers} select @domain, printf('~%020x', @first + n), 1 from number`,
      )
      .run(values)
    client
      .prepare(
        `insert into mention (seq, id, exchange_id, data_subject, domain, person_id, epoch, tokens, own_codes)
         ${numbers} select @first + n, printf('~%020x', @first + n), @exchange, n, @domain, printf('~%020x', @first + n), @epoch, @tokens, randomblob(126) from number`,
      )
      .run(values)
    // Six bytes that rise evenly, then ten random ones; the mention that each leads to is any.
    const add = client.prepare(
      `insert into match_token (token, mention)
       with recursive number(n) as (select @from union all select n + 1 from number where n + 1 < @to)
       select unhex(printf('%012x', n * @step) || hex(randomblob(10))), @first + (n * 7919 % @count) from number`,
    )
    const rows = count * shape.filter(({ family }) => family < FIRST_COMPARED_FAMILY).length
    for (let range = 0; range < RANGES; range++) {
      const [from, to] = [range, range + 1].map((edge) => Math.floor((rows * edge) / RANGES))
      if (from !== to) add.run({ first, count, from, to, step: Math.floor(2 ** 48 / rows) })
    }
    client.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    client.close()
  }
}
