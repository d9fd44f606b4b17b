import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowsing } from './browsing.ts'
import { type ConsoleGateway, startConsoleGateway } from './sign-in-as.ts'

let gateway: ConsoleGateway
beforeAll(async () => {
  gateway = await startConsoleGateway()
})
afterAll(() => gateway?.stop())

const GREETING = '<bdi>Hulpverlener</bdi>, <bdi>Fier</bdi>'

describe('signing in', () => {
  test('a person signs in at the provider of the organisation and is greeted by role', async () => {
    const browser = await gateway.browseAs('fier.medewerker-1')
    expect(await (await browser.open('/')).text()).toContain(GREETING)
  })

  test('a session is a cookie that scripts cannot read, for this host and TLS only, and ends with the browser', async () => {
    const browser = createBrowsing(gateway.issuer)
    const begun = await browser.open('/sign-in/start?organisation=fier&person=medewerker-1')
    const callback = await followToCallback(browser, begun)
    const cookies = (await browser.open(callback)).headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    expect(cookies[0]).toMatch(/^__Host-sluis-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
    expect(cookies[1]).toMatch(/^__Host-sluis-sign-in=; Max-Age=0; Path=\/;/)
  })
})

describe('signing out', () => {
  test('a session that was signed out is worth nothing to whoever kept its cookie', async () => {
    const browser = await gateway.browseAs('fier.medewerker-1')
    const stolen = browser.cookies(gateway.issuer)
    const answer = await browser.send('/sign-out')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/signed-out?organisation=fier'])
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
    expect(browser.cookies(gateway.issuer)).not.toContain('session')
    const thief = await fetch(gateway.issuer, { headers: { cookie: stolen, 'accept-language': 'nl' } })
    expect(await thief.text()).not.toContain(GREETING)
  })

  test('signing out everywhere ends the sessions of this person in every browser, and of nobody else', async () => {
    const [desk, laptop, other] = await Promise.all(
      ['fier.medewerker-1', 'fier.medewerker-1', 'fier.teamleider-1'].map(gateway.browseAs),
    )
    expect((await desk!.send('/sign-out-everywhere')).status).toBe(303)
    expect(await (await laptop!.open('/')).text()).not.toContain(GREETING)
    expect(await (await other!.open('/')).text()).toContain('<bdi>Teamleider</bdi>, <bdi>Fier</bdi>')
  })
})

describe('a session that ends in the middle of a form', () => {
  test('the form stays in the page, and is sent again after signing in', async () => {
    const browser = await gateway.browseAs('fier.medewerker-1')
    const started = browser.cookies(gateway.issuer)
    await fetch(`${gateway.issuer}/sign-out`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: started, origin: gateway.issuer },
      body: new URLSearchParams(),
    })
    const typed = { note: 'a "quoted" <word>', 'form-owner': 'fier.medewerker-1' }
    const ended = await browser.send('/sign-out-everywhere', typed)
    expect(ended.status).toBe(401)
    const page = await ended.text()
    expect(page).toContain('<input type="hidden" name="note" value="a &quot;quoted&quot; &lt;word&gt;">')
    expect(page).toContain('href="/sign-in?to=/signed-in" target="_blank"')
    await browser.follow('/sign-in/start?organisation=fier&person=medewerker-1&to=/signed-in')
    expect((await browser.send('/sign-out-everywhere', typed)).status).toBe(303)
  })
})

describe('two people on one computer', () => {
  test('a form that one of them left open is not sent in the name of the other', async () => {
    const browser = await gateway.browseAs('fier.medewerker-1')
    const left = await (await browser.open('/sign-in')).text()
    const owner = /action="\/sign-out-everywhere">\s*<input type="hidden" name="form-owner" value="([^"]+)">/.exec(
      left,
    )![1]!
    await browser.send('/sign-out')
    await browser.follow('/sign-in/start?organisation=fier&person=teamleider-1&to=/')
    const answer = await browser.send('/sign-out-everywhere', { 'form-owner': owner })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Dit formulier is van iemand anders')
    expect(await (await browser.open('/')).text()).toContain('<bdi>Teamleider</bdi>, <bdi>Fier</bdi>')
  })

  test('the second one signs in at the provider, whoever was there before', async () => {
    const browser = await gateway.browseAs('fier.medewerker-1')
    const begun = await browser.follow('/sign-in/start?organisation=fier&to=/')
    expect(new URL(begun.url).origin).toBe(gateway.provider.issuer)
    expect(await begun.text()).toContain('Teamleider 2, Fier')
  })
})

describe('the first page of a demo', () => {
  test('everybody who can sign in is one click away, and says what they do', async () => {
    const page = await (await createBrowsing(gateway.issuer).open('/')).text()
    const doors = [...page.matchAll(/href="(\/sign-in\/start[^"]+)"/g)].map(([, path]) =>
      path!.replaceAll('&amp;', '&'),
    )
    expect(doors).toHaveLength(13)
    for (const door of doors) {
      const browser = createBrowsing(gateway.issuer)
      const home = await browser.follow(door)
      expect([home.status, await home.text()]).toEqual([200, expect.stringContaining('action="/sign-out"')])
    }
    expect(page).toContain('keurt als tweede persoon goed')
    expect(page).toContain('beoordeelt of het dezelfde persoon is')
  })
})

/** Follows redirects until the one to the gateway, and returns its address. */
async function followToCallback(browser: ReturnType<typeof createBrowsing>, begun: Response): Promise<string> {
  let address = begun.headers.get('location')!
  while (!address.startsWith(gateway.issuer)) {
    const answer = await browser.open(address)
    address = new URL(answer.headers.get('location')!, address).href
  }
  return address
}
