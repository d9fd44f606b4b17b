import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IDENTIFIER_KINDS, type IdentifierKind, type IdentifierValue } from '../../src/model/identifier.ts'
import { readCanonicalAddress } from '../../src/pseudonym/canonicalise/address.ts'
import { CANONICALISATION_VERSION, canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'

/** With `canonical` accepted, with `evidence: false` accepted without a form, with `refused` refused. */
interface Vector {
  readonly kind: IdentifierKind
  readonly value: IdentifierValue
  readonly canonical?: string
  readonly evidence?: false
  readonly refused?: true
}

const { version, vectors }: { readonly version: number; readonly vectors: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('canonicalisation-vectors.json', import.meta.url), 'utf8'),
)

const TEXT_KINDS = IDENTIFIER_KINDS.filter((kind) => kind !== 'adres')
const canonicalOf = (kind: IdentifierKind, value: IdentifierValue): string | undefined => {
  const result = canonicalise(kind, value)
  return result.ok ? result.canonical : undefined
}

describe('canonicalise', () => {
  test('canonicalise is of the version of its vectors, which cover every kind', () => {
    expect(version).toBe(CANONICALISATION_VERSION)
    expect(new Set(vectors.map(({ kind }) => kind))).toEqual(new Set(IDENTIFIER_KINDS))
  })

  test.each(vectors.map((vector, row) => ({ row, ...vector })))(
    'canonicalise gives $kind of row $row its canonical form or refuses it',
    ({ kind, value, canonical, refused }) => {
      const result = canonicalise(kind, value)
      expect(result.ok ? { canonical: result.canonical } : { refused: true }).toEqual(
        refused ? { refused: true } : { canonical },
      )
    },
  )

  test('a refusal states in two languages what is wrong and how to correct it, without the value', () => {
    for (const { kind, value } of vectors) {
      const result = canonicalise(kind, value)
      if (result.ok) continue
      for (const sentence of [result.detail.nl, result.detail.en]) {
        expect(sentence).toMatch(/^\p{Ll}.+; .+[^.]$/u)
        for (const text of typeof value === 'string' ? [value] : Object.values(value)) {
          if (text.length > 2 && !WORDS_OF_OURS.has(text)) expect(sentence).not.toContain(text)
        }
      }
    }
  })

  test('canonicalise changes nothing when it is applied to its own result', () => {
    for (const { kind, canonical } of vectors) {
      if (canonical === undefined) continue
      expect(canonicalOf(kind, kind === 'adres' ? readCanonicalAddress(canonical) : canonical)).toBe(canonical)
    }
  })

  test('canonicalise gives the composed and the decomposed spelling of any text one form', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...LETTERS_OF_MANY_SCRIPTS), maxLength: 30 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...TEXT_KINDS), text, (kind, value) => {
        const expected = canonicalise(kind, value.normalize('NFC'))
        expect(canonicalise(kind, value)).toEqual(expected)
        expect(canonicalise(kind, value.normalize('NFD'))).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test('canonicalise is stable on any name and place it accepts', () => {
    const kind = fc.constantFrom('voornaam', 'achternaam', 'alias', 'geboorteplaats')
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...LETTERS_OF_MANY_SCRIPTS), maxLength: 30 }),
    )
    fc.assert(
      fc.property(kind, value, (kind, value) => {
        const canonical = canonicalOf(kind, value)
        fc.pre(canonical !== undefined)
        expect(canonicalOf(kind, canonical)).toBe(canonical)
      }),
      { numRuns: 1000 },
    )
  })

  test('canonicalise is stable on any address it accepts', () => {
    const part = fc.string({ unit: fc.constantFrom(...'abstrlnpwg 0129-,.ЖüÉ'), maxLength: 16 })
    fc.assert(
      fc.property(fc.record({ straat: part, huisnummer: part, postcode: part, plaats: part }), (address) => {
        const canonical = canonicalOf('adres', address)
        fc.pre(canonical !== undefined)
        expect(canonicalOf('adres', readCanonicalAddress(canonical))).toBe(canonical)
      }),
      { numRuns: 1000 },
    )
  })

  test('canonicalise makes no difference between upper and lower case in a name', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abzéøßĳŋłğışþ -'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(name, (value) => {
        // A dotless i has no upper case of its own outside Turkish, but both of its forms become i.
        expect(canonicalOf('voornaam', value.toUpperCase())).toBe(canonicalOf('voornaam', value))
      }),
    )
  })

  test('canonicalise makes no difference for characters that do not show', () => {
    const invisible = fc.constantFrom('\u200b', '\u200d', '\u2060', '\u00ad', '\ufeff', '\u202e', '\u2067', '\u034f')
    const accepted = vectors.filter(({ kind, canonical }) => canonical !== undefined && kind !== 'geboortedatum')
    fc.assert(
      fc.property(fc.constantFrom(...accepted), invisible, fc.nat(), ({ kind, value, canonical }, character, place) => {
        fc.pre(typeof value === 'string')
        const at = place % (value.length + 1)
        // Between the halves of one character there is no place for another.
        fc.pre(!/[\ud800-\udbff]$/.test(value.slice(0, at)))
        expect(canonicalOf(kind, value.slice(0, at) + character + value.slice(at))).toBe(canonical)
      }),
      { numRuns: 500 },
    )
  })
})

/** What a sentence says whatever was sent. */
const WORDS_OF_OURS: ReadonlySet<string> = new Set(['NLD'])

const LETTERS_OF_MANY_SCRIPTS = 'aeøŁİıßñçỤ̀ấŘéйҐїΐσΣάأَُاللهعىؤअिक़ไทย가각ガ゙が丽明אָבּეՀአ´\u034f\u200d -,('

describe('the eleven test of a BSN', () => {
  const weights = [9, 8, 7, 6, 5, 4, 3, 2]
  /** A fictional number, 9999 and five digits, when these eight digits have a ninth. */
  const bsn = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 })
    .map((digits) => [9, 9, 9, 9, ...digits])
    .map((digits) => ({ digits, check: digits.reduce((sum, digit, i) => sum + digit * weights[i]!, 0) % 11 }))
    .filter(({ check }) => check < 10)
    .map(({ digits, check }) => [...digits, check])

  test('the eleven test of a BSN passes every number whose weighted sum is a multiple of eleven', () => {
    fc.assert(fc.property(bsn, (digits) => canonicalOf('bsn', digits.join('')) === digits.join('')))
  })

  test('the eleven test of a BSN catches every single wrong digit', () => {
    const change = fc.tuple(bsn, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(change, ([digits, place, step]) => {
        const wrong = digits.with(place, (digits[place]! + step) % 10)
        return canonicalOf('bsn', wrong.join('')) === undefined
      }),
    )
  })

  test('the eleven test of a BSN catches every swap of two different neighbours', () => {
    fc.assert(
      fc.property(bsn, fc.integer({ min: 0, max: 7 }), (digits, place) => {
        fc.pre(digits[place] !== digits[place + 1])
        const swapped = digits.with(place, digits[place + 1]!).with(place + 1, digits[place]!)
        return canonicalOf('bsn', swapped.join('')) === undefined
      }),
    )
  })
})
