import { expect, test } from 'vitest'
import { parseFilter } from '../../../src/cli/audit/filter-options.ts'
import { loadSmall, ruleFile, SENTENCE } from '../../policy/small-set.ts'

const RULE = `  - {id: een, van: [politie], naar: [opvanghuis], doel: [registratie], over: [slachtoffer], als: [politietaak], gegevens: {verstrekken: [naam]}, uitleg: ${SENTENCE}}\n`
const set = loadSmall(ruleFile('grondslag', 'wet-a', RULE))

test.each([
  [{ sender: 'Police' }, { sender: 'politie' }],
  [{ recipient: 'Marechaussee' }, { recipient: 'kmar' }],
  [{ party: 'OPVANGHUIS' }, { party: 'opvanghuis' }],
  [{ purpose: 'Registratie' }, { purpose: 'registratie' }],
  [{ field: 'Naam' }, { field: 'naam' }],
  [{ file: 'Titel van wet-a' }, { file: 'wet-a' }],
  [{ basis: 'Titel van WET-A' }, { legalBasis: 'wet-a' }],
  [{ class: 'BSN' }, { fieldClass: 'bsn' }],
  [{ outcome: 'Geweigerd' }, { outcome: 'geweigerd' }],
])('a filter with %o is %o', (values, filter) => {
  expect(parseFilter(values, () => set)).toEqual(filter)
})

test.each([
  ['a label of no word', 'Nobody knows'],
  ['what may be a word of an earlier rule set', 'police'],
])('%s stays, for whoever knows the words of the records', (_, text) => {
  expect(parseFilter({ sender: text }, () => set)).toEqual({ sender: text })
})

test('a label stays where there are no rule files', () => {
  expect(parseFilter({ sender: 'Police' }, () => undefined)).toEqual({ sender: 'Police' })
})

test('a misspelt word of a closed list is refused with the nearest', () => {
  expect(() => parseFilter({ outcome: 'Gewiegerd' }, () => set)).toThrow(/did you mean `geweigerd`/)
})
