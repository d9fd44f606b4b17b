import { expect, test } from 'vitest'
import { findFormFaults } from '../../src/report/field-form.ts'
import { createFieldSchema } from '../../src/report/field-value.ts'
import { vocabulary } from './vocabulary.ts'

/** A value at the limit of its form, filled up to the limit of what may be sent with characters that do not count. */
const AT_BOTH_LIMITS: readonly [field: string, value: string][] = [
  ['voornaam', 'e\u0301'.repeat(200)],
  ['geboortedatum', `1985-12-01${'\u200b'.repeat(90)}`],
  ['nationaliteit', `NL${' '.repeat(98)}`],
  ['v-nummer', `${'1'.repeat(42)}${'\u00ad'.repeat(58)}`],
]

test.each(AT_BOTH_LIMITS)('a value of %s is read at its documented limit, and refused beyond it', (id, value) => {
  const field = vocabulary.fields.get(id)!
  const schema = createFieldSchema(field)
  expect(schema.safeParse(value).success).toBe(true)
  expect(findFormFaults(field, value)).toEqual([])
  expect(schema.safeParse(`${value}\u200b`).success).toBe(false)
})

test('a text longer than its form is refused where it is used, with the limit', () => {
  expect(findFormFaults(vocabulary.fields.get('voornaam')!, 'x'.repeat(201))[0]?.detail.en).toContain('1 to 200')
  expect(findFormFaults(vocabulary.fields.get('voornaam')!, 'x'.repeat(200))).toEqual([])
})
