import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { listDemoPeople } from '../../src/cli/demo/demo-people.ts'
import { DEMO_CLIENT_ID, type DemoProvider, startDemoProvider } from '../../src/cli/demo/provider.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { type Browsing, createBrowsing } from './browsing.ts'

/** Parties of the shipped rule set whose people can sign in. */
export const SIGN_IN_PARTIES = ['fier', 'politie', 'comensha', 'toezichthouder'] as const

export interface ConsoleGateway extends TestGateway {
  readonly provider: DemoProvider
  /**
   * Signs a person in by a real code flow, each time in a new browser.
   * @param clientId such as `fier.medewerker-1`
   * @returns the header `Cookie` of the session
   */
  signInAs(clientId: string): Promise<string>
  /** The same, and the browser in which the person stays signed in. */
  browseAs(clientId: string): Promise<Browsing>
  /** The same, and gives the session to a real browser. */
  signInPage(page: Page, clientId: string): Promise<void>
}

/** A gateway whose people sign in at an OpenID provider on this machine. `stop` ends both. */
export async function startConsoleGateway(
  settings: Readonly<Record<string, string>> = {},
  signIn: Readonly<Record<string, unknown>> = {},
): Promise<ConsoleGateway> {
  const provider = await startDemoProvider()
  const folder = mkdtempSync(join(tmpdir(), 'sluis-sign-in-'))
  const path = join(folder, 'sign-in.json')
  const demo = {
    id: 'demo',
    issuer: provider.issuer,
    clientId: DEMO_CLIENT_ID,
    parties: SIGN_IN_PARTIES,
    authentication: 'private_key_jwt',
  }
  writeFileSync(path, JSON.stringify({ providers: [demo], listsPeople: true, ...signIn }))
  const gateway = await startTestGateway({ SLUIS_SIGN_IN: path, ...settings })
  const { issuer } = gateway
  const people = listDemoPeople(gateway.gateway.policySet.parties, SIGN_IN_PARTIES)
  await provider.serve({ issuer, redirectUri: `${issuer}/sign-in/callback/demo`, people })
  const browseAs = async (clientId: string): Promise<Browsing> => {
    const [organisation, person] = clientId.split('.') as [string, string]
    const browser = createBrowsing(issuer)
    const page = await browser.follow(
      `/sign-in/start?${new URLSearchParams({ organisation, person, to: '/signed-in' })}`,
    )
    if (page.status !== 200 || new URL(page.url).pathname !== '/signed-in')
      throw new Error(`could not sign in as ${clientId}: ${page.status} at ${page.url}`)
    return browser
  }
  const signInAs = async (clientId: string) => (await browseAs(clientId)).cookies(issuer)
  return {
    ...gateway,
    provider,
    signInAs,
    browseAs,
    async signInPage(page, clientId) {
      const [name, value] = (await signInAs(clientId)).split('=') as [string, string]
      const { hostname: domain } = new URL(issuer)
      await page
        .context()
        .addCookies([{ name, value, domain, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
    },
    async stop() {
      await gateway.stop()
      await provider.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Makes the sign-in of a page six minutes old, so that sensitive work asks for a fresh one. */
export async function ageSignIn({ gateway, issuer }: ConsoleGateway, page: Page): Promise<void> {
  const { sessions } = gateway.store
  const cookie = (await page.context().cookies(issuer)).find(({ name }) => name === '__Host-sluis-session')
  const idHash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(cookie!.value)))
  const session = (await sessions.find(idHash))!
  const signedInAt = new Date(Date.parse(session.signedInAt) - 6 * 60_000).toISOString()
  await sessions.end(idHash)
  await sessions.start({ ...session, signedInAt }, 5)
}
