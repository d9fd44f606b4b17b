import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startConsoleGateway } from '../sign-in-as.ts'
import { inBrowser } from './in-browser.ts'

const shared = inBrowser(startConsoleGateway)

const SIGN_OUT = 'form[action="/sign-out"]'
const who = (page: Page) => page.textContent('.who a')

describe('signing in with a real browser', () => {
  test('one click on the first page signs somebody in, and another person follows in the same browser', async () => {
    const page = await shared.browser.open()
    await page.goto(shared.gateway.issuer)
    await page.click('text=Hulpverlener')
    await page.waitForSelector(SIGN_OUT)
    expect(await who(page)).toBe('Hulpverlener, Fier')
    await page.click('text=Afmelden')
    await page.waitForURL(/signed-out/)
    expect(await page.textContent('h1')).toBe('U bent afgemeld')
    expect(await page.context().cookies(shared.gateway.issuer)).toEqual([])
    await page.goto(shared.gateway.issuer)
    await page.click('text=Medewerker registratie')
    await page.waitForSelector(SIGN_OUT)
    expect(await who(page)).toBe('Medewerker registratie, CoMensha')
  })

  test('signing in works with the keyboard only, through the page of the provider', async () => {
    const page = await shared.browser.open()
    await page.goto(`${shared.gateway.issuer}/sign-in`)
    const reach = async (text: string) => {
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab')
        if ((await page.evaluate('document.activeElement.textContent')) === text) return page.keyboard.press('Enter')
      }
      throw new Error(`the keyboard does not reach \`${text}\``)
    }
    await reach('CoMensha')
    await page.waitForURL(`${shared.gateway.provider.issuer}/**`)
    await reach('Teamleider 2, CoMensha')
    await page.waitForSelector(SIGN_OUT)
    expect(await who(page)).toBe('Teamleider 2, CoMensha')
  })

  test('whoever does not sign in after all comes back to a page that says so', async () => {
    const page = await shared.browser.open()
    await page.goto(`${shared.gateway.issuer}/sign-in/start?organisation=fier`)
    await page.click('text=Niet aanmelden')
    await page.waitForURL(/callback/)
    expect(await page.textContent('h1')).toBe('U bent niet aangemeld')
  })

  test('the back button after signing out shows nothing of the person', async () => {
    const page = await shared.browser.open()
    await shared.gateway.signInPage(page, 'fier.medewerker-1')
    await page.goto(`${shared.gateway.issuer}/sign-in`)
    await page.click('.actions >> text=Afmelden')
    await page.waitForURL(/signed-out/)
    await page.goBack()
    expect(await page.textContent('.who')).not.toContain('Hulpverlener')
  })
})
