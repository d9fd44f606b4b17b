import { afterAll, beforeAll } from 'vitest'
import type { TestGateway } from '../../start-gateway.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

/** What the tests of one file share. */
export interface InBrowser<Gateway extends TestGateway> {
  readonly gateway: Gateway
  readonly browser: TestBrowser
}

/**
 * Starts a gateway and a browser before the tests of a file, and ends both after them. Pages reach the gateway and, where it has one, the
 * provider that people sign in at.
 * @param prepare runs once before the tests
 */
export function inBrowser<Gateway extends TestGateway & { readonly provider?: { readonly issuer: string } }>(
  start: () => Promise<Gateway>,
  prepare: (shared: InBrowser<Gateway>) => Promise<unknown> = async () => undefined,
): InBrowser<Gateway> {
  let gateway: Gateway | undefined
  let browser: TestBrowser | undefined
  const shared = {
    get gateway() {
      return gateway!
    },
    get browser() {
      return browser!
    },
  }
  beforeAll(async () => {
    gateway = await start()
    browser = await openBrowser(gateway.issuer, ...(gateway.provider ? [gateway.provider.issuer] : []))
    await prepare(shared)
  })
  afterAll(async () => {
    await browser?.close()
    await gateway?.stop()
  })
  return shared
}
