import type { InboxCounts } from '../exchange/inbox/inbox-list.ts'
import type { MatchCounts } from '../exchange/linking/matches.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Scope } from '../model/party.ts'
import type { CallApi } from './call-api.ts'
import { mayOpen, type Visit } from './page.ts'

/** A number beside an entry of the menu, with what it counts. */
export interface Badge {
  readonly count: number
  readonly means: LocalisedText
}

/** By the path of the entry. */
export type Badges = ReadonlyMap<string, Badge>

interface Counted {
  readonly path: string
  readonly access: Scope
  readonly means: LocalisedText
  count(api: CallApi): Promise<number>
}

const COUNTED: readonly Counted[] = [
  {
    path: '/inbox',
    access: 'inbox:read',
    means: { nl: 'leveringen vragen aandacht', en: 'deliveries ask for attention' },
    async count(api) {
      const counts = await api<InboxCounts>({ method: 'GET', path: '/v1/deliveries/_count' })
      return counts.new + counts.unread + counts.overdue
    },
  },
  {
    path: '/matches',
    access: 'match:review',
    means: { nl: 'wachten op antwoord', en: 'wait for an answer' },
    count: async (api) => (await api<MatchCounts>({ method: 'GET', path: '/v1/matches/_count' })).possible,
  },
]

/** What in the menu asks for attention of this person. A count that fails is left out: the page itself says what is wrong. */
export async function countBadges(visit: Pick<Visit, 'person' | 'isCheckOpen' | 'api'>): Promise<Badges> {
  const shown = COUNTED.filter(({ access }) => mayOpen(visit, access))
  const counts = await Promise.all(shown.map(({ count }) => count(visit.api).catch(() => 0)))
  return new Map(
    shown.flatMap(({ path, means }, index) => {
      const count = counts[index]!
      return count === 0 ? [] : [[path, { count, means }] as const]
    }),
  )
}
