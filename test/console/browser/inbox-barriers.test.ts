import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policeReport, shelterReport } from '../../exchange/reports.ts'
import { fileOf, type InboxWorld, keyFileOf, startInboxWorld } from '../inbox-world.ts'
import { findBarriers, openBrowser, type TestBrowser } from './open-browser.ts'

let world: InboxWorld
let browser: TestBrowser
beforeAll(async () => {
  world = await startInboxWorld()
  browser = await openBrowser(world.issuer)
  await world.report('politie', policeReport())
  await world.report('politie', policeReport({ nationaliteit: 'GH' }))
  await world.report('fier', shelterReport({ opvangbehoefte: 'direct' }))
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

const openAll = async (page: Page) => {
  await page.getByRole('button', { name: /^(Alles openen|Open all)$/ }).click()
  await page.locator('#inbox-state', { hasText: /geopend|opened/ }).waitFor()
}
const STATES = {
  async full(page: Page) {
    await page.setInputFiles('#key-file', world.keyFile)
    await page.setInputFiles('#log-file', world.logFile)
    await openAll(page)
  },
  async 'full of errors'(page: Page) {
    await page.setInputFiles('#key-file', keyFileOf(world, 'fier'))
    await page.setInputFiles('#log-file', world.logFile)
    await openAll(page)
    await page.setInputFiles('#key-file', fileOf('a.json', ''))
    await page.locator('#key-file[aria-invalid]').waitFor()
  },
  async empty() {},
} as const

test.each(
  ['nl-NL', 'en-GB'].flatMap((locale) =>
    Object.keys(STATES).map((state) => [locale, state as keyof typeof STATES] as const),
  ),
)('in %s the inbox has no barriers when it is %s, on a telephone and a desk, light and dark', async (locale, state) => {
  const page = await browser.open({ locale, bypassCSP: true, viewport: { width: 1280, height: 900 } })
  await world.openAs(state === 'empty' ? 'fier.medewerker-1' : 'comensha.medewerker-1', page, '/inbox')
  await STATES[state](page)
  for (const width of [1280, 320])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      expect(await findBarriers(page), `${width} ${colorScheme}`).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBeLessThanOrEqual(width)
    }
})
