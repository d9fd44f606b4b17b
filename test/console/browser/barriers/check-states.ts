import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { inBrowser } from '../in-browser.ts'
import { findBarriers } from '../open-browser.ts'
import { walkFocus } from '../walk-focus.ts'
import type { PageState } from './page-states.ts'
import { type ExchangeWorld, startExchangeWorld } from './world.ts'

const FORMS = [320, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)

/** Tests that none of these states has a barrier in a language, in both themes, at 320 and 1280 px: one visit for all of them. */
export function checkStates(states: readonly PageState[], locale: 'nl-NL' | 'en-GB'): void {
  const shared = inBrowser(startExchangeWorld)
  const pages = new Map<string, Page>()

  /** The page of somebody, who stays signed in. */
  async function pageOf(person = ''): Promise<Page> {
    const known = pages.get(person)
    if (known) {
      if (person && (await known.context().cookies()).length === 0) await shared.gateway.signInPage(known, person)
      return known
    }
    const page = await shared.browser.open({ locale, bypassCSP: true })
    if (person) await shared.gateway.signInPage(page, person)
    pages.set(person, page)
    return page
  }

  test.each(states.map((state) => [state.page, state.state, state] as const))(
    '%s %s has no barriers, light and dark, on a telephone and a desk',
    async (_page, _state, { as, reach, see }) => {
      const page = await pageOf(as)
      await page.setViewportSize({ width: 320, height: 900 })
      await arrive(shared.gateway, page, reach)
      await page.locator(see).first().waitFor()
      const found: string[] = []
      // In one column, so that reading goes from the top to the bottom.
      if (locale === 'nl-NL') found.push(...(await walkFocus(page)).faults)
      for (const { width, colorScheme } of FORMS) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        const shown = (await page.evaluate('document.documentElement.scrollWidth')) as number
        const barriers = [...(shown > width ? [`is ${shown} wide`] : []), ...(await findBarriers(page))]
        found.push(...barriers.map((barrier) => `${width} ${colorScheme}: ${barrier}`))
      }
      expect(found).toEqual([])
    },
  )
}

async function arrive(world: ExchangeWorld, page: Page, reach: PageState['reach']): Promise<void> {
  const path = await reach(world, page)
  if (path !== undefined) await page.goto(world.issuer + path)
  await page.waitForLoadState()
}
