import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/encoding/json.ts'
import { sluisError } from '../../src/errors.ts'
import { createSubmitter } from '../../src/exchange/submit.ts'
import { type TestContext, testContext } from './context.ts'
import { countRows } from './database.ts'
import { policeReport, refusedReport } from './reports.ts'

function submitterOf({ gateway }: TestContext) {
  const submitter = createSubmitter(gateway)
  return (sender: string, body: Json, key: string) =>
    submitter.submit(sender, gateway.schemas.parseSubmission(body), body, key)
}

describe('an idempotency key', () => {
  test.each([
    ['that passed', 'politie', policeReport()],
    ['that was refused', 'fier', refusedReport()],
  ])('an idempotency key returns the answer again of a report %s', async (_, sender, report) => {
    const context = await testContext()
    const first = await submitterOf(context)(sender, report, 'key')
    expect(await submitterOf(context)(sender, report, 'key')).toEqual(first)
    expect(countRows(context.folder)).toMatchObject({ entry: 1, exchange: 1 })
  })

  test('an idempotency key recognises a body whatever the order of its members', async () => {
    const context = await testContext()
    const submit = submitterOf(context)
    const first = await submit('politie', policeReport(), 'key')
    const reversed = Object.fromEntries(Object.entries(Object(policeReport())).toReversed()) as Json
    expect(await submit('politie', reversed, 'key')).toEqual(first)
  })

  test('an idempotency key is refused for another body', async () => {
    const context = await testContext()
    const submit = submitterOf(context)
    await submit('politie', policeReport(), 'key')
    await expect(submit('politie', policeReport({ nationaliteit: 'RO' }), 'key')).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    })
    expect(countRows(context.folder)).toMatchObject({ entry: 1, exchange: 1 })
  })

  test('an idempotency key belongs to its sender', async () => {
    const context = await testContext()
    const submit = submitterOf(context)
    const answers = [
      await submit('politie', policeReport(), 'key'),
      await submit('nla-opsporing', policeReport(), 'key'),
    ]
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2)
  })

  test('an idempotency key is refused while the first report is in progress', async () => {
    const context = await testContext()
    const submit = submitterOf(context)
    const first = submit('politie', policeReport(), 'key')
    await expect(submit('politie', policeReport(), 'key')).rejects.toMatchObject({ code: 'idempotency-key-in-use' })
    await expect(first).resolves.toMatchObject({ outcome: 'gedeeltelijk' })
  })

  test('an idempotency key is free again after an error', async () => {
    let isBroken = true
    const context = await testContext((gateway) => ({
      queue: {
        async commit(commit) {
          if (isBroken) throw sluisError('log-unavailable', { nl: 'vol', en: 'full' })
          return gateway.queue.commit(commit)
        },
      },
    }))
    const submit = submitterOf(context)
    await expect(submit('politie', policeReport(), 'key')).rejects.toMatchObject({ code: 'log-unavailable' })
    isBroken = false
    await expect(submit('politie', policeReport({ nationaliteit: 'RO' }), 'key')).resolves.toMatchObject({
      outcome: 'gedeeltelijk',
    })
  })
})
