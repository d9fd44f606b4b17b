import { existsSync, readFileSync } from 'node:fs'
import { createKeyring } from '../../src/pseudonym/keyring.ts'
import type { Identifiers } from '../../src/pseudonym/tokens.ts'
import { secret } from '../../src/secret.ts'

/** A keyring of three epochs whose secrets are known to everybody. */
export const testKeyring = () =>
  createKeyring({
    currentEpoch: 2,
    epochs: new Map([1, 2, 3].map((epoch) => [epoch, secret(new Uint8Array(32).fill(epoch))])),
  })

const TEST_PERSONS = new URL('../../../shared/data/brp/test-persons.csv', import.meta.url)
export const hasTestPersons = existsSync(TEST_PERSONS)

/**
 * The fictional persons of the BRP test environment (RvIG, from the repository BRP-API/Haal-Centraal-BRP-bevragen), with the
 * line of the file each stands on. Absent values are left out; dates are written with hyphens.
 */
export function readTestPersons(): readonly { readonly line: number; readonly identifiers: Identifiers }[] {
  const [header, ...rows] = readFileSync(TEST_PERSONS, 'utf8').trimEnd().split('\n')
  const columns = header!.split(',')
  return rows.map((row, index) => {
    const cells = [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => unquote(cell!))
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    const values = {
      bsn: cell('bsn'),
      voornaam: cell('voornamen'),
      tussenvoegsel: cell('voorvoegsel'),
      achternaam: cell('geslachtsnaam'),
      geboortedatum: cell('geboortedatum').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    }
    return {
      line: index + 2,
      identifiers: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
    }
  })
}

const unquote = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
