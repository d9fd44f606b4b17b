import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shelterReport } from '../../src/cli/demo/reports.ts'
import { submit } from '../http/duty-gateway.ts'
import type { Browsing } from './browsing.ts'
import { formOf } from './form-of.ts'
import { type ConsoleGateway, startConsoleGateway } from './sign-in-as.ts'

/** A recipient asks who somebody is; the source answers, and a second person lets the answer go. */

let gateway: ConsoleGateway
let registrar: Browsing
let caseworker: Browsing
let leader: Browsing
let received: string
beforeAll(async () => {
  gateway = await startConsoleGateway()
  registrar = await gateway.browseAs('comensha.medewerker-1')
  caseworker = await gateway.browseAs('fier.medewerker-1')
  leader = await gateway.browseAs('fier.teamleider-1')
  const shelter = await gateway.connect('fier')
  received = ((await (await submit(shelter, shelterReport)).json()) as { id: string }).id
})
afterAll(() => gateway?.stop())

const htmlOf = async (browser: Browsing, path: string) => (await browser.open(path)).text()
const TODAY = { day: '1', month: '12', year: '2026' }
const declare = (word: string) => ({
  [`p1.is.${word}`]: 'yes',
  [`p1.by.${word}`]: 'R. de Vos',
  ...Object.fromEntries(Object.entries(TODAY).map(([part, text]) => [`p1.on.${word}.${part}`, text])),
})

/** Asks who the person in the received report is, and returns the id of the question. */
async function askWho(): Promise<string> {
  const path = `/exchanges/${received}/ask`
  const form = formOf(await htmlOf(registrar, path), path)
  const answer = await registrar.send(path, {
    ...form,
    field: 'voornaam',
    'p1.is.afkomstig-van-opsporingsdienst': 'no',
    'p1.is.toestemming': 'no',
    'p1.is.toestemming-wettelijk-vertegenwoordiger': 'no',
    ...declare('afweging-gerechtvaardigd-belang'),
    go: 'ask',
  })
  expect(answer.status).toBe(303)
  return answer.headers.get('location')!.match(/[0-9a-f-]{36}/)![0]
}

/** Answers a question as the caseworker does, and returns the id of the answer. */
async function answer(question: string): Promise<string> {
  const start = await htmlOf(caseworker, `/reports/new?inReplyTo=${question}`)
  expect(formOf(start, '/reports/new')).toMatchObject({
    to: 'comensha',
    purpose: 'identiteit-na-navraag',
    kind: 'antwoord',
    'p1.role': 'slachtoffer',
  })
  let form: Record<string, string> = {
    ...formOf(start, '/reports/new'),
    'p1.is.toestemming': 'yes',
    'p1.is.toestemming-ingetrokken': 'no',
    'p1.is.jonger-dan-12': 'no',
    'p1.is.jonger-dan-16': 'no',
    'p1.is.onder-curatele-bewind-of-mentorschap': 'no',
    'p1.is.onder-medisch-beroepsgeheim': 'no',
    'p1.is.geneeskundige-behandeling': 'no',
    'p1.is.afkomstig-van-opsporingsdienst': 'no',
    go: 'data',
  }
  const data = await (await caseworker.send('/reports/new', form)).text()
  expect(data).toContain('name="p1.data.voornaam"')
  expect(data).not.toContain('name="p1.data.achternaam"')
  form = { ...formOf(data, '/reports/new'), 'p1.data.voornaam': 'Mila', go: 'read' }
  const read = await (await caseworker.send('/reports/new', form)).text()
  expect(read).toContain('2 mensen bij uw organisatie')
  const sent = await caseworker.send('/reports/send', formOf(read, '/reports/send'))
  expect(sent.status).toBe(303)
  return sent.headers.get('location')!.match(/[0-9a-f-]{36}/)![0]
}

describe('asking who somebody is', () => {
  test('the form says whom it asks and about whom, and asks for what is needed', async () => {
    const html = await htmlOf(registrar, `/exchanges/${received}/ask`)
    expect(html).toContain('Fier')
    expect(html).toContain('persoon 1')
    const path = `/exchanges/${received}/ask`
    const without = await registrar.send(path, { ...formOf(html, path), go: 'ask' })
    expect([without.status, (await without.text()).includes('Vink aan wat u wilt weten.')]).toEqual([400, true])
  })

  test('nobody asks about an exchange that their organisation did not receive, or a person who is not in it', async () => {
    expect((await registrar.open(`/exchanges/${received}/ask?person=2`)).status).toBe(404)
    expect((await registrar.open(`/exchanges/${crypto.randomUUID()}/ask`)).status).toBe(404)
    expect((await caseworker.open(`/exchanges/${received}/ask`)).status).toBe(403)
  })
})

describe('the queue of approvals', () => {
  test('an answer waits for a second person, who sees all that is needed to judge, and then it leaves', async () => {
    const id = await answer(await askWho())
    expect(await htmlOf(caseworker, `/exchanges/${id}`)).toContain('Bijna verstuurd')
    expect(await htmlOf(caseworker, `/exchanges/${id}`)).toContain('Teamleider')
    const queue = await htmlOf(leader, '/approvals')
    for (const text of ['CoMensha', 'Hulpverlener', 'Voornaam', 'Antwoord of terugkoppeling'])
      expect(queue).toContain(text)
    expect(queue).not.toContain('Mila')
    const approved = await leader.send(`/approvals/${id}`, { go: 'approve' })
    expect([approved.status, approved.headers.get('location')]).toEqual([303, '/approvals?done=approve'])
    expect(await htmlOf(leader, '/approvals?done=approve')).toContain('Er wacht niets op goedkeuring.')
    expect(await htmlOf(caseworker, `/exchanges/${id}`)).toContain('Goedgekeurd door <bdi>Teamleider</bdi>')
  })

  test('a second person stops one, and nothing leaves', async () => {
    const id = await answer(await askWho())
    const refused = await leader.send(`/approvals/${id}`, { go: 'refuse' })
    expect(refused.headers.get('location')).toBe('/approvals?done=refuse')
    expect(await htmlOf(caseworker, `/exchanges/${id}`)).toContain('Tegengehouden; de inhoud is vernietigd')
    const again = await leader.send(`/approvals/${id}`, { go: 'approve' })
    expect(again.status).toBe(409)
  })

  test('a form without a step of its own approves nothing', async () => {
    const id = await answer(await askWho())
    expect((await leader.send(`/approvals/${id}`, {})).status).toBe(400)
    expect(await htmlOf(leader, '/approvals')).toContain(`/approvals/${id}`)
  })

  test('somebody without the right sees no queue', async () => {
    expect((await caseworker.open('/approvals')).status).toBe(403)
  })
})
