import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatFault, type PolicyFault } from '../../../src/policy/files/fault.ts'
import { parseYaml } from '../../../src/policy/files/yaml.ts'
import { faultsOf, ruleFile, SENTENCE, words } from '../small-set.ts'

const FILES = [
  'policies/waarborgen/waarborg-identiteit-na-navraag.yaml',
  'policies/avg/avg-toestemming-comensha.yaml',
  'policies/wpg/wpg-8-lid-2-navraag-emm.yaml',
]

function faultsIn(text: string): readonly PolicyFault[] {
  const faults: PolicyFault[] = []
  parseYaml('a.yaml', text, faults)
  return faults
}

const isText = (line: string) => /^ *[^ #]/.test(line)

/** One typing error in a line; undefined where the line does not have what it is about. */
const ERRORS: Readonly<Record<string, (line: string) => string | undefined>> = {
  'one space too few': (line) => (line.startsWith(' ') && isText(line) ? line.slice(1) : undefined),
  'one space too many': (line) => (isText(line) ? ` ${line}` : undefined),
  'a tab': (line) => (line.startsWith('  ') ? line.replace('  ', '\t') : undefined),
  'a last quotation mark too few': (line) => (line.includes('"') ? line.replace(/"(?=[^"]*$)/, '') : undefined),
  'a first quotation mark too few': (line) => (line.includes('"') ? line.replace('"', '') : undefined),
  // A list that is opened on another line is reported where it opens.
  'a closing bracket too few': (line) => (/[[{].*[\]}]$/.test(line) ? line.slice(0, -1) : undefined),
}

describe('a typing error in a shipped rule file', () => {
  test.each(Object.entries(ERRORS).flatMap(([name, make]) => FILES.map((file) => [name, file, make] as const)))(
    '%s gives one fault at its line, at every line of %s',
    (_name, file, make) => {
      const lines = readFileSync(file, 'utf8').split('\n')
      const wrong = lines.flatMap((line, index) => {
        const made = make(line)
        if (made === undefined || made === line) return []
        const faults = faultsIn(lines.with(index, made).join('\n'))
        return faults.length === 1 && faults[0]!.line === index + 1 ? [] : [{ line: index + 1, made, faults }]
      })
      expect(wrong).toEqual([])
    },
  )
})

const RULE = `  - id: een\n    als: [minderjarig]\n    gegevens: {verstrekken: [land]}\n    uitleg: ${SENTENCE}\n`
const file = ruleFile('grondslag', 'wet-a', RULE)

describe('a typing error in a small rule file', () => {
  test.each([
    ['geldig: {', 'geldig {', '7:1: na `geldig` ontbreekt de dubbele punt; schrijf `geldig:` met een spatie erachter'],
    ['    gegevens: {', '    gegevens {', '12:34: dit is geen leesbare YAML'],
    ['titel: ', 'titel ', '3:1: een sleutel zonder dubbele punt'],
    [
      '    als: ',
      '   als: ',
      '11:1: deze regel springt een oneven aantal spaties in; zet er één spatie bij of haal er',
    ],
    ['[minderjarig]', '[minderjarig', '11:10: dit haakje wordt niet gesloten'],
    ['[minderjarig]', 'minderjarig]', '11:10: hier staat tekst in plaats van een lijst'],
    ['[minderjarig]', '["minderjarig]', '11:11: dit aanhalingsteken wordt niet gesloten'],
    ['titel: ', 'titel: "', '3:8: dit aanhalingsteken wordt niet gesloten'],
    ['Titel van wet-a', 'Titel van wet-a"', '3:8: het aanhalingsteken voor deze tekst ontbreekt'],
  ])('`%s` written as `%s` gives one fault', (from, to, expected) => {
    const faults = faultsOf([...words, { ...file, text: file.text.replace(from, to) }])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`${file.path}:${expected}`)
  })

  test('a file that cannot be read is reported alone, not once for each file that names it', () => {
    const naming = ruleFile(
      'waarborg',
      'waarborg-b',
      `  - {id: een, bij_grondslag: [wet-a], plichten: [{soort: loggen, voor: ontvanger}], uitleg: ${SENTENCE}}\n`,
    )
    const unreadable = { ...file, text: file.text.replace('    als: ', '   als: ') }
    expect(faultsOf([...words, unreadable, naming])).toEqual([expect.stringContaining(`${file.path}:11:1: `)])
  })

  test('a fault about indentation says in English how to fix it', () => {
    expect(formatFault(faultsIn('a:\n b: 1\n')[0]!, 'en')).toBe(
      'a.yaml:2:1: this line is indented by an odd number of spaces; add or remove one space: every level is indented by two spaces',
    )
  })
})
