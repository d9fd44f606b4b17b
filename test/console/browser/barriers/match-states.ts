import type { Page } from 'playwright-core'
import { keyFileOf, type UploadedFile } from '../../inbox-world.ts'
import type { PageState } from './page-states.ts'
import type { ExchangeWorld } from './world.ts'

const as = 'comensha.medewerker-1'

async function openBoth({ issuer, logFile }: ExchangeWorld, page: Page, keyFile: UploadedFile): Promise<void> {
  await page.goto(`${issuer}/matches`)
  await page.setInputFiles('#key-file', keyFile)
  await page.setInputFiles('#log-file', logFile)
  const both = page.getByRole('button', { name: /^Open (beide|both)$/ })
  await both.first().click()
}

/** Pairs that may be one person. */
export const matchStates: readonly PageState[] = [
  { page: 'get /matches', state: 'empty', as: 'fier.medewerker-1', see: '.lists', reach: () => '/matches' },
  {
    page: 'get /matches',
    state: 'for somebody without a key',
    as: 'comensha.teamleider-1',
    see: '.match',
    reach: () => '/matches',
  },
  {
    page: 'get /matches',
    state: 'full',
    as,
    see: '.opened table',
    reach: (world, page) => openBoth(world, page, world.keyFile),
  },
  {
    page: 'get /matches',
    state: 'full of errors',
    as,
    see: '#said',
    async reach(world, page) {
      await openBoth(world, page, keyFileOf(world, 'fier'))
      await page.locator('.match').getByRole('alert').first().waitFor()
      await page.context().setOffline(true)
      await page.getByRole('button', { name: /^(Dezelfde persoon|The same person)$/ }).click()
      await page.locator('#said').waitFor()
      await page.context().setOffline(false)
    },
  },
  {
    page: 'get /matches/{id}',
    state: 'with one pair',
    as,
    see: '.match',
    async reach({ issuer }, page) {
      await page.goto(`${issuer}/matches`)
      const action = await page.getAttribute('form[action^="/matches/"]', 'action')
      await page.goto(issuer + action)
    },
  },
  {
    page: 'post /matches/{id}',
    state: 'without an answer',
    as,
    see: 'h1',
    async reach({ issuer }, page) {
      await page.goto(`${issuer}/matches`)
      await page.evaluate('document.querySelector(\'form[action^="/matches/"]\').submit()')
      await page.waitForURL(/matches\/./)
    },
  },
]
