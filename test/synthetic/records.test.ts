import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { identifiersOf } from '../../bench/people.ts'
import { canonicaliseBsn } from '../../src/pseudonym/canonicalise/numbers.ts'
import { CORRUPTIONS, PROFILES, RECORDS_PER_PERSON } from '../../src/synthetic/corruptions.ts'
import { createChance } from '../../src/synthetic/names/chance.ts'
import { ORIGINS } from '../../src/synthetic/names/origins.ts'
import { BSN_COUNT, bsnAt, dutchMobileAt, ibanAt } from '../../src/synthetic/numbers.ts'
import type { GeneratedPerson } from '../../src/synthetic/person.ts'
import { generatePopulation } from '../../src/synthetic/population.ts'
import { COLUMNS, type GeneratedRecord } from '../../src/synthetic/record.ts'
import { formatCsv, generateRecords } from '../../src/synthetic/records.ts'
import { runSluis } from '../cli/run-sluis.ts'

const records = [...generateRecords({ people: 5000, seed: 7 })]
const persons = [...generatePopulation(5000, 7)]
const corruptionsOf = ({ verminkingen }: GeneratedRecord) => verminkingen.split(';').filter((name) => name !== '')

describe('generated records', () => {
  test('generated records are the same on every machine for a seed', () => {
    const hash = createHash('sha256')
    for (const line of formatCsv(generateRecords({ people: 1000, seed: 1 }))) hash.update(`${line}\r\n`)
    expect(hash.digest('hex')).toBe('0f32c34f38f2e6e347c0f549bc99d14ca714fc6ebba59fc7984c02d24960f1d4')
  })

  test('generated records are others for another seed', () => {
    const [one] = generateRecords({ people: 10, seed: 1 })
    const [other] = generateRecords({ people: 10, seed: 2 })
    expect(one).not.toEqual(other)
  })

  test('generated records are about exactly as many people as asked for, one to five each, and numbered in order', () => {
    const counts = Map.groupBy(records, ({ persoon }) => persoon)
    expect(counts.size).toBe(5000)
    expect(new Set([...counts.values()].map(({ length }) => length))).toEqual(new Set([1, 2, 3, 4, 5]))
    expect(records.map(({ record }) => record)).toEqual(
      records.map((_, place) => `r${String(place + 1).padStart(7, '0')}`),
    )
  })

  test('generated records are in an order in which those of one person are apart', () => {
    const neighbours = records.filter(({ persoon }, place) => place > 0 && records[place - 1]!.persoon === persoon)
    expect(neighbours.length).toBeLessThan(records.length / 100)
  })

  test('generated records list the documented corruptions that were applied to them, and know no others', () => {
    const done = new Set(records.flatMap(corruptionsOf))
    expect(done).toEqual(new Set(Object.keys(CORRUPTIONS)))
  })

  test('generated records hold a name, and a value of the right form for date, number, sex and nationality', () => {
    const forms: Partial<Record<keyof GeneratedRecord, RegExp>> = {
      geboortedatum: /^(19\d\d|20[0-2]\d)-(0\d|1[0-2])-([0-2]\d|3[01])$/,
      nationaliteit: /^[A-Z]{2}$/,
      geslacht: /^(vrouw|man)$/,
      bsn: /^9999\d{5}$/,
      'v-nummer': /^\d{10}$/,
      documentnummer: /^[A-Z]\d{8}$/,
      telefoon: /^[+0][\d -]{8,16}$/,
      email: /^[a-z]+\.[a-z0-9]+@[a-z]+\.example$/,
      iban: /^NL\d{2}FICT\d{10}$/,
      postcode: /^\d{4} ?[A-Z]{2}$/,
    }
    for (const record of records) {
      expect(record.voornaam + record.achternaam, record.record).not.toBe('')
      for (const [column, form] of Object.entries(forms)) {
        const value = record[column as keyof GeneratedRecord]
        if (value !== '') expect(value, `${record.record} ${column}`).toMatch(form)
      }
    }
  })

  test('generated records hold nothing that the gateway would refuse', () => {
    for (const record of records.slice(0, 2000)) {
      expect(() => identifiersOf(record), record.record).not.toThrow()
    }
  })

  test('generated records name people in every script, with and without tussenvoegsel', () => {
    for (const script of ['Arabic', 'Cyrillic', 'Han']) {
      expect(
        records.some(({ achternaam }) => new RegExp(`\\p{Script=${script}}`, 'u').test(achternaam)),
        script,
      ).toBe(true)
    }
    expect(records.some(({ tussenvoegsel }) => tussenvoegsel === 'van der')).toBe(true)
  })
})

