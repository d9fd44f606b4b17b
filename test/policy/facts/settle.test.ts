import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import { isYoungerThan, readDates } from '../../../src/policy/facts/dates.ts'
import { placesUnder, type StatedSubject, settleSubject } from '../../../src/policy/facts/settle.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'

const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped rule files have faults')
const { vocabulary } = loaded.set

const DAY = '2026-06-15'
const places = placesUnder('/dataSubjects/0')

const settle = (stated: Partial<StatedSubject>, day = DAY) =>
  settleSubject(vocabulary, { circumstances: {}, assessments: [], data: {}, ...stated }, day, places)

const settledBy = (data: StatedSubject['data'], day = DAY) =>
  Object.fromEntries(settle({ data }, day).follows.map(({ circumstance, isTrue }) => [circumstance, isTrue]))

const ages = (under12?: boolean, under16?: boolean, under18?: boolean) =>
  Object.fromEntries(
    Object.entries({ 'jonger-dan-12': under12, 'jonger-dan-16': under16, 'jonger-dan-18': under18 }).filter(
      ([, isTrue]) => isTrue !== undefined,
    ),
  )

describe('what a value settles', () => {
  test.each<[born: unknown, day: string, settles: ReturnType<typeof ages>]>([
    ['2020-01-01', DAY, ages(true, true, true)],
    ['2012-06-15', DAY, ages(false, true, true)],
    ['2014-06-15', DAY, ages(false, true, true)],
    ['2014-06-16', DAY, ages(true, true, true)],
    ['2010-06-15', DAY, ages(false, false, true)],
    ['2010-06-16', DAY, ages(false, true, true)],
    ['1985-12-01', DAY, ages(false, false, false)],
    // Born on a day that this year does not have: the years are full on 1 March.
    ['2012-02-29', '2028-02-28', ages(false, true, true)],
    ['2012-02-29', '2028-02-29', ages(false, false, true)],
    ['2008-02-29', '2026-02-28', ages(false, false, true)],
    ['2008-02-29', '2026-03-01', ages(false, false, false)],
    // Of an incomplete date only what is so on every day that it can be.
    ['2009-00-00', DAY, ages(false, false, true)],
    ['2010-00-00', DAY, ages(false, undefined, true)],
    ['2010-06-00', DAY, ages(false, undefined, true)],
    ['2010-05-00', DAY, ages(false, false, true)],
    ['2010-07-00', DAY, ages(false, true, true)],
    ['2026-00-00', DAY, ages(true, true, true)],
    ['2026-06-00', DAY, ages(true, true, true)],
    // As it was typed.
    ['２０２０-01-01', DAY, ages(true, true, true)],
    ['2020–01–01 ', DAY, ages(true, true, true)],
    // What cannot be read, or stands for unknown, settles nothing.
    ['2020-13-01', DAY, {}],
    ['2019-02-29', DAY, {}],
    ['01-01-2020', DAY, {}],
    ['1900-01-01', DAY, {}],
    ['1900-00-00', '2031-06-15', {}],
    ['0000-00-00', DAY, {}],
    ['onbekend', DAY, {}],
    [['2020-01-01'], DAY, {}],
  ])('a date of birth %j settles on %s %j', (born, day, settles) => {
    expect(settle({ data: { geboortedatum: born } }, day).faults).toEqual([])
    expect(settledBy({ geboortedatum: born }, day)).toEqual(settles)
  })

  test.each<[country: string, settles: Record<string, boolean>]>([
    ['NL', { vreemdeling: false }],
    [' nl', { vreemdeling: false }],
    ['NG', {}],
    ['XX', {}],
    ['onbekend', {}],
  ])('a nationality %j settles %j', (nationaliteit, settles) => {
    expect(settledBy({ nationaliteit })).toEqual(settles)
  })

  test('each fact says which field it follows from, and none contains the value', () => {
    const { follows } = settle({ data: { geboortedatum: '2020-03-07' } })
    expect(follows.map(({ circumstance, field }) => [circumstance, field])).toEqual([
      ['jonger-dan-12', 'geboortedatum'],
      ['jonger-dan-16', 'geboortedatum'],
      ['jonger-dan-18', 'geboortedatum'],
    ])
    expect(JSON.stringify(follows)).not.toContain('2020')
  })

  test('what is stated and also follows from a value is not listed again', () => {
    expect(settle({ circumstances: { 'jonger-dan-12': true }, data: { geboortedatum: '2020-03-07' } })).toMatchObject({
      circumstances: ages(true, true, true),
      follows: [{ circumstance: 'jonger-dan-16' }, { circumstance: 'jonger-dan-18' }],
      faults: [],
    })
  })
})

