import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policeReport } from '../../exchange/reports.ts'
import { type InboxWorld, startInboxWorld } from '../inbox-world.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

/**
 * A page that the browser kept as it was, and puts back (back/forward cache). A browser without a screen keeps none, so the two events
 * of it are sent by hand.
 * @see HTML §7.4.6.2 (PageTransitionEvent)
 */

const OFFICER = 'comensha.medewerker-1'
const SECRET = 'Nigeria'

let world: InboxWorld
let browser: TestBrowser
beforeAll(async () => {
  world = await startInboxWorld()
  browser = await openBrowser(world.issuer)
  await world.report('politie', policeReport())
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

/** The inbox with a delivery that was opened, as the browser keeps it when somebody leaves. */
async function leaveInbox(): Promise<Page> {
  const page = await browser.open()
  await world.openAs(OFFICER, page, '/inbox')
  await page.setInputFiles('#key-file', world.keyFile)
  await page.setInputFiles('#log-file', world.logFile)
  await page.getByRole('button', { name: 'Alles openen' }).click()
  await page.locator('.read').first().waitFor()
  expect(await page.locator('main').innerText()).toContain(SECRET)
  await send(page, 'pagehide')
  return page
}

const send = (page: Page, event: 'pagehide' | 'pageshow') =>
  page.evaluate(`dispatchEvent(new PageTransitionEvent('${event}', { persisted: true }))`)
const isSeen = (page: Page) => page.locator('main').isVisible()

async function elsewhere(page: Page, act: (other: Page) => Promise<unknown>): Promise<void> {
  const other = await page.context().newPage()
  await other.goto(`${world.issuer}/`)
  await act(other)
  await other.close()
}
const signOut = (page: Page) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Afmelden' }).click()])

describe('a page that is put back', () => {
  test('a page that is put back is hidden until it is known for whom', async () => {
    expect(await isSeen(await leaveInbox())).toBe(false)
  })

  test('a page that is put back for the same person shows what was opened', async () => {
    const page = await leaveInbox()
    await send(page, 'pageshow')
    await page.locator('.read').first().waitFor()
    expect(await page.locator('main').innerText()).toContain(SECRET)
  })

  test('a page that is put back after its person signed out is replaced by the first page', async () => {
    const page = await leaveInbox()
    await elsewhere(page, signOut)
    await Promise.all([page.waitForURL(`${world.issuer}/`), send(page, 'pageshow')])
    expect(await page.content()).not.toContain(SECRET)
  })

  test('a page that is put back for another person is replaced by the first page', async () => {
    const page = await leaveInbox()
    await elsewhere(page, async (other) => {
      await signOut(other)
      await world.openAs('comensha.teamleider-1', other, '/signed-in')
    })
    await Promise.all([page.waitForURL(`${world.issuer}/`), send(page, 'pageshow')])
    expect(await page.content()).not.toContain(SECRET)
  })

  test('a page that is put back without a connection stays hidden until there is one', async () => {
    const page = await leaveInbox()
    await page.context().setOffline(true)
    await send(page, 'pageshow')
    await page.waitForTimeout(300)
    expect(await isSeen(page)).toBe(false)
    await page.context().setOffline(false)
    await page.locator('.read').first().waitFor()
  })
})
