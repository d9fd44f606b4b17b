import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseReturnPath } from '../../src/console/answers.ts'
import { NAVIGATION } from '../../src/console/navigation.ts'
import { CONSOLE_PAGES } from '../../src/console/page-table.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

const open = (path: string, init: RequestInit = {}) =>
  fetch(`${gateway.issuer}${path}`, { redirect: 'manual', ...init })

const sendForm = (path: string, values: Record<string, string>, headers: Record<string, string> = {}) =>
  open(path, {
    method: 'POST',
    headers: { origin: gateway.issuer, ...headers },
    body: new URLSearchParams(values),
  })

describe('the frame around every page', () => {
  test.each([
    ['nl', 'lang="nl"', 'Naar de inhoud'],
    ['en', 'lang="en"', 'Skip to content'],
  ])('the first page is in %s for a browser that prefers it', async (language, tag, text) => {
    const page = await (await open('/', { headers: { 'accept-language': language } })).text()
    expect(page).toContain(tag)
    expect(page).toContain(text)
    expect(page.match(/<h1>/g)).toHaveLength(1)
  })

  test('a browser may run scripts of the gateway only, keeps no page and frames none', async () => {
    const { headers } = await open('/')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('cache-control')).toBe('no-store')
    // A browser sends a form without its origin under `no-referrer`.
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  test('the choice of a language is remembered and leads back to the page', async () => {
    const answer = await sendForm('/language', { language: 'en', to: '/?x=1' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/?x=1')
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/^__Host-sluis-language=en; Path=\/; .*Secure; HttpOnly; SameSite=Lax$/)
    const page = await open('/', { headers: { 'accept-language': 'nl', cookie: cookie.split(';')[0]! } })
    expect(await page.text()).toContain('lang="en"')
  })

  test.each([
    ['from another site', { origin: 'https://example.org' }],
    ['from a page that hides where it came from', { origin: 'null' }],
    ['that a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
  ])('a form %s is refused', async (_, headers) => {
    const answer = await sendForm('/language', { language: 'en' }, headers)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('an address that is not there is a page for a browser and a problem for a program', async () => {
    const page = await open('/nothing', { headers: { accept: 'text/html,*/*;q=0.8' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    const problem = await open('/nothing')
    expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })

  test('a form that is too large is refused with a page', async () => {
    const answer = await open('/language', {
      method: 'POST',
      headers: { origin: gateway.issuer, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a&'.repeat(6_000),
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'text/html; charset=utf-8'])
  })

  test('scripts and styles are served with their type, and not again when the browser has them', async () => {
    const style = await open('/assets/console.css')
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    const again = await open('/assets/console.css', { headers: { 'if-none-match': style.headers.get('etag')! } })
    expect(again.status).toBe(304)
    expect((await open('/assets/..%2Fconsole.css')).status).toBe(404)
  })
})

describe('the page table', () => {
  test('every entry of the menu is a page, with the access that the page has', () => {
    for (const { path, access } of NAVIGATION) {
      const page = CONSOLE_PAGES.find((candidate) => candidate.method === 'get' && candidate.path === path)
      expect([path, page?.access]).toEqual([path, access])
    }
  })
})

test.each([
  ['/exchanges?state=x', '/exchanges?state=x'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example/', '/'],
  ['/a\nb', '/'],
  ['', '/'],
  [undefined, '/'],
])('the return path %j leads to %j', (text, path) => {
  expect(parseReturnPath(text)).toBe(path)
})
