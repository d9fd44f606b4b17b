import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBarriers, openBrowser, type TestBrowser } from '../../console/browser/open-browser.ts'
import { runSluis } from '../run-sluis.ts'

let browser: TestBrowser
const folder = mkdtempSync(join(tmpdir(), 'sluis-matrix-'))
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['wpg-bpg-4-3-ind', 'regimes', 'nl'],
  ['avg-toestemming-comensha', 'ages', 'en'],
])(
  'everybody can read the page of a matrix, on a telephone and at a desk: %s by %s in %s',
  async (file, columns, language) => {
    const path = join(folder, `${columns}.html`)
    const options = [
      '--policies',
      'policies',
      '--columns',
      columns,
      '--lang',
      language,
      '--format',
      'html',
      '--to',
      path,
    ]
    expect(await runSluis(['policy', 'matrix', file, ...options])).toMatchObject({ code: 0 })
    for (const width of [320, 1280]) {
      const page = await browser.open({ viewport: { width, height: 900 }, bypassCSP: true })
      await page.goto(pathToFileURL(path).href)
      expect([width, await findBarriers(page)]).toEqual([width, []])
      const isWithin = await page.evaluate(
        'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
      )
      expect([width, isWithin]).toEqual([width, true])
      await page.context().close()
    }
    expect([browser.elsewhere, browser.complaints]).toEqual([[], []])
  },
)
