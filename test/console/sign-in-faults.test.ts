import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { type Browsing, createBrowsing } from './browsing.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'

/** Two providers side by side: `fier` vouches for Fier, `politie` for the police. */
let gateway: TestGateway
let fier: FakeProvider
let politie: FakeProvider
let folder: string
beforeAll(async () => {
  fier = await startFakeProvider('demo-fier-medewerker-1')
  politie = await startFakeProvider('demo-politie-medewerker-1')
  folder = mkdtempSync(join(tmpdir(), 'sluis-sign-in-'))
  const path = join(folder, 'sign-in.json')
  const providers = Object.entries({ fier, politie }).map(([id, { issuer }]) => ({
    id,
    issuer,
    clientId: 'sluis',
    parties: [id],
    authentication: 'none',
  }))
  writeFileSync(path, JSON.stringify({ providers }))
  gateway = await startTestGateway({ SLUIS_SIGN_IN: path })
})
afterAll(async () => {
  await gateway?.stop()
  await Promise.all([fier, politie].map((provider) => provider?.close()))
  rmSync(folder, { recursive: true })
})

const HONEST = { claims: {}, tokenAnswer: undefined, response: {}, isDown: false, signsWithAnotherKey: false }
beforeEach(() => {
  for (const provider of [fier, politie]) Object.assign(provider, HONEST)
})

const browse = (): Browsing => createBrowsing(gateway.issuer)
const START = '/sign-in/start?organisation=fier&to=/'
const hasSession = (browser: Browsing) => browser.cookies(gateway.issuer).includes('__Host-sluis-session=')

/** Begins a sign-in and returns the address to which the provider sends the browser back. */
async function walkToCallback(browser: Browsing, start = START): Promise<URL> {
  const begun = await browser.open(start)
  const answer = await browser.open(begun.headers.get('location')!)
  return new URL(answer.headers.get('location')!)
}

describe('an answer that is not that of the provider and this browser', () => {
  const seconds = () => Math.floor(Date.now() / 1000)
  const spoiled: [what: string, provider: () => Partial<FakeProvider>, status: number][] = [
    ['names another provider (mix-up, RFC 9207)', () => ({ response: { iss: politie.issuer } }), 400],
    ['has another state', () => ({ response: { state: 'another' } }), 400],
    ['says that the person stopped', () => ({ response: { error: 'access_denied' } }), 403],
    ['says that the provider is in trouble', () => ({ response: { error: 'temporarily_unavailable' } }), 503],
    ['says that the gateway is no client', () => ({ response: { error: 'unauthorized_client' } }), 503],
    ['has the nonce of another sign-in', () => ({ claims: { nonce: 'another' } }), 400],
    ['has no nonce', () => ({ claims: { nonce: undefined } }), 400],
    ['is for another client', () => ({ claims: { aud: 'another' } }), 400],
    ['was issued by another provider', () => ({ claims: { iss: politie.issuer } }), 400],
    ['has expired', () => ({ claims: { exp: seconds() - 120 } }), 400],
    ['does not say when the person signed in', () => ({ claims: { auth_time: undefined } }), 400],
    ['vouches for a sign-in of yesterday', () => ({ claims: { auth_time: seconds() - 86_400 } }), 403],
    ['is about somebody whom the rule set does not know', () => ({ claims: { sub: 'somebody-else' } }), 403],
    ['is about somebody of another provider', () => ({ claims: { sub: 'demo-politie-medewerker-1' } }), 403],
    ['is signed with a key that the provider does not have', () => ({ signsWithAnotherKey: true }), 400],
    ['refuses the code', () => ({ tokenAnswer: { status: 400, body: '{"error":"invalid_grant"}' } }), 400],
    ['refuses the gateway', () => ({ tokenAnswer: { status: 401, body: '{"error":"invalid_client"}' } }), 503],
    ['is not JSON', () => ({ tokenAnswer: { status: 200, body: '<html>' } }), 503],
    ['is far too large', () => ({ tokenAnswer: { status: 200, body: `{"a":"${'a'.repeat(300_000)}"}` } }), 503],
  ]
  test.each(spoiled)('an answer signs nobody in that %s', async (_, spoil, status) => {
    Object.assign(fier, spoil())
    const browser = browse()
    const page = await browser.open((await walkToCallback(browser)).href)
    expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
    expect(browser.cookies(gateway.issuer)).not.toMatch(/__Host-sluis-(session|sign-in)=/)
    expect(page.headers.get('retry-after')).toBe(status === 503 ? '60' : null)
  })

  test('the subject of somebody unknown is shown as text, for the privacy officer of the organisation', async () => {
    fier.claims = { sub: '<b>7f3a</b>' }
    const browser = browse()
    const page = await (await browser.open((await walkToCallback(browser)).href)).text()
    expect(page).toContain('<code>&lt;b&gt;7f3a&lt;/b&gt;</code>')
  })

  test('an answer at the redirect URI of another provider is not exchanged, also without `iss` (RFC 9700 §4.4.2.2)', async () => {
    const browser = browse()
    const callback = await walkToCallback(browser)
    const before = [fier.redeemed, politie.redeemed]
    callback.pathname = '/sign-in/callback/politie'
    expect((await browser.open(callback.href)).status).toBe(400)
    expect([fier.redeemed, politie.redeemed]).toEqual(before)
    expect(hasSession(browser)).toBe(false)
  })

  test('an answer that somebody else began signs in no other browser (login CSRF)', async () => {
    const attacker = browse()
    const callback = await walkToCallback(attacker)
    const victim = browse()
    expect((await victim.open(callback.href)).status).toBe(400)
    await victim.open(START)
    expect((await victim.open(callback.href)).status).toBe(400)
    expect(hasSession(victim)).toBe(false)
  })

  test('an answer counts once, also at a provider that accepts a code twice', async () => {
    const browser = browse()
    const callback = await walkToCallback(browser)
    const kept = browser.cookies(gateway.issuer)
    expect((await browser.open(callback.href)).status).toBe(303)
    const again = await fetch(callback, { headers: { cookie: kept, accept: 'text/html' }, redirect: 'manual' })
    expect(again.status).toBe(400)
    expect(again.headers.getSetCookie().join()).not.toContain('__Host-sluis-session=')
  })

  test('a cookie that was changed, or stands there twice, begins nothing', async () => {
    for (const spoil of [
      (cookie: string) => `${cookie.slice(0, -3)}abc`,
      (cookie: string) => `${cookie}; ${cookie}`,
      () => '__Host-sluis-sign-in=x.y.z',
    ]) {
      const browser = browse()
      const callback = await walkToCallback(browser)
      const cookie = spoil(browser.cookies(gateway.issuer))
      expect((await fetch(callback, { headers: { cookie }, redirect: 'manual' })).status).toBe(400)
    }
  })
})

