import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readKeyring } from '../../src/boot/key-files.ts'
import { parseSettings } from '../../src/boot/settings.ts'
import { formatKeyring } from '../../src/pseudonym/keyring-text.ts'
import { testMaterial } from '../pseudonym/fixtures.ts'

const canary = 'kanarie4711'

describe('SLUIS_KEYRING', () => {
  const parse = (text: string) => {
    const parsed = parseSettings({ SLUIS_KEYRING: text, SLUIS_DATA: 'a-folder-that-is-not-there' })
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    return parsed.settings
  }
  const read = (text: string) => {
    const { dataFolder: folder, keyring } = parse(text)
    return readKeyring({ folder, keyring })
  }

  test('SLUIS_KEYRING is the text of a keyring, and then no file is asked for', () => {
    expect(read(formatKeyring(testMaterial([1]))).epochs).toHaveLength(1)
  })

  test('SLUIS_KEYRING is a secret from the first moment', () => {
    const settings = parse(canary)
    for (const text of [
      inspect(settings, { depth: 9, showHidden: true }),
      JSON.stringify(settings),
      `${settings.keyring}`,
    ])
      expect(text).not.toContain(canary)
  })

  test.each([
    ['no JSON', canary],
    ['another form', JSON.stringify({ version: 2, epochs: canary })],
    ['a secret that is too short', JSON.stringify({ version: 2, epochs: [{ epoch: 1, uses: [], secret: canary }] })],
  ])('SLUIS_KEYRING with %s is named and not shown', (_, text) => {
    expect(() => read(text)).toThrow(/^setting SLUIS_KEYRING: keyring: /)
    expect(() => read(text)).not.toThrow(canary)
  })

  test('an empty SLUIS_KEYRING is refused: a platform that forgot it must not lead to a fresh keyring', () => {
    expect(parseSettings({ SLUIS_KEYRING: '' })).toMatchObject({ ok: false })
  })
})
