import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { reportWithoutConsent, shelterReport } from '../../../src/cli/demo/reports.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { post, submit } from '../../http/duty-gateway.ts'
import { CONSENT } from '../report-answers.ts'
import { type ConsoleGateway, startConsoleGateway } from '../sign-in-as.ts'
import { findBarriers, openBrowser, PAIRED_FORMS, type TestBrowser } from './open-browser.ts'

let gateway: ConsoleGateway
let browser: TestBrowser
let shared: string
let refused: string
let held: string
beforeAll(async () => {
  gateway = await startConsoleGateway()
  browser = await openBrowser(gateway.issuer)
  const shelter = await gateway.connect('fier')
  const comensha = await gateway.connect('comensha')
  shared = await idOf(submit(shelter, shelterReport))
  refused = await idOf(submit(shelter, reportWithoutConsent))
  held = await holdAnswer(shelter, comensha)
})
afterAll(async () => {
  await browser?.close()
  await gateway?.stop()
})

const idOf = async (answer: Promise<Response>) => ((await (await answer).json()) as { id: string }).id

/** An answer to an identity question, which waits for two people of the shelter. */
async function holdAnswer(shelter: Client, comensha: Client): Promise<string> {
  const question: Json = {
    dataSubject: 0,
    purpose: 'navraag-identiteit',
    legalBasis: 'identiteitsvraag',
    circumstances: {
      'uitdrukkelijke-toestemming': false,
      'toestemming-wettelijk-vertegenwoordiger': false,
      'afkomstig-van-opsporingsdienst': false,
    },
    assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'coördinator', on: '2026-11-24' }],
    fields: ['voornaam'],
  }
  const key = { 'idempotency-key': crypto.randomUUID() }
  const inReplyTo = await idOf(post(comensha, `/v1/exchanges/${shared}/_ask`, question, key))
  const circumstances = Object.fromEntries(Object.entries(CONSENT).map(([word, reply]) => [word, reply === 'yes']))
  return idOf(
    submit(shelter, {
      recipient: 'comensha',
      purpose: 'identiteit-na-navraag',
      legalBasis: 'identiteitsvraag',
      kind: 'antwoord',
      inReplyTo,
      dataSubjects: [{ role: 'slachtoffer', circumstances, assessments: [], data: { voornaam: 'Mila' } }],
    }),
  )
}

test.each(PAIRED_FORMS)('an exchange, its recall, a question and the queue have no barriers: %j', async (form) => {
  const found: string[] = []
  const page = await browser.open(form)
  const look = async (person: string, path: string, see: string) => {
    await page.context().clearCookies()
    await gateway.signInPage(page, person)
    await page.goto(gateway.issuer + path)
    expect(await page.content()).toContain(see)
    const width = (await page.evaluate('document.documentElement.scrollWidth')) as number
    if (width > form.viewport.width) found.push(`${path} is ${width} wide`)
    found.push(...(await findBarriers(page)).map((barrier) => `${path}: ${barrier}`))
  }
  await look('fier.medewerker-1', `/exchanges/${refused}`, refused)
  await look('fier.medewerker-1', `/exchanges/${held}`, held)
  await look('fier.medewerker-1', `/exchanges/${shared}/recall`, 'name="ground"')
  await look('comensha.medewerker-1', `/exchanges/${shared}/ask`, 'name="field"')
  await look('fier.teamleider-1', '/approvals', held)
  expect(found).toEqual([])
})
