import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Client } from '../../../src/auth/client.ts'
import type { Json } from '../../../src/encoding/json.ts'
import type { wire } from '../../../src/http/wire/schemas.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { post, readAs, readProblem, submit } from '../duty-gateway.ts'
import { openInbox, readLog } from '../party-mail.ts'

const person = { voornaam: 'Adaeze', achternaam: 'Voorbeeld', geboortedatum: '1985-12-01' }
const victim = {
  role: 'slachtoffer',
  circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
  assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
}
/** About a suspect, of whom nothing may go, and a victim, who is therefore the first that CoMensha gets to see. */
const report: Json = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  kind: 'melding',
  dataSubjects: [
    { ...victim, role: 'verdachte', data: { achternaam: 'Ander' } },
    { ...victim, data: { ...person, nationaliteit: 'NG' } },
  ],
}
const question = {
  dataSubject: 0,
  purpose: 'navraag-identiteit',
  legalBasis: 'identiteitsvraag',
  circumstances: { toestemming: false },
  assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'coördinator', on: '2025-11-24' }],
  fields: ['voornaam', 'achternaam'],
}
const answerTo = (inReplyTo: string | undefined, subject: object = {}) => ({
  recipient: 'comensha',
  purpose: 'identiteit-na-navraag',
  legalBasis: 'wpg-bpg-4-2-identiteit-comensha',
  kind: 'antwoord',
  ...(inReplyTo !== undefined && { inReplyTo }),
  dataSubjects: [{ ...victim, data: { voornaam: 'Adaeze', achternaam: 'Voorbeeld' }, ...subject }],
})

let gateway: TestGateway
let police: Client
let comensha: Client
let exchangeId: string
let asked: z.infer<typeof wire.Exchange>

const ask = (id: string, body: Json = question, key: string = crypto.randomUUID()) =>
  post(comensha, `/v1/exchanges/${id}/_ask-identity`, body, { 'idempotency-key': key })
/** Code and places of a problem. */
async function faultsOf(response: Response): Promise<readonly string[]> {
  const problem = await readAs('Problem', response.status, response)
  return [`${response.status} ${problem.type}`, ...(problem.errors ?? []).map(({ pointer }) => pointer)]
}

beforeAll(async () => {
  gateway = await startTestGateway()
  ;[police, comensha] = await Promise.all([gateway.connect('politie'), gateway.connect('comensha')])
  exchangeId = (await readAs('Exchange', 201, await submit(police, report))).id
  asked = await readAs('Exchange', 201, await ask(exchangeId, question, 'the-question'))
})
afterAll(() => gateway?.stop())

