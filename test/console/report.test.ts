import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browsing } from './browsing.ts'
import { formOf } from './form-of.ts'
import { CONSENT, reportAddress, TYPED } from './report-answers.ts'
import { type ConsoleGateway, startConsoleGateway } from './sign-in-as.ts'

let gateway: ConsoleGateway
let caseworker: Browsing
beforeAll(async () => {
  gateway = await startConsoleGateway()
  caseworker = await gateway.browseAs('fier.medewerker-1')
})
afterAll(() => gateway?.stop())

const NEW = '/reports/new'
const SEND = '/reports/send'

interface Shown {
  readonly status: number
  readonly html: string
}
const shown = async (answer: Response): Promise<Shown> => ({ status: answer.status, html: await answer.text() })
const start = async (path = reportAddress()): Promise<Shown> => shown(await caseworker.open(path))
/** Presses a button of a page, with what was typed there. */
const press = async ({ html }: Shown, go: string, typed: Readonly<Record<string, string>> = {}): Promise<Shown> =>
  shown(await caseworker.send(NEW, { ...formOf(html, NEW), ...typed, go }))
const readOver = async (typed: Readonly<Record<string, string>> = TYPED): Promise<Shown> =>
  press(await press(await start(), 'data'), 'read', typed)
const send = ({ html }: Shown, browser = caseworker): Promise<Response> => browser.send(SEND, formOf(html, SEND))
const count = async () => (await gateway.gateway.store.listExchanges('fier', '', 100)).length

describe('writing a report', () => {
  test('it starts with what "Mag ik dit delen?" knows already', async () => {
    const { status, html } = await start()
    expect(status).toBe(200)
    expect(formOf(html, NEW)).toMatchObject({
      to: 'comensha',
      purpose: 'registratie-mensenhandel',
      'p1.role': 'slachtoffer',
      ...Object.fromEntries(Object.entries(CONSENT).map(([word, reply]) => [`p1.is.${word}`, reply])),
    })
  })

  test('"Mag ik dit delen?" leads to a report with its answers, for somebody who may send one', async () => {
    const address = reportAddress().replace('/reports/new?', '/may-i-share?from=fier&field=voornaam&')
    const link = (await start(address)).html.match(/href="(\/reports\/new\?[^"]*)"/)?.[1]?.replaceAll('&amp;', '&')
    const { html } = await press(await start(link), 'data')
    expect(html).toContain('name="p1.data.voornaam"')
    const leader = await gateway.browseAs('fier.teamleider-1')
    expect(await (await leader.open(address)).text()).not.toContain('href="/reports/new?')
  })

  test('a step without its choices stays, with a fault at each of them', async () => {
    const first = await start(NEW)
    const { status, html } = await press(first, 'facts')
    expect(status).toBe(400)
    for (const id of ['to', 'purpose', 'p1-role']) expect(html).toContain(`href="#${id}"`)
  })

  test('a report of which nothing may leave does not lead to the data', async () => {
    const page = await press(await start(reportAddress({})), 'data')
    expect(page.html).toContain('Met deze antwoorden mag er nog niets mee.')
    expect(page.html).not.toContain('p1.data.voornaam')
  })

  test('fields that would stay are not asked for, and the reason is one press away', async () => {
    const { html } = await press(await start(`${reportAddress()}&field=voornaam&field=bsn`), 'data')
    expect(html).toContain('name="p1.data.voornaam"')
    expect(html).not.toContain('name="p1.data.bsn"')
    expect(html).toMatch(
      /<details><summary>Waarom word(?:t|en) .* niet gevraagd\?<\/summary>[\s\S]*Burgerservicenummer|BSN/,
    )
    expect(html).toMatch(/Nummer van het reisdocument[\s\S]{0,200}alleen om de persoon te herkennen/)
  })

  test('what is wrong stands at its field and in the summary, and everything that was typed is kept', async () => {
    const typed = {
      ...TYPED,
      'p1.data.geboortedatum.day': '31',
      'p1.data.geboortedatum.month': '2',
      'p1.data.telefoon': '06-12',
      'p1.data.achternaam': 'W1el',
    }
    const { status, html } = await readOver(typed)
    expect(status).toBe(400)
    for (const id of ['p1-data-geboortedatum-day', 'p1-data-telefoon', 'p1-data-achternaam'])
      expect(html).toContain(`<a href="#${id}">`)
    expect(formOf(html, NEW)).toMatchObject(typed)
    expect(html.slice(html.indexOf('class="faults"'), html.indexOf('<form method="post" class'))).not.toContain('W1el')
  })

  test('an assessment needs who made it and when', async () => {
    const data = await press(await start(reportAddress({ ...CONSENT, noodzaak: 'yes' })), 'data')
    const { status, html } = await press(data, 'read', TYPED)
    expect(status).toBe(400)
    expect(html).toContain('href="#p1-by-noodzaak"')
    expect(html).toContain('href="#p1-on-noodzaak-day"')
  })

  test('a value that contradicts an answer is found before anything is sent', async () => {
    const { status, html } = await readOver({ ...TYPED, 'p1.data.geboortedatum.year': '2020' })
    expect(status).toBe(400)
    expect(html).toContain('href="#p1-data-geboortedatum-day"')
  })

  test('persons are added and taken away without losing the others', async () => {
    const two = await press(await press(await press(await start(), 'data'), 'who', TYPED), 'add')
    expect(two.html).toContain('name="p2.role"')
    const one = await press(two, 'remove-2')
    expect(one.html).not.toContain('name="p2.role"')
    expect(formOf(one.html, NEW)).toMatchObject({ people: '1', 'p1.data.voornaam': 'Mila' })
  })

  test('the page to read over shows what the recipient gets, in which form and under which article', async () => {
    const { html } = await readOver()
    const table = html.slice(html.indexOf('<table'), html.indexOf('</table>'))
    expect(table).toContain('mei 1998, dag onbekend')
    expect(table).toContain('Amsterdam')
    expect(table).not.toContain('Damstraat')
    expect(html).toContain('AVG art. 6 lid 1 onder a')
  })

  test.each([
    ['reference', 'reference'],
    ['p1.data.voornaam', 'p1-data-voornaam'],
  ])('text from a person is shown as text: %s', async (name) => {
    const hostile = '"><script>alert(1)</script>'
    const { html } = await readOver({ ...TYPED, [name]: hostile })
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;')
  })
})

