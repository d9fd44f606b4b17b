import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../console/browser/open-browser.ts'
import { startInboxWorld } from '../console/inbox-world.ts'
import { policeReport, shelterReport } from '../exchange/reports.ts'

/** Writes the pictures of the console that the README and the docs show; of made-up people. Run by `npm run screenshots`. */
const TO = 'docs/images'
const FRAME = { viewport: { width: 1120, height: 760 }, locale: 'en-GB', colorScheme: 'light' } as const
const QUESTION =
  'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer&field=voornaam&field=geboortedatum&field=nationaliteit'

mkdirSync(TO, { recursive: true })
const world = await startInboxWorld()
const browser = await openBrowser(world.issuer)
const save = async (page: Page, name: string) => {
  await page.screenshot({ path: join(TO, `${name}.png`) })
}
try {
  await world.report('politie', policeReport({ bsn: '999990639', nationaliteit: 'NG' }))
  const exchange = await world.report('fier', shelterReport({ voornaam: 'Adaeze', achternaam: 'Voorbeeld' }))

  const share = await browser.open(FRAME)
  await share.goto(
    `${world.issuer}/may-i-share?${QUESTION}&is.toestemming=yes&is.jonger-dan-16=no&is.toestemming-ingetrokken=no`,
  )
  await save(share, 'may-i-share')

  const report = await browser.open(FRAME)
  await world.openAs('fier.medewerker-1', report, '/reports/new')
  await save(report, 'new-report')

  const sent = await browser.open(FRAME)
  await world.openAs('fier.medewerker-1', sent, `/exchanges/${exchange}`)
  await save(sent, 'exchange')

  const inbox = await browser.open(FRAME)
  await world.openAs('comensha.medewerker-1', inbox, '/inbox')
  await inbox.setInputFiles('#key-file', world.keyFile)
  await inbox.setInputFiles('#log-file', world.logFile)
  await inbox.getByRole('button', { name: 'Open all', exact: true }).click()
  await inbox.getByText('deliveries opened').waitFor()
  await inbox
    .locator('.deliveries > li')
    .first()
    .evaluate((card) => card.scrollIntoView())
  await save(inbox, 'inbox')
} finally {
  await browser.close()
  await world.stop()
}
