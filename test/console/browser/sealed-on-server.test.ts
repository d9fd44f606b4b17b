import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import { listDemoPeople } from '../../../src/cli/demo/demo-people.ts'
import { DEMO_CLIENT_ID, startDemoProvider } from '../../../src/cli/demo/provider.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { copyDatabase } from '../../../src/storage/files/database-copy.ts'
import { findMarks, findSpelled, KIND_DATA } from '../../exchange/canaries.ts'
import { shelterReport } from '../../exchange/reports.ts'
import { createSite, type Site, startChild } from '../../faults/child-gateway.ts'
import { readAs, submit } from '../../http/duty-gateway.ts'
import { connectTo } from '../../start-gateway.ts'
import { fileOf, keyFileOf } from '../inbox-world.ts'
import { SIGN_IN_PARTIES } from '../sign-in-as.ts'
import { openBrowser } from './open-browser.ts'
import { startRecordingProxy } from './recording-proxy.ts'

/** The gateway of a site behind a proxy, and a provider at which its people sign in. All end after the test. */
async function startRecorded(site: Site) {
  const proxy = await startRecordingProxy()
  const provider = await startDemoProvider()
  onTestFinished(async () => {
    await proxy.close()
    await provider.close()
  })
  const settings = join(site.partyFolder, 'sign-in.json')
  const demo = {
    id: 'demo',
    issuer: provider.issuer,
    clientId: DEMO_CLIENT_ID,
    parties: SIGN_IN_PARTIES,
    authentication: 'private_key_jwt',
  }
  writeFileSync(settings, JSON.stringify({ providers: [demo], listsPeople: true }))
  const gateway = await startChild(site, { SLUIS_ISSUER: proxy.origin, SLUIS_SIGN_IN: settings })
  proxy.serve(site.port)
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the shipped rule set has faults')
  await provider.serve({
    issuer: proxy.origin,
    redirectUri: `${proxy.origin}/sign-in/callback/demo`,
    people: listDemoPeople(loaded.set.parties, SIGN_IN_PARTIES),
  })
  const browser = await openBrowser(proxy.origin, provider.issuer)
  onTestFinished(() => browser.close())
  return { proxy, gateway, browser }
}

test('a server whose deliveries are read in the browser never has what is in them, nor the key', {
  timeout: 60_000,
}, async () => {
  const site = await createSite()
  const { proxy, gateway, browser } = await startRecorded(site)

  // The gateway reads a report once, before it seals it. What comes after that is recorded.
  const shelter = await connectTo(proxy.origin, site.partyFolder, 'fier')
  const { bsn: _, ...data } = KIND_DATA
  for (const nationaliteit of ['NG', 'GH'])
    await readAs('Exchange', 201, await submit(shelter, shelterReport({ ...data, nationaliteit })))
  proxy.take()

  const keyFile = keyFileOf(site, 'comensha')
  const page = await browser.open()
  await page.goto(`${proxy.origin}/sign-in/start?organisation=comensha&person=medewerker-1&to=/inbox`)
  const chooseKeys = async () => {
    await page.setInputFiles('#key-file', keyFile)
    await page.setInputFiles('#log-file', fileOf('log.pub', `${site.verifierKey()}\n`))
  }
  await chooseKeys()
  await page.getByRole('button', { name: 'Alles openen' }).click()
  await page.getByText('leveringen geopend.').waitFor()
  const read = Buffer.from((await page.textContent('main'))!)
  expect(findSpelled(read).length).toBeGreaterThan(5)
  await page.getByRole('button', { name: 'Bevestig ontvangst' }).first().click()
  await page.getByText('Ontvangst bevestigd.').first().waitFor()
  await page.goto(`${proxy.origin}/matches?status=automatic`)
  await chooseKeys()
  await page.getByRole('button', { name: 'Open beide' }).first().click()
  await page.locator('.opened table').waitFor()
  expect(findSpelled(Buffer.from((await page.textContent('.opened'))!)).length).toBeGreaterThan(5)
  await page.getByRole('button', { name: 'Niet dezelfde' }).first().click()
  await page.locator('#said').waitFor()
  await page.getByRole('button', { name: 'Afmelden' }).click()

  const passed = proxy.take()
  const traffic = Buffer.concat(passed).toString('latin1')
  for (const seen of ['POST /inbox/deliveries/', '"sealed"', '/acknowledge', 'POST /matches/', 'POST /sign-out'])
    expect(traffic).toContain(seen)
  expect(traffic).not.toMatch(/^content-encoding:/im)

  const sinks = new Map(passed.map((bytes, index) => [`connection ${index}`, bytes]))
  sinks.set('output', Buffer.from(gateway.output()))
  copyDatabase(site.databasePath, join(site.dataFolder, 'copy.sqlite'))
  const addFiles = (moment: string) => {
    for (const file of readdirSync(site.dataFolder, { recursive: true, withFileTypes: true }))
      if (file.isFile()) sinks.set(`${file.name} ${moment}`, readFileSync(join(file.parentPath, file.name)))
  }
  addFiles('while it runs')
  await gateway.kill()
  addFiles('when it is gone')
  expect([...sinks.keys()]).toContain('sluis.sqlite-wal while it runs')
  const secrets = (JSON.parse(keyFile.buffer.toString()) as { keys: { d: string }[] }).keys.map(({ d }) => d)
  const found = [...sinks].flatMap(([sink, bytes]) =>
    [...findSpelled(bytes), ...findMarks(bytes, secrets)].map((value) => `${value} in ${sink}`),
  )
  expect(found).toEqual([])
})

test('a recording has what a page would leak: in an address, a header, a form and an answer', async () => {
  const proxy = await startRecordingProxy()
  onTestFinished(() => proxy.close())
  const { createServer } = await import('node:http')
  const server = createServer((request, response) => request.pipe(response)).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  proxy.serve((server.address() as { port: number }).port)
  const [mark] = findSpelled(Buffer.from(JSON.stringify(KIND_DATA)))
  for (const [path, init] of [
    [`/?${encodeURIComponent(mark!)}`, {}],
    ['/', { headers: { 'x-leak': Buffer.from(mark!).toString('base64') } }],
    ['/', { method: 'POST', body: new URLSearchParams({ leak: mark! }) }],
  ] as const) {
    await (await fetch(proxy.origin + path, init)).text()
    expect(findSpelled(Buffer.concat(proxy.take()))).toContain(mark)
  }
})
