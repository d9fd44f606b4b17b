import { describe, expect, test } from 'vitest'
import type { BlackBox } from './gateway.ts'

export function consoleCases(gateway: () => BlackBox): void {
  describe('console', () => {
    const open = (path: string) =>
      gateway().send(new Request(`${gateway().issuer}${path}`, { headers: { accept: 'text/html' } }))

    test('the first page is there, with the style that it names', async () => {
      const page = await open('/')
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
      const style = /<link rel="stylesheet" href="([^"]+)">/.exec(await page.text())![1]!
      // Not among the observed answers: on Workers the platform serves it, and it is no answer of the API.
      const answer = await fetch(`${gateway().issuer}${style}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    })
  })
}
