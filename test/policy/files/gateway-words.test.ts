import { describe, expect, test } from 'vitest'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { faultsOf, loadSmall, PARTIES, ruleFile, VOCABULARY } from '../small-set.ts'

const EFFECTS = `gevolgen:
  terugkoppeling: registratie
  antwoordsoort: melding
  opvolging:
    soorten: [melding]
    groepen: [opsporing]
  identiteitsvraag:
    soort: melding
    betrokkene: ziekte
    gegevens: vonnis
    vraag: toestemming
    antwoord: minderjarig
`

const basis = ruleFile(
  'grondslag',
  'wet-a',
  '  - {id: een, gegevens: {verstrekken: [land]}, uitleg: {nl: Omdat., en: Because.}}\n',
)
const filesWith = (effects: string): readonly PolicyText[] => [
  { path: 'policies/woordenlijst.yaml', text: VOCABULARY + effects },
  { path: 'policies/partijen.yaml', text: PARTIES },
  basis,
]
function load(effects: string) {
  const loaded = loadPolicySet(filesWith(effects))
  if (!loaded.ok) throw new Error('the rule files have faults')
  return loaded.set
}

describe('the words that the gateway acts on', () => {
  test('the words that the gateway acts on come from the vocabulary', () => {
    expect(load(EFFECTS).vocabulary.gatewayWords).toEqual({
      feedbackPurpose: 'registratie',
      replyKind: 'melding',
      followUp: { kinds: ['melding'], groups: ['opsporing'] },
      identityQuestion: {
        kind: 'melding',
        subjectField: 'ziekte',
        fieldsField: 'vonnis',
        askedCircumstance: 'toestemming',
        answeredCircumstance: 'minderjarig',
      },
    })
  })

  test('a vocabulary without words for the gateway loads, and keeps the policy hash that it always had', () => {
    const set = loadSmall(basis)
    expect(set.vocabulary.gatewayWords).toBeUndefined()
    expect(load('').policyHash).toBe(set.policyHash)
  })

  test.each([
    ['terugkoppeling: registratie', 'terugkoppeling: opvang'],
    ['soorten: [melding]\n    groepen: [opsporing]', 'soorten: [melding]\n    groepen: [leeg]'],
    ['  antwoordsoort: melding\n', ''],
    ['vraag: toestemming', 'vraag: politietaak'],
  ])('the policy hash changes with `%s`', (from, to) => {
    expect(load(EFFECTS.replace(from, to)).policyHash).not.toBe(load(EFFECTS).policyHash)
  })

  test.each<[from: string, to: string, fault: RegExp]>([
    [
      'terugkoppeling: registratie',
      'terugkoppeling: registrati',
      /doel `registrati` bestaat niet; bedoelde u `registratie`/,
    ],
    ['[melding]', '[meldingen]', /soort `meldingen` bestaat niet/],
    ['[melding]', '[]', /lijst is leeg/],
    ['[opsporing]', '[opsporing, opsporing]', /`opsporing` staat dubbel/],
    ['    groepen: [opsporing]\n', '', /sleutel `groepen` ontbreekt/],
    ['betrokkene: ziekte', 'betrokkene: land', /gegeven `land` is geen tekst; kies een gegeven van type `tekst`/],
    ['antwoordsoort: melding', 'antwoordsoort: meldin', /soort `meldin` bestaat niet; bedoelde u `melding`/],
    ['antwoord: minderjarig', 'antwoord: minderjarigg', /omstandigheid `minderjarigg` bestaat niet/],
    ['    gegevens: vonnis\n', '', /sleutel `gegevens` ontbreekt/],
    ['terugkoppeling:', 'terugkoppelen:', /onbekende sleutel `terugkoppelen`; bedoelde u `terugkoppeling`/],
  ])('a vocabulary with `%s` replaced by `%s` is refused with the position and the fix', (from, to, fault) => {
    const faults = faultsOf(filesWith(EFFECTS.replace(from, to)))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^policies\/woordenlijst\.yaml:\d+:\d+: /)
    expect(faults[0]).toMatch(fault)
  })
})
