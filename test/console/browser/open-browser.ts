import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as launcher,
  type Page,
} from 'playwright-core'

/** A real browser for one test file. Close it at the end. */
export interface TestBrowser {
  /** A page of a new person: no cookies, no storage. Has a time limit of 10 s for every step. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** Addresses that pages asked for at another origin. Each was refused. */
  readonly elsewhere: readonly string[]
  /** What scripts wrote to the console, and faults in them. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

const INSTALLED = [process.env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome']

/**
 * Starts the browser of this machine, or else the one in `node_modules`.
 * @param origins the only ones that pages may reach; none for pages from disk
 */
export async function openBrowser(...origins: readonly string[]): Promise<TestBrowser> {
  const browser = await launch()
  const elsewhere: string[] = []
  const complaints: string[] = []
  return {
    elsewhere,
    complaints,
    async open(options) {
      const context = await browser.newContext({ locale: 'nl-NL', ...options })
      context.setDefaultTimeout(10_000)
      await stayAt(context, origins, elsewhere)
      const page = await context.newPage()
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      return page
    },
    close: () => browser.close(),
  }
}

// Not those of the package: they switch off what a browser protects pages with.
const PACKED_ARGS = ['--no-sandbox', '--font-render-hinting=none']

async function launch(attemptsLeft = 20): Promise<Browser> {
  const installed = INSTALLED.find((path) => path !== undefined && existsSync(path))
  try {
    const executablePath = installed ?? (await chromium.executablePath())
    return await launcher.launch({ executablePath, args: installed ? ['--no-sandbox'] : PACKED_ARGS, headless: true })
  } catch (error) {
    // Another test file is unpacking the browser at this moment.
    if (attemptsLeft === 0 || !/ETXTBSY|EACCES|ENOENT/.test(String(error))) throw error
    await setTimeout(500)
    return launch(attemptsLeft - 1)
  }
}

async function stayAt(context: BrowserContext, origins: readonly string[], elsewhere: string[]): Promise<void> {
  await context.route('**/*', (route) => {
    const { protocol, origin: asked } = new URL(route.request().url())
    if (origins.includes(asked) || ['file:', 'blob:', 'data:'].includes(protocol)) return route.continue()
    elsewhere.push(route.request().url())
    return route.abort()
  })
}

/**
 * What axe finds wrong on a page (WCAG 2.0-2.2 A and AA, and best practice), as `rule: where`. The page must be from a context with
 * `bypassCSP`, because axe is a script from elsewhere.
 */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source)
  const results = (await page.evaluate(
    `axe.run({ resultTypes: ['violations'], preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] })`,
  )) as axe.AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
