import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCsvHead } from '../../src/audit/export/csv.ts'
import type { RecordFilter } from '../../src/audit/export/record-filter.ts'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import type { AccessRecord } from '../../src/audit/record/access.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import { verifyLogExport } from '../../src/audit/verify/verify-export.ts'
import { formatUtf8, parseUtf8 } from '../../src/encoding/bytes.ts'
import { SluisError, sluisError } from '../../src/errors.ts'
import type { Gateway } from '../../src/exchange/gateway.ts'
import { activatePolicySet } from '../../src/exchange/rule-sets/activate.ts'
import { submissionExample } from '../../src/http/examples.ts'
import { labelsOf } from '../../src/policy/labels.ts'
import { boundsOf } from '../../src/review/check-filter.ts'
import { type ExportRequest, exportLog } from '../../src/review/export-log.ts'
import { findPolicyTexts } from '../../src/review/policy-texts.ts'
import { findPage, SEARCH_READS, type SearchOrder, searchRecords } from '../../src/review/search-records.ts'
import { showExchange, showRecord } from '../../src/review/show-records.ts'
import { describeRecord, summariseRecord } from '../../src/review/words/describe-record.ts'
import { SAMPLES } from '../audit/record/sample-records.ts'
import { loadPolicies, type TestContext, testContext } from '../exchange/context.ts'

const AUDITOR = 'toezichthouder'
const NEWEST = { order: 'newest-first', limit: 50 } as const
const WHOLE: ExportRequest = { filter: {}, format: 'ndjson', use: 'export' }

/** A gateway with three exchanges and its rules in force. */
async function auditedContext(): Promise<TestContext> {
  const context = await testContext()
  await activatePolicySet(context.gateway)
  for (let count = 0; count < 3; count++) await context.exchange('politie', submissionExample)
  return context
}
const allRecords = async ({ store }: Gateway) =>
  (await store.log.records(0, (await store.log.checkpoint())?.treeSize ?? 0)).map(parseUtf8)
const lastRecord = async (gateway: Gateway) => parseRecord((await allRecords(gateway)).at(-1)!) as AccessRecord
async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
async function* bytesOf(text: string) {
  yield formatUtf8(text)
}
const codesOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) =>
      error instanceof SluisError ? error.faults.map(({ code, pointer }) => `${code} ${pointer}`) : [error],
  )

describe('what an auditor does', () => {
  const UNAVAILABLE = sluisError('log-unavailable', { nl: 'vol', en: 'full' })
  const uses: readonly [string, (gateway: Gateway) => Promise<unknown>, object][] = [
    [
      'a search',
      (gateway) => searchRecords(gateway, AUDITOR, { ...NEWEST, filter: { party: 'politie', since: '2020-01-01' } }),
      { use: 'search', start: 0, end: 4, filter: { party: 'politie', since: '2020-01-01' }, found: 3 },
    ],
    [
      'a look at a record',
      (gateway) => showRecord(gateway, AUDITOR, 1, 'nl'),
      { use: 'show', start: 1, end: 2, found: 1 },
    ],
    [
      'a look at a record that is not there',
      (gateway) => showRecord(gateway, AUDITOR, 99, 'nl'),
      { use: 'show', start: 0, end: 0, found: 0 },
    ],
    [
      'an export of everything',
      (gateway) => exportLog(gateway, AUDITOR, WHOLE),
      { use: 'export', start: 0, end: 4, found: 4 },
    ],
    [
      'an export with a filter',
      (gateway) =>
        exportLog(gateway, AUDITOR, { ...WHOLE, filter: { recordType: 'exchange' }, start: 2, use: 'report' }),
      { use: 'report', start: 2, end: 4, filter: { recordType: 'exchange' }, found: 2 },
    ],
    [
      'reading old rules',
      (gateway) => findPolicyTexts(gateway, AUDITOR, gateway.policySet.policyHash),
      { use: 'policies', start: 0, end: 0, found: 1 },
    ],
    [
      'asking for rules that never were',
      (gateway) => findPolicyTexts(gateway, AUDITOR, '0'.repeat(64)),
      { use: 'policies', start: 0, end: 0, found: 0 },
    ],
  ]
  test.each(uses)('every use by an auditor is one record in the log: %s', async (_, use, expected) => {
    const { gateway } = await auditedContext()
    const before = await allRecords(gateway)
    await use(gateway)
    const after = await allRecords(gateway)
    expect(after.slice(0, -1)).toEqual(before)
    const { v: _v, nonce: _nonce, at: _at, ...record } = (await lastRecord(gateway)) as AccessRecord & { v: number }
    expect(record).toEqual({ type: 'access', what: 'log', by: AUDITOR, ...expected })
  })

  test('a use by an auditor is not answered when it cannot be recorded', async () => {
    const { gateway } = await auditedContext()
    const full: Gateway = { ...gateway, queue: { commit: () => Promise.reject(UNAVAILABLE) } }
    for (const [what, use] of uses) await expect(use(full), what).rejects.toBe(UNAVAILABLE)
  })

  test('a use about one exchange is one record, also when there is no such exchange', async () => {
    const { gateway, exchange } = await auditedContext()
    const { id } = await exchange('politie', submissionExample)
    const shown = await showExchange(gateway, AUDITOR, id, undefined, 'en')
    expect(shown?.records).toHaveLength(1)
    expect(await lastRecord(gateway)).toMatchObject({ use: 'show', filter: { exchangeId: id }, found: 1 })
    const absent = id.replace(/.{12}$/, '0'.repeat(12))
    expect(await showExchange(gateway, AUDITOR, absent, undefined, 'en')).toBeUndefined()
    // Whoever asked chose the digits of an id that is nobody's; they are not for the log.
    const recorded = await lastRecord(gateway)
    expect(recorded).toMatchObject({ use: 'show', found: 0 })
    expect(recorded).not.toHaveProperty('filter')
  })
})