describe('asking who somebody is', () => {
  test('an enquiry about an identity becomes an exchange towards the source, which states the question and names nobody', async () => {
    const [record] = (await readLog(gateway)).filter((one) => one.type === 'exchange' && one.id === asked.id)
    expect(record).toMatchObject({
      sender: 'comensha',
      recipient: 'politie',
      kind: 'identiteitsvraag',
      inReplyTo: exchangeId,
      // The second of the report, whatever of it was delivered.
      asked: { dataSubject: 1, fields: ['achternaam', 'voornaam'] },
    })
    const contents = await openInbox(gateway, 'politie')
    expect(contents).toMatchObject([
      {
        exchangeId: asked.id,
        inReplyTo: exchangeId,
        kind: 'identiteitsvraag',
        dataSubjects: [
          {
            role: 'slachtoffer',
            isLinkable: false,
            data: { 'gevraagde-betrokkene': '2', 'gevraagde-gegevens': 'achternaam, voornaam' },
          },
        ],
      },
    ])
    expect(JSON.stringify([record, contents])).not.toMatch(/Adaeze|Voorbeeld|1985/)
  })

  test('an enquiry about an identity is no answer to the exchange it asks about', async () => {
    const found = await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${exchangeId}`))
    expect(found.delivery).not.toHaveProperty('answeredAt')
  })

  test('an enquiry about an identity happens once for one Idempotency-Key, by either address', async () => {
    expect((await readAs('Exchange', 201, await ask(exchangeId, question, 'the-question'))).id).toBe(asked.id)
    const headers = { 'idempotency-key': 'the-question' }
    const elsewhere = await post(comensha, `/v1/exchanges/${exchangeId}/_ask`, question, headers)
    expect((await readAs('Exchange', 201, elsewhere)).id).toBe(asked.id)
    const other = await ask(exchangeId, { ...question, fields: ['voornaam'] }, 'the-question')
    expect(await readProblem(other)).toBe('422 idempotency-key-reused')
  })

  test('an enquiry about an identity is refused with what is missing, and the refusal is recorded too', async () => {
    const response = await ask(exchangeId, { ...question, assessments: [] })
    const refusal = await readAs('Refusal', 403, response)
    expect(refusal.type).toBe('/problems/refused-assessment-missing')
    const [miss] = refusal.decision.dataSubjects[0]!.nearestMisses
    expect(miss).toMatchObject({ condition: 'assessment', words: ['afweging-gerechtvaardigd-belang'] })
    expect(await readLog(gateway)).toContainEqual(expect.objectContaining({ id: refusal.id, outcome: 'geweigerd' }))
  })

  test('an enquiry about an identity is for the recipient of the exchange; anybody else finds nothing', async () => {
    const unknown = '01a201c8-ce67-77ef-8e37-8fdaec38babb'
    for (const id of [unknown, asked.id]) expect(await readProblem(await ask(id))).toBe('404 not-found')
  })

  test.each<[string, object, string]>([
    ['a data subject that was not delivered', { dataSubject: 1 }, '/dataSubject'],
    [
      'a circumstance that is the gateway’s to state',
      { circumstances: { 'vraag-over-ontvangen-uitwisseling': false } },
      '/circumstances/vraag-over-ontvangen-uitwisseling',
    ],
    [
      'the claim that it is an answer',
      { circumstances: { 'antwoord-op-identiteitsvraag': true } },
      '/circumstances/antwoord-op-identiteitsvraag',
    ],
  ])('an enquiry about an identity with %s is refused at its pointer', async (_, change, pointer) => {
    expect(await faultsOf(await ask(exchangeId, { ...question, ...change }))).toEqual([
      '400 /problems/value-invalid',
      pointer,
    ])
  })

  test('an enquiry about an identity cannot be made by way of an ordinary report', async () => {
    const forged = {
      ...answerTo(undefined),
      recipient: 'politie',
      purpose: 'navraag-identiteit',
      legalBasis: 'identiteitsvraag',
      dataSubjects: [{ ...question, role: 'slachtoffer', data: { 'gevraagde-gegevens': 'achternaam' } }].map(
        ({ role, circumstances, assessments, data }) => ({
          role,
          circumstances: { ...circumstances, 'afkomstig-van-opsporingsdienst': false },
          assessments,
          data,
        }),
      ),
    }
    const { decision } = await readAs('Refusal', 403, await submit(comensha, forged))
    expect(decision.reason).toBe('geen-grondslag')
    // Only the gateway states that it is an enquiry, so nothing asks the sender.
    expect(JSON.stringify(decision.dataSubjects[0]!.nearestMisses)).not.toContain('vraag-over-ontvangen-uitwisseling')
  })
})

describe('answering who somebody is', () => {
  test('an identity answer of a system waits for two people at the source, and then gives the fields that were asked for', async () => {
    const before = await openInbox(gateway, 'comensha')
    const waiting = await readAs('Exchange', 202, await submit(police, answerTo(asked.id)))
    expect(waiting.decision.duties).toContainEqual(expect.objectContaining({ kind: 'vier-ogen', people: 2 }))
    expect(await openInbox(gateway, 'comensha')).toEqual(before)

    for (const name of waiting.approval!.approvers) {
      expect(await openInbox(gateway, 'comensha')).toEqual(before)
      const leader = await gateway.connect(name)
      await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${waiting.id}/_approve`))
    }
    const [answer, ...others] = (await openInbox(gateway, 'comensha')).slice(before.length)
    expect(others).toEqual([])
    expect(answer).toMatchObject({
      inReplyTo: asked.id,
      dataSubjects: [{ data: { voornaam: 'Adaeze', achternaam: 'Voorbeeld' }, isLinkable: false }],
    })
    const record = (await readLog(gateway)).find((one) => one.type === 'exchange' && one.id === waiting.id)
    expect(record).toMatchObject({
      inReplyTo: asked.id,
      subjects: [
        {
          true: [
            'antwoord-op-identiteitsvraag',
            'korter-dan-een-jaar-verwerkt',
            'verwerkt-onder-wpg-8',
            'verwerkt-onder-wpg-8-9-10-of-13',
          ],
        },
      ],
    })
  })

  test('an identity answer without a question of the recipient has no legal basis', async () => {
    const { decision } = await readAs('Refusal', 403, await submit(police, answerTo(undefined)))
    expect(decision.reason).toBe('geen-grondslag')
    expect(JSON.stringify(decision.dataSubjects[0]!.nearestMisses)).not.toContain('antwoord-op-identiteitsvraag')
  })

  test.each<[string, () => object, readonly string[]]>([
    ['an exchange that the recipient did not send', () => answerTo(exchangeId), ['/inReplyTo']],
    ['an exchange that nobody sent', () => answerTo('01a201c8-ce67-77ef-8e37-8fdaec38babb'), ['/inReplyTo']],
    ['something that is no id', () => answerTo('Adaeze'), ['/inReplyTo']],
    ['a question of another recipient', () => ({ ...answerTo(asked.id), recipient: 'fier' }), ['/inReplyTo']],
    [
      'the claim alone that it is an answer',
      () => answerTo(undefined, { circumstances: { 'antwoord-op-identiteitsvraag': true } }),
      ['/dataSubjects/0/circumstances/antwoord-op-identiteitsvraag'],
    ],
    [
      'more than was asked',
      () => answerTo(asked.id, { data: { voornaam: 'Adaeze', geboortedatum: '1985-12-01' } }),
      ['/dataSubjects/0/data/geboortedatum'],
    ],
    [
      'somebody who was not asked about',
      () => {
        const { dataSubjects, ...rest } = answerTo(asked.id)
        return { ...rest, dataSubjects: [...dataSubjects, ...dataSubjects] }
      },
      ['/dataSubjects/1'],
    ],
  ])('an identity answer with %s is refused at its pointer, without a word of it', async (_, body, pointers) => {
    const response = await submit(police, body() as Json)
    const [problem, ...places] = await faultsOf(response.clone())
    expect([problem, places]).toEqual(['400 /problems/value-invalid', pointers])
    expect(await response.text()).not.toContain('Adaeze')
  })

  test('an identity answer may state the circumstances that the gateway finds too', async () => {
    const stated = { ...victim.circumstances, 'antwoord-op-identiteitsvraag': true }
    await readAs('Exchange', 202, await submit(police, answerTo(asked.id, { circumstances: stated })))
  })
})
