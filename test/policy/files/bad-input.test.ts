import { describe, expect, test } from 'vitest'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { faultsOf, ruleFile, words } from '../small-set.ts'

const rule = `  - id: een
    gegevens: {verstrekken: [land]}
    uitleg: {nl: Omdat., en: Because.}
`
const { text } = ruleFile('grondslag', 'wet-a', rule)

const load = (bad: string) => faultsOf([...words, { path: 'wet-a.yaml', text: bad }])

/** Each row is a file that must be refused with this as its first fault, and never by throwing. */
const ROWS: readonly (readonly [name: string, text: string, fault: string])[] = [
  ['an empty file', '', '1:1: het bestand is leeg'],
  ['only a comment', '# niets\n', '1:1: het bestand is leeg'],
  ['a list where a map is expected', '- a\n- b\n', '1:1: hier staat een lijst in plaats van een groep sleutels'],
  ['a scalar', '42', '1:1: hier staat een getal'],
  ['null', '~', '1:1: hier staat niets'],
  ['a lone CR', text.replace('\n', '\r'), '1:17: regeleinde CR zonder LF'],
  [
    'a tab after CRLF line endings',
    text.replace('    gegevens', '\tgegevens').replaceAll('\n', '\r\n'),
    '11:1: tab in de tekst',
  ],
  ['a tab', text.replace('    gegevens', '\tgegevens'), '11:1: tab in de tekst'],
  ['a NUL', text.replace('Zomaar', 'Zo\0maar'), '8:16: stuurteken in de tekst'],
  ['an escape character', text.replace('Zomaar', 'Zo\x1b[31m'), '8:16: stuurteken in de tekst'],
  ...['\u00ad', '\u200b', '\u200f', '\u202e', '\u2066', '\u061c', '\u{feff}'].map(
    (character) =>
      [
        `the invisible character ${character.charCodeAt(0).toString(16)}`,
        text.replace('Zomaar', `Zo${character}maar`),
        '8:16: een teken dat niemand ziet of dat tekst omdraait',
      ] as const,
  ),
  [
    'an escaped turn of the text',
    text.replace('Zomaar', '"Zo\\u202E"'),
    '8:14: de tekst bevat een stuurteken, een onzichtbaar teken of een half teken',
  ],
  ['a lone surrogate', text.replace('Zomaar', 'Zo\ud800'), '8:16: half teken'],
  [
    'an escaped lone surrogate',
    text.replace('Zomaar', '"Zo\\ud800"'),
    '8:14: de tekst bevat een stuurteken, een onzichtbaar teken of een half teken',
  ],
  [
    'an escaped NUL',
    text.replace('Zomaar', '"Zo\\0"'),
    '8:14: de tekst bevat een stuurteken, een onzichtbaar teken of een half teken',
  ],
  ['more than a mebibyte', `${text}#${'x'.repeat(2 * 1024 * 1024)}`, '1:1: het bestand is groter dan 1 MiB'],
  ['a mebibyte of two-byte characters', `${text}#${'é'.repeat(600_000)}`, '1:1: het bestand is groter dan 1 MiB'],
  ['an anchor', text.replace('Zomaar', '&x Zomaar'), '8:17: een anker (`&`) mag niet'],
  ['an unresolved alias', text.replace('Zomaar', '*x'), '8:14: een verwijzing (`*`) mag niet'],
  ['a merge key', text.replace('toelichting:', '<<: {a: b}\ntoelichting:'), '8:1: onbekende sleutel `<<`'],
  ['a known tag', text.replace('Zomaar', '!!str 12'), '8:20: een type-aanduiding (`!`) mag niet'],
  ['an unknown tag', text.replace('Zomaar', '!!js/function x'), '8:28: een type-aanduiding (`!`) mag niet'],
  ['a version directive', `%YAML 1.1\n---\n${text}`, '1:1: een YAML-richtlijn (`%`) mag niet'],
  ['a tag directive', `%TAG ! tag:example.org,2000:\n---\n${text}`, '1:1: een YAML-richtlijn (`%`) mag niet'],
  ['two documents', `${text}---\n${text}`, '18:1: meer dan één document in het bestand'],
  ['a map as key', `? {a: b}\n: c\n${text}`, '1:3: een sleutel is tekst'],
  ['a key that is null', text.replace('toelichting:', '~:'), '8:1: een sleutel is tekst'],
  ['a prototype key', text.replace('toelichting:', '__proto__:'), '1:1: sleutel `toelichting` ontbreekt'],
  ['an open bracket', text.replace('[land]', '[land'), '11:29: dit haakje wordt niet gesloten'],
  ['an open quotation mark', text.replace('Zomaar', '"Zomaar'), '8:14: dit aanhalingsteken wordt niet gesloten'],
  ['two colons on a line', text.replace('Zomaar', 'a: b'), '8:14: twee dubbele punten op één regel'],
  ['a reserved character', text.replace('Zomaar', '@x'), '8:14: tekst begint met een voorbehouden teken'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'te diep genest'],
  ['a hundred thousand dashes', '- '.repeat(100_000), 'te diep genest'],
  ['thirty levels', `${'[ '.repeat(30)}${'] '.repeat(30)}`, 'te diep genest'],
  ['numbers that are not finite', text.replace('Zomaar', '.inf'), '8:14: hier staat een getal in plaats van tekst'],
]

