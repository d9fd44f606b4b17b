import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { Json } from '../../src/encoding/json.ts'
import { checkExchange } from '../../src/exchange/check.ts'
import { testContext } from './context.ts'
import { countRows, readRecords } from './database.ts'
import { policeReport } from './reports.ts'

describe('a check', () => {
  test('a check decides as the exchange would, and stores one record and nothing else', async () => {
    const context = await testContext()
    const { gateway } = context
    const answer = await checkExchange(gateway, 'politie', gateway.schemas.parseCheck(policeReport()))
    expect(countRows(context.folder)).toEqual({
      entry: 1,
      exchange: 0,
      delivery: 0,
      salt: 0,
      person: 0,
      match_token: 0,
    })
    const [record] = await readRecords(context.folder)
    expect(record).toBe(answer.receipt.record)
    expect(parseRecord(record!)).toMatchObject({ type: 'check', sender: 'politie', outcome: 'gedeeltelijk' })
    const { decision } = await context.exchange('politie', policeReport())
    expect(answer.decision).toEqual(decision)
  })

  test('others take their turn while a check of twelve persons is answered', async () => {
    const { gateway } = await testContext()
    const { dataSubjects, ...exchange } = Object(policeReport())
    const [{ role, data }] = dataSubjects
    const twelve = Array.from({ length: 12 }, () => ({ role, fields: Object.keys(data) }))
    let [turns, isOver] = [0, false]
    const takeTurns = () => {
      if (isOver) return
      turns++
      setImmediate(takeTurns)
    }
    takeTurns()
    await checkExchange(gateway, 'politie', gateway.schemas.parseCheck({ ...exchange, dataSubjects: twelve }))
    isOver = true
    // Partial evaluation, goals and questions, each of every person.
    expect(turns).toBeGreaterThanOrEqual(3 * 11)
  })

  test('a check needs names of fields only', async () => {
    const { gateway } = await testContext()
    const [subject] = Object(policeReport()).dataSubjects
    const { data, ...withoutData } = subject
    const byName: Json = { ...Object(policeReport()), dataSubjects: [{ ...withoutData, fields: Object.keys(data) }] }
    const [named, sent] = await Promise.all(
      [byName, policeReport()].map((body) => checkExchange(gateway, 'politie', gateway.schemas.parseCheck(body))),
    )
    expect(named!.decision).toEqual(sent!.decision)
  })

  test('a check without a legal basis lists every basis under which something passes', async () => {
    const { gateway } = await testContext()
    const { legalBasis: _, ...open } = Object(policeReport())
    const answer = await checkExchange(gateway, 'politie', gateway.schemas.parseCheck(open))
    expect(answer.options?.map(({ legalBasis }) => legalBasis)).toEqual(['wpg-bpg-4-2-comensha'])
    const declared = await checkExchange(gateway, 'politie', gateway.schemas.parseCheck(policeReport()))
    expect(declared).not.toHaveProperty('options')
  })

  test('a check is not answered when it cannot be recorded', async () => {
    const { gateway } = await testContext((gateway) => ({
      queue: { commit: () => gateway.store.commit([{ record: '' }]).then(([result]) => result!) },
    }))
    await expect(checkExchange(gateway, 'politie', gateway.schemas.parseCheck(policeReport()))).rejects.toMatchObject({
      code: 'log-unavailable',
    })
  })
})
