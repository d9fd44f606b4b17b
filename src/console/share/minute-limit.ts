import { sluisError } from '../../errors.ts'
import type { SignedIn } from '../sign-in/signed-in.ts'

/** Visits of the open check that everybody who has not signed in may make in a minute together, and the people of each party. */
export const DEFAULT_OPEN_CHECKS_PER_MINUTE = 600

/** Counts a visit. @throws SluisError `too-many-requests` with the seconds left in the minute, when the limit was reached before */
export type CountVisit = (person: Pick<SignedIn, 'party'> | undefined, now: Date) => void

/**
 * Limits how much of the machine the open check takes. All strangers share one budget, and no address is looked at: behind a proxy
 * all have the same one, and elsewhere an address says who hesitates about sharing something. In memory, because the count of a
 * minute is worth no write.
 */
export function createMinuteLimit(most: number): CountVisit {
  let minute = Number.NaN
  /** By party; strangers under the empty name. */
  const counts = new Map<string, number>()
  return (person, now) => {
    const seconds = Math.floor(now.getTime() / 1000)
    const present = Math.floor(seconds / 60)
    // A clock that was put back begins a minute too: nobody who visits can do that.
    if (present !== minute) counts.clear()
    minute = present
    const visitor = person?.party ?? ''
    const count = (counts.get(visitor) ?? 0) + 1
    if (count > most)
      throw sluisError('too-many-requests', person ? OF_PARTY : OF_STRANGERS, {
        retryAfterSeconds: 60 - (seconds % 60),
      })
    counts.set(visitor, count)
  }
}

const OF_STRANGERS = {
  nl: 'te veel bezoekers zonder aanmelding gebruiken deze pagina tegelijk; probeer het over een minuut opnieuw, of meld u aan; uw vraag staat nog in het adres van de pagina',
  en: 'too many visitors who are not signed in use this page at once; try again in a minute, or sign in; your question is still in the address of the page',
}

const OF_PARTY = {
  nl: 'uw organisatie gebruikt deze pagina te vaak tegelijk; probeer het over een minuut opnieuw; uw vraag staat nog in het adres van de pagina',
  en: 'your organisation uses this page too often at once; try again in a minute; your question is still in the address of the page',
}
