import countries from 'i18n-iso-countries'
import dutchNames from 'i18n-iso-countries/langs/nl.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import type { IdentifierKind, Identifiers, IdentifierValue } from '../../src/model/identifier.ts'
import { canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'
import { canonicaliseIdentifiers } from '../../src/pseudonym/canonicalise/identifiers.ts'
import { weighEvidence } from '../../src/pseudonym/evidence.ts'
import { deriveMatchKeys } from '../../src/pseudonym/match-keys.ts'
import { hasTestPersons, readTestPersons, testKeyring } from './fixtures.ts'

describe.skipIf(!hasTestPersons)('the BRP test persons (skipped when ../shared/data/brp is absent)', () => {
  test('the BRP test persons all canonicalise, but for the fields named here', () => {
    const accepted: Partial<Record<IdentifierKind, number>> = {}
    const refused: string[] = []
    for (const { line, identifiers } of readTestPersons()) {
      for (const [kind, values] of Object.entries(identifiers) as [IdentifierKind, IdentifierValue[]][]) {
        if (values.every((value) => canonicalise(kind, value).ok)) accepted[kind] = (accepted[kind] ?? 0) + 1
        else refused.push(`line ${line}: ${kind}`)
      }
    }
    expect(refused).toEqual([
      'line 82: bsn',
      'line 148: achternaam',
      'line 190: voornaam',
      'line 197: voornaam',
      // Codes of municipalities that table 33 does not have.
      'line 251: geboorteplaats',
      'line 255: geboorteplaats',
    ])
    expect(accepted).toEqual({
      bsn: 346,
      voornaam: 340,
      tussenvoegsel: 84,
      achternaam: 346,
      geboortedatum: 347,
      geboorteplaats: 345,
      nationaliteit: 310,
      geslacht: 346,
      adres: 303,
    })
  })

  test('the BRP test persons were born in places and countries that canonicalise, where the country still exists', () => {
    countries.registerLocale(dutchNames)
    const born = readTestPersons().flatMap(({ line, identifiers, countryOfBirth }) => {
      const land = countries.getAlpha2Code(countryOfBirth ?? '', 'nl')
      const [plaats] = identifiers.geboorteplaats ?? []
      return land === undefined || typeof plaats !== 'string'
        ? []
        : [{ line, isOk: canonicalise('adres', { plaats, land }).ok }]
    })
    expect(born.filter(({ isOk }) => !isOk).map(({ line }) => line)).toEqual([251, 255])
    expect(born.length).toBeGreaterThan(300)
  })

  // Made to resemble each other: but for a letter or a second given name, two pairs are the same in all but number.
  test('the BRP test persons are linked with nobody else without a number, but for four pairs of lines that hold nearly the same', async () => {
    const keyring = testKeyring()
    const known = await Promise.all(
      readTestPersons().map(async ({ line, identifiers }) => {
        const { canonical, faults } = canonicaliseIdentifiers(withoutBsn(identifiers))
        const { tokens } = await deriveMatchKeys(keyring, 'test', 1, canonical)
        return { line, tokens: faults.length === 0 ? tokens : [] }
      }),
    )
    const linked = known.flatMap((one, position) =>
      known
        .slice(position + 1)
        .filter((other) => weighEvidence(one.tokens, other.tokens, () => false).verdict === 'automatic')
        .map((other) => `${one.line} and ${other.line}`),
    )
    expect(linked).toEqual(['8 and 23', '65 and 176', '81 and 82', '113 and 132'])
  })
})

const withoutBsn = (identifiers: Identifiers): Identifiers =>
  Object.fromEntries(Object.entries(identifiers).filter(([kind]) => kind !== 'bsn'))
