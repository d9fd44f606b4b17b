import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway } from '../duty-gateway.ts'

const field = (id: string) => ({ type: 'field', id, properties: { role: 'slachtoffer' } })
const subject = { type: 'party', id: 'politie' }
const action = { name: 'share' }
const context = {
  recipient: 'comensha',
  purpose: 'registratie',
  circumstances: { politietaak: true },
  assessments: ['noodzaak'],
}
const about = (id: string, change: Readonly<Record<string, Json>> = {}): Json => ({
  subject,
  action,
  resource: field(id),
  context: { ...context, ...change },
})

describe('the Authorization API', () => {
  let gateway: DutyGateway
  let police: Client
  beforeAll(async () => {
    gateway = await startDutyGateway()
    police = await gateway.connect('politie')
  })
  afterAll(() => gateway?.stop())

  const evaluate = async (body: Json) => readAs('Evaluation', 200, await post(police, '/access/v1/evaluation', body))

  const facts: [what: string, body: Json, decision: boolean, obligations: string[]][] = [
    ['a field that may go whole', about('nationaliteit'), true, []],
    ['a field that may go in coarser form', about('geboortedatum'), false, ['generaliseren']],
    [
      'the same to who says it understands',
      about('geboortedatum', { understands: ['generaliseren'] }),
      true,
      ['generaliseren'],
    ],
    ['a field that only links', about('achternaam'), false, ['koppelen']],
    ['the same to who says it understands', about('achternaam', { understands: ['koppelen'] }), true, ['koppelen']],
    [
      'a field that no rule covers',
      about('geboorteland', { understands: ['generaliseren', 'koppelen', 'vier-ogen'] }),
      false,
      [],
    ],
    ['what waits for a second person', about('nationaliteit', { purpose: 'opvang' }), false, ['vier-ogen']],
    [
      'the same to who will wait',
      about('nationaliteit', { purpose: 'opvang', understands: ['vier-ogen'] }),
      true,
      ['vier-ogen'],
    ],
    ['an unknown circumstance', about('nationaliteit', { circumstances: {} }), false, []],
  ]
  test.each(facts)('the Authorization API decides on %s (%#)', async (_, body, decision, obligations) => {
    const answer = await evaluate(body)
    expect([answer.decision, answer.context.obligations]).toEqual([decision, obligations])
    expect(answer.context.reason_user.nl).not.toBe('')
    expect(answer.context.reason_user.en).not.toBe('')
  })

  test('the Authorization API decides as a check does, and records the same', async () => {
    const size = async () => Number((await (await fetch(`${gateway.issuer}/checkpoint`)).text()).split('\n')[1])
    const before = await size()
    await evaluate(about('nationaliteit'))
    expect(await size()).toBe(before + 1)
  })

  test('the Authorization API answers many in order, with the defaults of the request for all of them', async () => {
    const body = {
      subject,
      action,
      context,
      evaluations: ['nationaliteit', 'geboortedatum', 'geboorteland'].map((id) => ({ resource: field(id) })),
    }
    const decisions = async (semantic?: string) => {
      const options: Readonly<Record<string, Json>> = semantic ? { options: { evaluations_semantic: semantic } } : {}
      const answer = await readAs(
        'Evaluations',
        200,
        await post(police, '/access/v1/evaluations', { ...body, ...options }),
      )
      return answer.evaluations.map(({ decision }) => decision)
    }
    expect(await decisions()).toEqual([true, false, false])
    expect(await decisions('deny_on_first_deny')).toEqual([true, false])
    expect(await decisions('permit_on_first_permit')).toEqual([true])
  })

  const mistakes: [what: string, path: string, body: Json, code: string, pointer: string][] = [
    [
      'another party',
      'evaluation',
      { ...Object(about('nationaliteit')), subject: { type: 'party', id: 'fier' } },
      'value-invalid',
      '/subject/id',
    ],
    ['an unknown field', 'evaluation', about('nationalteit'), 'word-unknown', '/resource/id'],
    [
      'an unknown recipient',
      'evaluation',
      about('nationaliteit', { recipient: 'comensah' }),
      'word-unknown',
      '/context/recipient',
    ],
    [
      'an unknown role',
      'evaluation',
      { ...Object(about('x')), resource: { ...field('nationaliteit'), properties: { role: 'buur' } } },
      'word-unknown',
      '/resource/properties/role',
    ],
    [
      'an unknown assessment',
      'evaluation',
      about('nationaliteit', { assessments: ['zin'] }),
      'word-unknown',
      '/context/assessments/0',
    ],
    [
      'a missing context',
      'evaluation',
      { subject, action, resource: field('nationaliteit') },
      'member-missing',
      '/context',
    ],
    [
      'a missing resource',
      'evaluations',
      { subject, action, context, evaluations: [{ resource: field('nationaliteit') }, {}] },
      'member-missing',
      '/evaluations/1',
    ],
    [
      'an unknown field further on',
      'evaluations',
      { subject, action, context, evaluations: [{ resource: field('nationaliteit') }, { resource: field('x') }] },
      'word-unknown',
      '/evaluations/1/resource/id',
    ],
  ]
  test.each(mistakes)('the Authorization API refuses %s at its pointer', async (_, path, body, code, pointer) => {
    const { errors } = await readAs('Problem', 400, await post(police, `/access/v1/${path}`, body))
    expect(errors?.[0]).toMatchObject({ code, pointer })
  })

  test('the Authorization API publishes its endpoints, and returns the id of a request', async () => {
    const metadata = Object(await (await fetch(`${gateway.issuer}/.well-known/authzen-configuration`)).json())
    expect(metadata.policy_decision_point).toBe(gateway.issuer)
    const response = await post(police, new URL(metadata.access_evaluation_endpoint).pathname, about('nationaliteit'), {
      'x-request-id': 'abc-1',
    })
    expect(response.headers.get('x-request-id')).toBe('abc-1')
    expect(await readProblem(await police.request('POST', '/access/v1/evaluation'))).toBe(
      '415 content-type-unsupported',
    )
  })
})
