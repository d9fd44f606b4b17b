import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policeReport } from '../../exchange/reports.ts'
import { type InboxWorld, keyFileOf, startInboxWorld } from '../inbox-world.ts'
import { findBarriers, openBrowser, type TestBrowser } from './open-browser.ts'

const OFFICER = 'comensha.medewerker-1'
const LEADER = 'comensha.teamleider-1'

let world: InboxWorld
let browser: TestBrowser
beforeAll(async () => {
  world = await startInboxWorld()
  browser = await openBrowser(world.issuer)
  for (const nationaliteit of ['NG', 'GH']) await world.report('politie', policeReport({ nationaliteit }))
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

async function openBoth(page: Page, keyFile = world.keyFile): Promise<void> {
  await world.openAs(OFFICER, page, '/matches')
  await page.setInputFiles('#key-file', keyFile)
  await page.setInputFiles('#log-file', world.logFile)
  await page
    .getByRole('button', { name: /^Open (beide|both)$/ })
    .first()
    .click()
}

const STATES = {
  async empty(page: Page) {
    await world.openAs('fier.medewerker-1', page, '/matches')
  },
  async closed(page: Page) {
    await world.openAs(LEADER, page, '/matches')
  },
  async full(page: Page) {
    await openBoth(page)
    await page.locator('.opened table').waitFor()
  },
  async 'full of errors'(page: Page) {
    await openBoth(page, keyFileOf(world, 'fier'))
    await page.locator('.match').getByRole('alert').first().waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: /^(Dezelfde persoon|The same person)$/ }).click()
    await page.locator('#said').waitFor()
    await page.context().setOffline(false)
  },
} as const

test.each(
  ['nl-NL', 'en-GB'].flatMap((locale) =>
    Object.keys(STATES).map((state) => [locale, state as keyof typeof STATES] as const),
  ),
)('in %s the page has no barriers when it is %s, on a telephone and a desk, light and dark', async (locale, state) => {
  const page = await browser.open({ locale, bypassCSP: true, viewport: { width: 1280, height: 900 } })
  await STATES[state](page)
  for (const width of [1280, 320])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      expect(await findBarriers(page), `${width} ${colorScheme}`).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBeLessThanOrEqual(width)
    }
})
