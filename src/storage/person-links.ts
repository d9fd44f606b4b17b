import { and, eq, sql } from 'drizzle-orm'
import type { PersonLink } from '../ports.ts'
import { matchToken, person } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

/** Which person a list of match tokens leads to. Synchronous, so that a commit can ask again inside its transaction. */
export interface PersonLinks {
  /** The person that the first known token leads to. */
  find(domain: string, tokens: readonly Uint8Array[]): string | undefined
  /**
   * Whether the tokens still answer as the caller was told when it looked: with this person if it exists, with nobody if it
   * is new.
   */
  isCurrent(link: PersonLink): boolean
  /** Stores the person if it is new, and every token that leads to nobody yet. */
  store(link: PersonLink): void
}

export function createPersonLinks(db: SqliteDatabase): PersonLinks {
  const byToken = db
    .select({ personId: matchToken.personId })
    .from(matchToken)
    .where(and(eq(matchToken.domain, sql.placeholder('domain')), eq(matchToken.token, sql.placeholder('token'))))
    .prepare()
  const byId = db
    .select({ personId: person.personId })
    .from(person)
    .where(and(eq(person.domain, sql.placeholder('domain')), eq(person.personId, sql.placeholder('personId'))))
    .prepare()
  const insertPerson = prepareInsert(db, person, 'ignore')
  const insertToken = prepareInsert(db, matchToken, 'ignore')

  // One look-up a token, strongest first: a known person mostly answers to the first, and the order decides between several.
  const find = (domain: string, tokens: readonly Uint8Array[]): string | undefined => {
    for (const token of tokens) {
      const found = byToken.get({ domain, token })
      if (found) return found.personId
    }
    return undefined
  }

  return {
    find,
    isCurrent({ domain, personId, tokens }) {
      const exists = byId.get({ domain, personId }) !== undefined
      return find(domain, tokens) === (exists ? personId : undefined)
    },
    store({ domain, personId, isLinkable, tokens }) {
      insertPerson({ domain, personId, isLinkable })
      for (const token of tokens) insertToken({ domain, token, personId })
    },
  }
}
