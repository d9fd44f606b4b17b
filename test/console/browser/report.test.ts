import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONSENT, reportAddress } from '../report-answers.ts'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'
import { loseAnswer } from './lose-answer.ts'
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

const open = async (options?: Parameters<TestBrowser['open']>[0]): Promise<Page> => {
  const page = await browser.open(options)
  await gateway.signInPage(page, 'fier.medewerker-1')
  return page
}
const sentByFier = async () => (await gateway.gateway.store.listExchanges('fier', '', 100)).length

/** Opens a report that may leave, and fills in a made-up person. */
async function fillIn(page: Page): Promise<void> {
  await page.goto(gateway.issuer + reportAddress())
  await page.click('button.primary')
  await page.fill('#p1-data-voornaam', 'Mila')
  await page.fill('#p1-data-geboortedatum-year', '1998')
}
const toReadOver = async (page: Page): Promise<void> => {
  await fillIn(page)
  await page.click('button.primary')
  await page.waitForSelector('form[action="/reports/send"]')
}

describe('typing a value', () => {
  test('a value shows at once how it will be read, without sending anything', async () => {
    const page = await open()
    await fillIn(page)
    const requests: string[] = []
    page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
    const expectReading = async (field: string, inputs: Readonly<Record<string, string>>, text: RegExp) => {
      for (const [id, value] of Object.entries(inputs)) await page.fill(`#p1-data-${id}`, value)
      await page.locator('h1').click()
      await page.locator(`#p1-data-${field}-reading`, { hasText: text }).waitFor()
    }
    await expectReading('achternaam', { achternaam: 'van der Wiel' }, /^‘van der’ is gelezen als tussenvoegsel\.$/)
    await expectReading('geboortedatum', { 'geboortedatum-month': '5' }, /^mei 1998, dag onbekend\.$/)
    await expectReading('geboortedatum', { 'geboortedatum-day': '32' }, /^Deze datum bestaat niet/)
    await expectReading('telefoon', { telefoon: '06-12' }, /^Is geen telefoonnummer/)
    await expectReading('telefoon', { telefoon: '06-10000000' }, /^Gelezen als \+31610000000\.$/)
    await expectReading('voornaam', { voornaam: 'onbekend' }, /^Dit telt als onbekend/)
    expect(requests.filter((request) => !request.startsWith('GET /assets/'))).toEqual([])
    expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
  })
})

describe('answering a question', () => {
  const toFacts = async (options?: Parameters<TestBrowser['open']>[0], answers = {}) => {
    const page = await open(options)
    await page.goto(gateway.issuer + reportAddress(answers))
    return page
  }
  const answer = (page: Page, word: string, reply: string) => page.check(`#p1-is-${word} input[value=${reply}]`)

  test('what may be shared follows each answer, with the focus where it was and nothing of it in the address', async () => {
    const { toestemming: _, ...answers } = CONSENT
    const page = await toFacts({}, answers)
    const address = page.url()
    expect(await page.locator('.tag.released').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Werk bij' }).count()).toBe(0)
    await answer(page, 'toestemming', 'yes')
    await page.locator('.tag.released').first().waitFor()
    expect(await page.evaluate('[document.activeElement.name, document.activeElement.value]')).toEqual([
      'p1.is.toestemming',
      'yes',
    ])
    expect(await page.textContent('#announcement')).toBe(await page.textContent('#verdict'))
    expect(page.url()).toBe(address)
    await answer(page, 'toestemming', 'no')
    await page.locator('.tag.released').first().waitFor({ state: 'detached' })
    expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
  })

  test('without a connection the answers stay, the page says so, and the button is back', async () => {
    const page = await toFacts()
    await page.context().setOffline(true)
    await answer(page, 'toestemming', 'yes')
    await page.getByText('Sluis is niet te bereiken.').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Werk bij' }).click()
    expect(await page.isChecked('#p1-is-toestemming input[value=yes]')).toBe(true)
  })

  test('a session that ended meanwhile asks to sign in, and keeps what was answered', async () => {
    const page = await toFacts()
    await page.context().clearCookies()
    await answer(page, 'toestemming', 'yes')
    await page.locator('input[type=hidden][name="p1.is.toestemming"][value=yes]').first().waitFor({
      state: 'attached',
    })
    expect(await page.title()).toContain('Meld u')
  })

  test('without scripts a button shows what may be shared', async () => {
    const { toestemming: _, ...answers } = CONSENT
    const page = await toFacts({ javaScriptEnabled: false }, answers)
    await answer(page, 'toestemming', 'yes')
    await page.getByRole('button', { name: 'Werk bij' }).click()
    expect(await page.locator('.tag.released').count()).toBeGreaterThan(0)
  })
})

describe('a report in a real browser', () => {
  test('a double click sends it once', async () => {
    const page = await open()
    await toReadOver(page)
    const before = await sentByFier()
    await page.dblclick('button.primary')
    await page.waitForURL(/\/exchanges\//)
    expect(await sentByFier()).toBe(before + 1)
  })

  test('going back after sending, and sending again, leads to the same exchange', async () => {
    const page = await open()
    await toReadOver(page)
    const before = await sentByFier()
    await page.click('button.primary')
    await page.waitForURL(/\/exchanges\//)
    const sent = page.url()
    await page.goBack().catch(() => undefined)
    await page.reload()
    await page.click('form[action="/reports/send"] button.primary')
    await page.waitForURL(/\/exchanges\//)
    expect(page.url()).toBe(sent)
    expect(await sentByFier()).toBe(before + 1)
  })

  test('two tabs are two reports', async () => {
    const page = await open()
    await toReadOver(page)
    const other = await page.context().newPage()
    await toReadOver(other)
    const before = await sentByFier()
    for (const tab of [page, other]) {
      await tab.click('button.primary')
      await tab.waitForURL(/\/exchanges\//)
    }
    expect(page.url()).not.toBe(other.url())
    expect(await sentByFier()).toBe(before + 2)
  })

  test('a report whose answer is lost on the way loses nothing, and leaves once when it is sent again', async () => {
    const page = await open()
    await toReadOver(page)
    const before = await sentByFier()
    await loseAnswer(page, '**/reports/send')
    await page.click('button.primary')
    await page.waitForURL(/\/reports\/send$/)
    expect(await sentByFier()).toBe(before + 1)
    await page.reload()
    await page.waitForURL(/\/exchanges\//)
    expect(await sentByFier()).toBe(before + 1)
  })

  test('a report leaves nothing on the computer: no storage, no cache, no title and no address', async () => {
    const page = await open()
    await toReadOver(page)
    const left = (await page.evaluate(
      `(async () => ({ storage: { ...localStorage, ...sessionStorage }, caches: await caches.keys(), databases: await indexedDB.databases(), title: document.title, address: location.href, cookie: document.cookie }))()`,
    )) as Record<string, unknown>
    expect(left).toMatchObject({ storage: {}, caches: [], databases: [], cookie: '' })
    expect(JSON.stringify(left)).not.toMatch(/Mila|1998/)
    expect(await page.getAttribute('form.report', 'autocomplete')).toBe('off')
  })

  test('every step works without scripts', async () => {
    const page = await open({ javaScriptEnabled: false })
    await toReadOver(page)
    await page.click('button.primary')
    await page.waitForURL(/\/exchanges\//)
  })
})
