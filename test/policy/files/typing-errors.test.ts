import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PolicyFault } from '../../../src/policy/files/fault.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { parseYaml } from '../../../src/policy/files/yaml.ts'
import type { PolicyText } from '../../../src/policy/policy-set.ts'
import { faultsOf, ruleFile, SENTENCE, words } from '../small-set.ts'

const FILES = [
  'policies/waarborgen/waarborg-identiteit-na-navraag.yaml',
  'policies/avg/avg-toestemming-hulpchat.yaml',
  'policies/wpg/wpg-8-lid-2-navraag-emm.yaml',
]

const RULE = `  - id: een\n    als: [minderjarig]\n    gegevens: {verstrekken: [land]}\n    uitleg: ${SENTENCE}\n`
const file = ruleFile('grondslag', 'wet-a', RULE)

function faultsIn(text: string): readonly PolicyFault[] {
  const faults: PolicyFault[] = []
  parseYaml('a.yaml', text, faults)
  return faults
}

function loadFaults(files: readonly PolicyText[]): readonly PolicyFault[] {
  const loaded = loadPolicySet(files)
  return loaded.ok ? [] : loaded.faults
}

const ODD = 'this line is indented by an odd number of spaces'
const isText = (line: string) => /^ *[^ #]/.test(line)

type TypingError = (line: string) => string | undefined

/** One typing error in a line; undefined where the line does not have what it is about. */
const ERRORS: Readonly<Record<string, TypingError>> = {
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

const INDENTS: Readonly<Record<string, TypingError>> = {
  'one space too few': (line) => (line.startsWith(' ') && isText(line) ? line.slice(1) : undefined),
  'one space too many': (line) => (isText(line) ? ` ${line}` : undefined),
}

/** What a YAML text means: a space more or less in running text is no other meaning. */
const meaningOf = (text: string): string => JSON.stringify(parse(text)).replaceAll(/(?:\\n| )+/g, ' ')

describe('an indentation error in a shipped rule file', () => {
  // With these files, each of the three has no fault.
  const shared = ['woordenlijst', 'partijen', 'bronnen', 'avg/identiteitsvraag', 'avg/avg-toestemming-comensha'].map(
    (name) => ({ path: `policies/${name}.yaml`, text: readFileSync(`policies/${name}.yaml`, 'utf8') }),
  )
  const faultsAmongOthers = (path: string, text: string) =>
    loadFaults([...shared.filter((other) => other.path !== path), { path, text }]).filter(({ file }) => file === path)

  test.each(Object.entries(INDENTS).flatMap(([name, make]) => FILES.map((file) => [name, file, make] as const)))(
    '%s keeps the meaning or gives one fault at its line, at every line of %s',
    (_name, path, make) => {
      const whole = readFileSync(path, 'utf8')
      const meaning = meaningOf(whole)
      const lines = whole.split('\n')
      let unreadable = 0
      let readable = 0
      const wrong = lines.flatMap((line, index) => {
        const made = make(line)
        if (made === undefined) return []
        const text = lines.with(index, made).join('\n')
        let faults = faultsIn(text)
        if (faults.length > 0) unreadable += 1
        else {
          if (meaningOf(text) === meaning) return []
          // Items of a list that run together. They need the shipped words, which take long to load, so one in ten is read.
          if (readable++ % 10 > 0) return []
          faults = faultsAmongOthers(path, text)
        }
        const [fault] = faults
        const isFound = faults.length === 1 && fault!.line === index + 1 && fault!.message.en === ODD
        return isFound ? [] : [{ made, faults }]
      })
      expect(faultsAmongOthers(path, whole)).toEqual([])
      expect(wrong).toEqual([])
      expect(unreadable).toBeGreaterThan(20)
    },
  )
})

describe('a file that is indented otherwise', () => {
  /** The same file with levels of three spaces. */
  const widen = (text: string) =>
    text.replaceAll(/^ +/gm, (spaces) => ' '.repeat((spaces.length / 2) * 3)).replaceAll(/^( *)- /gm, '$1-  ')
  const wide = { ...file, text: widen(file.text) }

  test('a file with levels of three spaces loads when it has no fault', () => {
    expect(meaningOf(wide.text)).toBe(meaningOf(file.text))
    expect(wide.text).toMatch(/^ {3}-/m)
    expect(faultsOf([...words, wide])).toEqual([])
  })

  test('a file loads when one line is indented by a space more and means the same', () => {
    expect(faultsOf([...words, { ...file, text: file.text.replace('  - {citeer', '   - {citeer') }])).toEqual([])
  })

  test('a file with levels of three spaces has its own fault reported', () => {
    const faults = faultsOf([...words, { ...wide, text: wide.text.replace('[minderjarig]', '[minderjarrig]') }])
    expect(faults).toEqual([expect.stringContaining('omstandigheid `minderjarrig` bestaat niet')])
  })

  test('a file has its own fault reported when only running text has an odd number of spaces', () => {
    const text = file.text.replace('toelichting: Zomaar', 'toelichting: >\n  Zomaar\n   wat tekst')
    expect(faultsOf([...words, { ...file, text: text.replace('[minderjarig]', '[minderjarrig]') }])).toEqual([
      expect.stringContaining('omstandigheid `minderjarrig` bestaat niet'),
    ])
  })

  test('an odd line is reported in place of what follows from it, also in other files', () => {
    const [vocabulary, parties] = words
    const shifted = vocabulary!.text.replace('  loggen:', '   loggen:')
    expect(faultsOf([{ ...vocabulary!, text: shifted }, parties!, file])).toEqual([
      expect.stringMatching(/^policies\/woordenlijst\.yaml:\d+:1: deze regel springt een oneven aantal spaties in/),
    ])
  })
})

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
    ['als: [minderjarig]', 'als: []', '11:10: de lijst is leeg; vul hem of laat de sleutel weg'],
    ['als: [minderjarig]', 'als:', '11:5: de lijst is leeg; vul hem of laat de sleutel weg'],
    ['verstrekken: [land]', 'verstrekken: ', '12:16: de lijst is leeg; vul hem of laat de sleutel weg'],
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
    const unreadable = { ...file, text: file.text.replace('    als: ', '   als: ') }
    expect(faultsOf([...words, unreadable], 'en')).toEqual([
      `${file.path}:11:1: this line is indented by an odd number of spaces; add or remove one space: every level is indented by two spaces`,
    ])
  })
})
