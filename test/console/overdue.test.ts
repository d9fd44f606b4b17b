import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findLate } from '../../src/console/exchanges/own-exchange.ts'
import { ACKNOWLEDGE_DAYS } from '../../src/exchange/inbox/inbox-list.ts'
import { DEFAULT_TERMS } from '../../src/review/follow-up-watch.ts'
import { shelterReport } from '../exchange/reports.ts'
import { type InboxWorld, startInboxWorld } from './inbox-world.ts'

const DAY_MS = 86_400_000
const NOW = Date.now()
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS)

let world: InboxWorld
let fetched: string
let waiting: string
let recent: string
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: daysAgo(ACKNOWLEDGE_DAYS + 1) })
  world = await startInboxWorld()
  fetched = await world.report('fier', shelterReport())
  waiting = await world.report('fier', shelterReport())
  const comensha = await world.connect('comensha')
  const { deliveries } = (await (await comensha.request('GET', '/v1/deliveries')).json()) as {
    deliveries: { id: string; exchangeId: string }[]
  }
  await comensha.request('GET', `/v1/deliveries/${deliveries.find(({ exchangeId }) => exchangeId === fetched)!.id}`)
  vi.setSystemTime(NOW)
  recent = await world.report('fier', shelterReport())
})
afterAll(async () => {
  vi.useRealTimers()
  await world?.stop()
})

const read = async (person: string, path: string) => (await (await world.browseAs(person)).open(path)).text()
const asText = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('the list marks what is overdue, and nothing else', async () => {
  const page = await read('fier.medewerker-1', '/exchanges')
  const rowOf = (id: string) => page.slice(page.indexOf(`/exchanges/${id}`)).split('</tr>')[0]!
  expect([waiting, fetched, recent].map((id) => rowOf(id).includes('class="tag overdue"'))).toEqual([true, true, false])
})

test.each([
  ['not fetched', () => waiting, 'Te laat: na 7 dagen nog niet opgehaald.'],
  ['not acknowledged', () => fetched, 'Te laat: opgehaald, maar na 7 dagen nog niet bevestigd.'],
])('an exchange that was %s in time says so, and whom to ask', async (_, idOf, text) => {
  const page = asText(await read('fier.medewerker-1', `/exchanges/${idOf()}`))
  expect(page).toContain(text)
  expect(page.slice(page.indexOf(text))).toMatch(/^Te laat: [^.]*\. (?:Bel of mail|Vraag het aan) [^.]*CoMensha/i)
})

test('an exchange of today is not overdue', async () => {
  expect(asText(await read('fier.medewerker-1', `/exchanges/${recent}`))).not.toContain('Te laat')
})

test('the inbox counts what its readers can do something about, and the menu has the same number', async () => {
  const page = await read('comensha.medewerker-1', '/inbox')
  const text = asText(page)
  expect(text).toMatch(/1 nieuw 2 te laat/)
  expect(text).toContain('Te laat: 7 dagen niet bevestigd. De afzender ziet dat u de ontvangst niet bevestigde.')
  expect(page.match(/class="tag state overdue"/g)).toHaveLength(2)
  expect(page).toMatch(/href="\/inbox"[^<]*<span class="count">3</)
})

const AT = daysAgo(DEFAULT_TERMS.feedbackDays + 1).toISOString()
test.each([
  [
    'nothing before the term',
    { placedAt: daysAgo(DEFAULT_TERMS.acknowledgeDays).toISOString(), state: 'placed' },
    true,
    undefined,
  ],
  ['the fetching after it', { placedAt: AT, state: 'placed' }, true, 'fetch'],
  ['the acknowledgement after it', { placedAt: AT, state: 'fetched', fetchedAt: AT }, true, 'acknowledge'],
  [
    'feedback that is owed',
    { placedAt: AT, state: 'acknowledged', fetchedAt: AT, acknowledgedAt: AT },
    true,
    'feedback',
  ],
  [
    'no feedback that nobody owes',
    { placedAt: AT, state: 'acknowledged', fetchedAt: AT, acknowledgedAt: AT },
    false,
    undefined,
  ],
  ['no feedback that was given', { placedAt: AT, state: 'answered', fetchedAt: AT, answeredAt: AT }, true, undefined],
  ['nothing of content that is gone', { placedAt: AT, state: 'placed', erasedAt: AT }, true, undefined],
] as const)('what is overdue is %s', (_, delivery, owesFeedback, late) => {
  expect(findLate({ delivery } as Parameters<typeof findLate>[0], owesFeedback, new Date(NOW))).toBe(late)
})

test('nothing is overdue of what was recalled', () => {
  const exchange = { delivery: { placedAt: AT, state: 'placed' }, recalledAt: AT }
  expect(findLate(exchange as Parameters<typeof findLate>[0], true, new Date(NOW))).toBeUndefined()
})