const circumstance = (word: string) => `/dataSubjects/0/circumstances/${word}`
const field = (id: string) => `/dataSubjects/0/data/${id}`

describe('what cannot be so', () => {
  test.each<[what: string, stated: Partial<StatedSubject>, pairs: readonly (readonly [string, string])[]]>([
    [
      'a word and a word',
      { circumstances: { 'jonger-dan-12': true, 'jonger-dan-16': false } },
      [[circumstance('jonger-dan-12'), circumstance('jonger-dan-16')]],
    ],
    [
      'a word and a value',
      { circumstances: { 'jonger-dan-16': false }, data: { geboortedatum: '2020-01-01' } },
      [[circumstance('jonger-dan-16'), field('geboortedatum')]],
    ],
    [
      'a word and part of a date',
      { circumstances: { 'jonger-dan-16': true }, data: { geboortedatum: '2009-00-00' } },
      [[circumstance('jonger-dan-16'), field('geboortedatum')]],
    ],
    [
      'a word and a nationality',
      { circumstances: { vreemdeling: true }, data: { nationaliteit: 'NL' } },
      [[circumstance('vreemdeling'), field('nationaliteit')]],
    ],
    [
      'an assessment and an assessment',
      { assessments: [{ word: 'passende-waarborgen-beoordeeld' }, { word: 'doorgifte-onmisbaar' }] },
      [['/dataSubjects/0/assessments/0', '/dataSubjects/0/assessments/1']],
    ],
    [
      'a period that ends before it begins',
      { data: { 'uitbuitingsperiode-begin': '2025-06-01', 'uitbuitingsperiode-einde': '2024-06-01' } },
      [[field('uitbuitingsperiode-begin'), field('uitbuitingsperiode-einde')]],
    ],
    [
      'a period that ends in a month before it begins',
      { data: { 'uitbuitingsperiode-begin': '2025-06-01', 'uitbuitingsperiode-einde': '2025-05-00' } },
      [[field('uitbuitingsperiode-begin'), field('uitbuitingsperiode-einde')]],
    ],
    [
      'a period that begins before birth',
      { data: { geboortedatum: '2005-02-01', 'uitbuitingsperiode-begin': '2005-01-00' } },
      [[field('geboortedatum'), field('uitbuitingsperiode-begin')]],
    ],
    [
      'a period that begins before anybody that young is born',
      { circumstances: { 'jonger-dan-12': true }, data: { 'uitbuitingsperiode-begin': '2010-00-00' } },
      [[circumstance('jonger-dan-12'), field('uitbuitingsperiode-begin')]],
    ],
  ])('%s that contradict each other are named at both places', (_, stated, pairs) => {
    const { faults } = settle(stated)
    expect(faults.map(({ code }) => code)).toEqual(
      pairs.flatMap(() => ['report-contradictory', 'report-contradictory']),
    )
    const named = faults.map(({ pointer, detail }) => [pointer, /`(.*)`/.exec(detail.en)?.[1]])
    expect(named.toSorted()).toEqual(
      pairs
        .flatMap(([one, other]) => [
          [one, other],
          [other, one],
        ])
        .toSorted(),
    )
  })

  test.each<[what: string, data: Record<string, string>]>([
    ['a period of one day', { 'uitbuitingsperiode-begin': '2025-06-01', 'uitbuitingsperiode-einde': '2025-06-01' }],
    [
      'a period within an unknown day',
      { 'uitbuitingsperiode-begin': '2025-06-20', 'uitbuitingsperiode-einde': '2025-06-00' },
    ],
    [
      'a period within an unknown month',
      { 'uitbuitingsperiode-begin': '2025-06-20', 'uitbuitingsperiode-einde': '2025-00-00' },
    ],
    ['an end without a beginning', { 'uitbuitingsperiode-einde': '2024-06-01' }],
    [
      'a beginning that cannot be read',
      { 'uitbuitingsperiode-begin': '2025-13-01', 'uitbuitingsperiode-einde': '2024-06-01' },
    ],
    [
      'a beginning that is unknown',
      { 'uitbuitingsperiode-begin': '0000-00-00', 'uitbuitingsperiode-einde': '2024-06-01' },
    ],
    ['today', { geboortedatum: DAY, 'datum-aangetroffen': DAY, 'datum-opvolging': DAY }],
    ['a month that is not over', { 'datum-aangetroffen': '2026-06-00' }],
    ['a birth 130 years ago', { geboortedatum: '1896-06-15' }],
    ['a day that systems fill in', { geboortedatum: '9999-12-31' }],
  ])('%s is possible', (_, data) => {
    expect(settle({ data }).faults).toEqual([])
  })

  test.each<[what: string, data: Record<string, string>]>([
    ['a birth tomorrow', { geboortedatum: '2026-06-16' }],
    ['a birth next month', { geboortedatum: '2026-07-00' }],
    ['a birth in 2031', { geboortedatum: '2031-00-00' }],
    ['a birth more than 130 years ago', { geboortedatum: '1896-06-14' }],
    ['an exploitation that is still to begin', { 'uitbuitingsperiode-begin': '2027-00-00' }],
    ['an exploitation that is still to end', { 'uitbuitingsperiode-einde': '2026-06-16' }],
    ['a finding of somebody next week', { 'datum-aangetroffen': '2026-06-22' }],
    ['a follow-up next week', { 'datum-opvolging': '2026-06-22' }],
  ])('%s is not possible', (_, data) => {
    const [id] = Object.keys(data)
    expect(settle({ data }).faults).toEqual([expect.objectContaining({ code: 'value-invalid', pointer: field(id!) })])
  })

  test('a date that cannot be settles nothing, and is the only fault', () => {
    const stated = { circumstances: { 'jonger-dan-16': false }, data: { geboortedatum: '2031-01-01' } }
    const settled = settle(stated)
    expect(settled.faults.map(({ pointer }) => pointer)).toEqual([field('geboortedatum')])
    expect(settled.follows.map(({ field }) => field)).toEqual([undefined])
  })

  test('an assessment of tomorrow is not possible, and one of today is', () => {
    const assessments = [
      { word: 'noodzaak', on: DAY },
      { word: 'noodzaak', on: '2026-06-16' },
    ]
    expect(settle({ assessments }).faults).toEqual([
      expect.objectContaining({ code: 'value-invalid', pointer: '/dataSubjects/0/assessments/1/on' }),
    ])
  })
})

