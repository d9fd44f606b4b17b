import type { Page } from 'playwright-core'
import { fileOf, keyFileOf } from '../../inbox-world.ts'
import type { PageState } from './page-states.ts'
import type { ExchangeWorld } from './world.ts'

const as = 'comensha.medewerker-1'

async function openAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Alles openen|Open all)$/ }).click()
  await page.locator('#inbox-state', { hasText: /geopend|opened/ }).waitFor()
}

/** The inbox, whose content the browser opens. */
export const inboxStates: readonly PageState[] = [
  {
    page: 'get /inbox',
    state: 'empty',
    as: 'fier.medewerker-1',
    see: '#key-file',
    reach: () => '/inbox?before=01900000-0000-7000-8000-000000000000',
  },
  { page: 'get /inbox', state: 'before a key is chosen', as, see: '.deliveries', reach: () => '/inbox' },
  {
    page: 'get /inbox',
    state: 'full',
    as,
    see: '.person',
    async reach({ issuer, keyFile, logFile }, page) {
      await page.goto(`${issuer}/inbox`)
      await page.setInputFiles('#key-file', keyFile)
      await page.setInputFiles('#log-file', logFile)
      await openAll(page)
    },
  },
  {
    page: 'get /inbox',
    state: 'full of errors',
    as,
    see: '#key-file[aria-invalid]',
    async reach(world: ExchangeWorld, page: Page) {
      await page.goto(`${world.issuer}/inbox`)
      await page.setInputFiles('#key-file', keyFileOf(world, 'fier'))
      await page.setInputFiles('#log-file', world.logFile)
      await openAll(page)
      await page.setInputFiles('#key-file', fileOf('a.json', ''))
      await page.locator('#key-file[aria-invalid]').waitFor()
    },
  },
]
