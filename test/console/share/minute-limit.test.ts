import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMinuteLimit } from '../../../src/console/share/minute-limit.ts'
import type { SluisError } from '../../../src/errors.ts'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'

const MOST = 3
const PATH = '/may-i-share?from=fier&to=comensha&purpose=registratie-mensenhandel&about=slachtoffer&field=voornaam'

describe('a minute', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 11, 1, 12, 0, second))
  /** Seconds to wait, or 0 for a visit that counts. */
  const visit = (count: ReturnType<typeof createMinuteLimit>, second: number, party?: string) => {
    try {
      count(party === undefined ? undefined : { party }, at(second))
      return 0
    } catch (error) {
      return (error as SluisError).retryAfterSeconds
    }
  }

  test('strangers share one limit, and each party has its own', () => {
    const count = createMinuteLimit(2)
    expect([0, 1, 2, 59].map((second) => visit(count, second))).toEqual([0, 0, 58, 1])
    expect([0, 1, 2].map((second) => visit(count, second, 'fier'))).toEqual([0, 0, 58])
    expect(visit(count, 3, 'politie')).toBe(0)
  })

  test('the next minute begins anew, also when the clock was put back', () => {
    const count = createMinuteLimit(1)
    expect([5, 6, 60, 61, -1].map((second) => visit(count, second))).toEqual([0, 54, 0, 59, 0])
  })
})

describe('the page', () => {
  let gateway: ConsoleGateway
  beforeAll(async () => {
    gateway = await startConsoleGateway({ SLUIS_OPEN_CHECKS_PER_MINUTE: String(MOST) })
  })
  afterAll(() => gateway?.stop())
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 60_000) * 60_000 + 10_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const visit = (path = PATH, language = 'nl', headers: Readonly<Record<string, string>> = {}) =>
    fetch(gateway.issuer + path, { headers: { ...headers, 'accept-language': language }, redirect: 'manual' })

  test('strangers who ask too often are told so in both languages and how long to wait; others are not affected', async () => {
    for (let count = 0; count < MOST; count++)
      expect((await visit(PATH, 'nl', { 'x-forwarded-for': `192.0.2.${count}` })).status).toBe(200)
    for (const [language, text] of [
      ['nl', 'Te veel bezoekers zonder aanmelding gebruiken deze pagina tegelijk'],
      ['en', 'Too many visitors who are not signed in use this page at once'],
    ] as const) {
      const answer = await visit(PATH, language)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '50'])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.text()).toContain(text)
    }
    expect((await visit(PATH.replace('?', '/result?'))).status).toBe(429)
    expect((await visit('/')).status).toBe(200)

    const caseworker = await gateway.browseAs('fier.medewerker-1')
    for (let count = 0; count < MOST; count++) expect((await caseworker.open(PATH)).status).toBe(200)
    const refused = await caseworker.open(PATH)
    expect(refused.status).toBe(429)
    expect(await refused.text()).toContain('Uw organisatie gebruikt deze pagina te vaak tegelijk')

    vi.setSystemTime(Date.now() + 60_000)
    expect((await visit()).status).toBe(200)
  })
})
