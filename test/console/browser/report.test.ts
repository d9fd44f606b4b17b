import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportAddress } from '../report-answers.ts'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'
import { findBarriers, openBrowser, PAGE_FORMS, type TestBrowser } from './open-browser.ts'

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
  test('shows at once how it will be read, without sending anything', async () => {
    const page = await open()
    await fillIn(page)
    const requests: string[] = []
    page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
    const readingOf = async (field: string, inputs: Readonly<Record<string, string>>) => {
      for (const [id, value] of Object.entries(inputs)) await page.fill(`#p1-data-${id}`, value)
      await page.locator('h1').click()
      const line = page.locator(`#p1-data-${field}-reading`)
      await line.filter({ hasText: /./ }).waitFor()
      return [await line.textContent(), (await line.getAttribute('class'))?.includes('fault')]
    }
    expect(await readingOf('achternaam', { achternaam: 'van der Wiel' })).toEqual([
      '‘van der’ is gelezen als tussenvoegsel.',
      false,
    ])
    expect(await readingOf('geboortedatum', { 'geboortedatum-month': '5' })).toEqual(['mei 1998, dag onbekend.', false])
    expect((await readingOf('telefoon', { telefoon: '06-12' }))[1]).toBe(true)
    expect(await readingOf('voornaam', { voornaam: 'onbekend' })).toEqual([
      'Dit telt als onbekend. Laat het liever leeg.',
      false,
    ])
    expect(requests.filter((request) => !request.startsWith('GET /assets/'))).toEqual([])
    expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
  })

  test('an impossible date is a fault', async () => {
    const page = await open()
    await fillIn(page)
    await page.fill('#p1-data-geboortedatum-day', '31')
    await page.fill('#p1-data-geboortedatum-month', '2')
    await page.locator('h1').click()
    await page.locator('#p1-data-geboortedatum-reading.fault').waitFor()
  })
})

describe('a report in a real browser', () => {
  test('goes from the first choice to sent with the keyboard alone', async () => {
    const page = await open()
    await page.goto(`${gateway.issuer}/reports/new`)
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.value')
    /** Presses Tab until an element has the focus. */
    const tabTo = async (target: string) => {
      for (let presses = 0; presses < 150; presses++) {
        await page.keyboard.press('Tab')
        if ((await focused()) === target) return
      }
      throw new Error(`the keyboard does not reach ${target}`)
    }
    /** Presses the button that goes on, and waits for the next page. */
    const next = async (value: string) => {
      await tabTo(value)
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    }
    await tabTo('to')
    await page.keyboard.type('CoMensha')
    await tabTo('purpose')
    await page.keyboard.type('Registratie')
    await tabTo('p1-role')
    await page.keyboard.type('Slachtoffer')
    await next('facts')
    for (let round = 0; round < 6; round++) {
      if ((await page.locator('.tag.released').count()) > 0) break
      // No is the answer to every question but the one of consent.
      for (const summary of await page.locator('form details:not([open]) > summary').all()) await summary.press('Enter')
      for (const group of await page.locator('form fieldset:not(:has(:checked))').all()) {
        const isConsent = (await group.getAttribute('id')) === 'p1-is-uitdrukkelijke-toestemming'
        const isAssessment = /noodzaak|grondslag-door|conflict/.test((await group.getAttribute('id')) ?? '')
        const first = group.locator('input').first()
        await first.focus()
        await page.keyboard.press('Space')
        if (isAssessment) await page.keyboard.press('ArrowLeft')
        else if (!isConsent) await page.keyboard.press('ArrowRight')
      }
      await next('facts')
    }
    await next('data')
    await tabTo('p1-data-voornaam')
    await page.keyboard.type('Mila')
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    await next('send')
    expect(new URL(page.url()).pathname).toMatch(/^\/exchanges\//)
    expect(await page.textContent('[role=status] h2')).toBe('Verstuurd')
  })

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

  test('a connection that is lost at the last button loses nothing, and the report leaves once', async () => {
    const page = await open()
    await toReadOver(page)
    const before = await sentByFier()
    await page.route('**/reports/send', async (route) => {
      await page.unroute('**/reports/send')
      // It arrives, and its answer does not.
      await route.fetch({ maxRedirects: 0 })
      await route.abort('connectionreset')
    })
    await page.click('button.primary')
    await page.waitForURL(/chrome-error:/)
    await page.reload()
    await page.waitForURL(/\/exchanges\//)
    expect(await sentByFier()).toBe(before + 1)
  })

  test('leaves nothing on the computer: no storage, no cache, no title and no address', async () => {
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

describe('pages without barriers', () => {
  test.each(PAGE_FORMS)(
    'the steps of a report and its exchange: %j',
    async (form) => {
      const page = await open(form)
      const look = async (what: string) => {
        const barriers = await findBarriers(page)
        const overflow = (await page.evaluate('document.documentElement.scrollWidth')) as number
        return barriers.length > 0 || overflow > form.viewport.width
          ? [`${what}: ${barriers.join(' ')} ${overflow}`]
          : []
      }
      const found: string[] = []
      await page.goto(`${gateway.issuer}/reports/new`)
      found.push(...(await look('who')))
      await page.click('button.primary')
      found.push(...(await look('who with faults')))
      await page.goto(gateway.issuer + reportAddress({ noodzaak: 'yes' }))
      found.push(...(await look('facts')))
      await page.goto(gateway.issuer + reportAddress())
      await page.click('button.primary')
      found.push(...(await look('data')))
      await page.fill('#p1-data-telefoon', '06-12')
      await page.click('button.primary')
      found.push(...(await look('data with faults')))
      await page.fill('#p1-data-telefoon', '')
      await page.fill('#p1-data-voornaam', 'Mila')
      await page.click('button.primary')
      found.push(...(await look('read over')))
      await page.click('form[action="/reports/send"] button.primary')
      found.push(...(await look('sent')))
      await page.goto(`${gateway.issuer}/exchanges`)
      found.push(...(await look('list')))
      await page.goto(`${gateway.issuer}/exchanges?state=answered`)
      found.push(...(await look('empty list')))
      expect(found).toEqual([])
    },
    30_000,
  )
})
