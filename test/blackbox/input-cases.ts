import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { post, readAs } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { policeReport } from './reports.ts'

/** Stands in every wrong body where a value of the sender would; no answer may hold it. */
const SENT = 'Kanarie-4711'

const valid = { ...policeReport, reference: SENT }
const text = JSON.stringify(valid)
const [subject] = valid.dataSubjects

const replace = (from: string, to: string) => {
  if (!text.includes(from)) throw new Error('the body to spoil does not hold this')
  return text.replace(from, to)
}
const withSubject = (members: object) => JSON.stringify({ ...valid, dataSubjects: [{ ...subject, ...members }] })
const bytes = (...parts: (string | number)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])))
const inReference = (value: string) => replace(`"reference":"${SENT}"`, `"reference":"${SENT}${value}"`)

/** What is wrong, the body, and how the problem names it. `pointer` is absent when the fault has no place of its own. */
const WRONG: readonly (readonly [
  what: string,
  body: string | Uint8Array<ArrayBuffer>,
  status: number,
  code: string,
  pointer?: string | readonly string[],
])[] = [
  ['text that is no JSON', `{"recipient": ${SENT}`, 400, 'json-syntax', '/recipient'],
  ['an empty body', '', 400, 'json-syntax', ''],
  ['a duplicate key', replace('{"recipient"', `{"recipient":"${SENT}","recipient"`), 400, 'json-duplicate-key', ''],
  [
    'a duplicate key in an inner object',
    withSubject({}).replace('"role"', `"role":"${SENT}","role"`),
    400,
    'json-duplicate-key',
    '/dataSubjects/0',
  ],
  ['a lone surrogate', inReference('\\ud800'), 400, 'json-lone-surrogate', '/reference'],
  ['an escaped NUL', inReference('\\u0000'), 400, 'json-control-character', '/reference'],
  ['a bare NUL', inReference('\u0000'), 400, 'json-control-character', '/reference'],
  ['a byte order mark', bytes(0xef, 0xbb, 0xbf, text), 400, 'json-byte-order-mark'],
  ['bytes that are not UTF-8', bytes('{"recipient":"', SENT, 0xff, '"}'), 400, 'json-invalid-utf8'],
  [
    'a key for the prototype',
    replace('{"recipient"', `{"__proto__":{"role":"${SENT}"},"recipient"`),
    400,
    'json-forbidden-key',
    '',
  ],
  [
    '33 levels',
    replace(`"${SENT}"`, `${'['.repeat(32)}"${SENT}"${']'.repeat(32)}`),
    400,
    'json-too-deep',
    `/reference${'/0'.repeat(31)}`,
  ],
  ['more than 1 MiB', inReference('x'.repeat(1_048_576)), 413, 'body-too-large'],
  [
    'a word that nobody knows',
    replace('"purpose":"registratie-mensenhandel"', `"purpose":"${SENT}"`),
    400,
    'word-unknown',
    '/purpose',
  ],
  [
    'a circumstance that nobody knows',
    withSubject({ circumstances: { [SENT]: true } }),
    400,
    'member-unknown',
    '/dataSubjects/0/circumstances',
  ],
  [
    'a field that nobody knows',
    withSubject({ data: { ...subject.data, [SENT]: 'x' } }),
    400,
    'member-unknown',
    '/dataSubjects/0/data',
  ],
  ['a member that nobody knows', JSON.stringify({ ...valid, [SENT]: 1 }), 400, 'member-unknown', ''],
  ['a member that is missing', withSubject({ role: undefined }), 400, 'member-missing', '/dataSubjects/0/role'],
  ['nobody to report', JSON.stringify({ ...valid, dataSubjects: [] }), 400, 'value-invalid', '/dataSubjects'],
  [
    'a fact that is not yes or no',
    withSubject({ circumstances: { 'verwerkt-onder-wpg-8': SENT } }),
    400,
    'value-invalid',
    '/dataSubjects/0/circumstances/verwerkt-onder-wpg-8',
  ],
  [
    'a date that is none',
    withSubject({ data: { ...subject.data, geboortedatum: SENT } }),
    400,
    'value-invalid',
    '/dataSubjects/0/data/geboortedatum',
  ],
  [
    'an age that contradicts an age',
    withSubject({ circumstances: { 'jonger-dan-12': true, 'jonger-dan-16': false }, data: { wervingsland: 'IT' } }),
    400,
    'report-contradictory',
    ['/dataSubjects/0/circumstances/jonger-dan-12', '/dataSubjects/0/circumstances/jonger-dan-16'],
  ],
  [
    'an age that contradicts the date of birth',
    withSubject({ circumstances: { 'jonger-dan-16': false }, data: { geboortedatum: '2020-01-01' } }),
    400,
    'report-contradictory',
    ['/dataSubjects/0/circumstances/jonger-dan-16', '/dataSubjects/0/data/geboortedatum'],
  ],
  [
    'a birth that is still to come',
    withSubject({ data: { ...subject.data, geboortedatum: '2199-12-31' } }),
    400,
    'value-invalid',
    '/dataSubjects/0/data/geboortedatum',
  ],
  [
    'an assessment that is still to be made',
    withSubject({ assessments: [{ word: 'noodzaak', by: SENT, on: '2199-12-31' }] }),
    400,
    'value-invalid',
    '/dataSubjects/0/assessments/0/on',
  ],
  [
    'a period that ends before it begins',
    withSubject({ data: { 'uitbuitingsperiode-begin': '2021-05-01', 'uitbuitingsperiode-einde': '2021-04-30' } }),
    400,
    'report-contradictory',
    ['/dataSubjects/0/data/uitbuitingsperiode-einde', '/dataSubjects/0/data/uitbuitingsperiode-begin'],
  ],
]

export function inputCases(gateway: () => BlackBox): void {
  describe('strict input', () => {
    let politie: Client
    beforeAll(async () => {
      politie = await gateway().connect('politie')
    })

    const send = (body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json', language = 'nl') =>
      post(politie, '/v1/exchanges', typeof body === 'string' ? bytes(body) : body, {
        'content-type': contentType,
        'accept-language': language,
        'idempotency-key': crypto.randomUUID(),
      })

    test('the body that the other cases spoil is a good one', async () => {
      expect((await send(text)).status).toBe(201)
    })

    for (const [what, body, status, code, pointer] of WRONG) {
      test(`${what} is refused as ${code}, without the value`, async () => {
        for (const language of ['nl', 'en']) {
          const response = await send(body, 'application/json', language)
          const problem = await readAs('Problem', response)
          expect(JSON.stringify(problem)).not.toContain(SENT)
          expect(problem).toMatchObject({ type: `/problems/${code}`, status })
          expect(response.status).toBe(status)
          expect(problem.errors?.map((error) => [error.code, error.pointer])).toEqual(
            pointer === undefined ? undefined : [pointer].flat().map((place) => [code, place]),
          )
        }
      })
    }

    for (const contentType of ['text/plain', 'application/json; charset=utf-16', 'application/merge-patch+json']) {
      test(`a body of type ${contentType} is refused`, async () => {
        const problem = await readAs('Problem', await send(text, contentType))
        expect(problem).toMatchObject({ type: '/problems/content-type-unsupported', status: 415 })
      })
    }

    test('every fault of a body is reported at once', async () => {
      const body = JSON.stringify({ ...valid, purpose: SENT, kind: SENT, dataSubjects: [{ ...subject, role: SENT }] })
      const { errors } = await readAs('Problem', await send(body))
      expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/dataSubjects/0/role', '/kind', '/purpose'])
    })
  })
}