describe('sending a report', () => {
  test('it leaves once, however often the button is pressed, and its page has no value in its address', async () => {
    const before = await count()
    const page = await readOver()
    const answers = await Promise.all([send(page), send(page)])
    const again = await send(page)
    const places = new Set(
      [...answers, again].filter(({ status }) => status === 303).map(({ headers }) => headers.get('location')),
    )
    expect(places.size).toBe(1)
    expect([...places][0]).toMatch(/^\/exchanges\/[0-9a-f-]{36}\?sent=yes$/)
    expect(await count()).toBe(before + 1)
    const { html } = await start([...places][0]!)
    expect(html).toContain('Verstuurd')
    for (const value of ['Mila', 'Wiel', 'Damstraat']) expect(html).not.toContain(value)
  })

  test('a report that was changed after it left does not leave again until the person says so', async () => {
    const before = await count()
    const page = await readOver()
    expect((await send(page)).status).toBe(303)
    const changed = await press(await press(page2(page), 'data'), 'read', { 'p1.data.voornaam': 'Noor' })
    const reused = await send(changed)
    const asked = await shown(reused)
    expect(asked.status).toBe(409)
    expect(asked.html).toContain('Deze melding is al verstuurd')
    expect(await count()).toBe(before + 1)
    const renewed = await press(asked, 'new')
    expect((await send(renewed)).status).toBe(303)
    expect(await count()).toBe(before + 2)
  })

  test('a form from elsewhere is refused and sends nothing', async () => {
    const before = await count()
    const values = formOf((await readOver()).html, SEND)
    const answer = await caseworker.open(SEND, {
      method: 'POST',
      headers: { origin: 'https://example.org' },
      body: new URLSearchParams(values),
    })
    expect([answer.status, await count()]).toEqual([403, before])
  })

  test('a session that ended before the button was pressed loses nothing and sends nothing', async () => {
    const before = await count()
    const page = await readOver()
    const gone = await shown(
      await gateway.browseAs('fier.medewerker-1').then(async (other) => {
        await other.send('/sign-out')
        return send(page, other)
      }),
    )
    expect([gone.status, await count()]).toEqual([401, before])
    expect(formOf(gone.html, SEND)).toMatchObject({ 'p1.data.voornaam': 'Mila' })
    const sent = await caseworker.send(SEND, formOf(gone.html, SEND))
    expect([sent.status, await count()]).toEqual([303, before + 1])
  })

  test('a rule set that changed meanwhile is read over again first', async () => {
    const before = await count()
    const answer = await caseworker.send(SEND, { ...formOf((await readOver()).html, SEND), rules: 'f'.repeat(64) })
    expect(await answer.text()).toContain('De regels zijn veranderd')
    expect(await count()).toBe(before)
  })

  test.each(['fier.teamleider-1', 'politie.functionaris-1'])('%s may not write one', async (person) => {
    const browser = await gateway.browseAs(person)
    expect((await browser.open(NEW)).status).toBe(403)
    expect((await browser.send(SEND, {})).status).toBe(403)
  })
})

/** The page to read over, seen as a form that goes back to the data. */
const page2 = ({ status, html }: Shown): Shown => ({
  status,
  html: html.replace(`action="${SEND}"`, `action="${NEW}"`),
})
