import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import { parseReceiptFile } from '../../../src/audit/receipt/receipt-file.ts'
import type { Client } from '../../../src/auth/client.ts'
import { policeReport, reportWithoutConsent, shelterReport } from '../../../src/cli/demo/reports.ts'
import { RULES_WARNING } from '../../../src/http/pages/rules-warning.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { readAs, readProblem, submit } from '../duty-gateway.ts'
import { openInbox } from '../party-mail.ts'

let gateway: TestGateway
let police: Client
let shelter: Client
let comensha: Client
let shared: string
let refused: string

beforeAll(async () => {
  gateway = await startTestGateway()
  ;[police, shelter, comensha] = await Promise.all([
    gateway.connect('politie'),
    gateway.connect('fier'),
    gateway.connect('comensha'),
  ])
  shared = ((await (await submit(police, policeReport)).json()) as { id: string }).id
  refused = ((await (await submit(shelter, reportWithoutConsent)).json()) as { id: string }).id
})
afterAll(() => gateway.stop())

const receiptOf = (client: Client, id: string, headers: Record<string, string> = {}): Promise<Response> =>
  client.request('GET', `/v1/exchanges/${id}/receipt`, { headers })

const pageOf = async (client: Client, id: string, language = 'nl'): Promise<{ response: Response; html: string }> => {
  const response = await receiptOf(client, id, { accept: 'text/html', 'accept-language': language })
  expect(response.status).toBe(200)
  return { response, html: await response.text() }
}

/** What a reader sees of a page. */
const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')

describe('the receipt of an exchange', () => {
  test.each([
    ['shared', () => [police, shared] as const],
    ['refused', () => [shelter, refused] as const],
  ])('the receipt of an exchange that was %s is a file that verifies with the public key alone', async (_, which) => {
    const [client, id] = which()
    const response = await receiptOf(client, id)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('vary')).toBe('Accept, Accept-Language')
    const file = parseReceiptFile(await response.clone().text())
    await readAs('ReceiptFile', 200, response)
    expect(file.verifierKey).toBe(gateway.verifierKey)
    expect(await verifyReceipt(file, gateway.verifierKey)).toMatchObject({ ok: true })
    expect(JSON.parse(file.record)).toMatchObject({ type: 'exchange', id })
  })

  test('the receipt of an exchange is for its sender only', async () => {
    for (const client of [shelter, comensha]) {
      for (const accept of ['application/json', 'text/html']) {
        const response = await receiptOf(client, shared, { accept })
        expect([403, 404]).toContain(response.status)
        await readProblem(response)
      }
    }
    expect(await readProblem(await receiptOf(police, 'nothing'))).toBe('404 not-found')
    expect((await fetch(`${gateway.issuer}/v1/exchanges/${shared}/receipt`)).status).toBe(401)
  })

  const accepts: readonly [string, string][] = [
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['text/html', 'text/html; charset=utf-8'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['application/json, text/html', 'application/json'],
    ['text/html;q=0.5, application/json;q=0.4', 'text/html; charset=utf-8'],
    ['text/*, application/json;q=0.1', 'text/html; charset=utf-8'],
    ['text/html;q=0, */*', 'application/json'],
    ['text/html;q=5, application/json;q=0.1', 'application/json'],
    ['image/png', 'application/json'],
  ]
  test.each(accepts)('the receipt for Accept `%s` is of type %s', async (accept, type) => {
    expect((await receiptOf(police, shared, { accept })).headers.get('content-type')).toBe(type)
  })

  test('the receipt is on the newest checkpoint that a witness cosigned', async () => {
    const before = parseReceiptFile(await (await receiptOf(police, shared)).text())
    await submit(shelter, shelterReport)
    const newest = (await gateway.gateway.store.log.checkpoint())!
    // Any line will do: the gateway keeps what its witness client verified.
    const line = `— witness.example ${Buffer.alloc(76, 7).toString('base64')}\n`
    await gateway.gateway.store.addCosignatures(newest.treeSize, [
      { keyName: 'witness.example', keyId: '07070707', line },
    ])
    const after = parseReceiptFile(await (await receiptOf(police, shared)).text())
    expect(before.proof).not.toContain('witness.example')
    expect(after.proof.endsWith(newest.note + line)).toBe(true)
    expect(after.record).toBe(before.record)
    expect(await verifyReceipt(after, gateway.verifierKey)).toEqual({ ok: true, treeSize: newest.treeSize })
    // What came after it has the proof that was given out.
    const later = ((await (await submit(police, policeReport)).json()) as { id: string }).id
    expect(parseReceiptFile(await (await receiptOf(police, later)).text()).proof).not.toContain('witness.example')
    expect(textOf((await pageOf(police, shared)).html)).toContain('Meegetekend door witness.example')
  })
})