describe('a malformed rule file', () => {
  test('the file that the mutations start from has no fault', () => {
    expect(load(text)).toEqual([])
  })

  test.each(ROWS)('a file with %s is refused with a fault', (_, bad, fault) => {
    expect(load(bad).join('\n')).toContain(fault)
  })

  test('a bomb of aliases is refused without being expanded', () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) =>
        `l${i}: &l${i} [${Array(9)
          .fill(`*l${i - 1}`)
          .join(', ')}]`,
    )
    const faults = load(`l: &l-1 x\n${levels.join('\n')}\n`)
    expect(faults.filter((fault) => fault.includes('een anker'))).not.toHaveLength(0)
    expect(faults.length).toBeLessThan(1000)
  })

  test('an unreadable file is reported together with the faults of the other files', () => {
    const faults = faultsOf([...words, { path: 'wet-a.yaml', text: 'a: [' }, { path: 'wet-b.yaml', text: 'soort: x' }])
    expect(new Set(faults.map((fault) => fault.split(':')[0]))).toEqual(new Set(['wet-a.yaml', 'wet-b.yaml']))
  })

  test.each(['woordenlijst', 'partijen'])('a set whose %s.yaml cannot be read is refused', (name) => {
    const files = words.map((file) => (file.path.includes(name) ? { ...file, text: '[' } : file))
    const faults = faultsOf([...files, { path: 'wet-a.yaml', text }])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`policies/${name}.yaml:1:1:`)
  })
})

describe('every member of a rule file', () => {
  const values = ['12', 'true', '~', '[]', '{}', '[[]]', '[1]', '{a: 1}', '""', 'x', '"\\u0000"', '2024-13-45', '1e999']
  const paths = [...words, { path: 'wet-a.yaml', text }].flatMap((file) =>
    [...file.text.matchAll(/: (?=[^ \n])/g)].map(({ index }) => ({ file, start: index + 2 })),
  )

  test('the loader never throws, whatever value a member of a rule file has', () => {
    for (const { file, start } of paths) {
      const line = file.text.indexOf('\n', start)
      for (const value of values) {
        const mutated = { ...file, text: file.text.slice(0, start) + value + file.text.slice(line) }
        const files = [...words, { path: 'wet-a.yaml', text }].map((other) =>
          other.path === file.path ? mutated : other,
        )
        expect(() => faultsOf(files)).not.toThrow()
      }
    }
  })
})

test.each([
  ['a byte order mark', `\uFEFF${text}`],
  ['CRLF line endings', text.replaceAll('\n', '\r\n')],
  ['both', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  [
    'typographic quotation marks around values',
    text
      .replace('titel: Titel van wet-a', 'titel: “Titel van wet-a”')
      .replace('[land]', '[“land”]')
      .replace('id: wet-a', 'id: ‘wet-a’'),
  ],
])('a rule file with what a word processor or Windows adds is read: %s', (_, other) => {
  const read = (content: string) => {
    const loaded = loadPolicySet([...words, { path: 'wet-a.yaml', text: content }])
    return loaded.ok ? [loaded.set.policyHash, loaded.set.files.map(({ title }) => title)] : loaded.faults
  }
  expect(other).not.toBe(text)
  expect(read(other)).toEqual(read(text))
})
