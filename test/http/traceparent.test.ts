import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTrace } from '../../src/http/traceparent.ts'
import { report } from '../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, startDutyGateway } from './duty-gateway.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'
const TAKEN = `${TRACE}-${PARENT}`
const read = (traceparent?: string) =>
  readTrace(new Request('https://sluis.example', { headers: { ...(traceparent !== undefined && { traceparent }) } }))

const hex = (text: string) => Buffer.from(text).toString('hex')

describe('a traceparent', () => {
  const headers: [what: string, header: string | undefined, taken: string | undefined][] = [
    ['of version 00', `00-${TAKEN}-01`, TAKEN],
    ['that is not sampled', `00-${TAKEN}-00`, TAKEN],
    ['with flags that nobody knows yet', `00-${TAKEN}-ff`, TAKEN],
    ['with white space around it, which HTTP takes off', `  00-${TAKEN}-01\t`, TAKEN],
    ['of a later version', `cc-${TAKEN}-01`, TAKEN],
    ['of a later version with more behind it', `cc-${TAKEN}-01-what-the-future-will-be-like`, TAKEN],
    ['of a later version with an empty more', `cc-${TAKEN}-01-`, TAKEN],
    ['of a later version of 512 characters', `cc-${TAKEN}-01-`.padEnd(512, 'x'), TAKEN],
    ['of a later version of 513 characters', `cc-${TAKEN}-01-`.padEnd(513, 'x'), undefined],
    ['that is not there', undefined, undefined],
    ['that is empty', '', undefined],
    ['of the forbidden version', `ff-${TAKEN}-01`, undefined],
    ['of version 00 with more behind it', `00-${TAKEN}-01-more`, undefined],
    ['of version 00 with a dash behind it', `00-${TAKEN}-01-`, undefined],
    ['of a later version with more and no dash', `cc-${TAKEN}-01.more`, undefined],
    ['of a version in capitals', `CC-${TAKEN}-01`, undefined],
    ['of a version of one digit', `0-${TAKEN}-01`, undefined],
    ['of a version of three digits', `000-${TAKEN}-01`, undefined],
    ['without a version', `${TAKEN}-01`, undefined],
    ['with a trace id of zeros', `00-${'0'.repeat(32)}-${PARENT}-01`, undefined],
    ['with a parent id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
    ['with a trace id in capitals', `00-${TRACE.toUpperCase()}-${PARENT}-01`, undefined],
    ['with a parent id in capitals', `00-${TRACE}-${PARENT.toUpperCase()}-01`, undefined],
    ['with a trace id that is too short', `00-${TRACE.slice(1)}-${PARENT}-01`, undefined],
    ['with a trace id that is too long', `00-${TRACE}0-${PARENT}-01`, undefined],
    ['with a parent id that is too short', `00-${TRACE}-${PARENT.slice(1)}-01`, undefined],
    ['with a letter that is no digit', `00-${TRACE.replace('b', 'g')}-${PARENT}-01`, undefined],
    ['with a number that was filled up as trace id', `00-${'999990639'.padStart(32, '0')}-${PARENT}-01`, undefined],
    ['with a number that was filled up as parent id', `00-${TRACE}-${'999990639'.padEnd(16, '0')}-01`, undefined],
    ['with a text that was filled up as trace id', `00-${hex('Kanariëtte').padEnd(32, '0')}-${PARENT}-01`, undefined],
    ['with a text as trace id', `00-${hex('Adaeze Voorbeeld')}-${PARENT}-01`, undefined],
    ['with a text as parent id', `00-${TRACE}-${hex('Adaeze V')}-01`, undefined],
    [
      'with a trace id of 64 bits, as older systems have',
      `00-${PARENT.padStart(32, '0')}-${PARENT}-01`,
      `${PARENT.padStart(32, '0')}-${PARENT}`,
    ],
    ['with a name in it', `00-Adaeze-Voorbeeld-01`, undefined],
    ['with flags of one digit', `00-${TAKEN}-1`, undefined],
    ['with flags of three digits', `00-${TAKEN}-001`, undefined],
    ['without flags', `00-${TAKEN}`, undefined],
    ['that came twice', `00-${TAKEN}-01, 00-${TAKEN}-01`, undefined],
  ]
  test.each(headers)('a traceparent with %s is read as the specification says', (_, header, taken) => {
    expect(read(header)).toBe(taken)
  })

  test('a traceparent is accepted when its ids are random, but for a few that look like text', () => {
    const ids = Array.from({ length: 20_000 }, () => {
      const digits = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('hex')
      return `00-${digits.slice(0, 32)}-${digits.slice(32)}-01`
    })
    expect(ids.filter((header) => read(header) === undefined).length).toBeLessThan(20)
  })

  test('a traceparent gives 32 and 16 lower-case hexadecimal digits or nothing, whatever was sent', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{30,34}$/)
    const header = fc.oneof(
      fc.stringMatching(/^[!-~]{0,60}$/),
      hex.map((text) => `00-${text}-${PARENT}-01`),
    )
    fc.assert(fc.property(header, (text) => /^[0-9a-f]{32}-[0-9a-f]{16}$/.test(read(text) ?? TAKEN)))
  })
})

describe('a traced request', () => {
  let gateway: DutyGateway
  beforeAll(async () => {
    gateway = await startDutyGateway()
  })
  afterAll(() => gateway?.stop())

  const traceOf = (answer: { receipt: { record: string } }) =>
    (JSON.parse(answer.receipt.record) as { trace?: string }).trace

  test('a traced request has its trace in the record of the exchange, that of the first request when it is sent again', async () => {
    const police = await gateway.connect('politie')
    const key = { 'idempotency-key': crypto.randomUUID() }
    const send = (traceparent: string) => post(police, '/v1/exchanges', report('registratie'), { ...key, traceparent })
    const response = await send(`00-${TAKEN}-01`)
    expect(response.headers.has('traceparent')).toBe(false)
    expect(traceOf(await readAs('Exchange', 201, response))).toBe(TAKEN)
    expect(traceOf(await readAs('Exchange', 201, await send(`00-${'a'.repeat(32)}-${PARENT}-01`)))).toBe(TAKEN)
  })

  test('a traced check has its trace in its record, and a trace that is not valid is no reason to refuse', async () => {
    const police = await gateway.connect('politie')
    const check = async (traceparent: string) =>
      traceOf(
        await readAs('Check', 200, await post(police, '/v1/exchanges/_check', report('registratie'), { traceparent })),
      )
    expect(await check(`00-${TAKEN}-01`)).toBe(TAKEN)
    expect(await check('Adaeze Voorbeeld')).toBeUndefined()
  })
})
