import { expect, test } from 'vitest'
import { startTestGateway } from '../../start-gateway.ts'
import { inBrowser } from './in-browser.ts'
import { openBrowser } from './open-browser.ts'

const shared = inBrowser(startTestGateway)

test('the first page asks nothing of another address, and its scripts run under its own policy', async () => {
  const page = await shared.browser.open()
  await page.goto(shared.gateway.issuer)
  expect(await page.getAttribute('html', 'lang')).toBe('nl')
  await page.click('button[name=language]')
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  expect([shared.browser.elsewhere, shared.browser.complaints]).toEqual([[], []])
})

test('a request to another address is refused and remembered', async () => {
  const other = await openBrowser('http://127.0.0.1:1')
  const page = await other.open()
  await expect(page.goto(shared.gateway.issuer)).rejects.toThrow()
  expect(other.elsewhere).toEqual([`${shared.gateway.issuer}/`])
  await other.close()
})
