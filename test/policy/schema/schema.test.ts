import { existsSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import { staleSchemas } from '../../../src/cli/policy/schema-files.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { formatSchemas, type SchemaName } from '../../../src/policy/schema/schema.ts'
import { loadSmall, ruleFile, SENTENCE } from '../small-set.ts'

const folder = 'policies'
const texts = readPolicyFolder(folder)
const shipped = loadPolicySet(texts)

const nameOf = (path: string, content: { soort?: string }): string => content.soort ?? basename(path, '.yaml')

describe('the schemas of the shipped files', () => {
  test('the schemas accept every shipped file', () => {
    expect(shipped.ok).toBe(true)
    if (!shipped.ok) return
    const ajv = new Ajv({ strict: false, allErrors: true })
    const validators = new Map(
      Object.entries(formatSchemas(shipped.set)).map(([name, schema]) => [name, ajv.compile(schema)]),
    )
    for (const { path, text } of texts) {
      const content = parse(text) as { soort?: string }
      const validate = validators.get(nameOf(path, content))!
      expect(validate(content) ? [] : validate.errors, path).toEqual([])
    }
  })

  test('the shipped schemas are up to date, and every file names its schema', () => {
    if (!shipped.ok) return
    expect(existsSync(join(folder, 'schema')), 'run `sluis policy schema`').toBe(true)
    expect(staleSchemas(shipped.set, join(folder, 'schema'))).toEqual([])
    const without = texts.filter(({ path, text }) => {
      const name = nameOf(path, parse(text) as { soort?: string })
      const schema = relative(dirname(path), join(folder, 'schema', `${name}.json`))
      return !text.startsWith(`# yaml-language-server: $schema=${schema}\n`)
    })
    expect(without.map(({ path }) => path)).toEqual([])
  })
})

describe('a schema', () => {
  const schemas = formatSchemas(
    loadSmall(ruleFile('grondslag', 'wet-a', `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`)),
  )
  const ajv = new Ajv({ strict: false })
  const isFine = (name: SchemaName, content: unknown) => ajv.compile(schemas[name])(content) === true
  const file = (kind: 'grondslag' | 'verbod', rule: string, change: (text: string) => string = (text) => text) =>
    parse(change(ruleFile(kind, 'wet-a', `  - {${rule}, uitleg: ${SENTENCE}}\n`).text)) as unknown
  const good =
    'id: een, van: ["groep:opsporing", "behalve:kmar"], als: [toestemming], gegevens: {verstrekken: [land], generaliseren: {geboren: maand}}'

  test('a schema accepts what the loader accepts', () => {
    expect(isFine('grondslag', file('grondslag', good))).toBe(true)
    expect(isFine('verbod', file('verbod', 'id: p, verbiedt: ["klasse:bsn"], uitkomst: weglaten'))).toBe(true)
  })

  test.each([
    ['an unknown word', good.replace('toestemming', 'toesteming')],
    ['an unknown key', good.replace('als:', 'alss:')],
    ['an unknown field', good.replace('[land]', '[lnad]')],
    ['a level of another ladder', good.replace('maand', 'gemeente')],
    ['a rule without data', 'id: een, gegevens: {}'],
    ['a missing id', 'gegevens: {verstrekken: [land]}'],
    ['an empty list', good.replace('[land]', '[]')],
  ])('a schema marks %s', (_, rule) => {
    expect(isFine('grondslag', file('grondslag', rule))).toBe(false)
  })

  test('a schema marks another kind of file and an invalid date', () => {
    expect(isFine('verbod', file('grondslag', good))).toBe(false)
    expect(
      isFine(
        'grondslag',
        file('grondslag', good, (text) => text.replace('vanaf: 2020-01-01', 'vanaf: "1-1-2020"')),
      ),
    ).toBe(false)
  })
})
