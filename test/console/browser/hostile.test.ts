import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONSOLE_PAGES } from '../../../src/console/page-table.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { policeReport } from '../../exchange/reports.ts'
import { MARK, TYPED, TYPED_LONG, writeHostilePolicies } from '../hostile-policies.ts'
import { CONSENT, reportAddress } from '../report-answers.ts'
import { type ExchangeWorld, startExchangeWorld } from './barriers/world.ts'
import { inspectPage, watchPolicy } from './inspect-page.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

const TELEPHONE = { viewport: { width: 320, height: 900 } }
const SENDER = 'fier.medewerker-1'
const READER = 'comensha.medewerker-1'
const LEADER = 'fier.teamleider-1'

let folder: string
let world: ExchangeWorld
let browser: TestBrowser
let match: string
const pages = new Map<string, Page>()
const dialogs: string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-hostile-'))
  expect(writeHostilePolicies(folder)).toBeGreaterThan(1000)
  world = await startExchangeWorld({ SLUIS_POLICIES: folder })
  browser = await openBrowser(world.issuer, world.provider.issuer)
  await world.report('politie', assessedBy(policeReport({ nationaliteit: 'SL' })))
  const comensha = await world.connect('comensha')
  const { matches } = (await (await comensha.request('GET', '/v1/matches')).json()) as { matches: { id: string }[] }
  match = matches.at(-1)!.id
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
  rmSync(folder, { recursive: true })
})

/** A report with a hostile name of who assessed it, a text that no rule limits. */
function assessedBy(report: Json): Json {
  const { dataSubjects, ...rest } = report as { dataSubjects: { assessments: object[] }[] }
  const assessments = dataSubjects[0]!.assessments.map((assessment) => ({ ...assessment, by: TYPED }))
  return { ...rest, dataSubjects: [{ ...dataSubjects[0], assessments }] } as Json
}

/** The page of a person, who stays signed in. */
async function pageOf(person: string): Promise<Page> {
  const known = pages.get(person)
  if (known) return known
  const page = await browser.open(TELEPHONE)
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await watchPolicy(page)
  if (person !== '') await world.signInPage(page, person)
  pages.set(person, page)
  return page
}

const ASKED = 'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer&field=voornaam&field=bsn'

const ANSWERED = `${ASKED}&${Object.entries(CONSENT)
  .map(([word, reply]) => `is.${word}=${reply}`)
  .join('&')}`

/** Every page that is shown, by whom it is opened, and where. A new page adds its line. */
const VISITS: Readonly<Record<string, readonly (readonly [person: string, address: string])[]>> = {
  'get /': [
    ['', '/'],
    [READER, '/'],
  ],
  'get /sign-in': [
    ['', '/sign-in'],
    [SENDER, '/sign-in'],
  ],
  'get /sign-in/start': [['', '/sign-in/start?organisation=HOSTILE&person=HOSTILE']],
  'get /sign-in/callback/{provider}': [
    ['', '/sign-in/callback/demo?state=HOSTILE&error=HOSTILE&error_description=HOSTILE'],
    ['', '/sign-in/callback/HOSTILE?code=HOSTILE'],
  ],
  'get /signed-in': [[SENDER, '/signed-in']],
  'get /signed-out': [['', '/signed-out?organisation=HOSTILE']],
  'get /may-i-share': [
    [SENDER, '/may-i-share'],
    [SENDER, `/may-i-share?${ASKED}`],
    [SENDER, `/may-i-share?${ANSWERED}`],
  ],
  'get /may-i-share/result': [
    [SENDER, `/may-i-share/result?${ASKED}`],
    [SENDER, `/may-i-share/result?${ANSWERED}`],
  ],
  'get /reports/new': [
    [SENDER, '/reports/new'],
    [SENDER, reportAddress()],
  ],
  'get /exchanges': [[SENDER, '/exchanges']],
  'get /exchanges/{id}': [
    [SENDER, '/exchanges/SHARED'],
    [SENDER, '/exchanges/SHARED?sent=yes'],
    [SENDER, '/exchanges/REFUSED'],
    [SENDER, '/exchanges/HELD'],
  ],
  'get /exchanges/{id}/statement': [[SENDER, '/exchanges/SHARED/statement']],
  'get /exchanges/{id}/recall': [[SENDER, '/exchanges/SHARED/recall']],
  'get /exchanges/{id}/ask': [[READER, '/exchanges/SHARED/ask']],
  'get /approvals': [[LEADER, '/approvals']],
  'get /inbox': [[READER, '/inbox']],
  'get /matches': [
    [READER, '/matches'],
    ['comensha.teamleider-1', '/matches'],
  ],
  'get /matches/{id}': [[READER, '/matches/MATCH']],
}
/** Answered with a file to save. */
const FILES = ['get /exchanges/{id}/receipt']

