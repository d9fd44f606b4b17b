import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { policeReport } from '../exchange/reports.ts'
import type { Browsing } from './browsing.ts'
import { formOf } from './form-of.ts'
import { type InboxWorld, startInboxWorld } from './inbox-world.ts'

/** Pages about pairs, without scripts: the browsers of these tests run none. */

let world: InboxWorld
let leader: Browsing
let officer: Browsing
beforeAll(async () => {
  world = await startInboxWorld()
  leader = await world.browseAs('comensha.teamleider-1')
  officer = await world.browseAs('comensha.medewerker-1')
})
afterAll(() => world?.stop())

let pair: string
let year = 1950
beforeEach(async () => {
  const geboortedatum = `${year++}-04-05`
  await world.report('politie', policeReport({ geboortedatum }))
  await world.report('politie', policeReport({ geboortedatum, nationaliteit: 'GH' }))
  pair = pairsOn(await read(leader, '/matches')).at(-1)!
})

const read = async (browser: Browsing, path: string) => (await browser.follow(path)).text()
const pairsOn = (page: string) => [...page.matchAll(/id="pair-([0-9a-f-]{36})"/g)].map(([, id]) => id!)
const countIn = (page: string) => Number(page.match(/href="\/matches"[^<]*<span class="count">(\d+)/)?.[1] ?? 0)
const asText = (page: string) => page.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')

/** Presses a button of the form that the page shows. @returns where it leads, and that page */
async function press(browser: Browsing, page: string, answer: string) {
  const answered = await browser.send(`/matches/${pair}`, { ...formOf(page, `/matches/${pair}`), answer })
  const to = answered.headers.get('location')
  return { status: answered.status, to, page: to === null ? await answered.text() : await read(browser, to) }
}

describe('somebody who reviews matches and may not open the inbox', () => {
  test('a reviewer sees where both sides came from and what can be compared, and nothing of their content', async () => {
    const page = await read(leader, '/matches')
    const text = asText(page)
    expect(text).toContain('U mag leveringen niet openen.')
    expect(text).toContain('Beide meldingen hebben: Geboortedatum en Nationaliteit.')
    expect(text.match(/VanPolitie/g)!.length).toBe(2 * pairsOn(page).length)
    expect(text).not.toMatch(/Voorbeeld|Nigeria|Ghana/)
    expect(page).not.toContain('key-file')
    expect(countIn(page)).toBe(pairsOn(page).length)
  })

  test('a reviewer is told what each answer changes, before and after it, and takes it back', async () => {
    const before = await read(leader, '/matches')
    expect(asText(before)).toContain('met de oudste code van de twee')
    const merged = await press(leader, before, 'confirm')
    expect([merged.status, merged.to]).toEqual([303, `/matches?status=possible&done=merged&pair=${pair}`])
    expect(asText(merged.page)).toContain('Het is nu één persoon.')
    expect(pairsOn(merged.page)).not.toContain(pair)
    expect(countIn(merged.page)).toBe(countIn(before) - 1)
    const again = await read(leader, `/matches/${pair}`)
    expect(asText(again)).toContain('Laatste antwoord van Teamleider')
    expect(asText(again)).toContain('Het worden dan twee personen')
    const split = await press(leader, again, 'reject')
    expect(split.to).toBe(`/matches/${pair}?done=split`)
    expect(asText(split.page)).toContain('Het zijn nu twee personen.')
    expect(pairsOn(await read(leader, '/matches?status=rejected'))).toContain(pair)
  })

  test('a reviewer leaves a pair that cannot be judged where it is', async () => {
    const { page } = await press(leader, await read(leader, '/matches'), 'unknown')
    expect(asText(page)).toContain('Er is niets veranderd.')
    expect(pairsOn(page)).toContain(pair)
  })
})

describe('a pair that a colleague answered meanwhile', () => {
  test('the pair keeps that answer, says whose it is, and can still be answered', async () => {
    const stale = await read(officer, '/matches')
    await press(leader, await read(leader, '/matches'), 'confirm')
    const refused = await press(officer, stale, 'reject')
    expect(refused.status).toBe(409)
    expect(asText(refused.page)).toMatch(/Een collega beantwoordde dit paar.*dezelfde persoon.*Teamleider/)
    expect(asText((await press(officer, refused.page, 'reject')).page)).toContain('Het zijn nu twee personen.')
  })

  test('the pair stays as it is when the answer is the same', async () => {
    const stale = await read(officer, '/matches')
    await press(leader, await read(leader, '/matches'), 'reject')
    expect(asText((await press(officer, stale, 'reject')).page)).toContain('Dit antwoord stond er al.')
  })
})

test.each([
  ['no answer', () => officer.send(`/matches/${pair}`), 400],
  ['a pair that is not there', () => officer.open('/matches/01a201c8-ce67-77ef-8e37-000000000000'), 404],
  ['an answer to that pair', () => officer.send(`/matches/${pair.replace(/.$/, 'x')}`, { answer: 'confirm' }), 404],
  ['a list of a status that is none', () => officer.open('/matches?status=open'), 400],
  ['a cursor that is none', () => officer.open('/matches?cursor=x'), 400],
])('%s is a page that says so', async (_, ask, status) => {
  const answered = await ask()
  expect([answered.status, answered.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
})

test('another party sees no pair, and that there is none', async () => {
  const page = await read(await world.browseAs('fier.medewerker-1'), '/matches')
  expect(asText(page)).toContain('Er wacht geen paar op antwoord.')
  expect([pairsOn(page), countIn(page)]).toEqual([[], 0])
})