describe('filter', () => {
  test('a filter with an unknown word is refused, with the word that was meant, and not recorded', async () => {
    const { gateway } = await auditedContext()
    const before = await allRecords(gateway)
    const rows: readonly (readonly [RecordFilter, RegExp])[] = [
      [{ party: 'poltie' }, /`politie`/],
      [{ party: 'adaeze-voorbeeld' }, /GET \/v1\/vocabulary. lists the choices under .parties/],
      [{ purpose: 'registratie-mensenhnadel' }, /`registratie-mensenhandel`/],
      [{ legalBasis: 'wpg-bpg-4-2-comnesha' }, /`wpg-bpg-4-2-comensha`/],
      [{ rule: 'wpg-bpg-4-2-comensha/geen' }, /not known/],
      [{ sender: 'politie.teamleider-1' }, /lists the choices under .parties/],
      [{ recipient: 'comenhsa' }, /`comensha`/],
      [{ field: 'achternaan' }, /`achternaam`/],
      [{ field: 'adaeze-voorbeeld' }, /GET \/v1\/vocabulary. lists the choices under .fields/],
      [{ file: 'wpg-bpg-4-2-comnesha' }, /`wpg-bpg-4-2-comensha`/],
    ]
    for (const [filter, mend] of rows) {
      const [member, word] = Object.entries(filter)[0]!
      for (const ask of [
        () => searchRecords(gateway, AUDITOR, { ...NEWEST, filter }),
        () => exportLog(gateway, AUDITOR, { ...WHOLE, filter }),
      ]) {
        expect(await codesOf(ask())).toEqual([`word-unknown /filter/${member}`])
        await expect(ask()).rejects.toThrow(mend)
        await expect(ask()).rejects.not.toThrow(word)
      }
    }
    expect(await allRecords(gateway)).toEqual(before)
  })

  test.each([
    [{ since: '2026-11-02', until: '2026-11-01' }],
    [{ since: '2026-11-01', until: '2026-11-01' }],
    [{ since: '2026-11-01T12:00:00+01:00', until: '2026-11-01T11:00:00Z' }],
  ])('a filter with an empty period is refused, with both members named, and not recorded: %j', async (filter) => {
    const { gateway } = await auditedContext()
    const before = await allRecords(gateway)
    for (const ask of [
      () => searchRecords(gateway, AUDITOR, { ...NEWEST, filter }),
      () => exportLog(gateway, AUDITOR, { ...WHOLE, filter }),
    ]) {
      expect(await codesOf(ask())).toEqual(['value-invalid /filter/until'])
      await expect(ask()).rejects.toThrow(/`until` is not after `since`/)
    }
    expect(await allRecords(gateway)).toEqual(before)
  })

  test('a class stands for its fields, and an article of the AVG for those of all its classes', async () => {
    const { policySet } = (await auditedContext()).gateway
    const fieldsOf = async (fieldClass: string) => {
      const { classFieldsOf } = boundsOf({ fieldClass }, async () => policySet.vocabulary)
      return [...(await classFieldsOf!(policySet.policyHash))].toSorted()
    }
    expect(await fieldsOf('bsn')).toEqual(['bsn'])
    expect(await fieldsOf('avg-9')).toEqual(
      (await Promise.all(['gezondheid', 'seksueel', 'etniciteit', 'overtuiging'].map(fieldsOf))).flat().toSorted(),
    )
    expect(await fieldsOf('avg-9')).toContain('medische-situatie')
    expect(await fieldsOf('avg-10')).toEqual(await fieldsOf('strafrechtelijk'))
    expect(() => boundsOf({ fieldClass: 'bsn' })).toThrow(RangeError)
  })

  test('a filter takes days as they are in Amsterdam, in winter and in summer', () => {
    expect(boundsOf({ since: '2026-01-15', until: '2026-07-15' })).toEqual({
      since: Date.parse('2026-01-14T23:00:00Z'),
      until: Date.parse('2026-07-14T22:00:00Z'),
    })
    expect(boundsOf({ since: '2026-01-15T12:00:00+01:00' }).since).toBe(Date.parse('2026-01-15T11:00:00Z'))
    expect(boundsOf({})).toEqual({ since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY })
  })
})

