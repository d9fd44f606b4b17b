import { describe, expect, test } from 'vitest'
import { canonicaliseIdentifiers } from '../../src/pseudonym/canonicalise/identifiers.ts'

describe('canonical identifiers', () => {
  test('canonical identifiers contain every value of a kind once, and none for a value that is no evidence', () => {
    const identifiers = { iban: ['NL91 ABNA 0417 1643 00', 'nl91abna0417164300'], geslacht: ['anders'] }
    expect(canonicaliseIdentifiers(identifiers)).toEqual({
      canonical: { iban: ['NL91ABNA0417164300'], geslacht: [] },
      faults: [],
    })
  })

  test('canonical identifiers come with a fault for every value that fails its check, by kind and position, without the value', () => {
    const { canonical, faults } = canonicaliseIdentifiers({
      bsn: ['999990638'],
      alias: ['Mo', 'Tony2'],
      geboortedatum: ['1990-02-31'],
    })
    expect(faults.map(({ kind, index }) => `${kind} ${index}`)).toEqual(['bsn 0', 'alias 1', 'geboortedatum 0'])
    expect(JSON.stringify(faults)).not.toMatch(/999990638|Tony|1990-02-31/)
    expect(canonical).toMatchObject({ bsn: [], geboortedatum: [] })
  })
})
