import { describe, expect, test } from 'vitest'
import { createRecordTest, type FilterBounds, type RecordFilter } from '../../../src/audit/export/record-filter.ts'
import { AT, ID, OTHER_ID, SAMPLES } from '../record/sample-records.ts'

type Name = keyof typeof SAMPLES
const ALWAYS: FilterBounds = { since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
const find = async (filter: RecordFilter, bounds = ALWAYS): Promise<Name[]> => {
  const fits = createRecordTest(filter, bounds)
  const found: Name[] = []
  for (const name of Object.keys(SAMPLES) as Name[]) if (await fits(SAMPLES[name])) found.push(name)
  return found
}
const DECIDED: readonly Name[] = ['exchange', 'refusal', 'check']
const time = Date.parse(AT)

describe('filter of records', () => {
  const rows: readonly [string, RecordFilter, readonly Name[]][] = [
    ['a sender, recipient or actor', { party: 'fier' }, ['party']],
    ['an auditor', { party: 'toezichthouder' }, ['log']],
    ['one of its people', { party: 'politie.teamleider-2' }, ['approved', 'refused']],
    ['whoever submitted', { party: 'politie.teamleider-1' }, ['exchange']],
    ['who approved a rule set', { party: 'comensha.functionaris-1' }, ['policy']],
    ['a party whose name only begins like that of another', { party: 'poli' }, []],
    ['the sender', { sender: 'politie', recordType: 'exchange' }, ['exchange', 'refusal']],
    ['a sender that only received', { sender: 'comensha', recordType: 'exchange' }, []],
    ['the recipient', { recipient: 'comensha', recordType: 'delivered' }, ['delivered']],
    ['a recipient that only sent', { recipient: 'politie', recordType: 'exchange' }, []],
    ['a field', { field: 'nationaliteit' }, ['exchange', 'check']],
    ['a field that is shared', { field: 'nationaliteit', treatment: 'shared' }, ['exchange', 'check']],
    ['a field that is shared coarser', { field: 'geboortedatum', treatment: 'shared' }, ['exchange', 'check']],
    ['a field that only links', { field: 'achternaam', treatment: 'linked' }, ['exchange', 'check']],
    ['a field that is not shared', { field: 'achternaam', treatment: 'shared' }, []],
    ['a field that is refused', { field: 'voornaam', treatment: 'withheld' }, DECIDED],
    ['any field that is shared', { treatment: 'shared' }, ['exchange', 'check']],
    ['a field that was not asked for', { field: 'bsn' }, []],
    ['a word that is no field', { field: 'slachtoffer' }, []],
    ['the file of a permit', { file: 'wpg-bpg-4-2-comensha' }, ['exchange', 'check']],
    ['the file of a prohibition', { file: 'uavg-46' }, ['exchange', 'check']],
    ['a file whose name only begins like that of another', { file: 'uavg' }, []],
    ['the purpose', { purpose: 'registratie-mensenhandel' }, DECIDED],
    ['another purpose', { purpose: 'herstelbemiddeling' }, []],
    ['the basis', { legalBasis: 'wpg-bpg-4-2-comensha' }, DECIDED],
    ['a permit', { rule: 'wpg-bpg-4-2-comensha/registratie' }, ['exchange', 'check']],
    ['a prohibition', { rule: 'uavg-46/bsn' }, ['exchange', 'check']],
    ['a file alone, which is no rule', { rule: 'uavg-46' }, []],
    ['the outcome of the whole', { outcome: 'gedeeltelijk' }, ['exchange', 'check']],
    ['the outcome of one person', { outcome: 'geweigerd' }, DECIDED],
    ['the reason of one person', { reason: 'geen-grondslag' }, DECIDED],
    ['another reason', { reason: 'verbod' }, []],
    ['a duty', { duty: 'bewaartermijn' }, ['exchange', 'check']],
    ['another duty', { duty: 'vier-ogen' }, []],
    ['the type', { recordType: 'access' }, ['subjectRequest', 'limit', 'log']],
    ['a type whose word stands elsewhere too', { recordType: 'check' }, ['check']],
    [
      'an exchange, its steps and what answers it',
      { exchangeId: ID },
      [
        'exchange',
        'refusal',
        'approved',
        'refused',
        'expired',
        'delivered',
        'acknowledged',
        'feedback',
        'recalled',
        'erased',
      ],
    ],
    ['an exchange, but not a delivery of that id', { exchangeId: OTHER_ID }, ['refusal', 'feedback']],
    ['two things at once', { party: 'comensha', recordType: 'match' }, ['match']],
    ['two things that never meet', { recordType: 'match', purpose: 'registratie-mensenhandel' }, []],
    ['nothing', {}, Object.keys(SAMPLES) as Name[]],
  ]
  test.each(rows)('a filter finds records by %s', async (_, filter, names) => {
    expect(await find(filter)).toEqual(names)
  })

  test('a filter by class finds records about a field of that class, with the treatment of that same field', async () => {
    const bounds = { ...ALWAYS, classFieldsOf: async () => new Set(['achternaam', 'voornaam']) }
    const filter = { fieldClass: 'identificerend' }
    expect(await find(filter, bounds)).toEqual(DECIDED)
    expect(await find({ ...filter, treatment: 'linked' }, bounds)).toEqual(['exchange', 'check'])
    expect(await find({ ...filter, treatment: 'shared' }, bounds)).toEqual([])
    expect(await find({ ...filter, field: 'nationaliteit' }, bounds)).toEqual([])
    expect(await find(filter, { ...ALWAYS, classFieldsOf: async () => new Set<string>() })).toEqual([])
  })

  test('a filter includes `since` and excludes `until`', async () => {
    expect(await find({ recordType: 'key' }, { since: time, until: time + 1 })).toEqual(['key'])
    expect(await find({ recordType: 'key' }, { since: time + 1, until: time + 2 })).toEqual([])
    expect(await find({ recordType: 'key' }, { since: time - 1, until: time })).toEqual([])
  })

  test('a filter is not misled by a word in another member', async () => {
    // `geweigerd` would be an outcome; here it is a word that an auditor once looked for.
    expect(await find({ outcome: 'geweigerd', recordType: 'access' })).toEqual([])
    expect(await find({ party: 'comensha' })).not.toContain('log')
  })

  test('a filter reports a record that it cannot read when it may match', async () => {
    const fits = createRecordTest({ recordType: 'key' }, ALWAYS)
    await expect(fits('{"type":"key","v":2}')).rejects.toThrow(/unknown type, version or member/)
    expect(await fits('{"type":"cheese","v":2}')).toBeUndefined()
  })
})
