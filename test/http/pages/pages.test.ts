import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERROR_CODES, type ErrorCode } from '../../../src/errors.ts'
import { DUTCH_ROUTE_TEXTS } from '../../../src/http/pages/route-words.ts'
import { problemPath } from '../../../src/http/problem.ts'
import { PROBLEM_TEXTS } from '../../../src/http/problem-texts/texts.ts'
import { ROUTES } from '../../../src/http/routes/table.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'

const LANGUAGES = ['nl', 'en'] as const
const CODES = Object.keys(ERROR_CODES) as ErrorCode[]

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

async function readPage(path: string, language: string): Promise<{ response: Response; html: string }> {
  const response = await fetch(gateway.issuer + path, { headers: { 'accept-language': language } })
  return { response, html: await response.text() }
}

const linksIn = (html: string) =>
  [...html.matchAll(/\s(?:href|src|srcset|action|poster|data)\s*=\s*["']?([^"'\s>]*)/gi)].map(([, link]) => link!)

/** Text as it stands in HTML. */
const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

describe('a page', () => {
  const pages = ['/docs', problemPath('refused-prohibition')]
  test.each(pages)('a page requests nothing from anybody else: %s', async (path) => {
    for (const language of LANGUAGES) {
      const { response, html } = await readPage(path, language)
      expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
      expect(linksIn(html).length).toBeGreaterThan(1)
      expect(linksIn(html).filter((link) => !/^(\/(?!\/)|#)/.test(link))).toEqual([])
      expect(html).not.toMatch(/<script|<iframe|<img|\son\w+\s*=|\sstyle\s*=|@import|url\(/i)
      const policy = response.headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
    }
    const style = await fetch(`${gateway.issuer}/style.css`)
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(await style.text()).not.toMatch(/@import|url\(/)
  })

  test.each(pages)('a page has no link that leads nowhere: %s', async (path) => {
    const { html } = await readPage(path, 'nl')
    for (const link of new Set(linksIn(html))) {
      if (link.startsWith('#')) expect(html).toContain(`id="${link.slice(1)}"`)
      else expect((await fetch(gateway.issuer + link)).status, link).toBe(200)
    }
  })

  test.each(LANGUAGES)('a page declares its language and has one heading of the first rank: %s', async (language) => {
    for (const path of pages) {
      const { html } = await readPage(path, language)
      expect(html).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${language}">`))
      expect([...html.matchAll(/<h1>/g)]).toHaveLength(1)
      expect(html).toMatch(/<title>[^<]+<\/title>/)
      expect(html).toContain('<main>')
    }
  })
})

describe('the API page', () => {
  test('the API page shows every route with its scope and its problems', async () => {
    const { html } = await readPage('/docs', 'en')
    for (const { operationId, method, path, scope, problems } of ROUTES) {
      const section = html.split(`<section id="${operationId}">`)[1]!.split('</section>')[0]!
      expect(section).toContain(`${method.toUpperCase()} ${path}`)
      expect(section).toContain(scope ?? 'no token needed')
      for (const code of problems ?? []) expect(section).toContain(`href="${problemPath(code)}"`)
    }
  })

  test('the API page is in one language: every text of the route table has a Dutch one, and no Dutch one is left over', async () => {
    const texts = new Set(
      ROUTES.flatMap(({ summary, description, answer, accepted, parameters = [] }) => [
        summary,
        ...(description === undefined ? [] : [description]),
        answer.description,
        ...(accepted === undefined ? [] : [accepted]),
        ...parameters.map((parameter) => parameter.description),
      ]),
    )
    expect(Object.keys(DUTCH_ROUTE_TEXTS).toSorted()).toEqual([...texts].toSorted())
    const { html } = await readPage('/docs', 'nl')
    expect(html).not.toContain('lang="en"')
    for (const text of texts) expect(html).not.toContain(`>${escapeHtml(text)}<`)
  })

  test('the API page warns that the rules are examples to confirm', async () => {
    expect((await readPage('/docs', 'en')).html).toContain('a lawyer must confirm')
    expect((await readPage('/docs', 'nl')).html).toContain('een jurist moet')
  })
})

describe('every problem', () => {
  test.each(CODES)('every problem has a page in Dutch and in English: %s', async (code) => {
    const { status, title } = ERROR_CODES[code]
    for (const language of LANGUAGES) {
      const { response, html } = await readPage(problemPath(code), language)
      expect(response.status).toBe(200)
      expect(html).toContain(escapeHtml(title[language]))
      expect(html).toContain(`HTTP ${status}`)
    }
  })

  test.each(LANGUAGES)(
    'every problem has what happened, an example and what to do, in words of its own: %s',
    async (language) => {
      const headings = {
        nl: ['Wat er gebeurde', 'Voorbeeld', 'Wat u kunt doen'],
        en: ['What happened', 'Example', 'What you can do'],
      }
      const seen = new Map<string, string>()
      for (const code of CODES) {
        const { html } = await readPage(problemPath(code), language)
        const parts = html.split(/<h2>/).slice(1)
        expect(
          parts.map((part) => part.split('</h2>')[0]),
          code,
        ).toEqual(headings[language])
        for (const part of parts) {
          const text = part
            .split('</h2>')[1]!
            .replace(/<p><a href="\/docs">.*/s, '')
            .replace(/<[^>]+>/g, '')
            .trim()
          expect(text.length, code).toBeGreaterThan(10)
          expect(seen.get(text), `${code} repeats a paragraph`).toBeUndefined()
          seen.set(text, code)
        }
        const [happened, example, action] = parts.map((part) => part.split('</h2>')[1]!)
        expect(happened!.length, code).toBeGreaterThan(60)
        expect(action!.length, code).toBeGreaterThan(40)
        expect(example, code).toContain('<pre>')
      }
    },
  )

  test('every problem has a text in both languages, and an example in one language only where it has no words', () => {
    for (const [code, { happened, example, action }] of Object.entries(PROBLEM_TEXTS)) {
      for (const text of [happened, action]) expect(text.nl, code).not.toBe(text.en)
      if (typeof example === 'string') expect(example, code).not.toMatch(/ (the|is|of|een|het|de) /)
      else expect(example.nl, code).not.toBe(example.en)
    }
  })

  test.each([
    ['refused-verbod', 'refused-prohibition'],
    ['refused-beoordeling-ontbreekt', 'refused-assessment-missing'],
    ['refused-geen-grondslag', 'refused-no-legal-basis'],
  ] as const)('is still found under its former address: %s', async (former, code) => {
    const moved = await fetch(`${gateway.issuer}/problems/${former}`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([308, problemPath(code)])
    const { response, html } = await readPage(`/problems/${former}`, 'en')
    expect(response.status).toBe(200)
    expect(html).toContain(escapeHtml(ERROR_CODES[code].title.en))
  })

  test('every problem has a code in one language, of words in English', () => {
    const dutch = new Set(['verbod', 'geen', 'grondslag', 'beoordeling', 'ontbreekt', 'geweigerd', 'niet', 'fout'])
    expect(CODES.flatMap((code) => code.split('-')).filter((word) => dutch.has(word))).toEqual([])
  })

  test('every problem has a type that leads to its page from wherever it was met', async () => {
    const response = await fetch(`${gateway.issuer}/v1/exchanges/x`)
    const { type, title } = (await response.json()) as { type: string; title: string }
    const page = await fetch(new URL(type, response.url))
    expect(page.status).toBe(200)
    expect(await page.text()).toContain(title)
  })
})
