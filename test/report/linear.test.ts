import { describe, expect, test } from 'vitest'
import { isUnknownValue } from '../../src/encoding/unknown-value.ts'
import { IDENTIFIER_KINDS } from '../../src/model/identifier.ts'
import { FIELD_TYPES } from '../../src/model/vocabulary.ts'
import { canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'
import { romaniseWord } from '../../src/pseudonym/canonicalise/words.ts'
import { findParts } from '../../src/pseudonym/match-parts.ts'
import { findFormFaults } from '../../src/report/field-form.ts'
import { createFieldSchema } from '../../src/report/field-value.ts'
import { createRedact } from '../../src/report/free-text.ts'
import { GENERALISATION_LEVELS, generalise } from '../../src/report/generalise.ts'
import { FIELD_SIZES, FREE_TEXT_SIZES, findSteep, TEXT_RUNS } from '../growth.ts'
import { vocabulary } from './vocabulary.ts'

const BARE = [['', '']] as const

/** Values of made-up persons, and values that are as long as they may be and nearly occur in many of the texts. */
const KNOWN = [
  ...['Maria', 'Fatima El Idrissi', 'Олена', '王小明', '+31612345678', '999990019', '1985-12-01', 'NXP12A345'],
  ...['a', 'a1', '1', 'A ', 'ж ', '王', '1 1 1 ', '王 '].flatMap((unit) => [
    unit.repeat(400 / unit.length),
    `${unit.repeat(20)}${unit.trim()}b`,
  ]),
]

describe('the time for a text grows no faster than the text', () => {
  test('of free text, with and without known values', { timeout: 120_000 }, async () => {
    const redacts = [createRedact([], romaniseWord), createRedact(KNOWN, romaniseWord)]
    for (const redact of redacts) expect(await findSteep(redact, TEXT_RUNS, BARE, FREE_TEXT_SIZES)).toEqual([])
  })

  test('of a known value that is searched for', { timeout: 120_000 }, async () => {
    const text = 'Maria 06 12345678 王小明 '.repeat(20)
    expect(await findSteep((value) => createRedact([value], romaniseWord)(text), TEXT_RUNS, BARE, FIELD_SIZES)).toEqual(
      [],
    )
  })

  const fields = [...vocabulary.fields.values()]
  test.each(FIELD_TYPES.filter((type) => fields.some((field) => field.type === type)))(
    'of a value of type %s',
    { timeout: 120_000 },
    async (type) => {
      const field = fields.find((known) => known.type === type)!
      const schema = createFieldSchema(field)
      const levels: readonly string[] =
        Object.entries(GENERALISATION_LEVELS).find(([known]) => known === type)?.[1] ?? []
      const read = (text: string) => {
        const value = type === 'namen' ? [text] : type === 'adres' ? addressOf(text) : text
        schema.safeParse(value)
        findFormFaults(field, value)
        isUnknownValue(text)
        for (const level of levels) generalise(field, level, value)
      }
      expect(await findSteep(read, TEXT_RUNS, BARE, type === 'tekst' ? FREE_TEXT_SIZES : FIELD_SIZES)).toEqual([])
    },
  )

  test.each(IDENTIFIER_KINDS)('of an identifier of kind %s', { timeout: 120_000 }, async (kind) => {
    const read = (text: string) => {
      const result = canonicalise(kind, kind === 'adres' ? addressOf(text) : text)
      if (result.ok && result.canonical !== undefined) findParts({ [kind]: [result.canonical] })
    }
    expect(await findSteep(read, TEXT_RUNS, BARE)).toEqual([])
    expect(await findSteep(read, TEXT_RUNS, BARE, FIELD_SIZES)).toEqual([])
  })
})

const ADDRESS_MEMBERS = ['straat', 'huisnummer', 'postcode', 'plaats', 'gemeente', 'land'] as const
const addressOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(ADDRESS_MEMBERS.map((member) => [member, text]))