describe('the statement', () => {
  const sentences = {
    nl: [
      'Verklaring van een uitwisseling',
      'Gedeeltelijk verstrekt',
      'Geboortedatum als geboortejaar',
      'Alleen gekoppeld',
    ],
    en: ['Statement of an exchange', 'Released in part', 'Date of birth as geboortejaar', 'Linked only'],
  }
  test.each(['nl', 'en'] as const)(
    'the statement shows what was released, coarser, linked or withheld, under which rule: %s',
    async (language) => {
      const { response, html } = await pageOf(police, shared, language)
      const text = textOf(html)
      expect(response.headers.get('content-language')).toBe(language)
      for (const sentence of sentences[language]) expect(text).toContain(sentence)
      const { decision } = await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${shared}`))
      const { vocabulary } = gateway.gateway.policySet
      for (const { field, sentence, citation } of decision.dataSubjects[0]!.fields) {
        expect(text).toContain(vocabulary.fields.get(field)!.label[language])
        expect(text).toContain(sentence[language].trim())
        if (citation !== undefined) expect(text).toContain(citation)
      }
      expect(text).toContain(decision.policyHash)
      expect(text).toContain(RULES_WARNING[language])
      expect(html).toContain('href="https://wetten.overheid.nl/BWBR0023086/2026-06-12#Artikel42"')
      expect(text).toContain(language === 'nl' ? 'versie van 12 juni 2026' : 'version of 12 June 2026')
    },
  )

  test('the statement carries the receipt as the file has it, with size, root and index', async () => {
    const { html } = await pageOf(police, shared)
    const file = await (await receiptOf(police, shared)).text()
    const text = html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    expect(text.replaceAll('&amp;', '&')).toContain(file.trimEnd())
    const [, size, root] = parseReceiptFile(file).proof.split('\n\n')[1]!.split('\n')
    expect(textOf(html)).toContain(`${size} regels`)
    expect(html).toContain(root!)
  })

  test('the statement of a refusal explains why and that nothing was sent, and suggests no other statement', async () => {
    const text = textOf((await pageOf(shelter, refused)).html)
    expect(text).toContain('geweigerd: geen grondslag. Er is niets verzonden.')
    expect(text).toContain('Achtergehouden')
    expect(text).not.toMatch(/(?<!zijn )verstrekt|postbus/i)
    // Consent was stated to be absent, so no question about it is open.
    expect(text).not.toContain('Waarvan het besluit nog afhing')
    expect(text).not.toContain('toestemming gegeven')
  })

  test('the statement holds no value of the report and no pseudonym', async () => {
    const text = (await pageOf(police, shared)).html + (await pageOf(police, shared, 'en')).html
    const values = JSON.stringify((policeReport as { dataSubjects: [{ data: object }] }).dataSubjects[0].data)
    const marked = [...values.matchAll(/"([^"]{3,})"/g)].map(([, value]) => value!)
    const names = [
      ...gateway.gateway.policySet.vocabulary.fields.keys(),
      'gemeente',
      'straat',
      'plaats',
      'land',
      'huisnummer',
      'postcode',
    ]
    for (const value of marked.filter((one) => !names.includes(one)))
      expect(text.includes(value), value.length.toString()).toBe(false)
    expect(text).not.toContain('hulpofficier')
    expect(text).not.toContain('PL0900')
    const content = (await openInbox(gateway, 'comensha')).find(({ exchangeId }) => exchangeId === shared)!
    expect(content.dataSubjects.length).toBeGreaterThan(0)
    for (const { pseudonym } of content.dataSubjects) expect(text.includes(pseudonym)).toBe(false)
  })

  test('the statement needs nothing but itself: one style that the policy names by its hash, no script, no request', async () => {
    const { response, html } = await pageOf(police, shared)
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!
    const hash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
    const policy = response.headers.get('content-security-policy')!
    expect(policy).toContain(`style-src ${hash};`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(html).toContain(`content="default-src &#39;none&#39;; style-src ${hash.replaceAll("'", '&#39;')};`)
    expect(html).not.toMatch(/<script|<iframe|<img|<link|<form|\son\w+\s*=|\sstyle\s*=|@import|url\(/i)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('the statement is marked up for a screen reader: one main heading, ranks in order, tables with captions and scopes', async () => {
    for (const language of ['nl', 'en']) {
      const { html } = await pageOf(police, shared, language)
      expect(html).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${language}">`))
      const ranks = [...html.matchAll(/<h([1-6])/g)].map(([, rank]) => Number(rank))
      expect(ranks.filter((rank) => rank === 1)).toHaveLength(1)
      for (const [position, rank] of ranks.entries()) expect(rank - (ranks[position - 1] ?? 0)).toBeLessThanOrEqual(1)
      for (const [table] of html.matchAll(/<table[\s\S]*?<\/table>/g)) {
        expect(table).toMatch(/<caption>(<bdi>)?[^<]+/)
        expect([...table.matchAll(/<th [^>]*scope="col"/g)]).toHaveLength(3)
        expect([...table.matchAll(/<tr role="row">\n<th [^>]*scope="row"/g)].length).toBeGreaterThan(0)
      }
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
      expect(new Set(ids).size).toBe(ids.length)
      const references = [...html.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].map(([, id]) => id!)
      for (const id of references) expect(ids).toContain(id)
      expect(html).toContain('<a class="skip" href="#content">')
    }
  })

  test('the statement shows when the recipient acknowledged', async () => {
    const { deliveries } = await readAs('DeliveryPage', 200, await comensha.request('GET', '/v1/deliveries'))
    const { id } = deliveries.find(({ exchangeId }) => exchangeId === shared)!
    expect(textOf((await pageOf(police, shared)).html)).not.toContain('Ontvangst bevestigd')
    await comensha.request('POST', `/v1/deliveries/${id}/_acknowledge`)
    expect(textOf((await pageOf(police, shared)).html)).toContain('Ontvangst bevestigd door de ontvanger')
  })
})

describe('the lists of receipts', () => {
  test('the lists of receipts return a sender all that it sent and a recipient all that it got, page by page, and record nothing', async () => {
    await Promise.all(Array.from({ length: 101 }, () => submit(police, policeReport)))
    const size = (await gateway.gateway.store.log.checkpoint())!.treeSize
    const sent: string[] = []
    for (let cursor = ''; ; ) {
      const path = `/v1/exchanges${cursor && `?cursor=${cursor}`}`
      const page = await readAs('ExchangePage', 200, await police.request('GET', path))
      for (const { id, receipt } of page.exchanges) {
        expect(JSON.parse(receipt.record)).toMatchObject({ id, sender: 'politie' })
        sent.push(id)
      }
      cursor = page.cursor!
      if (!page.hasMore) break
    }
    const received: string[] = []
    for (let cursor = '0'; ; ) {
      const path = `/v1/delivery-receipts?cursor=${cursor}`
      const page = await readAs('DeliveryReceiptPage', 200, await comensha.request('GET', path))
      for (const { receipt, exchangeId } of page.receipts) {
        expect(JSON.parse(receipt.record)).toMatchObject({ recipient: 'comensha' })
        received.push(exchangeId!)
      }
      cursor = page.cursor
      if (!page.hasMore) break
    }
    expect(new Set(sent).size).toBe(sent.length)
    expect(sent.length).toBeGreaterThan(100)
    expect(received).toEqual(expect.arrayContaining(sent))
    expect((await gateway.gateway.store.log.checkpoint())!.treeSize).toBe(size)
  })

  test('the lists of receipts show nobody what is of another party', async () => {
    const { exchanges } = await readAs('ExchangePage', 200, await shelter.request('GET', '/v1/exchanges'))
    expect(exchanges.map(({ id }) => id)).toContain(refused)
    expect(exchanges.map(({ id }) => id)).not.toContain(shared)
  })

  test.each(['/v1/exchanges?cursor=1', '/v1/exchanges?limit=5'])(
    'the list of receipts refuses what is no cursor: %s',
    async (path) => {
      expect(await readProblem(await police.request('GET', path))).toBe('400 query-invalid')
    },
  )
  test('the lists of receipts refuse a cursor that is no number', async () => {
    const path = '/v1/delivery-receipts?cursor=kanarie'
    expect(await readProblem(await comensha.request('GET', path))).toBe('400 query-invalid')
  })
})
