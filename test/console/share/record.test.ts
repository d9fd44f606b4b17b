import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseReceiptFile } from '../../../src/audit/receipt/receipt-file.ts'
import { checkReceipt } from '../../../src/audit/verify/check-receipt.ts'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'

let gateway: ConsoleGateway
beforeAll(async () => {
  gateway = await startConsoleGateway()
})
afterAll(() => gateway.stop())

const ASKED: readonly [string, string][] = [
  ['from', 'fier'],
  ['to', 'comensha'],
  ['purpose', 'coordinatie-opvang-verzorging'],
  ['about', 'slachtoffer'],
  ['field', 'voornaam'],
  ['field', 'bsn'],
  ['is.toestemming', 'yes'],
  ['is.onder-medisch-beroepsgeheim', 'unknown'],
]

const save = (format: 'html' | 'json', cookie = '', asked = ASKED) =>
  fetch(`${gateway.issuer}/may-i-share/record`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: gateway.issuer, cookie, 'accept-language': 'nl' },
    body: new URLSearchParams([...asked, ['format', format]]),
  })

/** The newest checkpoint: the same one as long as nothing was recorded. */
const newestNote = async () => (await gateway.gateway.store.log.checkpoint())?.note

// biome-ignore lint/suspicious/noExplicitAny: a file as it is, for matchers
const readRecord = async (answer: Response): Promise<any> => answer.json()

describe('an accountability record', () => {
  test('a file of somebody who has not signed in says that it has no receipt, and nothing is recorded', async () => {
    const before = await newestNote()
    const answer = await save('json')
    const record = await readRecord(answer)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="sluis-fier-comensha-\d{4}-\d\d-\d\d\.json"$/,
    )
    expect(record).toMatchObject({
      sluisAccountabilityRecord: 1,
      policyHash: gateway.gateway.policySet.policyHash,
      asked: {
        sender: 'fier',
        fields: ['voornaam', 'bsn'],
        circumstances: { toestemming: true },
        notKnown: ['onder-medisch-beroepsgeheim'],
      },
      decision: { outcome: 'geweigerd' },
      withoutReceipt: 'not-signed-in',
    })
    expect(record.decision.fields[1].sources[0]).toMatchObject({ url: expect.stringMatching(/^https:/) })
    expect(await newestNote()).toBe(before)
  })

  test('a file of somebody of the sender has a receipt of the check, which verifies', async () => {
    const cookie = await gateway.signInAs('fier.medewerker-1')
    const record = await readRecord(await save('json', cookie))
    const file = parseReceiptFile(JSON.stringify(record.receipt))
    expect(await checkReceipt(file, [gateway.gateway.verifierKey])).toMatchObject({ ok: true })
    const recorded = JSON.parse(file.record)
    expect(recorded).toMatchObject({ type: 'check' })
    expect(file.record).toContain(record.at)
    expect(record.withoutReceipt).toBeUndefined()
  })

  test.each([
    ['comensha.medewerker-1', 'other-party'],
    ['fier.functionaris-1', 'no-right'],
  ])('a file of %s has no receipt: %s', async (client, reason) => {
    const record = await readRecord(await save('json', await gateway.signInAs(client)))
    expect(record).toMatchObject({ withoutReceipt: reason })
  })

  test('the page for people holds the record for programs, loads nothing and leads to the law only', async () => {
    const page = await (await save('html')).text()
    const inside = JSON.parse(page.match(/<script type="application\/json" id="record">(.*?)<\/script>/s)![1]!)
    expect(inside.asked.fields).toEqual(['voornaam', 'bsn'])
    expect(page).toContain('Zonder aanmelden komt de vraag niet in het logboek')
    const addresses = [...page.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map((match) => match[1]!)
    expect(addresses.length).toBeGreaterThan(0)
    expect(
      addresses.filter((address) => !/^https:\/\/(wetten\.overheid\.nl|eur-lex\.europa\.eu)\//.test(address)),
    ).toEqual([])
  })

  test('a question that is not complete leads back to the form', async () => {
    const answer = await save('html', '', [['from', 'fier']])
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/may-i-share?from=fier'])
  })

  test('the result page has a form that sends what it shows', async () => {
    const page = await (await fetch(`${gateway.issuer}/may-i-share/result?${new URLSearchParams([...ASKED])}`)).text()
    for (const [name, value] of ASKED) expect(page).toContain(`<input type="hidden" name="${name}" value="${value}">`)
  })
})

describe('a check that is not open to everybody', () => {
  let closed: ConsoleGateway
  beforeAll(async () => {
    closed = await startConsoleGateway({ SLUIS_OPEN_CHECK: 'no' })
  })
  afterAll(() => closed.stop())

  test('a stranger is led to the sign-in and back to the same question', async () => {
    const answer = await fetch(`${closed.issuer}/may-i-share?from=fier`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toBe(`/sign-in?to=${encodeURIComponent('/may-i-share?from=fier')}`)
    const start = await (await fetch(closed.issuer)).text()
    expect(start).not.toContain('href="/may-i-share"')
  })

  test.each([
    ['fier.medewerker-1', 200],
    ['fier.functionaris-1', 403],
  ])('%s gets %d', async (client, status) => {
    const answer = await fetch(`${closed.issuer}/may-i-share`, { headers: { cookie: await closed.signInAs(client) } })
    expect(answer.status).toBe(status)
    if (status === 200) expect(await answer.text()).toContain('<option value="fier" selected>')
  })
})
