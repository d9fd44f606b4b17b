import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullDeliveries } from '../../../src/cli/party/deliveries.ts'
import { runSluis } from '../../cli/run-sluis.ts'
import { policeReport, shelterReport } from '../../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { findBarriers, openBrowser, type TestBrowser } from './open-browser.ts'

const CANARY = 'Kanariegeel'
let gateway: TestGateway
let browser: TestBrowser
let deliveries: string[]
let address: string
beforeAll(async () => {
  gateway = await startTestGateway()
  browser = await openBrowser()
  for (const [sender, body] of [
    ['politie', policeReport()],
    ['fier', shelterReport({ voornaam: CANARY })],
  ] as const) {
    const client = await gateway.connect(sender)
    const response = await client.request('POST', '/v1/exchanges', {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    })
    expect(response.status).toBe(201)
  }
  const folder = join(gateway.folder, 'pulled')
  mkdirSync(folder)
  deliveries = []
  for await (const { delivery } of pullDeliveries(await gateway.connect('comensha'))) {
    const path = join(folder, `${delivery.id}.json`)
    writeFileSync(path, JSON.stringify(delivery, null, 2))
    deliveries.push(path)
  }
  writeFileSync(join(folder, 'log.pub'), gateway.verifierKey)
  deliveries.push(join(folder, 'log.pub'))
  const reader = join(folder, 'reader.html')
  expect((await runSluis(['reader', '--to', reader])).code).toBe(0)
  address = pathToFileURL(reader).href
})
afterAll(async () => {
  await browser.close()
  await gateway.stop()
})

const [KEY, LOG, FILES] = ['#key-file', '#log-file', '#delivery-files']

test('one file from disk verifies and opens deliveries, and asks nothing of any network', async () => {
  const page = await browser.open({ offline: true, bypassCSP: false })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(address)
  expect(await page.locator(FILES).isDisabled()).toBe(true)
  await page.setInputFiles(KEY, join(gateway.partyFolder, 'comensha.jwks.json'))
  await page.setInputFiles(LOG, deliveries.at(-1)!)
  await page.getByText('Klaar om te openen').waitFor()
  await page.setInputFiles(FILES, deliveries)
  await page.locator('.deliveries').getByText(CANARY).waitFor()
  expect(await page.locator('.deliveries > li').count()).toBe(3)
  expect(await page.getByText('Bewijs klopt').count()).toBe(2)
  expect(await page.getByText('Dit is geen levering').count()).toBe(1)
  expect(await page.locator('.person').count()).toBeGreaterThan(0)
  expect(asked).toEqual([address])
  expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
})

test('a delivery that was changed on disk stays closed', async () => {
  const page = await browser.open()
  await page.goto(address)
  await page.setInputFiles(KEY, join(gateway.partyFolder, 'comensha.jwks.json'))
  await page.setInputFiles(LOG, deliveries.at(-1)!)
  const text = readFileSync(deliveries[0]!, 'utf8').replace('"sender": "politie"', '"sender": "fier"')
  await page.getByText('Klaar om te openen').waitFor()
  await page.setInputFiles(FILES, { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await page.getByText('Het bewijs klopt niet.').waitFor()
})

test('the file cannot connect: its own policy refuses it', async () => {
  const page = await browser.open()
  await page.goto(address)
  const outcome = await page.evaluate(
    `fetch(${JSON.stringify(gateway.issuer)}).then(() => 'connected', () => 'refused')`,
  )
  expect([outcome, browser.elsewhere]).toEqual(['refused', []])
})

test('the hash is that of the file, and making it again gives the same bytes', async () => {
  const { stdout } = await runSluis(['reader', '--hash'])
  const made = await crypto.subtle.digest('SHA-256', readFileSync(resolve('dist/reader.html')))
  expect(stdout.trim()).toBe(Buffer.from(made).toString('hex'))
})

test.each(['nl-NL', 'en-GB'])(
  'the file has no barriers in %s, light and dark, on a telephone and a desk',
  async (locale) => {
    const page = await browser.open({ locale, bypassCSP: true })
    await page.goto(address)
    for (const width of [1280, 320])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        expect(await findBarriers(page)).toEqual([])
      }
  },
)
