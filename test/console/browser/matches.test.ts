import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policeReport } from '../../exchange/reports.ts'
import { type InboxWorld, keyFileOf, startInboxWorld } from '../inbox-world.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

const OFFICER = 'comensha.medewerker-1'
const LEADER = 'comensha.teamleider-1'

let world: InboxWorld
let browser: TestBrowser
beforeAll(async () => {
  world = await startInboxWorld()
  browser = await openBrowser(world.issuer)
  for (const nationaliteit of ['NG', 'GH', 'SL']) await world.report('politie', policeReport({ nationaliteit }))
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

async function openPage(person: string, path = '/matches'): Promise<Page> {
  const page = await browser.open()
  await world.openAs(person, page, path)
  return page
}

async function chooseKeys(page: Page, keyFile = world.keyFile): Promise<void> {
  await page.setInputFiles('#key-file', keyFile)
  await page.setInputFiles('#log-file', world.logFile)
  await page.getByText(/Klaar om te openen|Ready to open/).waitFor()
}
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click()
const firstPair = (page: Page) => page.locator('.match').first()

test('both sides are opened next to each other, an answer keeps them open, and it is taken back', async () => {
  const page = await openPage(OFFICER)
  expect(await page.getByRole('button', { name: 'Open beide' }).first().isDisabled()).toBe(true)
  await chooseKeys(page)
  await press(page, 'Open beide')
  const match = firstPair(page)
  await match.getByText('Bewijs klopt').waitFor()
  const rowOf = (field: string) => match.locator('tbody tr', { hasText: field }).textContent()
  expect(await rowOf('Nationaliteit')).toMatch(/verschilt.*Nigeria.*Ghana/)
  expect(await rowOf('Geboortedatum')).toMatch(/gelijk.*1985.*1985/)

  await match.getByRole('button', { name: 'Dezelfde persoon' }).click()
  await match.getByText('Het is nu één persoon.').waitFor()
  expect(await page.evaluate('document.activeElement.id')).toBe('said')
  expect(await match.locator('.judgement').textContent()).toContain('Laatste antwoord van Medewerker registratie')
  await match.getByRole('button', { name: 'Niet dezelfde' }).click()
  await match.getByText('Het zijn nu twee personen.').waitFor()
  expect(await match.locator('.opened table').count()).toBe(1)
  expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
})

describe('an answer from a page that shows what was opened', () => {
  test('the page says that a colleague was first, and shows how it is now', async () => {
    const page = await openPage(OFFICER)
    await chooseKeys(page)
    const other = await openPage(LEADER)
    await press(other, 'Niet dezelfde')
    await other.getByText('De personen bleven wat zij waren.').waitFor()
    await firstPair(page).getByRole('button', { name: 'Dezelfde persoon' }).click()
    await firstPair(page).getByText('Een collega beantwoordde dit paar intussen.').waitFor()
    expect(await firstPair(page).locator('.judgement').textContent()).toMatch(/niet dezelfde persoon.*Teamleider/)
  })

  test('an answer is not lost with the session or the connection: the same button works afterwards', async () => {
    const page = await openPage(OFFICER, '/matches?status=rejected')
    await chooseKeys(page)
    const answer = () => firstPair(page).getByRole('button', { name: 'Dezelfde persoon' }).click()
    await page.context().setOffline(true)
    await answer()
    await page.getByText('Geen verbinding.').waitFor()
    await page.context().setOffline(false)
    const other = await page.context().newPage()
    await other.goto(`${world.issuer}/`)
    await other.getByRole('button', { name: 'Afmelden' }).click()
    await answer()
    await page.getByText('U bent afgemeld.').waitFor()
    await world.openAs(OFFICER, other, '/signed-in')
    await answer()
    await page.getByText('Uw antwoord is vastgelegd.').waitFor()
  })
})

test('sides stay closed to the key of another party, and the page says why', async () => {
  const page = await openPage(OFFICER, '/matches?status=confirmed')
  await chooseKeys(page, keyFileOf(world, 'fier'))
  await press(page, 'Open beide')
  await firstPair(page).getByRole('alert').first().waitFor()
  expect(await firstPair(page).getByText('niet voor de sleutel die u koos').count()).toBe(2)
})

test('the keyboard alone opens a pair and answers it', async () => {
  const page = await openPage(OFFICER, '/matches?status=confirmed')
  await chooseKeys(page)
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate('document.activeElement.textContent')) === name) return
    }
    throw new Error(`the keyboard does not reach ${name}`)
  }
  await tabTo('Open beide')
  await page.keyboard.press('Enter')
  await firstPair(page).getByText('Bewijs klopt').waitFor()
  await tabTo('Niet dezelfde')
  await page.keyboard.press('Enter')
  await page.getByText('Uw antwoord is vastgelegd.').waitFor()
})
