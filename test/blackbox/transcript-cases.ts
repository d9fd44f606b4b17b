import { describe, expect, test } from 'vitest'
import { readProblem } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { PERSONAL_VALUES } from './reports.ts'

const COMMON_HEADERS = {
  'api-version': /^\d+\.\d+\.\d+$/,
  'cache-control': /./,
  'content-security-policy': /default-src 'none'/,
  // A page of the console needs its own origin in its forms.
  'referrer-policy': /^(no-referrer|same-origin)$/,
  'strict-transport-security': /max-age=\d{8}/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
}

/** Looks back at everything that was answered; comes last. */
export function transcriptCases(gateway: () => BlackBox): void {
  describe('every answer', () => {
    const call = (path: string, init: RequestInit = {}) => gateway().send(new Request(gateway().issuer + path, init))

    test('any origin may read the documents', async () => {
      for (const path of ['/openapi.json', '/.well-known/oauth-authorization-server']) {
        const response = await call(path, { headers: { origin: 'https://elders.example' } })
        expect(response.status).toBe(200)
        expect(response.headers.get('access-control-allow-origin')).toBe('*')
      }
    })

    test('an unknown address, and a method that an address does not have, are problems', async () => {
      expect(await readProblem(await call('/v1/nergens'))).toEqual({ status: 404, code: 'not-found' })
      const response = await call('/v1/exchanges', { method: 'DELETE' })
      expect(response.headers.get('allow')).toBe('POST, GET')
      expect(await readProblem(response)).toEqual({ status: 405, code: 'method-not-allowed' })
    })

    test('pages are served, in the language of the reader', async () => {
      for (const [language, word] of [
        ['nl', 'Inhoudstype'],
        ['en', 'Content type'],
      ] as const) {
        const page = await call('/problems/content-type-unsupported', { headers: { 'accept-language': language } })
        expect(await page.text()).toContain(word)
      }
      expect((await call('/docs')).status).toBe(200)
      expect((await call('/')).status).toBe(200)
      expect((await call('/healthz')).status).toBe(200)
      expect((await call('/readyz')).status).toBe(200)
    })

    test('every answer carries its version and what a browser may do with it', () => {
      expect(gateway().answers.length).toBeGreaterThan(300)
      expect(new Set(gateway().answers.map(({ status }) => status))).toEqual(
        new Set([200, 201, 304, 400, 401, 403, 404, 405, 413, 415, 422, ...statusesByChance()]),
      )
      for (const [name, pattern] of Object.entries(COMMON_HEADERS)) {
        expect(
          gateway()
            .answers.filter(({ headers }) => !pattern.test(headers.get(name) ?? ''))
            .map(({ status }) => `${status} without ${name}`),
        ).toEqual([])
      }
    })

    test('no answer contains a name, a number, a date of birth or a reference', () => {
      for (const { text } of gateway().answers) for (const value of PERSONAL_VALUES) expect(text).not.toContain(value)
    })

    // Whether duplicates meet while the first is in progress is up to the scheduler.
    const statusesByChance = () =>
      [409].filter((status) => gateway().answers.some((answer) => answer.status === status))
  })
}
