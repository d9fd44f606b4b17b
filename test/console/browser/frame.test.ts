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

test('the first page asks nothing of another address, and its scripts run under its own policy', async () => {
  const page = await browser.open()
  await page.goto(gateway.issuer)
  expect(await page.getAttribute('html', 'lang')).toBe('nl')
  await page.click('button[name=language]')
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
})

test('a request to another address is refused and remembered', async () => {
  const other = await openBrowser('http://127.0.0.1:1')
  const page = await other.open()
  await expect(page.goto(gateway.issuer)).rejects.toThrow()
  expect(other.elsewhere).toEqual([`${gateway.issuer}/`])
  await other.close()
})

test.each(PAGE_FORMS)('the first page has no barriers: %j', async (form) => {
  const page = await browser.open(form)
  await page.goto(gateway.issuer)
  expect(await findBarriers(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(form.viewport.width)
})
