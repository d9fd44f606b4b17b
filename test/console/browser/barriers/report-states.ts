import type { Page } from 'playwright-core'
import { reportAddress } from '../../report-answers.ts'
import type { PageState } from './page-states.ts'
import { type ExchangeWorld, goOn } from './world.ts'

const as = 'fier.medewerker-1'
/** The lists of countries make up most of a page; for what axe looks at, three countries are as good as all of them. */
const SHORTEN_LISTS = "for (const list of document.querySelectorAll('select')) while (list.length > 4) list.remove(4)"

async function toData({ issuer }: ExchangeWorld, page: Page): Promise<void> {
  await page.goto(issuer + reportAddress())
  await goOn(page)
  await page.evaluate(SHORTEN_LISTS)
}

async function toReadOver(world: ExchangeWorld, page: Page): Promise<void> {
  await toData(world, page)
  await page.fill('#p1-data-voornaam', 'Mila')
  await goOn(page)
}

/** The steps of a report. */
export const reportStates: readonly PageState[] = [
  { page: 'get /reports/new', state: 'empty', as, see: '#p1-role', reach: () => '/reports/new' },
  {
    page: 'get /reports/new',
    state: 'as an answer',
    as,
    see: '.steps',
    reach: ({ exchanges }) => `/reports/new?inReplyTo=${exchanges.question}`,
  },
  {
    page: 'get /reports/new',
    state: 'with questions of which nothing is answered',
    as,
    see: 'form details',
    reach: () => reportAddress({}),
  },
  {
    page: 'get /reports/new',
    state: 'with answers under which data may pass',
    as,
    see: '.tag.released',
    reach: () => reportAddress(),
  },
  {
    page: 'post /reports/new',
    state: 'without its choices',
    as,
    see: '.faults',
    async reach({ issuer }, page) {
      await page.goto(`${issuer}/reports/new`)
      await goOn(page)
    },
  },
  {
    page: 'post /reports/new',
    state: 'with two persons',
    as,
    see: '#p2-role',
    async reach({ issuer }, page) {
      await page.goto(`${issuer}/reports/new`)
      await page.click('button[value=add]')
    },
  },
  {
    page: 'post /reports/new',
    state: 'of which nothing may pass',
    as,
    see: '[role=alert]',
    async reach({ issuer }, page) {
      await page.goto(issuer + reportAddress({ noodzaak: 'yes' }))
      await goOn(page)
    },
  },
  { page: 'post /reports/new', state: 'with its fields', as, see: '#p1-data-voornaam', reach: toData },
  {
    page: 'post /reports/new',
    state: 'with a fault at a field',
    as,
    see: '.faults',
    async reach(world, page) {
      await toData(world, page)
      await page.fill('#p1-data-telefoon', '06-12')
      await goOn(page)
      await page.evaluate(SHORTEN_LISTS)
    },
  },
  {
    page: 'post /reports/new',
    state: 'to read over',
    as,
    see: 'form[action="/reports/send"]',
    reach: toReadOver,
  },
  {
    page: 'post /reports/send',
    state: 'that was sent and changed since',
    as,
    see: 'button[value=new]',
    async reach(world, page) {
      await toReadOver(world, page)
      await goOn(page)
      await page.goBack()
      await page.evaluate("document.querySelector('[name=\"p1.data.voornaam\"]').value = 'Adaeze'")
      await goOn(page)
    },
  },
  {
    page: 'post /reports/send',
    state: 'without a session',
    as,
    see: 'a[target=_blank]',
    async reach(world, page) {
      await toReadOver(world, page)
      await page.context().clearCookies()
      await goOn(page)
    },
  },
]