const filledIn = (address: string) =>
  world.issuer +
  address
    .replaceAll('HOSTILE', encodeURIComponent(TYPED))
    .replace('SHARED', world.exchanges.shared)
    .replace('REFUSED', world.exchanges.refused)
    .replace('HELD', world.exchanges.held)
    .replace('MATCH', match)

/** What a hostile query is put under: every name that a page reads. */
const NAMES =
  'to from purpose about field is.jonger-dan-16 basis state recipient since until cursor before status done pair kind inReplyTo person key organisation sent people'

describe('a hostile text is a text, and stays within a telephone', () => {
  test('every page that is shown has a visit', () => {
    const shown = CONSOLE_PAGES.filter(({ method }) => method === 'get').map(({ path }) => `get ${path}`)
    expect([...Object.keys(VISITS), ...FILES].sort()).toEqual(shown.sort())
  })

  test.each(
    Object.values(VISITS)
      .flat()
      .map(([person, address]) => [address, person] as const),
  )('a hostile text is a text on the page %s, opened by %j', async (address, person) => {
    const page = await pageOf(person)
    const answer = await page.goto(filledIn(address))
    expect(answer!.status()).toBeLessThan(500)
    if (person !== '') expect(await page.textContent('body')).toContain(MARK)
    expect(await inspectPage(page)).toEqual([])
    const asked = await page.goto(`${filledIn(address)}${address.includes('?') ? '&' : '?'}${hostileQuery()}`)
    expect(asked!.status()).toBeLessThan(500)
    expect(await inspectPage(page)).toEqual([])
    expect(dialogs).toEqual([])
  })

  test.each([
    ['the inbox', '/inbox', 'Alles openen', '.read'],
    ['a pair', '/matches/MATCH', 'Open beide', '.opened table'],
  ])('a hostile text is a text in %s that was opened', async (_, address, name, opened) => {
    const page = await pageOf(READER)
    await page.goto(filledIn(address))
    await page.setInputFiles('#key-file', { ...world.keyFile, name: `${TYPED.slice(0, 60).replaceAll('/', '')}.json` })
    await page.setInputFiles('#log-file', world.logFile)
    await page.getByRole('button', { name }).first().click()
    await page.locator(opened).first().waitFor()
    expect(await page.textContent('main')).toContain(`${MARK}"'`)
    expect(await inspectPage(page)).toEqual([])
  })

  test('a hostile text is a text in a report that is sent back, and in one that is read over and sent', async () => {
    const page = await pageOf(SENDER)
    const press = () => Promise.all([page.waitForEvent('load'), page.click('button.primary')])
    await page.goto(world.issuer + reportAddress())
    await press()
    for (const input of await page.locator('form.report :is(input, textarea):not([type=hidden])').all())
      await input.fill(TYPED_LONG)
    await press()
    expect(await page.locator('.faults a').count()).toBeGreaterThan(5)
    expect(await inspectPage(page)).toEqual([])

    await page.goto(world.issuer + reportAddress())
    await press()
    await page.fill('#p1-data-voornaam', 'Mila')
    await page.fill('#reference', TYPED.slice(0, 100))
    await press()
    expect(await page.textContent('dl')).toContain(`${MARK}"'`)
    expect(await inspectPage(page)).toEqual([])
    await press()
    expect(new URL(page.url()).pathname).toMatch(/^\/exchanges\/[0-9a-f-]{36}$/)
    expect(await inspectPage(page)).toEqual([])
    expect(dialogs).toEqual([])
  })
})

const hostileQuery = () =>
  NAMES.split(' ')
    .map((name) => `${name}=${encodeURIComponent(TYPED)}`)
    .join('&')
