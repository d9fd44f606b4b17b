import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { shelterReport } from '../../exchange/reports.ts'
import { CONSENT } from '../report-answers.ts'
import { ageSignIn } from '../sign-in-as.ts'
import { holdAnswer, startExchangeWorld } from './barriers/world.ts'
import { inBrowser } from './in-browser.ts'
import { type Keyboard, readFocus, useKeyboard } from './keyboard.ts'

const shared = inBrowser(startExchangeWorld)

/** Somebody on the first page, who signs in there. */
async function signIn(role: string): Promise<{ readonly page: Page; readonly keys: Keyboard }> {
  const page = await shared.browser.open()
  const keys = useKeyboard(page)
  await page.goto(shared.gateway.issuer)
  await keys.follow(role)
  await page.getByRole('heading', { name: 'Wat wilt u doen?' }).waitFor()
  return { page, keys }
}

/** Answers what the rules ask of one person, such as somebody who consented. After each answer the page is renewed, and the focus is where it was. */
async function answerAbout(
  page: Page,
  keys: Keyboard,
  person: number,
  answers: Readonly<Record<string, 'yes' | 'no'>> = CONSENT,
): Promise<void> {
  for (const [word, reply] of Object.entries(answers)) {
    const id = `p${person}-is-${word}`
    const question = page.locator(`#${id}`)
    if ((await question.count()) === 0) continue
    if (!(await question.isVisible())) await keys.press(`more-${person}`)
    await keys.answer(id, reply)
    await page.locator('#passing[aria-busy]').waitFor({ state: 'detached' })
    expect((await readFocus(page))?.id).toBe(id)
  }
  expect(await page.locator('.tag.released').count()).toBeGreaterThanOrEqual(person)
}

test('a caseworker reports two persons, follows the report and recalls it', async () => {
  const { page, keys } = await signIn('Hulpverlener')
  await keys.follow('Nieuwe melding')
  await keys.fill('Aan wie stuurt u de melding?', 'CoMensha')
  await keys.fill('Waarvoor is de melding?', 'Registratie')
  await keys.fill('Rol van deze persoon', 'Slachtoffer')
  await keys.follow('Nog een persoon')
  expect((await readFocus(page))?.name).toBe('Rol van deze persoon: Persoon 2')
  await page.keyboard.type('Slachtoffer')
  await keys.follow('Verder')
  await answerAbout(page, keys, 1)
  await answerAbout(page, keys, 2)
  await keys.follow('Verder')
  await keys.follow('Lees na')
  expect((await readFocus(page))?.name).toMatch(/^Dit klopt nog niet/)
  await keys.fill('Voornaam', 'Mila')
  await keys.fill('Voornaam', 'Adaeze')
  await keys.follow('Lees na')
  await keys.follow('Verstuur')
  expect(await page.textContent('[role=status] h2')).toBe('Verstuurd')
  const [receipt] = await Promise.all([page.waitForEvent('download'), keys.press('Ontvangstbewijs')])
  expect(receipt.suggestedFilename()).toMatch(/^sluis-receipt-.*\.json$/)
  expect(await page.locator('.events li').allTextContents()).toHaveLength(2)
  await keys.follow('Trek deze uitwisseling in')
  await keys.follow('Trek in')
  expect((await readFocus(page))?.name).toMatch(/Kies waarom u intrekt/)
  await keys.answer('Waarom trekt u in?', 'yes')
  await keys.follow('Trek in')
  expect(await page.textContent('[role=status] h2')).toBe('Ingetrokken')
})

/** Fills in who made the assessment of a legitimate interest, and when. */
async function sayWhoWeighed(keys: Keyboard): Promise<void> {
  const word = 'afweging-gerechtvaardigd-belang'
  await keys.fill(`p1-by-${word}`, 'coördinator')
  for (const [part, text] of Object.entries({ day: '24', month: '11', year: '2026' }))
    await keys.fill(`p1-on-${word}-${part}`, text)
}

