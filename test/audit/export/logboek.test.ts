import { describe, expect, test } from 'vitest'
import { formatLogboekLine, formLogboekLines, type LogboekLine } from '../../../src/audit/export/logboek.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { formatExchange, formatRefusal, ID, OTHER_ID, SAMPLES, TRACE } from '../record/sample-records.ts'

const ORIGIN = 'sluis.example'
const linesOf = (text: string) => formLogboekLines(ORIGIN, text, parseRecord(text))
const subjectOf = ({ attributes }: LogboekLine) => attributes['dpl.core.data_subject_id']
const REQUIRED = ['trace_id', 'span_id', 'status', 'name', 'start_time', 'end_time', 'attributes']
const OPTIONAL = ['parent_span_id', 'resource']
const CORE = [
  'dpl.core.processing_activity_id',
  'dpl.core.data_subject_id',
  'dpl.core.data_subject_id_type',
  'dpl.core.foreign_operation.span_id',
  'dpl.core.foreign_operation.processor',
]
const MILLISECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

describe('lines of the Logboek Dataverwerkingen 1.0', () => {
  const exchanges: readonly [string, string][] = [
    ['one data subject', formatExchange(1)],
    ['one data subject and a trace', formatExchange(1, TRACE)],
    ['two data subjects', formatExchange(2)],
    ['two data subjects and a trace', formatExchange(2, TRACE)],
    ['a refusal', formatRefusal()],
  ]
  test.each(exchanges)('lines of the Logboek have the fields and the types of the interface: %s', (_, text) => {
    for (const line of linesOf(text)) {
      const names = Object.keys(line)
      expect(names).toEqual(expect.arrayContaining(REQUIRED))
      expect([...REQUIRED, ...OPTIONAL]).toEqual(expect.arrayContaining(names))
      expect(line.trace_id).toMatch(/^[0-9a-f]{32}$/)
      expect(line.span_id).toMatch(/^[0-9a-f]{16}$/)
      if (line.parent_span_id !== undefined) expect(line.parent_span_id).toMatch(/^[0-9a-f]{16}$/)
      expect(['Unset', 'Ok', 'Error']).toContain(line.status)
      expect(line.name).not.toBe('')
      for (const time of [line.start_time, line.end_time]) expect(time).toMatch(MILLISECONDS)
      expect(line.start_time <= line.end_time).toBe(true)
      expect(CORE).toEqual(expect.arrayContaining(Object.keys(line.attributes)))
      expect(new URL(line.attributes['dpl.core.processing_activity_id']).protocol).toBe('https:')
      const type = line.attributes['dpl.core.data_subject_id_type']
      expect(type === undefined).toBe(subjectOf(line) === undefined)
      if (type !== undefined) expect(new URL(type).protocol).toBe('https:')
    }
  })

  test('lines of the Logboek are one for each data subject, and refer to one at most', () => {
    expect(linesOf(formatExchange(1)).map(subjectOf)).toEqual(['BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc'])
    const [whole, first, second, ...others] = linesOf(formatExchange(2))
    expect(others).toEqual([])
    expect(subjectOf(whole!)).toBeUndefined()
    expect(subjectOf(first!)).toBe('BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc')
    expect(subjectOf(second!)).toBe(`${ID}/1`)
    // Each data subject is an action of its own under the action of the exchange.
    expect([first!.parent_span_id, second!.parent_span_id]).toEqual([whole!.span_id, whole!.span_id])
    expect(new Set([whole, first, second].map((line) => line!.span_id)).size).toBe(3)
    expect(new Set([whole, first, second].map((line) => line!.trace_id)).size).toBe(1)
  })

  test('a line of the Logboek names the kind of code that identifies the data subject', () => {
    const [, first, second] = linesOf(formatExchange(2))
    expect(first!.attributes['dpl.core.data_subject_id_type']).toMatch(/#commitment$/)
    expect(second!.attributes['dpl.core.data_subject_id_type']).toMatch(/#subjects$/)
  })

  test('a line of the Logboek carries the trace of the request through', () => {
    const [line] = linesOf(formatExchange(1, TRACE))
    expect(line).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      parent_span_id: 'b7ad6b7169203331',
      attributes: {
        'dpl.core.foreign_operation.span_id': 'b7ad6b7169203331',
        'dpl.core.foreign_operation.processor': 'https://sluis.example/v1/vocabulary#politie',
      },
    })
    const [whole, first] = linesOf(formatExchange(2, TRACE))
    expect(whole!.parent_span_id).toBe('b7ad6b7169203331')
    expect(first!.parent_span_id).toBe(whole!.span_id)
  })

  test('lines of the Logboek without a trace have ids of their own, the same in every export', () => {
    const [line] = linesOf(formatExchange(1))
    expect(line!.parent_span_id).toBeUndefined()
    expect(Object.keys(line!.attributes).some((name) => name.includes('foreign'))).toBe(false)
    expect(linesOf(formatExchange(1))).toEqual([line])
    expect(linesOf(formatRefusal())[0]!.trace_id).not.toBe(line!.trace_id)
  })

  test('a line of the Logboek takes nothing else for a trace', () => {
    for (const trace of ['00', TRACE.toUpperCase(), `${TRACE}-01`, `00-${TRACE}-01`]) {
      expect(linesOf(formatExchange(1, trace))[0]!.parent_span_id, trace).toBeUndefined()
    }
  })

  test('a line of the Logboek calls a refusal Unset and never Error', () => {
    expect(linesOf(formatRefusal())).toEqual([
      expect.objectContaining({
        status: 'Unset',
        attributes: expect.objectContaining({ 'dpl.core.data_subject_id': `${OTHER_ID}/0` }),
      }),
    ])
  })

  test('a line of the Logboek names the processing activity with the version of its rules', () => {
    const [line] = linesOf(formatExchange(1))
    expect(line!.attributes['dpl.core.processing_activity_id']).toBe(
      `https://sluis.example/v1/log/policies/${'ab'.repeat(32)}#wpg-bpg-4-2-comensha`,
    )
  })

  test('the Logboek has lines of exchanges only', () => {
    for (const [name, text] of Object.entries(SAMPLES)) {
      if (!['exchange', 'refusal'].includes(name)) expect(linesOf(text), name).toEqual([])
    }
  })

  test('every line of the Logboek is JSON', () => {
    const [line] = linesOf(formatExchange(1))
    expect(JSON.parse(formatLogboekLine(line!))).toEqual(line)
    expect(formatLogboekLine(line!)).toMatch(/^[^\n]+\n$/)
  })
})