describe('search', () => {
  const samples = Object.values(SAMPLES)
  const logOf = (size: number, record: (index: number) => string) => ({
    async records(start: number, end: number) {
      return Array.from({ length: Math.max(0, Math.min(end, size) - start) }, (_, at) => formatUtf8(record(start + at)))
    },
  })

  test('a search finds everything that matches exactly once, whatever the page and the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: samples.length - 1 }), { maxLength: 700 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<SearchOrder>('newest-first', 'oldest-first'),
        async (picks, limit, order) => {
          const log = logOf(picks.length, (index) => samples[picks[index]!]!)
          const found: number[] = []
          let cursor: number | undefined
          for (;;) {
            const page = await findPage(log, picks.length, {
              filter: { recordType: 'access' },
              order,
              limit,
              ...(cursor !== undefined && { cursor }),
            })
            expect(page.records.length).toBeLessThanOrEqual(limit)
            found.push(...page.records.map(({ leafIndex }) => leafIndex))
            if (!page.hasMore) break
            expect(page.cursor).not.toBe(cursor)
            cursor = page.cursor
          }
          const expected = picks.flatMap((pick, index) => (samples[pick]!.includes('"type":"access"') ? [index] : []))
          expect(found).toEqual(order === 'oldest-first' ? expected : expected.reverse())
        },
      ),
      { numRuns: 40 },
    )
  })

  test.each<SearchOrder>(['newest-first', 'oldest-first'])(
    'a search reads a bounded number of records a page, and reports when it found nothing in them: %s',
    async (order) => {
      const size = 2 * SEARCH_READS + 10
      const log = logOf(size, () => SAMPLES.check)
      const filter = { recordType: 'epoch' }
      const first = await findPage(log, size, { filter, order, limit: 10 })
      expect(first).toMatchObject({ records: [], hasMore: true })
      expect(first.read.end - first.read.start).toBe(SEARCH_READS)
      const second = await findPage(log, size, { filter, order, limit: 10, cursor: first.cursor })
      const third = await findPage(log, size, { filter, order, limit: 10, cursor: second.cursor })
      expect(third).toMatchObject({ records: [], hasMore: false })
      expect(third.read.end - third.read.start).toBe(10)
    },
  )

  test('a search ends with a cursor beyond the log', async () => {
    const log = logOf(3, () => SAMPLES.check)
    expect(await findPage(log, 3, { filter: {}, order: 'oldest-first', limit: 9, cursor: 70 })).toMatchObject({
      records: [],
      hasMore: false,
    })
    expect((await findPage(log, 3, { filter: {}, order: 'newest-first', limit: 9, cursor: 70 })).records).toHaveLength(
      3,
    )
  })
})

