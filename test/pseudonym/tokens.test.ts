import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHex, formatUtf8, parseHex } from '../../src/encoding.ts'
import { frame } from '../../src/pseudonym/framing.ts'
import { deriveTokens, type Identifiers } from '../../src/pseudonym/tokens.ts'
import { testKeyring } from './fixtures.ts'

const keyring = testKeyring()

function tokensOf(identifiers: Identifiers, domain = 'comensha-registratie', epoch = 1): readonly string[] {
  const derived = deriveTokens(keyring, domain, epoch, identifiers)
  if (!derived.ok) throw new Error('expected tokens')
  return derived.tokens.map(formatHex)
}

const shared = (one: Identifiers, other: Identifiers) => {
  const known = new Set(tokensOf(one))
  return tokensOf(other).filter((token) => known.has(token)).length
}

const person = { voornaam: 'Maria', tussenvoegsel: 'van der', achternaam: 'Wiel', geboortedatum: '1990-05-17' } as const
const complete = { bsn: '999990639', 'v-nummer': '1234567890', documentnummer: 'SPEC12014', ...person } as const

describe('two reports about one person share a token', () => {
  const rows: readonly (readonly [string, Identifiers])[] = [
    ['the same names and date', person],
    ['name fields swapped', { ...person, voornaam: 'Wiel', achternaam: 'Maria' }],
    ['name fields swapped, tussenvoegsel along', { ...person, voornaam: 'van der Wiel', achternaam: 'Maria' }],
    [
      'tussenvoegsel in the family name',
      { voornaam: 'Maria', achternaam: 'van der Wiel', geboortedatum: '1990-05-17' },
    ],
    [
      'tussenvoegsel behind the family name',
      { voornaam: 'Maria', achternaam: 'Wiel, v.d.', geboortedatum: '1990-05-17' },
    ],
    ['no tussenvoegsel', { voornaam: 'Maria', achternaam: 'Wiel', geboortedatum: '1990-05-17' }],
    ['upper case and marks', { ...person, voornaam: 'MARÍA', achternaam: 'WIËL' }],
    ['a second given name', { ...person, voornaam: 'Anna Maria' }],
    ['a second family name', { ...person, achternaam: 'Wiel-Jansen' }],
    ['the full name in the given-name field', { ...person, voornaam: 'Maria van der Wiel' }],
    ['the full name in the family-name field', { ...person, achternaam: 'Maria van der Wiel' }],
    ['more evidence', complete],
  ]
  it.each(rows)('with %s', (_, other) => {
    expect(shared(person, other)).toBeGreaterThan(0)
    expect(shared(other, person)).toBeGreaterThan(0)
  })

  it.each([
    ['bsn', '9999.90.639'],
    ['v-nummer', '1234 567 890'],
    ['documentnummer', 'spec-12014'],
  ] as const)('with nothing but one %s in common', (kind, value) => {
    expect(shared(complete, { [kind]: value })).toBe(1)
  })
})

describe('two people share no token', () => {
  const rows: readonly (readonly [string, Identifiers, Identifiers])[] = [
    ['twins', person, { ...person, voornaam: 'Klara' }],
    [
      'twins with a double family name',
      { ...person, achternaam: 'Wiel-Jansen' },
      { ...person, voornaam: 'Klara', achternaam: 'Wiel-Jansen' },
    ],
    ['twins with the same initial', { ...person, voornaam: 'Maria A.' }, { ...person, voornaam: 'Anna A.' }],
    [
      'twins whose full names fill both fields',
      { ...person, voornaam: 'Maria Jansen Wiel', achternaam: 'Jansen Wiel' },
      { ...person, voornaam: 'Klara Jansen Wiel', achternaam: 'Jansen Wiel' },
    ],
    [
      'twins whose given names are not known yet',
      { ...person, voornaam: 'Baby Maria' },
      { ...person, voornaam: 'Baby Klara' },
    ],
    ['twin sisters with a marker of their sex', { ...person, voornaam: 'Thị Lan' }, { ...person, voornaam: 'Thị Hoa' }],
    ['namesakes of another day', person, { ...person, geboortedatum: '1990-05-18' }],
    ['people of one given name and day', person, { ...person, achternaam: 'Jansen' }],
    [
      'people with a particle in common',
      { ...person, achternaam: 'Ksar el Kebir' },
      { ...person, achternaam: 'Hout el Bahr' },
    ],
    [
      'people whose names are not known',
      { ...person, voornaam: 'Onbekend', achternaam: 'N.N.' },
      { ...person, voornaam: 'onbekend', achternaam: 'NN' },
    ],
  ]
  it.each(rows)('%s', (_, one, other) => {
    expect(shared(one, other)).toBe(0)
  })
})

describe('evidence that is too weak makes no token', () => {
  const { voornaam, achternaam, geboortedatum } = person
  const rows: readonly (readonly [string, Identifiers])[] = [
    ['nothing', {}],
    ['names without a date', { voornaam, achternaam }],
    ['a given name and a date', { voornaam, geboortedatum }],
    ['a family name and a date', { achternaam: 'Wiel Jansen', geboortedatum }],
    ['a date without a day', { voornaam, achternaam, geboortedatum: '1990-05-00' }],
    ['a year', { voornaam, achternaam, geboortedatum: '1990-00-00' }],
    ['a family name cut down to an initial', { voornaam, achternaam: 'de J.', geboortedatum }],
    ['an initial', { voornaam: 'M.', achternaam, geboortedatum }],
    ['the same name twice', { voornaam: 'Ali', achternaam: 'Ali', geboortedatum }],
    ['the same two names in both fields', { voornaam: 'Ali Hassan', achternaam: 'Hassan Ali', geboortedatum }],
    ['a telephone number and an e-mail address', { telefoon: '0612345678', email: 'maria@voorbeeld.nl' }],
  ]
  it.each(rows)('%s', (_, identifiers) => {
    expect(deriveTokens(keyring, 'test', 1, identifiers)).toEqual({ ok: true, tokens: [], isLinkable: false })
  })
})

