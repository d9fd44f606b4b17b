import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { report } from '../../exchange/duty-set.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { post, readAs, readProblem, submit, writeSet } from '../duty-gateway.ts'
import { feedback, feedbackSet } from '../feedback-set.ts'
import { readLog } from '../party-mail.ts'

describe('feedback', () => {
  let policyFolder: string
  let gateway: TestGateway
  let police: Client
  let comensha: Client
  let leaders: readonly Client[]
  beforeAll(async () => {
    policyFolder = mkdtempSync(join(tmpdir(), 'sluis-feedback-set-'))
    writeSet(policyFolder, feedbackSet())
    gateway = await startTestGateway({ SLUIS_POLICIES: policyFolder })
    ;[police, comensha, ...leaders] = (await Promise.all(
      ['politie', 'comensha', 'comensha.teamleider-1', 'comensha.teamleider-2'].map(gateway.connect),
    )) as [Client, Client, Client, Client]
  })
  afterAll(async () => {
    await gateway?.stop()
    rmSync(policyFolder, { recursive: true })
  })

  const send = async () => (await readAs('Exchange', 201, await submit(police, report('registratie')))).id
  const recordsAfter = async (size: number) => (await readLog(gateway)).slice(size)
  const size = async () => (await readLog(gateway)).length

  test('feedback is recorded beside its exchange, in the same commit, and names what it answers', async () => {
    const exchangeId = await send()
    const before = await size()
    const answer = await readAs('Exchange', 201, await submit(comensha, feedback(exchangeId)))
    expect(await recordsAfter(before)).toMatchObject([
      { type: 'exchange', id: answer.id, inReplyTo: exchangeId, purpose: 'terugkoppeling-aan-melder' },
      { type: 'feedback', exchangeId, feedbackId: answer.id, sender: 'comensha', recipient: 'politie' },
    ])
    expect(answer.receipt.leafIndex).toBe(before)
    const page = await readAs('DeliveryPage', 200, await police.request('GET', '/v1/deliveries'))
    expect(page.deliveries.at(-1)).toMatchObject({ exchangeId: answer.id, sender: 'comensha' })
  })

  const listed = async (client: typeof police, id: string) =>
    (await readAs('ExchangePage', 200, await client.request('GET', '/v1/exchanges'))).exchanges.find(
      (exchange) => exchange.id === id,
    )!

  /** As it is fetched; a list shows the same. */
  const progressOf = async (id: string) => {
    const { delivery } = await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${id}`))
    expect((await listed(police, id)).delivery).toEqual(delivery)
    return delivery
  }

  test('a sender sees when its exchange was fetched, acknowledged and answered, and nothing else', async () => {
    const exchangeId = await send()
    const placed = (await progressOf(exchangeId))!
    expect(placed).toEqual({ state: 'placed', placedAt: expect.any(String) })
    const page = await readAs('DeliveryPage', 200, await comensha.request('GET', '/v1/deliveries'))
    expect(await progressOf(exchangeId)).toEqual(placed)
    const { id } = page.deliveries.find((delivery) => delivery.exchangeId === exchangeId)!
    await readAs('Delivery', 200, await comensha.request('GET', `/v1/deliveries/${id}`))
    const fetched = (await progressOf(exchangeId))!
    expect(fetched).toEqual({ ...placed, state: 'fetched', fetchedAt: expect.any(String) })
    await readAs('Delivery', 200, await comensha.request('GET', `/v1/deliveries/${id}`))
    expect(await progressOf(exchangeId)).toEqual(fetched)
    const { acknowledgedAt } = await readAs(
      'Acknowledgement',
      200,
      await comensha.request('POST', `/v1/deliveries/${id}/_acknowledge`),
    )
    expect(await progressOf(exchangeId)).toEqual({ ...fetched, state: 'acknowledged', acknowledgedAt })
    const { decision } = await readAs('Exchange', 201, await submit(comensha, feedback(exchangeId)))
    const answered = { ...fetched, state: 'answered', acknowledgedAt, answeredAt: decision.at }
    expect(await progressOf(exchangeId)).toEqual(answered)
    await readAs('Exchange', 201, await submit(comensha, feedback(exchangeId)))
    expect(await progressOf(exchangeId)).toEqual(answered)
    for (const [language, words] of [
      ['nl', [/Opgehaald door de ontvanger/, /Beantwoord door de ontvanger/]],
      ['en', [/Fetched by the recipient/, /Answered by the recipient/]],
    ] as const) {
      const headers = { accept: 'text/html', 'accept-language': language }
      const statement = await (await police.request('GET', `/v1/exchanges/${exchangeId}/receipt`, { headers })).text()
      for (const word of words) expect(statement).toMatch(word)
    }
  })

  test('an answer that waits for a second person, or is refused, shows nothing to the sender until it is in the inbox', async () => {
    const exchangeId = await send()
    await submit(comensha, feedback(exchangeId, false, { legalBasis: 'wet-a' }))
    const { id } = await readAs('Exchange', 202, await submit(comensha, feedback(exchangeId, true)))
    for (const leader of leaders) {
      expect(await progressOf(exchangeId)).toMatchObject({ state: 'placed' })
      await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${id}/_approve`))
    }
    expect(await progressOf(exchangeId)).toMatchObject({ state: 'answered' })
  })

  test('a refused exchange and one that waits have no delivery to follow', async () => {
    const refused = await submit(police, report('registratie', { circumstances: {} }))
    expect(await progressOf(((await refused.json()) as { id: string }).id)).toBeUndefined()
    const { id } = await readAs('Exchange', 202, await submit(comensha, feedback(await send(), true)))
    const held = await readAs('Exchange', 200, await comensha.request('GET', `/v1/exchanges/${id}`))
    expect(held.delivery).toBeUndefined()
    expect(await listed(comensha, id)).toMatchObject({ approval: held.approval, outcome: held.outcome })
    expect((await listed(comensha, id)).delivery).toBeUndefined()
  })

  test('feedback that is sent again is recorded once', async () => {
    const exchangeId = await send()
    const before = await size()
    const key = { 'idempotency-key': crypto.randomUUID() }
    for (let time = 0; time < 2; time++)
      await readAs('Exchange', 201, await post(comensha, '/v1/exchanges', feedback(exchangeId), key))
    expect((await recordsAfter(before)).map(({ type }) => type)).toEqual(['exchange', 'feedback'])
  })

  test('feedback that is held is recorded when the last approval lets it go, and not before', async () => {
    const exchangeId = await send()
    const before = await size()
    const { id } = await readAs('Exchange', 202, await submit(comensha, feedback(exchangeId, true)))
    expect((await recordsAfter(before)).map(({ type }) => type)).toEqual(['exchange'])
    for (const leader of leaders)
      await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${id}/_approve`))
    expect((await recordsAfter(before)).slice(1)).toMatchObject([
      { type: 'approved', exchangeId: id, remaining: 1 },
      { type: 'approved', exchangeId: id, remaining: 0 },
      { type: 'feedback', exchangeId, feedbackId: id },
    ])
  })

  test('feedback that is held and stopped was never given', async () => {
    const exchangeId = await send()
    const before = await size()
    const { id } = await readAs('Exchange', 202, await submit(comensha, feedback(exchangeId, true)))
    await readAs('ApprovalAnswer', 200, await post(leaders[0]!, `/v1/exchanges/${id}/_refuse`))
    expect((await recordsAfter(before)).map(({ type }) => type)).toEqual(['exchange', 'refused'])
  })

  test('feedback that is refused was never given', async () => {
    const exchangeId = await send()
    const before = await size()
    const refused = feedback(exchangeId, false, { legalBasis: 'wet-a' })
    expect(await readProblem(await submit(comensha, refused))).toBe('403 refused-no-legal-basis')
    expect((await recordsAfter(before)).map(({ type }) => type)).toEqual(['exchange'])
  })

  test('feedback on an exchange that the party did not receive, or on none, is not counted as such', async () => {
    expect(await readProblem(await submit(comensha, feedback(crypto.randomUUID())))).toBe('400 value-invalid')
    const before = await size()
    const { inReplyTo: _, ...onNothing } = feedback('x') as Record<string, never>
    await readAs('Exchange', 201, await submit(comensha, onNothing))
    expect((await recordsAfter(before)).map(({ type }) => type)).toEqual(['exchange'])
  })
})
