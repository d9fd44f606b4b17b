import { expect, test } from 'vitest'
import { formPersons } from '../../src/console/browser/reading/persons.ts'
import type { ReadDelivery } from '../../src/console/browser/reading/read-delivery.ts'
import type { ShownContent, ShownNotice, ShownValue } from '../../src/delivery/content-form.ts'

type Data = Readonly<Record<string, ShownValue>>

function report(exchangeId: string, at: string, pseudonym: string, data: Data, more: Partial<ShownContent> = {}) {
  const subject = {
    role: 'slachtoffer',
    pseudonym,
    isLinkable: true,
    data: { ...data },
    redactions: 0,
    assessments: [],
  }
  const content = {
    exchangeId,
    at,
    sender: 'politie',
    links: [],
    dataSubjects: [{ ...subject, generalised: {} }],
    ...more,
  }
  return { delivery: { id: `d-${exchangeId}` }, shown: { kind: 'exchange', content } } as unknown as ReadDelivery
}
const notice = (at: string, content: object) =>
  ({
    delivery: { id: `n-${at}` },
    shown: { kind: 'notice', content: { at, ...content } as ShownNotice },
  }) as ReadDelivery

const join = (from: string, to: string) => ({ type: 'merged', domain: 'd', matchId: 'm', from, to })
const split = (from: string, to: string, exchangeId: string) => ({
  type: 'split',
  domain: 'd',
  matchId: 'm',
  from,
  to,
  mentions: [{ exchangeId, dataSubject: 0 }],
})
const renew = (from: string, to: string) => ({
  type: 'pseudonyms-renewed',
  domain: 'd',
  epoch: 2,
  pseudonyms: [{ from, to }],
})

const A = report('a', '1', 'P', { land: 'NG' })
const B = report('b', '2', 'Q', { land: 'GH' })
const namesOf = (...read: ReadDelivery[]) =>
  Object.fromEntries(
    formPersons(read, new Set()).map(({ pseudonym, sources }) => [
      pseudonym,
      sources.map(({ exchangeId }) => exchangeId).join(),
    ]),
  )

test.each([
  ['two pseudonyms are two persons', [A, B], { P: 'a', Q: 'b' }],
  ['reports under one pseudonym are one person, oldest first', [report('c', '3', 'P', {}), A], { P: 'a,c' }],
  ['a merger joins what was delivered before it', [A, B, notice('3', join('Q', 'P'))], { P: 'a,b' }],
  [
    'a merger inside an exchange counts as well',
    [A, report('b', '2', 'P', {}, { links: [] }), B],
    { P: 'a,b', Q: 'b' },
  ],
  [
    'a split undoes the merger for the mentions that it names',
    [notice('4', split('P', 'Q', 'b')), A, B, notice('3', join('Q', 'P'))],
    { P: 'a', Q: 'b' },
  ],
  [
    'a renewal does not touch what came after it',
    [A, notice('2', renew('P', 'R')), report('c', '3', 'P', {})],
    { R: 'a', P: 'c' },
  ],
])('of persons, %s', (_, read, expected) => {
  expect(namesOf(...read)).toEqual(expected)
})

test('a merger that arrives as a link of an exchange joins both', () => {
  const linked = report('b', '2', 'P', {}, { links: [{ ...join('Q', 'P'), type: 'merged' }] })
  expect(namesOf(report('q', '1', 'Q', {}), linked)).toEqual({ P: 'q,b' })
})

test.each([
  ['different values', { land: 'NG' }, { land: 'GH' }, true],
  ['the same value in other capitals and spaces', { naam: 'van  der Voorbeeld' }, { naam: 'Van der voorbeeld' }, false],
  ['lists of names in another order', { namen: ['a', 'b'] }, { namen: ['b', 'a'] }, true],
  [
    'an address whose members are in another order',
    { adres: { a: '1', b: '2' } },
    { adres: { b: '2', a: '1' } },
    false,
  ],
  ['free text that differs', { toelichting: 'x' }, { toelichting: 'y' }, false],
  ['values of different fields', { land: 'NG' }, { naam: 'x' }, false],
])('a conflict or none: %s', (_, first, second, isConflict) => {
  const read = [report('a', '1', 'P', first as Data), report('b', '2', 'P', second as Data)]
  const [person] = formPersons(read, new Set(['toelichting']))
  expect(person!.fields.some((field) => field.isConflict)).toBe(isConflict)
})
