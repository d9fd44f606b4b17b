import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatVerifierKey, parseVerifierKey, verifierKeyOf } from '../../../src/audit/checkpoint/signed-note.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { policeReport, shelterReport } from '../../exchange/reports.ts'
import { fileOf, type InboxWorld, keyFileOf, startInboxWorld, type UploadedFile } from '../inbox-world.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

const CANARY = 'Kanariegeel'
const HOSTILE = '<img src=x onerror="document.title=1">'
const WORKER = 'comensha.medewerker-1'
const TOKEN = { bsn: '999990639' }

let world: InboxWorld
let browser: TestBrowser
let desk: Page
let exchange: string
beforeAll(async () => {
  world = await startInboxWorld()
  browser = await openBrowser(world.issuer)
  desk = await browser.open()
  await world.openAs(WORKER, desk, '/')
  await world.report('politie', assessedBy(policeReport({ ...TOKEN, nationaliteit: 'NG' }), HOSTILE))
  await world.report('politie', policeReport({ ...TOKEN, nationaliteit: 'GH' }))
  exchange = await world.report('fier', shelterReport({ voornaam: CANARY }))
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

/** A police report with another name of who assessed it, a text that no rule limits. */
function assessedBy(report: Json, by: string): Json {
  const { dataSubjects, ...rest } = report as { dataSubjects: { assessments: object[] }[] }
  const assessments = dataSubjects[0]!.assessments.map((assessment) => ({ ...assessment, by }))
  return { ...rest, dataSubjects: [{ ...dataSubjects[0], assessments }] } as Json
}

/** A new tab of the person who signed in at the start. */
async function openInbox(): Promise<Page> {
  const page = await desk.context().newPage()
  await page.goto(`${world.issuer}/inbox`)
  return page
}

async function chooseKeys(page: Page): Promise<void> {
  await page.setInputFiles('#key-file', world.keyFile)
  await page.setInputFiles('#log-file', world.logFile)
  await page.getByText('Klaar om te openen').waitFor()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const cards = (page: Page) => page.locator('.deliveries > li')
/** The delivery with the canary. */
const card = (page: Page) => cards(page).filter({ hasText: 'Van Fier' })

async function openAll(page: Page): Promise<void> {
  await chooseKeys(page)
  await press(page, 'Alles openen')
  await page.getByText('leveringen geopend.').waitFor()
}

test('deliveries are opened in the browser, and nobody else sees what is in them or the keys', async () => {
  const page = await openInbox()
  const sent: string[] = []
  const received: Promise<string>[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  page.on('response', (response) => received.push(response.text().catch(() => '')))
  await openAll(page)
  expect(await card(page).textContent()).toContain(CANARY)
  for (const [name, address] of [
    ['Geef terugkoppeling', `/reports/new?purpose=terugkoppeling-aan-melder&to=fier&inReplyTo=${exchange}`],
    ['Vraag de bron wie dit is', `/exchanges/${exchange}/ask?person=1`],
  ] as const)
    expect(await card(page).getByRole('link', { name }).getAttribute('href')).toBe(address)
  await card(page).getByRole('button', { name: 'Bevestig ontvangst' }).click()
  await page.getByText('Ontvangst bevestigd.').waitFor()
  expect(await card(page).locator('.state').textContent()).toBe('bevestigd')
  const traffic = [...sent, ...(await Promise.all(received))].join('\n')
  expect(traffic).toContain('"sealed"')
  expect(traffic).not.toContain(CANARY)
  for (const secret of JSON.parse(world.keyFile.buffer.toString()).keys) expect(traffic).not.toContain(secret.d)
  expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])')).toBe(
    JSON.stringify([{}, {}, `${world.issuer}/inbox`]),
  )
  expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
})

test('each person in a delivery has a link that asks who that person is, and so has each source of a person', async () => {
  const one = policeReport({ voornaam: 'Mila', geboortedatum: '1998-05-02' }) as { dataSubjects: Json[] }
  const other = policeReport({ voornaam: 'Sanne', geboortedatum: '1991-03-04' }) as { dataSubjects: Json[] }
  const id = await world.report('politie', { ...one, dataSubjects: [...one.dataSubjects, ...other.dataSubjects] })
  const page = await openInbox()
  await openAll(page)
  const asks = page.locator(`a[href^="/exchanges/${id}/ask"]`)
  const listed = await asks.evaluateAll((links) =>
    links.map((link) => [link.getAttribute('href'), link.closest('.person') !== null, link.textContent]),
  )
  expect(listed).toEqual([
    [`/exchanges/${id}/ask?person=1`, false, expect.stringMatching(/^Vraag de bron wie dit is: \S{12}$/)],
    [`/exchanges/${id}/ask?person=2`, false, expect.stringMatching(/^Vraag de bron wie dit is: \S{12}$/)],
    [
      `/exchanges/${id}/ask?person=1`,
      true,
      expect.stringMatching(/^Vraag de bron wie dit is: Politie, \d+ [a-z]+ \d{4}/),
    ],
    [
      `/exchanges/${id}/ask?person=2`,
      true,
      expect.stringMatching(/^Vraag de bron wie dit is: Politie, \d+ [a-z]+ \d{4}/),
    ],
  ])
  await asks.nth(1).click()
  expect(await page.textContent('main')).toContain('persoon 2')
})

test('feedback starts with the kind of an answer', async () => {
  const page = await openInbox()
  await openAll(page)
  await card(page).getByRole('link', { name: 'Geef terugkoppeling' }).click()
  expect(await page.inputValue('[name=kind]')).toBe('antwoord')
})

test('what somebody wrote is shown as text, whatever it is', async () => {
  const page = await openInbox()
  await openAll(page)
  expect(await cards(page).last().textContent()).toContain(`beoordeeld door ${HOSTILE}`)
  expect(await page.locator('main img').count()).toBe(0)
  expect(await page.title()).toBe('Postbus - Sluis')
})

test('a person of joined reports is shown once, with what each source gave', async () => {
  const comensha = await world.connect('comensha')
  const { matches } = (await (await comensha.request('GET', '/v1/matches?status=possible')).json()) as {
    matches: { id: string }[]
  }
  await comensha.request('POST', `/v1/matches/${matches[0]!.id}/_confirm`)
  const later = await openInbox()
  await openAll(later)
  const person = later.locator('.person', { hasText: 'Uit 2 meldingen' })
  const row = person.locator('tbody', { hasText: 'Nationaliteit' })
  expect(await row.textContent()).toMatch(/bronnen verschillen.*Nigeria.*Politie.*Ghana.*Politie/)
  await later.getByRole('main').getByRole('link', { name: 'Dezelfde persoon?' }).click()
  expect(await later.getByRole('heading', { level: 1 }).textContent()).toBe('Dezelfde persoon?')
})

describe('a file that does not fit', () => {
  const publicOnly = (file: UploadedFile) => {
    const keys = JSON.parse(file.buffer.toString()).keys.map(({ d: _, ...key }: { d: string }) => key)
    return fileOf('public.jwks.json', JSON.stringify({ keys }))
  }
  test.each([
    ['key-file', 'a picture', () => fileOf('a.json', '\u0089PNG'), 'Dit is geen sleutelbestand.'],
    [
      'key-file',
      'JSON of another kind',
      () => fileOf('a.json', '{"keys":[null,1,{"kty":1}]}'),
      'Dit is geen sleutelbestand.',
    ],
    ['key-file', 'a public key', () => publicOnly(world.keyFile), 'Dit is de openbare sleutel.'],
    [
      'key-file',
      'a damaged key',
      () => fileOf('a.json', world.keyFile.buffer.toString().replace(/"d":"[^"]*"/g, '"d":"!"')),
      'Dit is geen sleutelbestand.',
    ],
    ['key-file', 'too large a file', () => fileOf('a.json', ' '.repeat(70_000)), 'Dit bestand is te groot'],
    ['log-file', 'the key file', () => world.keyFile, 'Dit is geen sleutel van het logboek.'],
    ['log-file', 'an empty file', () => fileOf('log.pub', ''), 'Dit is geen sleutel van het logboek.'],
  ])('%s: %s is named as such, and nothing opens', async (id, _, file, message) => {
    const page = await openInbox()
    await page.setInputFiles(`#${id}`, file())
    await page.locator(`#${id}-fault`, { hasText: message }).waitFor()
    expect(await page.getAttribute(`#${id}`, 'aria-invalid')).toBe('true')
    expect(await page.getByRole('button', { name: 'Alles openen' }).isDisabled()).toBe(true)
  })
})

describe('a delivery stays closed', () => {
  const alert = (page: Page) => card(page).getByRole('alert')

  test('when its key is of another party', async () => {
    const page = await openInbox()
    await page.setInputFiles('#key-file', keyFileOf(world, 'fier'))
    await page.setInputFiles('#log-file', world.logFile)
    await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
    await alert(page).waitFor()
    expect(await alert(page).textContent()).toContain('niet voor de sleutel die u koos')
  })

  test.each([
    ['its sealed bytes', (text: string) => text.replace(/"sealed":"/, '"sealed":" ')],
    ['its sender', (text: string) => text.replace('"sender":"fier"', '"sender":"politie"')],
    ['its moment', (text: string) => text.replace(/"at":"20/, '"at":"19')],
    ['its proof', (text: string) => text.replace(/"proof":"(.{60})./, '"proof":"$1!')],
  ])('when somebody changed %s on the way', async (_, change) => {
    const page = await openInbox()
    await page.route('**/inbox/deliveries/*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: change(await response.text()) })
    })
    await chooseKeys(page)
    await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
    await alert(page).waitFor()
    expect(await alert(page).textContent()).toContain('Het bewijs klopt niet.')
    expect(await page.content()).not.toContain(CANARY)
  })

  test('when the key of the log is of another log', async () => {
    const page = await openInbox()
    await page.setInputFiles('#key-file', world.keyFile)
    const { publicKey } = parseVerifierKey(world.verifierKey)
    await page.setInputFiles('#log-file', fileOf('log.pub', formatVerifierKey(verifierKeyOf('log.example', publicKey))))
    await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
    await alert(page).waitFor()
    expect(await alert(page).textContent()).toContain('Het bewijs klopt niet.')
  })
})

test('a browser that cannot check signatures says so, and opens nothing', async () => {
  const page = await desk.context().newPage()
  await page.addInitScript(`{
    const importKey = crypto.subtle.importKey.bind(crypto.subtle)
    SubtleCrypto.prototype.importKey = (form, key, algorithm, ...others) =>
      (algorithm.name ?? algorithm) === 'Ed25519'
        ? Promise.reject(new DOMException('', 'NotSupportedError'))
        : importKey(form, key, algorithm, ...others)
  }`)
  await page.goto(`${world.issuer}/inbox`)
  await chooseKeys(page)
  await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
  await card(page).getByText('Uw browser is te oud om het bewijs te controleren.').waitFor()
  expect(await page.content()).not.toContain(CANARY)
})

test('a session that ended or a connection that broke loses nothing: the same button works afterwards', async () => {
  const page = await openInbox()
  await chooseKeys(page)
  await page.context().setOffline(true)
  await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
  await page.getByText('Geen verbinding.').waitFor()
  await page.context().setOffline(false)
  const other = await page.context().newPage()
  await other.goto(`${world.issuer}/`)
  await other.getByRole('button', { name: 'Afmelden' }).click()
  await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
  await page.getByText('U bent afgemeld.').waitFor()
  await world.openAs(WORKER, desk, '/signed-in')
  await card(page).getByRole('button', { name: 'Openen', exact: true }).click()
  await card(page).getByText(CANARY).waitFor()
})

test('without scripts the inbox lists deliveries, and says that opening needs them', async () => {
  const page = await browser.open({ javaScriptEnabled: false })
  await world.openAs(WORKER, page, '/inbox')
  expect(await cards(page).count()).toBeGreaterThanOrEqual(3)
  expect(await page.getByText('Openen kan alleen met JavaScript').isVisible()).toBe(true)
})

test('the keyboard alone opens a delivery and saves it', async () => {
  const page = await openInbox()
  await chooseKeys(page)
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate('document.activeElement.textContent')) === name) return
    }
    throw new Error(`the keyboard does not reach ${name}`)
  }
  await tabTo('Openen')
  await page.keyboard.press('Enter')
  await cards(page).first().getByText('Bewijs klopt').waitFor()
  await tabTo('Bewaar verzegeld')
  const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(saved.suggestedFilename()).toMatch(/^[0-9a-f-]{36}\.json$/)
})

test('content in a form of a later version says so, and stays closed', async () => {
  const sealer = world.gateway.sealer as { seal: (recipient: string, content: Uint8Array) => Promise<unknown> }
  const { seal } = sealer
  sealer.seal = (recipient) => seal(recipient, new TextEncoder().encode('{"form":"of later"}'))
  await world.report('fier', shelterReport())
  sealer.seal = seal
  const page = await openInbox()
  await chooseKeys(page)
  const newest = cards(page).first()
  await newest.getByRole('button', { name: 'Openen', exact: true }).click()
  await newest.getByText('Deze levering heeft een vorm die deze versie niet kent.').waitFor()
})