describe('before and after a sign-in', () => {
  test('a session id that was planted beforehand is worth nothing afterwards (fixation)', async () => {
    const planted = `__Host-sluis-session=${'A'.repeat(43)}`
    const browser = browse()
    browser.plant(gateway.issuer, planted)
    await browser.follow(START)
    expect(hasSession(browser)).toBe(true)
    expect(browser.cookies(gateway.issuer)).not.toContain(planted)
    const attacker = await fetch(gateway.issuer, { headers: { cookie: planted } })
    expect(await attacker.text()).not.toContain('action="/sign-out"')
  })

  test('signing in again ends the session that the browser had', async () => {
    const browser = browse()
    await browser.follow(START)
    const before = browser.cookies(gateway.issuer)
    await browser.follow(START)
    expect(browser.cookies(gateway.issuer)).not.toBe(before)
    const old = await fetch(gateway.issuer, { headers: { cookie: before } })
    expect(await old.text()).not.toContain('action="/sign-out"')
  })

  test.each([
    ['/sign-in?to=/x', '/sign-in?to=/x'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['/%0d%0aset-cookie:a=b', '/%0d%0aset-cookie:a=b'],
    ['/\r\nset-cookie: a=b', '/'],
  ])('a sign-in for %j leads to %j (open redirect)', async (to, path) => {
    const browser = browse()
    const callback = await walkToCallback(
      browser,
      `/sign-in/start?${new URLSearchParams({ organisation: 'fier', to })}`,
    )
    const answer = await browser.open(callback.href)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path])
  })

  test('a request to a provider asks for a code with PKCE, and says nothing of who may sign in', async () => {
    await walkToCallback(browse(), '/sign-in/start?organisation=fier&person=medewerker-1&to=/')
    const asked = Object.fromEntries(fier.asked.at(-1)!)
    expect(asked).toEqual({
      client_id: 'sluis',
      response_type: 'code',
      redirect_uri: `${gateway.issuer}/sign-in/callback/fier`,
      scope: 'openid',
      ui_locales: 'nl',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      max_age: '43200',
    })
  })

  test('an organisation without a provider is a page that is not there', async () => {
    for (const organisation of ['comensha', 'nobody', '__proto__', ''])
      expect((await browse().open(`/sign-in/start?organisation=${organisation}`)).status).toBe(404)
  })

  test('outside a demo nobody is listed', async () => {
    const page = await (await browse().open('/')).text()
    expect(page).not.toContain('medewerker-1')
  })
})

describe('signing in again before sensitive work', () => {
  const FRESH = '/sign-in?fresh=yes&to=/x'

  test('somebody who has signed in goes straight to their own provider, which must ask again', async () => {
    const browser = browse()
    await browser.follow(START)
    const begun = await browser.open(FRESH)
    expect(begun.status).toBe(303)
    const callback = await walkToCallback(browser, begun.headers.get('location')!)
    const { prompt, max_age, login_hint } = Object.fromEntries(fier.asked.at(-1)!)
    expect({ prompt, max_age, login_hint }).toEqual({
      prompt: 'login',
      max_age: '0',
      login_hint: 'demo-fier-medewerker-1',
    })
    expect((await browser.open(callback.href)).headers.get('location')).toBe('/x')
  })

  test('an earlier sign-in is not accepted, although the provider vouches for it', async () => {
    const browser = browse()
    await browser.follow(START)
    const begun = await browser.open(FRESH)
    const callback = await walkToCallback(browser, begun.headers.get('location')!)
    fier.claims = { auth_time: Math.floor(Date.now() / 1000) - 90 }
    const page = await browser.open(callback.href)
    expect(page.status).toBe(403)
    expect(await page.text()).toContain('U bent niet opnieuw aangemeld')
  })
})

describe('a provider that does not answer', () => {
  test('it is a page that says so, and the next attempt after a while succeeds', async () => {
    politie.isDown = true
    const start = '/sign-in/start?organisation=politie&to=/'
    const page = await browse().open(start)
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '60'])
    expect(await page.text()).toContain('Aanmelden lukt nu niet')
    politie.isDown = false
    // Not at once: nobody makes the gateway ask in a loop.
    expect((await browse().open(start)).status).toBe(503)
    await expect.poll(async () => (await browse().open(start)).status, { timeout: 10_000, interval: 500 }).toBe(303)
  }, 20_000)

  test('signing out works without the provider, and leads to its own end of session when it has one', async () => {
    const browser = browse()
    await browser.follow(START)
    const answer = await browser.send('/sign-out')
    const page = await browser.open(answer.headers.get('location')!)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('Ook bij uw organisatie afmelden')
  })
})
