import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { pullDeliveries } from '../../../src/cli/party/deliveries.ts'
import { readPartyKeys } from '../../../src/cli/party/party-folder.ts'
import { openDelivery, type PulledDelivery } from '../../../src/delivery/pulled.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway, submit } from '../duty-gateway.ts'
import { readLog } from '../party-mail.ts'

describe('a recall', () => {
  let gateway: DutyGateway
  let police: Client
  let leader: Client
  let comensha: Client
  beforeAll(async () => {
    gateway = await startDutyGateway()
    ;[police, leader, comensha] = (await Promise.all(
      ['politie', 'politie.teamleider-1', 'comensha'].map(gateway.connect),
    )) as [Client, Client, Client]
  })
  afterAll(() => gateway?.stop())

  const send = async (purpose: 'registratie' | 'opvang' = 'registratie') =>
    (await readAs('Exchange', purpose === 'opvang' ? 202 : 201, await submit(police, report(purpose)))).id
  const recall = (id: string, body: Json = { ground: 'onjuist' }, client = police) =>
    post(client, `/v1/exchanges/${id}/_recall`, body)
  const inbox = async () =>
    (await readAs('DeliveryPage', 200, await comensha.request('GET', '/v1/deliveries'))).deliveries
  const ofExchange = async (id: string) => (await inbox()).filter(({ exchangeId }) => exchangeId === id)
  const count = (sql: string): number => {
    const client = new Database(gateway.databasePath, { readonly: true })
    const found = client.prepare(sql).pluck().get() as number
    client.close()
    return found
  }

  test('a recall destroys what the gateway keeps, informs the recipient under a record of its own, and shows on both sides', async () => {
    const id = await send()
    const [delivery] = await ofExchange(id)
    const before = (await readLog(gateway)).length
    const answer = await readAs('Recall', 200, await recall(id, { ground: 'toestemming-ingetrokken' }))
    const step = { exchangeId: id, sender: 'politie', recipient: 'comensha', ground: 'toestemming-ingetrokken' }
    const [taken, told] = (await readLog(gateway)).slice(before)
    expect(taken).toMatchObject({ type: 'recalled', ...step, by: 'politie' })
    expect(taken).not.toHaveProperty('deliveryId')
    expect(told).toMatchObject({ type: 'recalled', ...step })
    expect(told).not.toHaveProperty('by')
    expect(answer.receipt.leafIndex).toBe(before)

    const [first, notice] = await ofExchange(id)
    expect(first).toMatchObject({ id: delivery!.id, recalledAt: answer.recalledAt, erasedAt: answer.recalledAt })
    expect(notice).toMatchObject({ kind: 'notice', sender: 'sluis', exchangeId: id })
    expect(notice).not.toHaveProperty('recalledAt')
    expect((await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${id}`))).recalledAt).toBe(
      answer.recalledAt,
    )
    expect(count(`select count(*) from salt where exchange_id = '${id}'`)).toBe(0)
    expect(count(`select count(*) from mention where exchange_id = '${id}'`)).toBe(0)
    expect(count(`select length(sealed) from delivery where id = '${delivery!.id}'`)).toBe(0)
    expect(await readProblem(await comensha.request('GET', `/v1/deliveries/${delivery!.id}`))).toBe(
      '410 content-recalled',
    )
  })

  test('a recall is what the notice says once it is verified and opened, and a notice that was changed is not opened', async () => {
    const id = await send()
    await readAs('Recall', 200, await recall(id, { ground: 'ten-onrechte-verstrekt' }))
    const pulled: PulledDelivery[] = []
    for await (const { delivery } of pullDeliveries(comensha)) if (delivery.exchangeId === id) pulled.push(delivery)
    expect(pulled).toHaveLength(1)
    const { encryption } = readPartyKeys(gateway.partyFolder, 'comensha')
    const open = (change: Partial<PulledDelivery> = {}) =>
      openDelivery({ ...pulled[0]!, ...change }, 'comensha', gateway.verifierKey, encryption)
    expect(await open()).toMatchObject({
      ok: true,
      kind: 'notice',
      content: {
        type: 'recalled',
        exchangeId: id,
        ground: 'ten-onrechte-verstrekt',
        recipient: 'comensha',
        version: 1,
      },
    })
    const mutations: [Partial<PulledDelivery>, string][] = [
      [{ exchangeId: crypto.randomUUID() }, 'another exchange'],
      [{ id: crypto.randomUUID() }, 'another notice'],
      [{ kind: 'exchange' }, 'not that of an exchange'],
      [{ sealed: `${pulled[0]!.sealed} ` }, 'other sealed bytes'],
    ]
    for (const [change, reason] of mutations)
      expect(await open(change)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
    // The record of the step itself is in the log too, and is not that of the notice.
    const { receipt } = await readAs('Recall', 200, await recall(await send()))
    expect(await open({ receipt })).toMatchObject({ ok: false })
  })

  test('a recall of a person names the person’s role', async () => {
    const { id } = await readAs('Exchange', 201, await submit(leader, report('registratie')))
    await readAs('Recall', 200, await recall(id, { ground: 'onjuist' }, leader))
    expect(
      (await readLog(gateway)).filter((record) => record.type === 'recalled' && record.by === 'politie.teamleider-1'),
    ).toHaveLength(1)
  })

  test('a recall happens once, however often and however many at once request it', async () => {
    const id = await send()
    const before = (await readLog(gateway)).length
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await recall(id)).status))
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409, 409])
    expect(await readProblem(await recall(id))).toBe('409 already-recalled')
    expect((await readLog(gateway)).length).toBe(before + 2)
    expect(await ofExchange(id)).toHaveLength(2)
  })

  test('a recall of a delivery that was fetched and acknowledged informs the recipient all the same', async () => {
    const id = await send()
    const [delivery] = await ofExchange(id)
    await readAs('Delivery', 200, await comensha.request('GET', `/v1/deliveries/${delivery!.id}`))
    await readAs('Acknowledgement', 200, await post(comensha, `/v1/deliveries/${delivery!.id}/_acknowledge`))
    await readAs('Recall', 200, await recall(id))
    expect((await ofExchange(id)).map(({ kind }) => kind)).toEqual(['exchange', 'notice'])
  })

  const detailOf = async (response: Response) =>
    `${response.status} ${((await response.json()) as { detail: string }).detail}`

  test('a recall of an exchange that waits, was stopped or was refused is answered with what to do instead', async () => {
    const held = await send('opvang')
    const before = (await readLog(gateway)).length
    expect(await detailOf(await recall(held))).toMatch(/^409 .*wacht nog op goedkeuring.*_refuse/)
    await post(leader, `/v1/exchanges/${held}/_refuse`)
    expect(await detailOf(await recall(held))).toMatch(/^409 .*tegengehouden/)
    const refused = await submit(police, report('registratie', { circumstances: {} }))
    const { id } = (await refused.json()) as { id: string }
    expect(await detailOf(await recall(id))).toMatch(/^409 .*geweigerd/)
    expect((await readLog(gateway)).slice(before).map(({ type }) => type)).toEqual(['refused', 'exchange'])
  })

  test('a recall of a held exchange works once it was approved and delivered', async () => {
    const id = await send('opvang')
    for (const one of [leader, await gateway.connect('politie.teamleider-2')])
      await readAs('ApprovalAnswer', 200, await post(one, `/v1/exchanges/${id}/_approve`))
    await readAs('Recall', 200, await recall(id))
    expect((await ofExchange(id)).at(-1)?.kind).toBe('notice')
  })

  test('a recall of somebody else’s exchange and of none have the same answer', async () => {
    const shelter = await gateway.connect('fier')
    const id = await send()
    const [theirs, none] = await Promise.all(
      [id, crypto.randomUUID()].map(async (one) => (await recall(one, { ground: 'onjuist' }, shelter)).text()),
    )
    expect(theirs).toBe(none)
    expect(theirs).toContain('/problems/not-found')
    expect((await ofExchange(id))[0]).not.toHaveProperty('recalledAt')
  })

  const bodies: [what: string, body: Json, problem: string][] = [
    ['another word', { ground: 'zomaar' }, '400 word-unknown'],
    ['no ground', {}, '400 member-missing'],
    ['more', { ground: 'onjuist', reden: 'Adaeze' }, '400 member-unknown'],
    ['a list', ['onjuist'], '400 value-invalid'],
    ['a number', { ground: 1 }, '400 value-invalid'],
  ]
  test.each(bodies)('a recall with %s as its body is refused and does nothing', async (_, body, problem) => {
    const id = await send()
    const response = await recall(id, body)
    expect(await response.clone().text()).not.toMatch(/Adaeze|zomaar/)
    expect(await readProblem(response)).toBe(problem)
    expect((await ofExchange(id))[0]).not.toHaveProperty('recalledAt')
  })

  test('a recall is for senders', async () => {
    expect(await readProblem(await recall(crypto.randomUUID(), { ground: 'onjuist' }, comensha))).toBe(
      '403 scope-insufficient',
    )
  })
})
