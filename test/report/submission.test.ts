import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { ErrorCode } from '../../src/errors.ts'
import { parseJson } from '../../src/report/json.ts'
import { faultOf, faultsOf } from './fault.ts'
import { schemas, vocabulary } from './vocabulary.ts'

const subject = {
  role: 'slachtoffer',
  circumstances: { 'verwerkt-onder-wpg-8': true, minderjarig: false },
  assessments: [{ word: 'noodzaak', by: 'A. Voorbeeld', on: '2026-11-20' }],
  data: {
    bsn: '999990019',
    voornaam: 'Fatima',
    geboortedatum: '1985-12-00',
    'plaats-delict': { plaats: 'Utrecht', land: 'NL' },
    nationaliteit: 'MA',
    geslacht: 'vrouw',
    toelichting: 'Eerste regel\nTweede regel',
  },
}
const submission = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  kind: 'melding',
  reference: 'PL-2026-1',
  dataSubjects: [subject],
}

/** As it comes off the wire: objects without a prototype. */
const wire = (value: unknown): Json => parseJson(formatUtf8(JSON.stringify(value)))
const withSubject = (change: object) => wire({ ...submission, dataSubjects: [{ ...subject, ...change }] })
const withData = (data: object) => withSubject({ data })

describe('a submission', () => {
  test('a submission is read whole', () => {
    expect(schemas.parseSubmission(wire(submission))).toEqual(submission)
  })

  test('a submission may leave out reference, circumstances and assessments', () => {
    const { reference: _, ...rest } = submission
    const read = schemas.parseSubmission(
      wire({ ...rest, dataSubjects: [{ role: 'slachtoffer', data: { nationaliteit: 'NG' } }] }),
    )
    expect(read).toEqual({
      ...rest,
      dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], data: { nationaliteit: 'NG' } }],
    })
  })

  const first = '/dataSubjects/0'
  const REFUSED: [name: string, body: Json, code: ErrorCode, pointer: string, says: string][] = [
    ['a body that is no object', wire([]), 'value-invalid', '', 'an object'],
    ['a body that is null', null, 'value-invalid', '', 'an object'],
    [
      'an unknown recipient',
      wire({ ...submission, recipient: 'nobody' }),
      'word-unknown',
      '/recipient',
      'choose from `politie`, `comensha`',
    ],
    [
      'a recipient with a typing error',
      wire({ ...submission, recipient: 'comenhsa' }),
      'word-unknown',
      '/recipient',
      'did you mean `comensha`',
    ],
    ['a recipient that is a number', wire({ ...submission, recipient: 1 }), 'value-invalid', '/recipient', 'text'],
    [
      'a purpose in other case',
      wire({ ...submission, purpose: 'Registratie_mensenhandel' }),
      'word-unknown',
      '/purpose',
      'did you mean `registratie-mensenhandel`',
    ],
    ['an unknown legal basis', wire({ ...submission, legalBasis: 'x' }), 'word-unknown', '/legalBasis', 'choose from'],
    [
      'a reference over 100 characters',
      wire({ ...submission, reference: 'x'.repeat(101) }),
      'value-invalid',
      '/reference',
      '1 to 100',
    ],
    ['a blank reference', wire({ ...submission, reference: ' ' }), 'value-invalid', '/reference', '1 to 100'],
    [
      'an unknown member at the top',
      wire({ ...submission, remark: 'x' }),
      'member-unknown',
      '',
      'member 7 of this object is not known; remove it',
    ],
    ['no data subjects', wire({ ...submission, dataSubjects: [] }), 'value-invalid', '/dataSubjects', 'at least 1'],
    [
      '13 data subjects',
      wire({ ...submission, dataSubjects: Array(13).fill(subject) }),
      'value-invalid',
      '/dataSubjects',
      'at most 12',
    ],
    [
      'data subjects that are no array',
      wire({ ...submission, dataSubjects: subject }),
      'value-invalid',
      '/dataSubjects',
      'an array',
    ],
    ['a person without any data', withData({}), 'value-invalid', `${first}/data`, 'no data about this person'],
    [
      'a value of invisible characters',
      withData({ voornaam: '\u200b' }),
      'value-invalid',
      `${first}/data/voornaam`,
      'give 1',
    ],
    ['an empty list of names', withData({ aliassen: [] }), 'value-invalid', `${first}/data/aliassen`, 'at least 1'],
    ['an unknown role', withSubject({ role: 'dader' }), 'word-unknown', `${first}/role`, 'choose from'],
    [
      'an unknown circumstance',
      withSubject({ circumstances: { minderjarige: true } }),
      'member-unknown',
      `${first}/circumstances`,
      'did you mean `minderjarig`',
    ],
    [
      'a circumstance in words',
      withSubject({ circumstances: { minderjarig: 'ja' } }),
      'value-invalid',
      `${first}/circumstances/minderjarig`,
      '`true` or `false`',
    ],
    [
      'a circumstance that is null',
      withSubject({ circumstances: { minderjarig: null } }),
      'value-invalid',
      `${first}/circumstances/minderjarig`,
      'leave the member out when it is unknown',
    ],
    [
      'a bare assessment',
      withSubject({ assessments: ['noodzaak'] }),
      'value-invalid',
      `${first}/assessments/0`,
      'an object',
    ],
    [
      'an assessment by nobody',
      withSubject({ assessments: [{ word: 'noodzaak', on: '2026-11-20' }] }),
      'member-missing',
      `${first}/assessments/0/by`,
      '`by` is missing',
    ],
    [
      'an assessment on an incomplete date',
      withSubject({ assessments: [{ word: 'noodzaak', by: 'x', on: '2026-11-00' }] }),
      'value-invalid',
      `${first}/assessments/0/on`,
      'existing date',
    ],
    [
      '33 assessments',
      withSubject({ assessments: Array(33).fill(subject.assessments[0]) }),
      'value-invalid',
      `${first}/assessments`,
      'at most 32',
    ],
    [
      'no data',
      wire({ ...submission, dataSubjects: [{ role: 'slachtoffer' }] }),
      'member-missing',
      `${first}/data`,
      '`data` is missing',
    ],
    ['a list of fields', withSubject({ fields: ['bsn'] }), 'member-unknown', first, 'member 5'],
    [
      'an unknown field',
      withData({ voornaam: 'x', 'Jansen-in-a-key': 'x' }),
      'member-unknown',
      `${first}/data`,
      'member 2 of this object is not known; remove it',
    ],
    [
      'a field with a typing error',
      withData({ voornam: 'x' }),
      'member-unknown',
      `${first}/data`,
      'did you mean `voornaam`',
    ],
    [
      'a field with two letters swapped and an accent',
      withData({ achternáma: 'x' }),
      'member-unknown',
      `${first}/data`,
      'did you mean `achternaam`',
    ],
    [
      'a field that is null',
      withData({ voornaam: null }),
      'value-invalid',
      `${first}/data/voornaam`,
      'leave the member out',
    ],
    ['a number that is no text', withData({ bsn: 1 }), 'value-invalid', `${first}/data/bsn`, 'text'],
    [
      'nine aliases',
      withData({ aliassen: Array(9).fill('Mo') }),
      'value-invalid',
      `${first}/data/aliassen`,
      'at most 8',
    ],
    ['no aliases', withData({ aliassen: [] }), 'value-invalid', `${first}/data/aliassen`, 'at least 1'],
    ['an alias outside a list', withData({ aliassen: 'Mo' }), 'value-invalid', `${first}/data/aliassen`, 'an array'],
    [
      'an alias that is no text',
      withData({ aliassen: ['Mo', 5] }),
      'value-invalid',
      `${first}/data/aliassen/1`,
      'text between quotation marks',
    ],
    [
      'an alias that is too long',
      withData({ aliassen: ['Mo', 'Noor', 'a'.repeat(401)] }),
      'value-invalid',
      `${first}/data/aliassen/2`,
      '1 to 200 characters',
    ],
    [
      '500 data subjects',
      wire({ ...submission, dataSubjects: Array(500).fill(subject) }),
      'value-invalid',
      '/dataSubjects',
      'at most 12',
    ],
    [
      'an unknown member of an address',
      withData({ woonadres: { plats: 'x' } }),
      'member-unknown',
      `${first}/data/woonadres`,
      'did you mean `plaats`',
    ],
    ['an empty address', withData({ woonadres: {} }), 'value-invalid', `${first}/data/woonadres`, 'address is empty'],
    ['an address in one line', withData({ woonadres: 'x' }), 'value-invalid', `${first}/data/woonadres`, 'an object'],
    [
      'a country of an address that is a story',
      withData({ woonadres: { land: 'x'.repeat(101) } }),
      'value-invalid',
      `${first}/data/woonadres/land`,
      'ISO 3166-1',
    ],
    [
      'a word outside its list',
      withData({ geslacht: 'v' }),
      'word-unknown',
      `${first}/data/geslacht`,
      'choose from `vrouw`, `man`',
    ],
  ]
  test.each(REFUSED)('a submission is refused for %s', (_, body, code, pointer, says) => {
    const fault = faultOf(() => schemas.parseSubmission(body))
    expect(fault).toMatchObject({ code, pointer })
    expect(fault.detail.en).toContain(says)
    expect(fault.detail.nl).toMatch(/; |ontbreekt/)
  })

  test('a submission is refused for an empty value and a far too long one, whatever the field; the others are read where they are used', () => {
    for (const { id, type } of vocabulary.fields.values()) {
      if (type === 'woord' || type === 'namen' || type === 'adres') continue
      for (const value of ['', ' \n', 'a'.repeat(4001)]) {
        expect(faultOf(() => schemas.parseSubmission(withData({ [id]: value })))).toMatchObject({
          code: 'value-invalid',
          pointer: `/dataSubjects/0/data/${id}`,
        })
      }
      for (const value of ['x', '(+31) 6\u00a012345678', '1990-02-31', '.'])
        expect(schemas.parseSubmission(withData({ [id]: value })).dataSubjects[0]!.data).toEqual({ [id]: value })
    }
  })

  test('a submission takes one to eight aliases', () => {
    for (const aliassen of [['Mo'], ['Mo', 'Мо', 'Mo', 'محمد'], Array(8).fill('O’Neill')]) {
      expect(schemas.parseSubmission(withData({ aliassen })).dataSubjects[0]!.data).toEqual({ aliassen })
    }
  })

  test('a submission gets every fault at once', () => {
    const body = wire({ purpose: 'x', dataSubjects: [{ role: 'x', data: { x: 1, y: 2, geslacht: 'x' } }, subject] })
    expect(
      faultsOf(() => schemas.parseSubmission(body))
        .map(({ code, pointer }) => `${code} ${pointer}`)
        .sort(),
    ).toEqual([
      'member-missing /kind',
      'member-missing /legalBasis',
      'member-missing /recipient',
      'member-unknown /dataSubjects/0/data',
      'member-unknown /dataSubjects/0/data',
      'word-unknown /dataSubjects/0/data/geslacht',
      'word-unknown /dataSubjects/0/role',
      'word-unknown /purpose',
    ])
  })

  test('a submission gets a hundred faults at most', () => {
    const data = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key-${i}`, 1]))
    expect(faultsOf(() => schemas.parseSubmission(withData(data)))).toHaveLength(100)
  })

  test('a submission with thousands of data subjects gets one fault for that', () => {
    const body = wire({ ...submission, dataSubjects: Array(5000).fill(0) })
    expect(faultOf(() => schemas.parseSubmission(body))).toMatchObject({
      code: 'value-invalid',
      pointer: '/dataSubjects',
    })
  })

  test('a submission is never echoed by its faults', () => {
    // A mark that is no word of ours and near none.
    const mark = 'qxzj'
    const anywhere = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.constant(mark),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom(mark, `${mark}2`, 'straat'), tie('value'), { maxKeys: 3 }),
      ),
    })).value
    const member = fc.constantFrom(...schemas.memberNames)
    const body = fc.dictionary(
      member,
      fc.oneof(anywhere, fc.array(fc.dictionary(member, fc.oneof(anywhere, fc.dictionary(member, anywhere))))),
    )
    fc.assert(
      fc.property(body, (value) => {
        const faults = faultsOf(() => schemas.parseSubmission({ ...(value as object), [mark]: mark }))
        expect(JSON.stringify(faults)).not.toContain(mark)
      }),
    )
  })
})

describe('a check request', () => {
  test('a check request needs recipient, purpose and a role with field names, and no identifier', () => {
    const request = {
      recipient: 'comensha',
      purpose: 'registratie-mensenhandel',
      dataSubjects: [{ role: 'slachtoffer', assessments: ['noodzaak'], fields: ['bsn', 'voornaam'] }],
    }
    expect(schemas.parseCheck(wire(request))).toEqual({
      ...request,
      dataSubjects: [{ ...request.dataSubjects[0], circumstances: {} }],
    })
  })

  test('a check request can be any submission', () => {
    expect(schemas.parseCheck(wire(submission))).toEqual(submission)
  })

  test.each([
    [
      'an unknown bare assessment',
      { assessments: ['noodzak'] },
      'word-unknown',
      '/assessments/0',
      'did you mean `noodzaak`',
    ],
    [
      'an unknown declared assessment',
      { assessments: [{ word: 'x', by: 'x', on: '2026-01-01' }] },
      'word-unknown',
      '/assessments/0/word',
      'choose from',
    ],
    [
      'a declared assessment without a date',
      { assessments: [{ word: 'noodzaak', by: 'x' }] },
      'member-missing',
      '/assessments/0/on',
      '`on` is missing',
    ],
    [
      'an unknown member of an assessment',
      { assessments: [{ word: 'noodzaak', bij: 'x', by: 'x', on: '2026-01-01' }] },
      'member-unknown',
      '/assessments/0',
      'member 2',
    ],
    ['an unknown field name', { fields: ['voornam'] }, 'word-unknown', '/fields/0', 'did you mean `voornaam`'],
    ['a field named twice', { fields: ['bsn', 'bsn'] }, 'value-invalid', '/fields', 'name each field once'],
    ['a wrong value', { data: { nationaliteit: '' } }, 'value-invalid', '/data/nationaliteit', 'ISO 3166-1'],
  ] as const)('is refused for %s', (_, change, code, pointer, says) => {
    const body = wire({ ...submission, dataSubjects: [{ role: 'slachtoffer', ...change }] })
    const fault = faultOf(() => schemas.parseCheck(body))
    expect(fault).toMatchObject({ code, pointer: `/dataSubjects/0${pointer}` })
    expect(fault.detail.en).toContain(says)
  })

  test('a check request gets the faults of the form of assessment that was meant', () => {
    const assessments = [{ word: 'x', bij: 'x', on: '2026-01-01' }, 5]
    const faults = faultsOf(() =>
      schemas.parseCheck(wire({ ...submission, dataSubjects: [{ role: 'slachtoffer', assessments }] })),
    )
    expect(faults.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'word-unknown /dataSubjects/0/assessments/0/word',
      'member-missing /dataSubjects/0/assessments/0/by',
      'member-unknown /dataSubjects/0/assessments/0',
      'value-invalid /dataSubjects/0/assessments/1',
    ])
  })
})

describe('the JSON Schema of a report', () => {
  test.each([
    ['submission', schemas.submissionJsonSchema],
    ['check', schemas.checkJsonSchema],
  ])('the JSON Schema of a %s stands alone', (_, schema) => {
    expect(schema).not.toHaveProperty('$schema')
    expect(JSON.stringify(schema)).not.toMatch(/"\$(ref|defs|id)"/)
  })

  test('the JSON Schema of a report has every word with its labels in both languages', () => {
    const text = JSON.stringify(schemas.submissionJsonSchema)
    for (const words of [
      vocabulary.purposes,
      vocabulary.kinds,
      vocabulary.roles,
      vocabulary.circumstances,
      vocabulary.assessments,
      vocabulary.fields,
    ]) {
      for (const { id, label } of words.values()) {
        expect(text).toContain(`"${id}"`)
        expect(text).toContain(`${label.nl} / ${label.en}`)
      }
    }
  })

  test('the JSON Schema of a report describes how a value is written', () => {
    expect(schemas.submissionJsonSchema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['recipient', 'purpose', 'legalBasis', 'kind', 'dataSubjects'],
      properties: {
        recipient: { enum: ['politie', 'comensha', 'kmar'] },
        dataSubjects: {
          minItems: 1,
          maxItems: 12,
          items: {
            required: ['role', 'data'],
            properties: {
              data: {
                additionalProperties: false,
                properties: {
                  voornaam: { type: 'string', minLength: 1, maxLength: 400 },
                  aliassen: { type: 'array', minItems: 1, maxItems: 8, items: { type: 'string', maxLength: 400 } },
                  geboortedatum: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 100,
                    description: expect.stringContaining('YYYY-MM-DD'),
                  },
                  geslacht: { enum: ['vrouw', 'man'], title: 'Nederlands geslacht / English geslacht' },
                  woonadres: { type: 'object', additionalProperties: false, minProperties: 1 },
                },
              },
            },
          },
        },
      },
    })
  })
})