test('a worker of the recipient opens the inbox with a key file, acknowledges, and asks who somebody is', async () => {
  await shared.gateway.report('fier', shelterReport())
  const { page, keys } = await signIn('Medewerker registratie')
  await keys.follow('Postbus')
  // The dialog of the operating system is no part of a page.
  page.on('filechooser', async (chooser) => {
    const isKey = (await chooser.element().getAttribute('id')) === 'key-file'
    await chooser.setFiles(isKey ? shared.gateway.keyFile : shared.gateway.logFile)
  })
  await keys.press('key-file')
  await keys.press('log-file')
  await page.getByText('Klaar om te openen').waitFor()
  await keys.press('Alles openen')
  await page.getByText('leveringen geopend.').waitFor()
  expect((await readFocus(page))?.name).toMatch(/leveringen geopend\.$/)
  expect(await page.locator('.person').count()).toBeGreaterThan(0)
  await keys.press('Bevestig ontvangst')
  await page.getByText('Ontvangst bevestigd.').waitFor()
  expect((await readFocus(page))?.name).toContain('Bewijs klopt')
  await keys.follow('Vraag de bron wie dit is')
  await keys.tabTo('Voornaam')
  await page.keyboard.press('Space')
  await keys.answer('p1-is-toestemming', 'no')
  await keys.answer('p1-is-toestemming-wettelijk-vertegenwoordiger', 'no')
  await keys.press('more-1')
  await keys.answer('p1-is-afkomstig-van-opsporingsdienst', 'no')
  await keys.answer('p1-is-afweging-gerechtvaardigd-belang', 'yes')
  await keys.follow('Werk bij')
  await sayWhoWeighed(keys)
  await keys.follow('Stel de vraag')
  expect(await page.textContent('[role=status] h2')).toBe('Verstuurd')
})

test('a worker of the recipient gives feedback, which starts filled in', async () => {
  const { page, keys } = await signIn('Medewerker registratie')
  const { shared: exchange } = shared.gateway.exchanges
  // Where the link of an opened delivery leads.
  await page.goto(
    `${shared.gateway.issuer}/reports/new?purpose=terugkoppeling-aan-melder&to=fier&inReplyTo=${exchange}`,
  )
  await answerAbout(page, keys, 1, {
    toestemming: 'no',
    'toestemming-wettelijk-vertegenwoordiger': 'no',
    'afkomstig-van-opsporingsdienst': 'no',
    'eigen-signaal-van-ontvanger': 'yes',
    'afweging-gerechtvaardigd-belang': 'yes',
  })
  await keys.follow('Verder')
  await keys.tabTo('p1-data-opvolging')
  await page.keyboard.press('ArrowDown')
  await sayWhoWeighed(keys)
  await keys.follow('Lees na')
  await keys.follow('Verstuur')
  expect(await page.textContent('[role=status] h2')).toBe('Verstuurd')
})

test('a second person approves after a fresh sign-in in another tab, and stops another', async () => {
  const { gateway } = shared
  const shelter = await gateway.connect('fier')
  await holdAnswer(shelter, await gateway.connect('comensha'), gateway.exchanges.shared)
  const { page, keys } = await signIn('Teamleider')
  await keys.follow('Goed te keuren')
  await ageSignIn(gateway, page)
  await keys.follow('Keur goed')
  await page.getByRole('heading', { name: 'Meld u opnieuw aan' }).waitFor()
  const [tab] = await Promise.all([page.context().waitForEvent('page'), keys.press('Aanmelden in een nieuw tabblad')])
  await tab.getByRole('heading', { name: 'U bent aangemeld' }).waitFor()
  await tab.close()
  await keys.follow('Verstuur opnieuw')
  expect(await page.textContent('[role=status]')).toBe('Goedgekeurd. Dat is vastgelegd.')
  await keys.press('Houd tegen')
  await keys.follow('Houd tegen')
  expect(await page.textContent('[role=status]')).toBe('Tegengehouden. De inhoud is vernietigd.')
})

test('"Mag ik dit delen?" goes from the first choice to a record to keep, without signing in', async () => {
  const page = await shared.browser.open()
  const keys = useKeyboard(page)
  await page.goto(shared.gateway.issuer)
  await keys.follow('Mag ik dit delen?')
  for (const [list, choice, parameter] of [
    ['Wie bent u?', 'Fier', 'from'],
    ['Met wie wilt u delen?', 'CoMensha', 'to'],
    ['Waarvoor is het?', 'Coördinatie', 'purpose'],
    ['Over wie gaat het?', 'Slachtoffer', 'about'],
  ] as const) {
    await keys.fill(list, choice)
    await page.waitForURL(
      (url) => url.searchParams.get(parameter)?.startsWith(choice.toLowerCase().replace('ö', 'o')) === true,
    )
    expect((await readFocus(page))?.name).toBe(list)
  }
  await keys.tabTo('Voornaam')
  await page.keyboard.press('Space')
  await page.locator('#questions .question').first().waitFor()
  expect((await readFocus(page))?.name).toBe('Voornaam')
  await keys.press('Ja')
  await page.locator('.answered').first().waitFor()
  expect(await readFocus(page)).toBeDefined()
  await keys.follow('Bekijk de uitkomst')
  const [record] = await Promise.all([page.waitForEvent('download'), keys.press('Bewaar als pagina')])
  expect(record.suggestedFilename()).toMatch(/^sluis-fier-comensha-.*\.html$/)
})
