import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { MARK, writeHostilePolicies } from '../hostile-policies.ts'
import { inspectPage } from './inspect-page.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

let folder: string
let gateway: TestGateway
let browser: TestBrowser
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-hostile-'))
  writeHostilePolicies(folder)
  gateway = await startTestGateway({ SLUIS_POLICIES: folder })
  browser = await openBrowser(gateway.issuer)
})
afterAll(async () => {
  await browser.close()
  await gateway.stop()
  rmSync(folder, { recursive: true })
})

const ASKED =
  'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer&field=voornaam' +
  '&is.toestemming=yes&is.toestemming-ingetrokken=no&is.jonger-dan-16=no' +
  '&is.onder-curatele-bewind-of-mentorschap=no&is.onder-medisch-beroepsgeheim=no&is.afkomstig-van-opsporingsdienst=no'

test('a part that a script puts into the page holds no script either', async () => {
  const page = await browser.open()
  await page.goto(`${gateway.issuer}/may-i-share?${ASKED}`)
  await page.click('.answered a')
  await page.waitForURL((url) => !url.search.includes('toestemming=yes'))
  expect(await inspectPage(page)).toEqual([])
})

test('a saved record with hostile texts runs nothing when it is opened', async () => {
  const answer = await fetch(`${gateway.issuer}/may-i-share/record`, {
    method: 'POST',
    headers: { origin: gateway.issuer },
    body: new URLSearchParams(ASKED),
  })
  const path = join(folder, 'record.html')
  writeFileSync(path, await answer.text())
  const page = await browser.open()
  await page.goto(`file://${path}`)
  expect(await page.textContent('h1')).toContain(`${MARK}Fier`)
  expect(await page.evaluate('window.taken')).toBeUndefined()
  expect(await page.locator('img, [onerror]').count()).toBe(0)
  expect(JSON.parse((await page.textContent('#record'))!).asked.sender).toBe('fier')
})
