import { expect, test } from 'vitest'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import { formatArchive } from '../../src/exchange/rule-sets/archived.ts'
import type { Question } from '../../src/model/decision.ts'
import { loadPolicySet } from '../../src/policy/files/load.ts'
import { boundsOf } from '../../src/review/check-filter.ts'
import { vocabulariesOf } from '../../src/review/class-fields.ts'
import { findPage, vocabulariesIn } from '../../src/review/search-records.ts'
import { ruleFile, SENTENCE, words } from '../policy/small-set.ts'
import { logExchange } from './logged.ts'

const RULES = ruleFile(
  'grondslag',
  'wet-a',
  `  - {id: een, van: [politie], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
)
/** A set in which an illness has this class. */
function setOf(illness: string) {
  const texts = [...words, RULES].map(({ path, text }) => ({
    path,
    text: text.replace('klasse: gezondheid, nl: Ziekte', `klasse: ${illness}, nl: Ziekte`),
  }))
  const loaded = loadPolicySet(texts)
  if (!loaded.ok) throw new Error('the rule files have faults')
  return { set: loaded.set, content: formatArchive(texts) }
}
const before = setOf('gezondheid')
const now = setOf('gewoon')
const question: Question = {
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2026-11-01T12:00:00.000Z',
  dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['ziekte'] }],
}
const records = [logExchange(before.set, question), logExchange(now.set, question)]
const log = { records: async (start: number, end: number) => records.slice(start, end).map(formatUtf8) }
const archives = new Map(
  [before, now].map(({ set: { policyHash, sourceHash }, content }) => [
    policyHash,
    { policyHash, sourceHash, content, at: question.at },
  ]),
)
const gateway = {
  policySet: now.set,
  store: { findPolicyArchive: async (policyHash: string) => archives.get(policyHash) },
}

test.each([
  ['gezondheid', [0]],
  ['avg-9', [0]],
  ['gewoon', [1]],
  ['bsn', []],
])('a filter by the class %s finds a record by the class that its own rules gave the field', async (word, expected) => {
  const filter = { fieldClass: word }
  const page = await findPage(
    log,
    records.length,
    { filter, order: 'oldest-first', limit: 9 },
    boundsOf(filter, vocabulariesIn(gateway)),
  )
  expect(page.records.map(({ leafIndex }) => leafIndex)).toEqual(expected)
})

test('a rule set that is not archived has the classes of the other one', async () => {
  const find = vocabulariesOf(
    async () => ({ noSet: 'texts-missing' }),
    () => now.set.vocabulary,
  )
  expect(await find(before.set.policyHash)).toBe(now.set.vocabulary)
})
