import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportAddress } from '../report-answers.ts'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'
import { findBarriers, openBrowser, PAIRED_FORMS, type TestBrowser } from './open-browser.ts'

let gateway: ConsoleGateway
let browser: TestBrowser
beforeAll(async () => {
  gateway = await startConsoleGateway()
  browser = await openBrowser(gateway.issuer)
})
afterAll(async () => {
  await browser?.close()
  await gateway?.stop()
})

/** The lists of countries make up most of a page; for what axe looks at, three countries are as good as all of them. */
const SHORTEN_LISTS = "for (const list of document.querySelectorAll('select')) while (list.length > 4) list.remove(4)"

test.each(PAIRED_FORMS)('the steps of a report and its exchange have no barriers: %j', async (form) => {
  const page = await browser.open(form)
  await gateway.signInPage(page, 'fier.medewerker-1')
  const found: string[] = []
  const look = async (what: string) => {
    await page.waitForLoadState()
    const width = (await page.evaluate('document.documentElement.scrollWidth')) as number
    await page.evaluate(SHORTEN_LISTS)
    const barriers = await findBarriers(page)
    if (width > form.viewport.width) found.push(`${what}: is ${width} wide`)
    found.push(...barriers.map((barrier) => `${what}: ${barrier}`))
  }
  const next = () => page.click('main form button.primary')
  await page.goto(`${gateway.issuer}/reports/new`)
  await look('who')
  await next()
  await look('who with faults')
  await page.goto(gateway.issuer + reportAddress({ noodzaak: 'yes' }))
  await look('facts')
  await page.goto(gateway.issuer + reportAddress())
  await next()
  await page.fill('#p1-data-telefoon', '06-12')
  await next()
  await look('data with faults')
  await page.fill('#p1-data-telefoon', '')
  await page.fill('#p1-data-voornaam', 'Mila')
  await next()
  await look('read over')
  await next()
  await look('sent')
  await page.goto(`${gateway.issuer}/exchanges`)
  await look('list')
  await page.goto(`${gateway.issuer}/exchanges?state=answered`)
  await look('empty list')
  expect(found).toEqual([])
})
