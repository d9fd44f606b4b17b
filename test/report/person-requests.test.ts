import { describe, expect, test } from 'vitest'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import type { Json } from '../../src/encoding/json.ts'
import { parseJson } from '../../src/report/json.ts'
import { faultOf } from './fault.ts'
import { schemas, vocabulary } from './vocabulary.ts'

const wire = (value: unknown): Json => parseJson(formatUtf8(JSON.stringify(value)))
const sent = 'Fatima'

describe('a question who somebody is', () => {
  const question = {
    dataSubject: 0,
    purpose: 'coordinatie-opvang-verzorging',
    legalBasis: 'avg-6-1-a',
    circumstances: { minderjarig: false },
    assessments: [{ word: 'noodzaak', by: 'A. Voorbeeld', on: '2026-11-20' }],
    fields: ['achternaam', 'geboortedatum'],
  }

  test('an enquiry about an identity is read whole, and may leave out circumstances and assessments', () => {
    expect(schemas.parseIdentityQuestion(wire(question))).toEqual(question)
    const { circumstances: _, assessments: __, ...rest } = question
    expect(schemas.parseIdentityQuestion(wire(rest))).toEqual({ ...rest, circumstances: {}, assessments: [] })
  })

  test.each<[string, object, pointer: string, says: string]>([
    ['a data subject before the first', { dataSubject: -1 }, '/dataSubject', 'a whole number from 0'],
    ['half a data subject', { dataSubject: 0.5 }, '/dataSubject', 'a whole number from 0'],
    ['no fields', { fields: [] }, '/fields', 'at least 1'],
    ['a field twice', { fields: ['bsn', 'bsn'] }, '/fields', 'occurs twice'],
    ['a field that tells nobody apart', { fields: ['toelichting'] }, '/fields/0', 'not known'],
    ['values instead of names of fields', { data: { voornaam: sent } }, '', 'member 7'],
    ['an unknown purpose', { purpose: sent }, '/purpose', 'not known'],
    ['an unknown circumstance', { circumstances: { minderjarg: true } }, '/circumstances', '`minderjarig`'],
    ['a number for a yes', { circumstances: { minderjarig: 1 } }, '/circumstances/minderjarig', '`true` or `false`'],
    ['an assessment without its day', { assessments: [{ word: 'noodzaak', by: 'A' }] }, '/assessments/0/on', 'missing'],
  ])('an enquiry about an identity with %s is refused at its pointer', (_, change, pointer, says) => {
    const fault = faultOf(() => schemas.parseIdentityQuestion(wire({ ...question, ...change })))
    expect(fault.pointer).toBe(pointer)
    expect(fault.detail.en).toContain(says)
    expect(JSON.stringify(fault)).not.toContain(sent)
  })
})

describe('a request of a person', () => {
  const request = {
    request: 'access',
    identifiers: {
      voornaam: sent,
      aliassen: ['Fatima van Utrecht'],
      geboortedatum: '1985-12-00',
      woonadres: { plaats: 'Utrecht' },
    },
    since: '2024-01-01',
    until: '2026-11-22T10:00:00+01:00',
  }

  test('a subject request is read whole', () => {
    expect(schemas.parseSubjectRequest(wire(request))).toEqual(request)
    const erasure = { request: 'erasure', identifiers: { voornaam: sent }, exchanges: [crypto.randomUUID()] }
    expect(schemas.parseSubjectRequest(wire(erasure))).toEqual(erasure)
  })

  test('a subject request takes every identifying field of the vocabulary but the BSN', () => {
    const { properties } = schemas.subjectRequestJsonSchema as {
      properties: { identifiers: { properties: Record<string, { not?: object }> } }
    }
    const fields = Object.entries(properties.identifiers.properties)
    const identifying = [...vocabulary.fields.values()].filter(({ identifier }) => identifier !== undefined)
    expect(fields.map(([id]) => id)).toEqual(identifying.map(({ id }) => id))
    expect(fields.filter(([, schema]) => schema.not !== undefined).map(([id]) => id)).toEqual(['bsn'])
  })

  test.each<[string, object, pointer: string, says: string]>([
    ['no identifiers', { identifiers: {} }, '/identifiers', 'no identifier'],
    ['a BSN', { identifiers: { bsn: '999990019' } }, '/identifiers/bsn', 'cannot be searched here'],
    ['a value that does not fit', { identifiers: { geboortedatum: '' } }, '/identifiers/geboortedatum', 'YYYY-MM-DD'],
    ['a word that is not in the list', { identifiers: { geslacht: sent } }, '/identifiers/geslacht', 'not known'],
    ['an alias that is empty', { identifiers: { aliassen: ['a', ''] } }, '/identifiers/aliassen/1', 'one line'],
    ['half an address', { identifiers: { woonadres: { stad: sent } } }, '/identifiers/woonadres', 'not known'],
    ['a field that tells nobody apart', { identifiers: { toelichting: sent } }, '/identifiers', 'not known'],
    ['a day that does not exist', { since: '2026-02-30' }, '/since', 'RFC 3339'],
    ['an instant without its zone', { until: '2026-02-01T10:00:00' }, '/until', 'RFC 3339'],
    ['another request', { request: 'rectification' }, '/request', '`access`, `erasure`'],
    ['exchanges where all are shown', { exchanges: [crypto.randomUUID()] }, '/exchanges', 'only for erasure'],
    ['an exchange that is no id', { request: 'erasure', exchanges: [sent] }, '/exchanges/0', 'a UUID'],
  ])('a subject request with %s is refused at its pointer', (_, change, pointer, says) => {
    const fault = faultOf(() => schemas.parseSubjectRequest(wire({ ...request, ...change })))
    expect(fault.pointer).toBe(pointer)
    expect(fault.detail.en).toContain(says)
    expect(JSON.stringify(fault)).not.toContain(sent)
  })
})
