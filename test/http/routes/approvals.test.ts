import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway, submit } from '../duty-gateway.ts'

describe('approvals over HTTP', () => {
  let gateway: DutyGateway
  let police: Client
  let leader: Client
  let other: Client
  let comensha: Client
  beforeAll(async () => {
    gateway = await startDutyGateway()
    const names = ['politie', 'politie.teamleider-1', 'politie.teamleider-2', 'comensha'] as const
    ;[police, leader, other, comensha] = (await Promise.all(names.map(gateway.connect))) as [
      Client,
      Client,
      Client,
      Client,
    ]
  })
  afterAll(() => gateway?.stop())

  const inbox = async () =>
    (await readAs('DeliveryPage', 200, await comensha.request('GET', '/v1/deliveries'))).deliveries
  const waiting = async (client: Client) =>
    (await readAs('ApprovalList', 200, await client.request('GET', '/v1/approvals'))).exchanges

  test('a held exchange is answered with 202, waits at its own party, and is delivered by a second person', async () => {
    const response = await submit(leader, report('opvang'))
    const answer = await readAs('Exchange', 202, response)
    expect(response.headers.get('location')).toBe(`/v1/exchanges/${answer.id}`)
    expect(answer).toMatchObject({ outcome: 'in-afwachting', approval: { status: 'waiting', remaining: 1 } })
    expect(answer.approval!.approvers).toEqual(['politie.teamleider-2', 'politie.teamleider-3'])
    expect(JSON.parse(answer.receipt.record)).toMatchObject({ sender: 'politie', submittedBy: 'politie.teamleider-1' })
    expect(await inbox()).toEqual([])
    expect(await waiting(other)).toMatchObject([
      { id: answer.id, submittedBy: 'politie.teamleider-1', recipient: 'comensha' },
    ])
    expect(await waiting(await gateway.connect('comensha.teamleider-1'))).toEqual([])

    expect(await readProblem(await post(leader, `/v1/exchanges/${answer.id}/_approve`))).toBe(
      '403 approval-same-person',
    )
    const approved = await readAs('ApprovalAnswer', 200, await post(other, `/v1/exchanges/${answer.id}/_approve`))
    expect(approved).toMatchObject({ status: 'approved', remaining: 0 })
    expect((await inbox()).map(({ exchangeId }) => exchangeId)).toEqual([answer.id])
    expect(await readProblem(await post(other, `/v1/exchanges/${answer.id}/_refuse`))).toBe('409 approval-not-waiting')
    const seen = await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${answer.id}`))
    expect(seen.approval?.status).toBe('approved')
    expect(seen.approval?.given.map(({ by }) => by)).toEqual(['politie.teamleider-2'])
  })

  test('what the system of a party sends is delivered by the second person who approves it, not by the first', async () => {
    const before = (await inbox()).length
    const { id, approval } = await readAs('Exchange', 202, await submit(police, report('opvang')))
    expect(approval).toMatchObject({
      remaining: 2,
      approvers: ['politie.teamleider-1', 'politie.teamleider-2', 'politie.teamleider-3'],
    })
    const first = await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${id}/_approve`))
    expect(first).toMatchObject({ status: 'waiting', approvers: ['politie.teamleider-2', 'politie.teamleider-3'] })
    expect(await readProblem(await post(leader, `/v1/exchanges/${id}/_approve`))).toBe('403 approval-same-person')
    expect(await inbox()).toHaveLength(before)
    await readAs('ApprovalAnswer', 200, await post(other, `/v1/exchanges/${id}/_approve`))
    expect(await inbox()).toHaveLength(before + 1)
  })

  test('a refused exchange is never delivered', async () => {
    const before = (await inbox()).length
    const { id } = await readAs('Exchange', 202, await submit(police, report('opvang')))
    expect(await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${id}/_refuse`))).toMatchObject({
      status: 'refused',
    })
    expect(await inbox()).toHaveLength(before)
    const seen = await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${id}`))
    expect(seen.approval?.status).toBe('refused')
  })

  test('an exchange that needs nobody’s approval is answered with 201 and without one', async () => {
    expect(await readAs('Exchange', 201, await submit(police, report('registratie')))).not.toHaveProperty('approval')
  })

  test('the same submission again reports the state of its approval', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await readAs('Exchange', 202, await post(police, '/v1/exchanges', report('zorg'), key))
    await post(leader, `/v1/exchanges/${first.id}/_approve`)
    const again = await readAs('Exchange', 202, await post(police, '/v1/exchanges', report('zorg'), key))
    expect(again).toMatchObject({ id: first.id, approval: { status: 'waiting', remaining: 2 } })
  })

  test('another party’s held exchange and one that never was give the same answer', async () => {
    const { id } = await readAs('Exchange', 202, await submit(police, report('opvang')))
    const stranger = await gateway.connect('comensha.teamleider-1')
    const answers = await Promise.all(
      [id, crypto.randomUUID()].flatMap((one) =>
        ['_approve', '_refuse'].map(async (verb) => (await post(stranger, `/v1/exchanges/${one}/${verb}`)).text()),
      ),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('/problems/not-found')
  })

  const outOfScope: [who: string, method: string, path: string][] = [
    ['politie', 'GET', '/v1/approvals'],
    ['politie', 'POST', '/v1/exchanges/x/_approve'],
    ['politie.functionaris-1', 'POST', '/v1/exchanges/x/_refuse'],
    ['politie.functionaris-1', 'POST', '/v1/exchanges'],
    ['politie.teamleider-2', 'POST', '/v1/exchanges'],
    ['politie.teamleider-1', 'GET', '/v1/deliveries'],
    ['politie.teamleider-1', 'POST', '/v1/policy-proposals'],
    ['politie', 'GET', '/v1/policy-proposals'],
    ['politie.functionaris-1', 'GET', '/tile/entries/000'],
    ['toezichthouder', 'POST', '/v1/policy-proposals'],
    ['politie', 'GET', '/v1/gap-report'],
    ['nationaal-rapporteur', 'POST', '/v1/exchanges/_check'],
    ['comensha', 'POST', '/access/v1/evaluation'],
  ]
  test.each(outOfScope)('%s has no right to %s %s', async (who, method, path) => {
    expect(await readProblem(await (await gateway.connect(who)).request(method, path))).toBe('403 scope-insufficient')
  })
})
