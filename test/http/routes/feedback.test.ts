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
  let leader: Client
  beforeAll(async () => {
    policyFolder = mkdtempSync(join(tmpdir(), 'sluis-feedback-set-'))
    writeSet(policyFolder, feedbackSet())
    gateway = await startTestGateway({ SLUIS_POLICIES: policyFolder })
    ;[police, comensha, leader] = (await Promise.all(
      ['politie', 'comensha', 'comensha.teamleider-1'].map(gateway.connect),
    )) as [Client, Client, Client]
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
    await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${id}/_approve`))
    expect((await recordsAfter(before)).slice(1)).toMatchObject([
      { type: 'approved', exchangeId: id, remaining: 0 },
      { type: 'feedback', exchangeId, feedbackId: id },
    ])
  })

  test('feedback that is held and stopped was never given', async () => {
    const exchangeId = await send()
    const before = await size()
    const { id } = await readAs('Exchange', 202, await submit(comensha, feedback(exchangeId, true)))
    await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${id}/_refuse`))
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
