import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { findBarriers, openBrowser, PAGE_FORMS, type TestBrowser } from './open-browser.ts'

let gateway: TestGateway
let browser: TestBrowser
beforeAll(async () => {
  gateway = await startTestGateway()
  browser = await openBrowser(gateway.issuer)
})
afterAll(async () => {
  await browser.close()
  await gateway.stop()
})

const CHOSEN = 'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer'
const FILLED = `${CHOSEN}&field=voornaam&field=verblijfadres&field=bsn&is.jonger-dan-16=no&is.uitdrukkelijke-toestemming=unknown`

/** Each page in each language is opened once, and then shown in every theme and width. */
const shown = new Map<string, Page>()

const STATES = [
  ['empty', '/may-i-share'],
  ['filled in', `/may-i-share?${FILLED}`],
  ['faulty', `/may-i-share?${FILLED}&is.jonger-dan-12=yes&field=none&to=none`],
  ['a result', `/may-i-share/result?${FILLED}`],
] as const

test.each(STATES.flatMap(([state, path]) => PAGE_FORMS.map((form) => [state, form, path] as const)))(
  'the page "May I share this?" has no barriers when it is %s: %j',
  async (_, { colorScheme, viewport, ...form }, path) => {
    const key = `${form.locale} ${path}`
    let page = shown.get(key)
    if (!page) {
      page = await browser.open(form)
      await page.goto(gateway.issuer + path)
      shown.set(key, page)
    }
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width)
  },
)
