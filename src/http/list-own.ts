import { takeTurns } from '../audit/export/read-log.ts'
import { isModernDate } from '../encoding/calendar-date.ts'
import { sluisError } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { cursorUnknown } from '../exchange/inbox/inbox-page.ts'
import { EXCHANGE_STATES, type ExchangeState, stateOf } from '../exchange/progress.ts'
import { legalDate } from '../policy/legal-date.ts'
import type { ListedExchange } from '../ports/stored.ts'
import { PAGE_SIZE } from './page-size.ts'
import type { Parameter } from './route.ts'

/** Which of its exchanges a sender asks for, and in which order. */
export interface OwnFilter {
  readonly order: (typeof ORDERS)[number]
  readonly recipient?: string
  readonly state?: ExchangeState
  /** First and last legal date, `YYYY-MM-DD`, both included. */
  readonly since?: string
  readonly until?: string
}

const ORDERS = ['oldest-first', 'newest-first'] as const
const MAX_RECIPIENT = 128
const DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'

/** Exchanges that one page reads at most, in portions between which other requests get their turn. */
const MAX_READ = 500

const filter = (name: string, description: string, schema: Parameter['schema']): Parameter => ({
  name,
  in: 'query',
  description,
  required: false,
  schema,
})

export const LIST_PARAMETERS: readonly Parameter[] = [
  filter('order', '`oldest-first` when absent; a cursor continues in the order of its page', {
    type: 'string',
    enum: [...ORDERS],
  }),
  filter('recipient', 'Only exchanges to this party', { type: 'string', maxLength: MAX_RECIPIENT }),
  filter('state', 'Only exchanges in this state', { type: 'string', enum: [...EXCHANGE_STATES] }),
  filter('since', 'First day, in the Netherlands', { type: 'string', pattern: DAY }),
  filter('until', 'Last day, in the Netherlands', { type: 'string', pattern: DAY }),
]

/** The filter in a query. @throws SluisError `query-invalid` */
export function readFilter(query: URLSearchParams): OwnFilter {
  const order = ORDERS.find((one) => one === (query.get('order') ?? 'oldest-first'))
  const [recipient, stateText, since, until] = ['recipient', 'state', 'since', 'until'].map(
    (name) => query.get(name) ?? undefined,
  )
  const state = EXCHANGE_STATES.find((one) => one === stateText)
  const isDay = (text: string | undefined) => text === undefined || isModernDate(text)
  if (
    !order ||
    (stateText !== undefined && !state) ||
    !isDay(since) ||
    !isDay(until) ||
    (recipient !== undefined && (recipient === '' || recipient.length > MAX_RECIPIENT))
  ) {
    throw sluisError('query-invalid', {
      nl: `geef bij \`order\` ${ORDERS.join(' of ')}, bij \`state\` een van ${EXCHANGE_STATES.join(', ')}, bij \`recipient\` het id van een partij, en bij \`since\` en \`until\` een bestaande datum als JJJJ-MM-DD; of laat ze weg`,
      en: `give \`order\` as ${ORDERS.join(' or ')}, \`state\` as one of ${EXCHANGE_STATES.join(', ')}, \`recipient\` as the id of a party, and \`since\` and \`until\` as existing dates YYYY-MM-DD; or leave them out`,
    })
  }
  return {
    order,
    ...(recipient !== undefined && { recipient }),
    ...(state && { state }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  }
}

/**
 * One page of the exchanges of a sender. Reads a bounded number, so that a filter that fits little costs no more than one that fits all.
 * @returns `last` is the cursor of the rest
 * @throws SluisError `cursor-unknown`
 */
export async function listOwn(
  { store }: Pick<Gateway, 'store'>,
  sender: string,
  own: OwnFilter,
  cursor: string | undefined,
): Promise<{
  readonly listed: readonly ListedExchange[]
  readonly last: string | undefined
  readonly hasMore: boolean
}> {
  if (cursor !== undefined && !(await store.findExchange(sender, cursor))) throw cursorUnknown()
  const listed: ListedExchange[] = []
  let last = cursor
  for (let read = 0; read < MAX_READ; read += PAGE_SIZE) {
    if (read > 0) await takeTurns()
    const rows = await store.listExchanges(sender, last ?? '', PAGE_SIZE + 1, own.order)
    for (const [index, row] of rows.slice(0, PAGE_SIZE).entries()) {
      last = row.exchange.id
      if (fits(row, own)) listed.push(row)
      if (listed.length === PAGE_SIZE) return { listed, last, hasMore: rows.length > index + 1 }
    }
    if (rows.length <= PAGE_SIZE) return { listed, last, hasMore: false }
  }
  return { listed, last, hasMore: true }
}

function fits(row: ListedExchange, { recipient, state, since, until }: OwnFilter): boolean {
  const day = legalDate(row.exchange.at)
  return (
    (recipient === undefined || row.exchange.recipient === recipient) &&
    (state === undefined || stateOf(row) === state) &&
    (since === undefined || day >= since) &&
    (until === undefined || day <= until)
  )
}
