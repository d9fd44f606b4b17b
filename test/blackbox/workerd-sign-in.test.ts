import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBrowsing } from '../console/browsing.ts'
import { startFakeProvider } from '../console/fake-provider.ts'
import { startWorkerd } from './start-workerd.ts'

test('a person signs in to a gateway in workerd, stays signed in when it dies, and signs out', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-sign-in-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const provider = await startFakeProvider('demo-comensha-medewerker-1')
  onTestFinished(() => provider.close())
  const path = join(folder, 'sign-in.json')
  const settings = {
    id: 'comensha',
    issuer: provider.issuer,
    clientId: 'sluis',
    parties: ['comensha'],
    authentication: 'private_key_jwt',
  }
  writeFileSync(path, JSON.stringify({ providers: [settings] }))
  const runtime = await startWorkerd({ SLUIS_SIGN_IN: path })
  onTestFinished(() => runtime.stop())

  const browser = createBrowsing(runtime.issuer)
  const home = await browser.follow('/sign-in/start?organisation=comensha&to=/')
  expect([home.status, await home.text()], runtime.output()).toEqual([
    200,
    expect.stringContaining('<bdi>Medewerker registratie</bdi>, <bdi>CoMensha</bdi>'),
  ])
  await runtime.restart()
  const kept = browser.cookies(runtime.issuer)
  expect(await (await browser.open('/')).text()).toContain('<bdi>Medewerker registratie</bdi>, <bdi>CoMensha</bdi>')
  expect((await browser.send('/sign-out')).status).toBe(303)
  const thief = await fetch(runtime.issuer, { headers: { cookie: kept, 'accept-language': 'nl' } })
  expect(await thief.text()).not.toContain('Medewerker registratie')
})