describe('export', () => {
  test.each<[string, Partial<ExportRequest>, object]>([
    ['of everything', {}, { isWhole: true, records: 4 }],
    ['of a range', { start: 1, end: 3 }, { isWhole: false, records: 2 }],
    ['beyond the end', { start: 2, end: 999 }, { isWhole: false, records: 2 }],
    ['of nothing', { start: 2, end: 2 }, { isWhole: false, records: 0 }],
    ['with a filter', { filter: { recordType: 'policy' } }, { isWhole: false, records: 1 }],
  ])('an export %s verifies with the key of the log', async (_, request, expected) => {
    const { gateway, verifierKey } = await auditedContext()
    const text = await textOf(await exportLog(gateway, AUDITOR, { ...WHOLE, ...request }))
    expect(await verifyLogExport(bytesOf(text), [verifierKey])).toMatchObject({ ok: true, ...expected })
  })

  test('an export is of the log as it was when it was requested', async () => {
    const { gateway, exchange } = await auditedContext()
    const pieces = await exportLog(gateway, AUDITOR, WHOLE)
    await exchange('politie', submissionExample)
    expect((await textOf(pieces)).trim().split('\n')).toHaveLength(1 + 4 + 1)
  })

  test('an export can be a table, or lines of the Logboek', async () => {
    const { gateway } = await auditedContext()
    const csv = await textOf(await exportLog(gateway, AUDITOR, { ...WHOLE, format: 'csv' }))
    expect(csv.startsWith(formatCsvHead())).toBe(true)
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 4)
    const logboek = await textOf(await exportLog(gateway, AUDITOR, { ...WHOLE, format: 'logboek' }))
    const lines = logboek.trim().split('\n')
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ status: 'Unset' })
  })
})

describe('a shown record', () => {
  test('a shown record has a proof to the newest checkpoint, and sentences in either language', async () => {
    const { gateway, verifierKey } = await auditedContext()
    const shown = await showRecord(gateway, AUDITOR, 2, 'nl')
    expect(await verifyReceipt(shown!.receipt, verifierKey)).toEqual({ ok: true, treeSize: 4 })
    expect(shown!.sentences[0]).toMatch(/uitwisseling [0-9a-f-]{36} van Politie aan CoMensha\.$/)
    const english = await showRecord(gateway, AUDITOR, 2, 'en')
    expect(english!.sentences[0]).toMatch(/exchange [0-9a-f-]{36} from \S+ to CoMensha\.$/)
  })

  const set = loadPolicies()
  test.each(Object.entries(SAMPLES))('a shown record describes in words what it holds: %s', (_, text) => {
    for (const language of ['nl', 'en'] as const) {
      const sentences = describeRecord(parseRecord(text), labelsOf(language, set), language)
      for (const sentence of [...sentences, summariseRecord(parseRecord(text), labelsOf(language, set), language)]) {
        expect(sentence).toMatch(/\.$/)
        expect(sentence).not.toMatch(/undefined|\[object|NaN|\.\./)
      }
    }
  })

  test('a shown exchange can be read without knowing the format of the log', () => {
    expect(describeRecord(parseRecord(SAMPLES.exchange), labelsOf('en', set), 'en')).toEqual([
      '23 November 2026 at 00:30:00: exchange 01a223dd-ea96-750a-b193-e1a9ca4bdc2a from Police to CoMensha.',
      'Purpose: Registration of data on human trafficking.',
      expect.stringMatching(/^Legal basis: .+ \(wpg-bpg-4-2-comensha\)\.$/),
      'Outcome: released in part.',
      'Submitted by: Police (teamleider-1).',
      expect.stringMatching(/^Data subject 1 \(.+\): released in part\.$/),
      expect.stringMatching(/^Data subject 1, stated: .+; not the case: .+\.$/),
      expect.stringMatching(/^Data subject 1, declared: .+\.$/),
      'Data subject 1, released: Nationality.',
      'Data subject 1, coarser: Date of birth (geboortejaar).',
      'Data subject 1, linked only: Surname.',
      'Data subject 1, permitted by: wpg-bpg-4-2-comensha/registratie.',
      'Data subject 1, restricted by: uavg-46/bsn.',
      expect.stringMatching(/^Data subject 2 \(.+\): refused \(no legal basis\)\.$/),
      'Data subject 2, refused: First name.',
      expect.stringMatching(/^Duty: .+1825.+\.$/),
      'Nothing was sealed and nothing was sent.',
      `Decided with rule set ${'ab'.repeat(32)}.`,
    ])
  })
})
