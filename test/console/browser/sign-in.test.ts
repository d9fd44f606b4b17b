import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

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

test('a real browser keeps the session that it is given', async () => {
  const page = await browser.open()
  await gateway.signInPage(page, 'comensha.medewerker-1')
  await page.goto(gateway.issuer)
  expect(await page.textContent('.who')).toContain('CoMensha')
  expect(browser.complaints).toEqual([])
})