describe('deriveTokens', () => {
  it('puts the strongest evidence first, whatever the order of the members', () => {
    const { bsn, 'v-nummer': vNumber, documentnummer } = complete
    const expected = [{ bsn }, { 'v-nummer': vNumber }, { documentnummer }, person].flatMap((part) => tokensOf(part))
    expect(tokensOf(complete)).toEqual(expected)
    expect(tokensOf(Object.fromEntries(Object.entries(complete).reverse()))).toEqual(expected)
  })

  it('puts the pair of the first-named parts first', () => {
    const names = { ...person, voornaam: 'Maria Anna', achternaam: 'Wiel Jansen' }
    expect(tokensOf(names)[0]).toBe(tokensOf(person)[0])
  })

  it('makes no BSN token unless a BSN is given', () => {
    const [bsnToken] = tokensOf({ bsn: complete.bsn })
    const { bsn: _, ...others } = complete
    expect(tokensOf(others)).not.toContain(bsnToken)
  })

  it('does not take one kind of number for another', () => {
    expect(shared({ 'v-nummer': '1234567890' }, { documentnummer: '1234567890' })).toBe(0)
  })

  it('stops at six given-name parts and four family-name parts', () => {
    const voornaam = 'Anna Berta Cora Dora Emma Frida Greta Hanna'
    const tokens = tokensOf({ ...person, voornaam, achternaam: 'Jansen Klaver Linde Molen Nagel Olm' })
    expect(tokens).toHaveLength(24)
    expect(new Set(tokens).size).toBe(24)
  })

  it('names every identifier that fails its check, and no value', () => {
    const derived = deriveTokens(keyring, 'test', 1, {
      bsn: '999990638',
      voornaam: 'Jan 2',
      geboortedatum: '1990-05-17',
    })
    expect(derived.ok).toBe(false)
    if (derived.ok) return
    expect(derived.faults.map(({ kind }) => kind)).toEqual(['bsn', 'voornaam'])
    expect(JSON.stringify(derived)).not.toMatch(/99999|Jan/)
  })

  it('refuses an epoch that the keyring does not hold', () => {
    expect(() => deriveTokens(keyring, 'test', 9, person)).toThrow(RangeError)
  })

  it('gives two domains, and two epochs of one domain, no token in common', () => {
    const spaces = fc.tuple(fc.string(), fc.string(), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    fc.assert(
      fc.property(spaces, ([domainA, domainB, epochA, epochB]) => {
        fc.pre(domainA !== domainB || epochA !== epochB)
        const known = new Set(tokensOf(complete, domainA, epochA))
        return tokensOf(complete, domainB, epochB).every((token) => !known.has(token))
      }),
    )
  })

  it('matches swapped name fields for any names', () => {
    const name = fc.array(fc.constantFrom('Anna', 'Bo', 'de', 'van der', 'Çelik', "O'Hara", 'J.', '王', 'Thi'), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(name, name, (given, family) => {
        const [voornaam, achternaam] = [given.join(' '), family.join(' ')]
        const { geboortedatum } = person
        const straight = { voornaam, achternaam, geboortedatum }
        fc.pre(tokensOf(straight).length > 0)
        return shared(straight, { voornaam: achternaam, achternaam: voornaam, geboortedatum }) > 0
      }),
    )
  })

  it('keeps its tokens from one release to the next', () => {
    expect(tokensOf({ bsn: complete.bsn, ...person })).toEqual([
      '29adbab70381a0d6431e53c3d7306a01ccbb1813ae1bc2ce19ff5fdc8c1efdfb',
      '7b7348bc5611a1afe33fa73e9ed14c84dae0b9fdce68c95b18379ea234e606ee',
    ])
  })
})

describe('frame', () => {
  it('gives no two lists the same bytes', () => {
    const list = fc.array(fc.string({ unit: fc.constantFrom('a', '\u0000', 'é'), maxLength: 3 }), { maxLength: 4 })
    fc.assert(
      fc.property(list, list, (one, other) => {
        expect(formatHex(frame(one)) === formatHex(frame(other))).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })
})

describe('the primitives', () => {
  it('compute HMAC-SHA-256 as RFC 4231 §4.2 and §4.3 do', () => {
    expect(formatHex(hmac(sha256, new Uint8Array(20).fill(0x0b), formatUtf8('Hi There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    )
    expect(formatHex(hmac(sha256, formatUtf8('Jefe'), formatUtf8('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  it('compute HKDF-SHA-256 as RFC 5869 appendix A.1 does', () => {
    const okm = hkdf(
      sha256,
      new Uint8Array(22).fill(0x0b),
      parseHex('000102030405060708090a0b0c'),
      parseHex('f0f1f2f3f4f5f6f7f8f9'),
      42,
    )
    expect(formatHex(okm)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865')
  })
})
