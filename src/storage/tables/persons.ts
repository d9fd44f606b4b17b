import { and, asc, eq, gt, notExists, sql } from 'drizzle-orm'
import type { NewMention, StoredPerson } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import { domain, linkMatch, mention, person } from './link-schema.ts'
import type { Matches } from './matches.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'
import { fingerprint } from './token-index.ts'

type DomainRow = Awaited<ReturnType<Store['listDomains']>>[number]

/** Persons and their pseudonym domains. */
export interface Persons {
  find(domain: string, personId: string): StoredPerson | undefined
  list(domain: string, after: string, limit: number): readonly string[]
  findDomain(domain: string): DomainRow | undefined
  listDomains(): readonly DomainRow[]
  /** Stores a domain; an existing one is unchanged. */
  storeDomain(row: DomainRow): void
  /** Sets the epoch of the pseudonyms of a domain. */
  renew(domain: string, pseudonymEpoch: number): void
  /** Stores a person; an existing one is unchanged. */
  store(person: Pick<NewMention, 'domain' | 'personId' | 'isLinkable'>): void
  /**
   * Removes a person without mentions. A person whose mentions all moved to another is kept as long as the answer to a match can
   * move one back, so that its pseudonym is renewed with the others.
   */
  forget(domain: string, personId: string): void
}

export function createPersons(db: SqliteDatabase, matches: Matches): Persons {
  const domainId = sql.placeholder('domain')
  const personId = sql.placeholder('personId')
  const byId = db
    .select({ personId: person.personId })
    .from(person)
    .where(and(eq(person.domain, domainId), eq(person.personId, personId)))
    .prepare()
  const mentionsOf = db
    .select({ id: mention.id, exchangeId: mention.exchangeId, dataSubject: mention.dataSubject })
    .from(mention)
    .where(and(eq(mention.domain, domainId), eq(mention.personId, personId)))
    .orderBy(asc(mention.seq))
    .prepare()
  const page = db
    .select({ personId: person.personId })
    .from(person)
    .where(and(eq(person.domain, domainId), gt(person.personId, sql.placeholder('after'))))
    .orderBy(asc(person.personId))
    .limit(sql.placeholder('limit'))
    .prepare()
  const domainById = db.select().from(domain).where(eq(domain.domain, domainId)).prepare()
  const domains = db.select().from(domain).orderBy(asc(domain.domain)).prepare()
  const insertDomain = prepareInsert(db, domain, 'ignore')
  const insertPerson = prepareInsert(db, person, 'ignore')
  const renew = db
    .update(domain)
    .set({ pseudonymEpoch: sql`${sql.placeholder('epoch')}` })
    .where(eq(domain.domain, domainId))
    .prepare()
  const isMentioned = db
    .select({ one: sql`1` })
    .from(mention)
    .where(and(eq(mention.domain, person.domain), eq(mention.personId, person.personId)))
  const isNamed = db
    .select({ one: sql`1` })
    .from(linkMatch)
    .where(and(eq(linkMatch.domain, person.domain), eq(linkMatch.laterPerson, person.personId)))
  const forget = db
    .delete(person)
    .where(and(eq(person.domain, domainId), eq(person.personId, personId), notExists(isMentioned), notExists(isNamed)))
    .prepare()

  return {
    find(domain, personId) {
      if (!byId.get({ domain, personId })) return undefined
      const mentions = mentionsOf.all({ domain, personId })
      const found = matches.listOfPerson(domain, personId)
      return {
        fingerprint: fingerprint([
          mentions.map(({ id }) => id),
          found.map(({ id, status, joins }) => [id, status, joins]),
        ]),
        domain,
        personId,
        mentions,
        matches: found,
      }
    },
    list: (domain, after, limit) => page.all({ domain, after, limit }).map(({ personId }) => personId),
    findDomain: (domain) => domainById.get({ domain }),
    listDomains: () => domains.all(),
    storeDomain: insertDomain,
    renew(domain, epoch) {
      renew.run({ domain, epoch })
    },
    store({ domain, personId, isLinkable }) {
      insertPerson({ domain, personId, isLinkable })
    },
    forget(domain, personId) {
      forget.run({ domain, personId })
    },
  }
}
