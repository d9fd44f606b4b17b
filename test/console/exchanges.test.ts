import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseReceiptFile } from '../../src/audit/receipt/receipt-file.ts'
import type { Client } from '../../src/auth/client.ts'
import { reportWithoutConsent, shelterReport } from '../../src/cli/demo/reports.ts'
import { submit } from '../http/duty-gateway.ts'
import type { Browsing } from './browsing.ts'
import { type ConsoleGateway, startConsoleGateway } from './sign-in-as.ts'

let gateway: ConsoleGateway
let shelter: Client
let caseworker: Browsing
let shared: string
let refused: string
const pageOf = async (path: string, browser = caseworker) => {
  const answer = await browser.open(path, { headers: { 'accept-language': 'nl' } })
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}
const idOf = async (answer: Response) => ((await answer.json()) as { id: string }).id

beforeAll(async () => {
  gateway = await startConsoleGateway()
  shelter = await gateway.connect('fier')
  caseworker = await gateway.browseAs('fier.medewerker-1')
  expect((await pageOf('/exchanges')).html).toContain('verstuurde nog niets')
  shared = await idOf(await submit(shelter, shelterReport))
  refused = await idOf(await submit(shelter, reportWithoutConsent))
})
afterAll(() => gateway?.stop())

describe('the exchanges of an organisation', () => {
  test('exchanges are listed newest first, with what was decided and how far each came', async () => {
    const { status, html } = await pageOf('/exchanges')
    expect(status).toBe(200)
    expect(html.indexOf(refused)).toBeLessThan(html.indexOf(shared))
    expect(html).toContain('Bezorgd, nog niet gelezen')
  })

  test.each([
    ['state=refused', true, false],
    ['state=placed', false, true],
    ['recipient=politie', false, false],
    ['until=2020-01-01', false, false],
    ['', true, true],
  ])(
    'with the filter %j the list has the refused one: %s, the shared one: %s',
    async (query, hasRefused, hasShared) => {
      const { html } = await pageOf(`/exchanges?${query}`)
      expect([html.includes(`/exchanges/${refused}"`), html.includes(`/exchanges/${shared}"`)]).toEqual([
        hasRefused,
        hasShared,
      ])
    },
  )

  test('a date that does not exist is a fault at its field', async () => {
    const { status, html } = await pageOf('/exchanges?since=2026-02-30')
    expect([status, html.includes('id="since-fault"')]).toEqual([400, true])
  })

  test('one shows its decision, its course and its papers, and no value of a person', async () => {
    const { status, html } = await pageOf(`/exchanges/${shared}`)
    expect(status).toBe(200)
    expect(html).toContain('Bezorgd in de postbus van de ontvanger')
    expect(html).toContain('Het systeem van uw organisatie'.toLowerCase())
    for (const { data } of (shelterReport as unknown as { dataSubjects: { data: Record<string, string> }[] })
      .dataSubjects)
      expect(html).not.toContain(data.achternaam ?? 'never')
  })

  test('a refused one says that nothing left, and cannot be recalled', async () => {
    const { html } = await pageOf(`/exchanges/${refused}`)
    expect(html).toContain('Er is niets weggegaan')
    expect(html).not.toContain('/recall"')
  })

  test('the statement is the one of the API, under its own policy for its style', async () => {
    const { status, html, headers } = await pageOf(`/exchanges/${shared}/statement`)
    expect([status, html.includes('tlog-proof')]).toEqual([200, true])
    expect(headers.get('content-security-policy')).toMatch(/style-src 'sha256-/)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('the receipt is saved as the file that verifies', async () => {
    const { html, headers } = await pageOf(`/exchanges/${shared}/receipt`)
    expect(headers.get('content-disposition')).toContain(`sluis-receipt-${shared}.json`)
    const file = parseReceiptFile(html)
    expect(JSON.parse(file.record)).toMatchObject({ type: 'exchange', id: shared })
  })

  test.each(['', '/statement', '/receipt', '/recall'])('that of another organisation has no page%s', async (part) => {
    const detective = await gateway.browseAs('politie.medewerker-1')
    expect((await pageOf(`/exchanges/${shared}${part}`, detective)).status).toBe(404)
  })

  test('recalling asks for a ground first, happens once, and shows at the exchange', async () => {
    const id = await idOf(await submit(shelter, shelterReport))
    const send = (values: Record<string, string>) => caseworker.send(`/exchanges/${id}/recall`, values)
    const without = await send({})
    expect([without.status, (await without.text()).includes('id="ground-fault"')]).toEqual([400, true])
    for (let press = 0; press < 2; press++) {
      const answer = await send({ ground: 'onjuist' })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/exchanges/${id}`])
    }
    expect((await pageOf(`/exchanges/${id}`)).html).toContain('Ingetrokken')
  })
})