const modernDay = fc
  .date({ min: new Date('1901-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the laws of incomplete dates', () => {
  const spanOf = (text: string) => readDates(vocabulary, { geboortedatum: text }).get('geboortedatum')!

  test('what an incomplete date settles is what every day that it can be settles', () => {
    fc.assert(
      fc.property(
        modernDay,
        modernDay,
        fc.integer({ min: 1, max: 130 }),
        fc.constantFrom(4, 7),
        (born, day, years, kept) => {
          const incomplete = born.slice(0, kept) + '-00-00'.slice(0, 10 - kept)
          const settled = isYoungerThan(spanOf(incomplete), years, day)
          if (settled !== undefined) expect(isYoungerThan(spanOf(born), years, day)).toBe(settled)
          const { first, last } = spanOf(incomplete)
          const ends = [first, last].map((end) => isYoungerThan(spanOf(end), years, day))
          expect(settled).toBe(ends[0] === ends[1] ? ends[0] : undefined)
        },
      ),
    )
  })

  test('nobody grows younger', () => {
    fc.assert(
      fc.property(modernDay, modernDay, modernDay, fc.integer({ min: 1, max: 130 }), (born, one, other, years) => {
        const [before, after] = [one, other].toSorted()
        const [was, is] = [before!, after!].map((day) => isYoungerThan(spanOf(born), years, day))
        expect(was === false && is === true).toBe(false)
      }),
    )
  })
})
