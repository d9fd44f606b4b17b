import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { shelterReport } from '../../exchange/reports.ts'
import { startInboxWorld } from '../inbox-world.ts'
import { holdAnswer } from './barriers/world.ts'
import { inBrowser } from './in-browser.ts'
import { loseAnswer } from './lose-answer.ts'

const shared = inBrowser(startInboxWorld)

/** Records in the log so far. */
async function countRecords(): Promise<number> {
  const checkpoint = await (await fetch(`${shared.gateway.issuer}/checkpoint`)).text()
  return Number(checkpoint.split('\n')[1])
}

const sent = () => shared.gateway.report('fier', shelterReport())

interface Step {
  readonly person: string
  /** Makes something to do, and returns the page of its form. */
  prepare(): Promise<string>
  /** Fills in the form. */
  fill(page: Page): Promise<void>
  readonly button: string
  readonly pattern: string
  /** What the page says when it is done, and when it was done before. */
  readonly done: string
  readonly before: string
}

const STEPS: Readonly<Record<string, Step>> = {
  'a recall': {
    person: 'fier.medewerker-1',
    prepare: async () => `/exchanges/${await sent()}/recall`,
    fill: (page) => page.check('#ground-1'),
    button: 'button.danger',
    pattern: '**/recall',
    done: 'Ingetrokken',
    before: 'Ingetrokken',
  },
  'an approval': {
    person: 'fier.teamleider-1',
    async prepare() {
      const { gateway } = shared
      const { held } = await holdAnswer(await gateway.connect('fier'), await gateway.connect('comensha'), await sent())
      return `/approvals#held-${held}`
    },
    fill: async () => undefined,
    button: 'button.primary',
    pattern: '**/approvals/*',
    done: 'Goedgekeurd.',
    before: 'Dit wacht niet meer op u.',
  },
}

describe.each(Object.entries(STEPS))('%s', (_, { person, prepare, fill, button, pattern, done, before }) => {
  /** The form of something new. */
  async function openForm(): Promise<{ readonly page: Page; readonly path: string }> {
    const page = await shared.browser.open()
    await shared.gateway.signInPage(page, person)
    const path = await prepare()
    await page.goto(shared.gateway.issuer + path)
    await fill(page)
    return { page, path }
  }
  /** The button of this form; a page can have several. */
  const press = (page: Page, path: string) =>
    page.locator(path.includes('#') ? `[aria-labelledby=${path.split('#')[1]}] ${button}` : button)
  const says = (page: Page, text: string) =>
    page.locator('main [role=status], main [role=alert]', { hasText: text }).waitFor()

  test('a double click does it once', async () => {
    const { page, path } = await openForm()
    await press(page, path).dblclick()
    await says(page, done)
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('an answer that is lost on the way is found again by sending once more, which changes nothing', async () => {
    const { page, path } = await openForm()
    await loseAnswer(page, pattern)
    await press(page, path).click()
    await page.getByText('lost on the way').waitFor()
    const recorded = await countRecords()
    await page.reload()
    await says(page, before)
    expect(await countRecords()).toBe(recorded)
  })

  test('a request that never arrives loses nothing: sending once more does it', async () => {
    const { page, path } = await openForm()
    const recorded = await countRecords()
    await page.route(pattern, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await press(page, path).click()
    await page.waitForURL('chrome-error://**')
    expect(await countRecords()).toBe(recorded)
    await page.unroute(pattern)
    await page.reload()
    await says(page, done)
  })

  test('a second tab finds that it is done', async () => {
    const { page, path } = await openForm()
    const tab = await page.context().newPage()
    await tab.goto(shared.gateway.issuer + path)
    await fill(tab)
    await press(page, path).click()
    await says(page, done)
    const recorded = await countRecords()
    await press(tab, path).click()
    await says(tab, before)
    expect(await countRecords()).toBe(recorded)
  })

  test('it leaves nothing on the computer', async () => {
    const { page, path } = await openForm()
    await press(page, path).click()
    await says(page, done)
    expect(await leftBy(page)).toEqual(NOTHING_LEFT)
  })
})

const NOTHING_LEFT = { storage: {}, caches: [], databases: [], workers: 0, cookie: '' }
const leftBy = (page: Page) =>
  page.evaluate(
    '(async () => ({ storage: { ...localStorage, ...sessionStorage }, caches: await caches.keys(), databases: await indexedDB.databases(), workers: (await navigator.serviceWorker.getRegistrations()).length, cookie: document.cookie }))()',
  )

describe('an acknowledgement', () => {
  /** An inbox with one delivery open. */
  async function openDelivery(): Promise<Page> {
    await sent()
    const page = await shared.browser.open()
    await shared.gateway.signInPage(page, 'comensha.medewerker-1')
    await page.goto(`${shared.gateway.issuer}/inbox`)
    await page.setInputFiles('#key-file', shared.gateway.keyFile)
    await page.setInputFiles('#log-file', shared.gateway.logFile)
    await page.getByText('Klaar om te openen').waitFor()
    await page.getByRole('button', { name: 'Openen', exact: true }).first().click()
    await page.getByText('Bewijs klopt').waitFor()
    return page
  }
  const acknowledge = (page: Page) => page.getByRole('button', { name: 'Bevestig ontvangst' })

  test('a double click and a slow network record it once', async () => {
    const page = await openDelivery()
    const recorded = await countRecords()
    await page.route('**/acknowledge', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue()
    })
    await acknowledge(page).dblclick()
    await page.getByText('Ontvangst bevestigd.').waitFor()
    expect(await countRecords()).toBe(recorded + 1)
    expect(await leftBy(page)).toEqual(NOTHING_LEFT)
  })

  test('a broken connection and a lost answer lose nothing: the same button works', async () => {
    const page = await openDelivery()
    await page.context().setOffline(true)
    await acknowledge(page).click()
    await page.getByText('Geen verbinding.').waitFor()
    await page.context().setOffline(false)
    await loseAnswer(page, '**/acknowledge')
    await acknowledge(page).click()
    await page.getByText('Dit lukte niet.').waitFor()
    await acknowledge(page).click()
    await page.getByText('Ontvangst bevestigd.').waitFor()
    expect(await page.locator('.deliveries > li').first().locator('.state').textContent()).toBe('bevestigd')
  })
})

test('a form that somebody left open on a shared computer is not sent in the name of the next person', async () => {
  const { gateway, browser } = shared
  const page = await browser.open()
  await gateway.signInPage(page, 'fier.medewerker-1')
  await page.goto(`${gateway.issuer}/exchanges/${await sent()}/recall`)
  await page.check('#ground-1')
  const recorded = await countRecords()
  await page.context().clearCookies()
  await gateway.signInPage(page, 'politie.teamleider-1')
  await page.click('button.danger')
  await page.getByRole('heading', { name: 'Dit formulier is van iemand anders' }).waitFor()
  expect(await countRecords()).toBe(recorded)
})
