import type { InboxCounts } from '../exchange/inbox/inbox-list.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Visit } from './page.ts'

/** A number beside an entry of the menu, with what it counts. */
export interface Badge {
  readonly count: number
  readonly means: LocalisedText
}

/** By the path of the entry. */
export type Badges = ReadonlyMap<string, Badge>

const MEANS: LocalisedText = { nl: 'leveringen vragen aandacht', en: 'deliveries ask for attention' }

/** What in the menu asks for attention of this person. A count that fails is left out: the page itself says what is wrong. */
export async function countBadges({ person, api }: Pick<Visit, 'person' | 'api'>): Promise<Badges> {
  if (!person?.scopes.includes('inbox:read')) return new Map()
  try {
    const counts = await api<InboxCounts>({ method: 'GET', path: '/v1/deliveries/_count' })
    const count = counts.new + counts.unread + counts.overdue
    return count === 0 ? new Map() : new Map([['/inbox', { count, means: MEANS }]])
  } catch {
    return new Map()
  }
}
