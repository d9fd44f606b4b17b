import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import { COMMAND_GROUPS } from '../../src/cli/commands.ts'
import { loadPolicySet } from '../../src/policy/files/load.ts'
import { formatSchemas } from '../../src/policy/schema/schema.ts'

const page = readFileSync('policies/LEESMIJ.md', 'utf8')
const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped rule files have faults')
const schemas = JSON.stringify(formatSchemas(loaded.set))
const commands = new Set(COMMAND_GROUPS.flatMap((group) => group.commands.map(({ name }) => name)))

const quoted = [...new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!))]
const keys = quoted
  .flatMap((text) => /^([a-z_]+):/.exec(text)?.[1] ?? [])
  .filter((key) => !['groep', 'behalve'].includes(key))

describe('the page for lawyers', () => {
  test.each(keys)('the page for lawyers explains the key `%s:`, which a rule file can have', (key) => {
    expect(schemas).toContain(`"${key}":`)
  })

  test('the page for lawyers explains every key at the top of a rule file and every key of a rule', () => {
    const { properties } = formatSchemas(loaded.set).grondslag as { properties: Record<string, unknown> }
    const rules = JSON.parse(JSON.stringify(properties.regels)) as { items: { properties: Record<string, unknown> } }
    const expected = [...Object.keys(properties), ...Object.keys(rules.items.properties)]
    // The id and the kind are what the file name and the folder say.
    expect(expected.filter((key) => !keys.includes(key) && !['soort', 'id'].includes(key))).toEqual([])
  })

  test('the page for lawyers names only words that rules can use', () => {
    const words = quoted.flatMap((text) => /^(?:groep|behalve):.+|^[a-z]+(?:-[a-z]+)*$/.exec(text)?.[0] ?? [])
    const asKeys = new Set(['check', 'test', 'diff'])
    for (const word of words.filter((one) => !asKeys.has(one))) expect(schemas, word).toContain(`"${word}"`)
    for (const word of ['kmar', 'verkregen-in-politietaak']) expect(schemas, word).toContain(`"${word}"`)
  })

  test('the page for lawyers names only folders and files that exist, and every folder', () => {
    for (const text of quoted.filter((one) => /^[a-z-]+(\/|\.yaml)$/.test(one)))
      expect(existsSync(join('policies', text)), text).toBe(true)
    const folders = new Set(loaded.set.files.map(({ path }) => `${path.split('/')[1]}/`))
    expect([...folders].filter((folder) => !quoted.includes(folder))).toEqual([])
  })

  test('the page for lawyers names only commands that exist', () => {
    const named = [...page.matchAll(/npx sluis ([a-z]+ [a-z]+)/g)].map(([, name]) => name!)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !commands.has(name))).toEqual([])
  })
})
