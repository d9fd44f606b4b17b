import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

/** What somebody who may write rule files could put into a text: script, quotes, an end of script, turned text, a very long word. */
const HOSTILE = `"'><img src=x onerror="document.title='taken'"><script>document.title='taken'</script></script>\u202E&amp;${'o'.repeat(300)}`

/** Texts of the shipped files that the page shows, each with what stands before it in the file. */
const TEXTS = [
  ['partijen.yaml', 'nl: Fier'],
  ['woordenlijst.yaml', 'nl: Voornaam'],
  ['woordenlijst.yaml', 'nl: Coördinatie van opvang en verzorging van slachtoffers'],
  ['woordenlijst.yaml', 'nl: De betrokkene informeren'],
  ['woordenlijst.yaml', 'nl: Is de betrokkene jonger dan zestien jaar?'],
  ['avg/avg-toestemming-comensha.yaml', 'titel: Gegevens over slachtoffers naar CoMensha met toestemming'],
  ['avg/avg-toestemming-comensha.yaml', 'grond: AVG art. 6 lid 1 onder a'],
] as const

let folder: string
let gateway: TestGateway
let browser: TestBrowser
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-hostile-'))
  cpSync('policies', folder, { recursive: true })
  for (const [file, text] of TEXTS) {
    const path = join(folder, file)
    const before = readFileSync(path, 'utf8')
    const [key, ...words] = text.split(': ')
    const after = before.replace(text, () => `${key}: ${JSON.stringify(words.join(': ') + HOSTILE)}`)
    if (after === before) throw new Error(`${file} no longer has the text \`${text}\``)
    writeFileSync(path, after)
  }
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

test.each([
  ['the question', `/may-i-share?${ASKED}`],
  ['the result', `/may-i-share/result?${ASKED}`],
])('a hostile text of a rule file stays a text in %s', async (_, path) => {
  const page = await browser.open({ viewport: { width: 320, height: 900 } })
  await page.goto(gateway.issuer + path)
  for (const text of [
    'Fier"',
    'Voornaam"',
    'slachtoffers"',
    'informeren"',
    'zestien jaar?"',
    'met toestemming"',
    'onder a"',
  ])
    expect(await page.textContent('main')).toContain(text)
  expect(await page.title()).not.toBe('taken')
  expect(await page.locator('main script, main img, [onerror]').count()).toBe(0)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
  expect(browser.elsewhere).toEqual([])
})

test('a part that a script puts into the page holds no script either', async () => {
  const page = await browser.open()
  await page.goto(`${gateway.issuer}/may-i-share?${ASKED}`)
  await page.click('.answered a')
  await page.waitForURL((url) => !url.search.includes('toestemming=yes'))
  expect(await page.locator('main script, main img, [onerror]').count()).toBe(0)
  expect(await page.title()).not.toBe('taken')
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
  expect(await page.textContent('h1')).toContain('Fier"')
  expect(await page.title()).not.toBe('taken')
  expect(await page.locator('img, [onerror]').count()).toBe(0)
  expect(JSON.parse((await page.textContent('#record'))!).asked.sender).toBe('fier')
})
