import { describe, expect, test } from 'vitest'
import { startTestGateway } from '../../start-gateway.ts'
import { inBrowser } from './in-browser.ts'

const shared = inBrowser(startTestGateway)

const CHOSEN = 'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer'
const FILLED = `${CHOSEN}&field=voornaam&is.jonger-dan-16=no`

describe('Mag ik dit delen? in a browser', () => {
  test('the answer follows every choice without loading the page, and the address follows too', async () => {
    const page = await shared.browser.open()
    await page.goto(`${shared.gateway.issuer}/may-i-share`)
    await page.evaluate('window.isSamePage = true')
    const choose = async (name: string, value: string) => {
      await page.selectOption(`select[name=${name}]`, value)
      await page.waitForURL((url) => url.searchParams.get(name) === value)
    }
    await choose('from', 'fier')
    await choose('to', 'comensha')
    await choose('purpose', 'coordinatie-opvang-verzorging')
    await choose('about', 'slachtoffer')
    await page.check('input[value=voornaam]')
    await page.waitForSelector('#questions button')
    // The box that was ticked keeps the focus, so that the next one is one key away.
    expect(await page.evaluate('document.activeElement.value')).toBe('voornaam')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.waitForURL((url) => url.searchParams.getAll('field').length === 2)
    expect(await page.textContent('#announcement')).toBe(await page.textContent('#verdict'))
    expect(await page.evaluate('window.isSamePage')).toBe(true)
    expect([shared.browser.elsewhere, shared.browser.complaints]).toEqual([[], []])
  })

  test('an answer leads on to the next question, and going back and reloading keep it', async () => {
    const page = await shared.browser.open()
    await page.goto(`${shared.gateway.issuer}/may-i-share?${CHOSEN}&field=voornaam`)
    const first = await page.textContent('.question h3')
    await page.focus('.question button[value=no]')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.search.includes('is.'))
    expect(await page.textContent('.question h3')).not.toBe(first)
    expect(await page.evaluate('document.activeElement.textContent')).toBe(await page.textContent('.question h3'))
    const address = page.url()
    await page.click('text=Bekijk de uitkomst')
    await page.goBack()
    expect(page.url()).toBe(address)
    expect(await page.textContent('.answered legend')).toBe(first)
    await page.reload()
    expect(await page.textContent('.answered legend')).toBe(first)
  })

  test('a legal basis that was chosen stays chosen, until another is asked for', async () => {
    const page = await shared.browser.open()
    await page.goto(
      `${shared.gateway.issuer}/may-i-share?from=politie&to=ind&purpose=vreemdelingrechtelijke-beslissing&about=slachtoffer` +
        '&field=voornaam&field=wervingsland&is.verwerkt-onder-wpg-13-1-a-of-d=yes&is.verwerkt-onder-wpg-8-9-10ac-of-13=yes' +
        '&is.noodzaak=yes&is.onder-medisch-beroepsgeheim=no&is.afkomstig-van-opsporingsdienst=no&is.verkregen-bij-uitvoering-wmo=no',
    )
    const basisIs = (basis: string | null) => page.waitForURL((url) => url.searchParams.get('basis') === basis)
    await page.click('.bases button')
    await basisIs('wpg-bpg-4-1-ind')
    await page.click('.answered input[value=unknown]')
    await page.waitForURL((url) => url.search.includes('=unknown'))
    await basisIs('wpg-bpg-4-1-ind')
    await page.click('text=Kies een andere grondslag')
    await basisIs(null)
  })

  test('every step works without a script', async () => {
    const page = await shared.browser.open({ javaScriptEnabled: false })
    await page.goto(`${shared.gateway.issuer}/may-i-share`)
    for (const [name, value] of new URLSearchParams(CHOSEN)) await page.selectOption(`select[name=${name}]`, value)
    await page.click('button.primary')
    await page.check('input[value=voornaam]')
    await page.click('button.primary')
    const count = async () => page.locator('.answered').count()
    await page.click('.question button[value=no]')
    expect(await count()).toBe(1)
    await page.click('.question button[value=unknown]')
    expect(await count()).toBe(2)
    await page.click('.answered a')
    expect(await count()).toBe(1)
    await page.click('text=English')
    expect(await page.locator('.answered').count()).toBe(1)
    expect(await page.getAttribute('html', 'lang')).toBe('en')
  })

  test('a gateway that cannot be reached is said, and the choices stay', async () => {
    const page = await shared.browser.open()
    await page.goto(`${shared.gateway.issuer}/may-i-share?${CHOSEN}`)
    await page.context().setOffline(true)
    await page.check('input[value=voornaam]')
    await page.waitForSelector('text=Sluis is niet te bereiken')
    expect(await page.isChecked('input[value=voornaam]')).toBe(true)
    await page.context().setOffline(false)
    await page.check('input[value=achternaam]')
    await page.waitForURL((url) => url.searchParams.getAll('field').length === 2)
  })

  test('the record is saved as a file, twice when asked twice', async () => {
    const page = await shared.browser.open()
    await page.goto(`${shared.gateway.issuer}/may-i-share/result?${FILLED}`)
    for (let time = 0; time < 2; time++) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Bewaar als pagina')])
      expect(download.suggestedFilename()).toMatch(/^sluis-fier-comensha-.*\.html$/)
    }
  })
})