describe('a generated population', () => {
  test('a generated population has people of every origin, in about the shares that are given', () => {
    for (const { id, share } of ORIGINS) {
      const found = (100 * persons.filter(({ origin }) => origin.id === id).length) / persons.length
      expect(Math.abs(found - share), id).toBeLessThan(4)
    }
    expect(ORIGINS.reduce((sum, { share }) => sum + share, 0)).toBe(100)
  })

  test('a generated population has twins: same day, place, surname and address, and different V-numbers', () => {
    const twins = persons.filter((person, place) => place > 0 && isTwin(person, persons[place - 1]!))
    expect(twins.length).toBeGreaterThan(30)
    const withSharedName = twins.filter(({ number, given }) =>
      persons[number - 2]!.given.some((name) => given.includes(name)),
    )
    expect(withSharedName.length).toBeGreaterThan(5)
  })

  test('a generated population has telephone numbers that many people share, and document numbers that two do', () => {
    const many = [...generatePopulation(20_000, 3)]
    const byTelephone = Map.groupBy(many, ({ telephones }) => telephones.at(-1) ?? '')
    byTelephone.delete('')
    expect(Math.max(...[...byTelephone.values()].map(({ length }) => length))).toBeGreaterThan(25)
    const documents = many.flatMap(({ documentNumber }) => documentNumber ?? [])
    const shared = documents.length - new Set(documents).size
    expect(shared).toBeGreaterThan(0)
    expect(shared).toBeLessThan(40)
  })

  test('a generated population has no BSN twice, however many people there are', () => {
    const bsns = [...generatePopulation(30_000, 5)].flatMap(({ bsn }) => bsn ?? [])
    expect(bsns.length).toBeGreaterThan(8000)
    expect(new Set(bsns).size).toBe(bsns.length)
  })

  test('a generated population has many who are registered as born on the first of January', () => {
    const first = persons.filter(({ born: { month, day } }) => month === 1 && day === 1)
    expect(first.length).toBeGreaterThan(persons.length / 50)
    expect(first.length).toBeLessThan(persons.length / 5)
  })
})

function isTwin(one: GeneratedPerson, other: GeneratedPerson): boolean {
  return (
    one.born === other.born &&
    one.family === other.family &&
    one.birthplace === other.birthplace &&
    one.addresses[0] === other.addresses[0] &&
    (one.vNumber === undefined || one.vNumber !== other.vNumber)
  )
}

describe('generated numbers', () => {
  test('generated numbers are different for every n', () => {
    for (const numberAt of [bsnAt, dutchMobileAt, ibanAt]) {
      expect(new Set(Array.from({ length: BSN_COUNT }, (_, n) => numberAt(n))).size, numberAt.name).toBe(BSN_COUNT)
    }
  })

  test('generated BSNs are the whole test range that passes the eleven test', () => {
    expect(BSN_COUNT).toBe(9091)
    for (let n = 0; n < BSN_COUNT; n++) expect(canonicaliseBsn(bsnAt(n)).ok, String(n)).toBe(true)
  })
})

test('chance is even, and passes a test of independence of neighbours', () => {
  const chance = createChance(42)
  const cells = new Array<number>(256).fill(0)
  const draws = 256 * 400
  for (let draw = 0; draw < draws; draw++) cells[chance.below(16) * 16 + chance.below(16)]!++
  const chiSquare = cells.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)
  // 255 degrees of freedom: the mean is 255 and the standard deviation 22.6.
  expect(Math.abs(chiSquare - 255)).toBeLessThan(4 * 22.6)
})

test('the tables of corruptions contain shares', () => {
  for (const { share } of Object.values(CORRUPTIONS)) expect(share > 0 && share < 1).toBe(true)
  expect(PROFILES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  expect(RECORDS_PER_PERSON.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
})

describe('sluis linkage generate', () => {
  test('sluis linkage generate writes the same CSV to a file and to the terminal, every line with CR LF', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluis-generate-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'people.csv')
    expect(await runSluis(['linkage', 'generate', '--people', '600', '--to', file])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    const { stdout } = await runSluis(['linkage', 'generate', '--people', '600', '--seed', '1'])
    expect(readFileSync(file, 'utf8')).toBe(stdout)
    const lines = stdout.split('\r\n')
    expect(lines[0]).toBe(COLUMNS.join(','))
    expect(lines.at(-1)).toBe('')
    expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test.each([
    [[]],
    [['--people', '0']],
    [['--people', 'veel']],
    [['--people', '1000001']],
    [['--people', '10', '--seed', '-1']],
    [['--people', '10', '--seed', '4294967296']],
  ])('sluis linkage generate reports what is wrong about %j', async (args) => {
    const { code, stdout, stderr } = await runSluis(['linkage', 'generate', ...args])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('use: sluis linkage generate')
  })
})
