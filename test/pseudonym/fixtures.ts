import { existsSync, readFileSync } from 'node:fs'
import type { Identifiers, IdentifierValue } from '../../src/model/identifier.ts'
import { secret } from '../../src/model/secret.ts'
import type { Keyring } from '../../src/ports/keys.ts'
import { type CanonicalIdentifiers, canonicaliseIdentifiers } from '../../src/pseudonym/canonicalise/identifiers.ts'
import { createKeyring, type KeyringMaterial, SERVED_USES } from '../../src/pseudonym/keyring.ts'

/** What the test keyrings are made from: the secret of epoch n is 32 bytes n. Known to everybody. */
export const testMaterial = (epochs: readonly number[] = [1, 2, 3]): KeyringMaterial => ({
  epochs: epochs.map((epoch) => ({
    epoch,
    created: '2026-11-22',
    uses: SERVED_USES,
    secret: secret(new Uint8Array(32).fill(epoch)),
  })),
})

/** A keyring whose epochs, three unless told otherwise, serve everything. */
export const testKeyring = (epochs?: readonly number[]): Keyring => createKeyring(testMaterial(epochs))

/** Canonical identifiers that are known to pass their checks. */
export function canonicalOf(identifiers: Identifiers): CanonicalIdentifiers {
  const { canonical, faults } = canonicaliseIdentifiers(identifiers)
  if (faults.length > 0) throw new Error(`identifiers: ${faults.map(({ kind }) => kind).join(', ')} fail their checks`)
  return canonical
}

const BRP = new URL('../../../shared/data/brp/', import.meta.url)
export const hasTestPersons = existsSync(new URL('test-persons.csv', BRP))

/** Codes of BRP table 32 that the test persons have, as ISO 3166-1; unknown and stateless are left out. */
const NATIONALITIES: Readonly<Record<string, string>> = {
  ...{ '0001': 'NL', '0034': 'UA', '0041': 'RU', '0044': 'LV', '0052': 'BE', '0055': 'DE', '0057': 'FR', '0059': 'GR' },
  ...{ '0060': 'GB', '0063': 'IS', '0068': 'MT', '0072': 'PL', '0073': 'PT', '0077': 'ES', '0100': 'DZ', '0140': 'ZA' },
  ...{ '0205': 'CR', '0263': 'SR', '0313': 'ID', '0315': 'IR', '0324': 'MV', '0339': 'TR' },
}
const SEXES: Readonly<Record<string, string>> = { M: 'man', V: 'vrouw', O: 'onbekend' }

export interface TestPerson {
  readonly line: number
  readonly identifiers: Identifiers
  /** As BRP table 34 writes it, in Dutch. */
  readonly countryOfBirth: string | undefined
}

/**
 * The fictional persons of the BRP test environment (RvIG, from the repository BRP-API/Haal-Centraal-BRP-bevragen), with the
 * line of the file each stands on. Absent values are left out; dates are written with hyphens, codes of places as their names.
 */
export function readTestPersons(): readonly TestPerson[] {
  const municipalities = readCodes('municipalities.csv')
  const countries = readCodes('countries.csv')
  const [header, ...rows] = readCsv('test-persons.csv')
  return rows.map((cells, index) => {
    const cell = (name: string) => cells[header!.indexOf(name)] ?? ''
    const values: Partial<Record<keyof Identifiers, IdentifierValue>> = {
      bsn: cell('bsn'),
      voornaam: cell('voornamen'),
      tussenvoegsel: cell('voorvoegsel'),
      achternaam: cell('geslachtsnaam'),
      geboortedatum: cell('geboortedatum').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
      geboorteplaats: municipalities.get(cell('geboorteplaats')) ?? cell('geboorteplaats'),
      nationaliteit: NATIONALITIES[cell('nationaliteit')] ?? '',
      geslacht: SEXES[cell('geslacht')] ?? '',
      adres:
        cell('straat') === ''
          ? ''
          : {
              straat: cell('straat'),
              huisnummer: cell('huisnummer'),
              postcode: cell('postcode'),
              plaats: cell('woonplaats'),
              land: 'NL',
            },
    }
    return {
      line: index + 2,
      identifiers: Object.fromEntries(
        Object.entries(values)
          .filter(([, value]) => value !== '')
          .map(([kind, value]) => [kind, [value]]),
      ),
      countryOfBirth: countries.get(cell('geboorteland')),
    }
  })
}

const readCodes = (name: string) => new Map(readCsv(name).map(([code, label]) => [code!, label!]))

const readCsv = (name: string): readonly (readonly string[])[] =>
  readFileSync(new URL(name, BRP), 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => unquote(cell!)))

const unquote = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
