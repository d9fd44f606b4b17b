import type { Page } from 'playwright-core'

/**
 * Lets the next request to an address arrive, and loses its answer on the way back.
 * @param pattern as `page.route` takes it
 */
export async function loseAnswer(page: Page, pattern: string): Promise<void> {
  await page.route(
    pattern,
    async (route) => {
      const request = route.request()
      const { origin } = new URL(request.url())
      // The headers of a request that is held here need not have its cookies yet.
      const cookies = await page.context().cookies(origin)
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      await fetch(request.url(), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: request.postData() ?? '',
      })
      await route.fulfill({ status: 502, contentType: 'text/html', body: 'lost on the way' })
    },
    { times: 1 },
  )
}
