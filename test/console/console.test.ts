import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleOptions, createConsole } from '../../src/console/console.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

const NOW = new Date('2026-12-01T12:00:00Z')

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

/** Sends a form to a page for sensitive work, as somebody who signed in this long ago. */
async function sendAs(minutesAgo: number, form: Record<string, string>): Promise<Response> {
  const person = {
    id: 'fier.medewerker-1',
    party: 'fier',
    person: 'medewerker-1',
    scopes: ['exchange:submit' as const],
    signedInAt: new Date(NOW.getTime() - minutesAgo * 60_000),
  }
  const { issuer } = gateway
  const options = {
    pages: [
      {
        method: 'post',
        path: '/sensitive',
        access: 'exchange:submit',
        needsFreshSignIn: true,
        perform: async () => new Response('done'),
      },
    ],
    rules: { now: () => gateway.gateway },
    issuer,
    callAs: async () => Response.json({}, { status: 404 }),
    signIn: { identify: async () => person },
    isCheckOpen: true,
    assets: new Map(),
    clock: () => NOW,
    reportFault: (error: unknown) => {
      throw error
    },
  } as unknown as ConsoleOptions
  const page = createConsole(options).pages.find(({ path }) => path === '/sensitive')!
  return page.perform(
    new Request(`${issuer}/sensitive`, {
      method: 'POST',
      headers: { origin: issuer },
      body: new URLSearchParams(form),
    }),
    {},
  )
}

test.each([
  ['is done for somebody who has just signed in', 1, 'fier.medewerker-1', 200],
  ['asks for a fresh sign-in after a while', 6, 'fier.medewerker-1', 401],
  ['refuses the form of somebody else', 1, 'fier.functionaris-1', 409],
  ['refuses the form of somebody else before it asks for a fresh sign-in', 6, 'fier.functionaris-1', 409],
])('sensitive work %s', async (_, minutesAgo, owner, status) => {
  const answer = await sendAs(minutesAgo, { reason: 'typed', 'form-owner': owner })
  expect(answer.status).toBe(status)
  expect((await answer.text()).includes('typed')).toBe(status === 401)
})
