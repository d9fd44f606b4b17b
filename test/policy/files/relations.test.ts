import { describe, expect, test } from 'vitest'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { faultsOf, PARTIES, ruleFile, VOCABULARY } from '../small-set.ts'

const basis = ruleFile(
  'grondslag',
  'wet-a',
  '  - {id: een, gegevens: {verstrekken: [land]}, uitleg: {nl: Omdat., en: Because.}}\n',
)

/** The small vocabulary in which words have some keys more: those of a word follow its labels. */
function withKeys(keys: Readonly<Record<string, string>>) {
  const text = Object.entries(keys).reduce(
    (sofar, [word, more]) => sofar.replace(new RegExp(`^(  ${word}: \\{.*)\\}$`, 'm'), `$1, ${more}}`),
    VOCABULARY,
  )
  return [{ path: 'policies/woordenlijst.yaml', text }, { path: 'policies/partijen.yaml', text: PARTIES }, basis]
}

function load(keys: Readonly<Record<string, string>>) {
  const loaded = loadPolicySet(withKeys(keys))
  if (!loaded.ok) throw new Error('the rule files have faults')
  return loaded.set
}

const plain = load({})

describe('relations between words of the vocabulary', () => {
  test('relations are read, and each of two excluding words lists the other', () => {
    const { circumstances, assessments, fields } = load({
      minderjarig: 'sluit-uit: [noodzaak], volgt-uit-waarde: {veld: geboren, jonger-dan: 18}',
      politietaak: 'volgt-uit: [toestemming], volgt-uit-waarde: {veld: land, onwaar-bij: [NL, BE]}',
      belang: 'sluit-uit: [noodzaak]',
      geboren: 'grenzen: {niet-in-de-toekomst: ja, hoogstens-jaren-geleden: 130}',
    }).vocabulary
    expect(circumstances.get('minderjarig')).toMatchObject({
      excludes: ['noodzaak'],
      settledBy: { field: 'geboren', youngerThan: 18 },
    })
    expect(circumstances.get('politietaak')).toMatchObject({
      impliedBy: ['toestemming'],
      settledBy: { field: 'land', trueAt: [], falseAt: ['NL', 'BE'] },
    })
    expect(assessments.get('noodzaak')?.excludes).toEqual(['belang', 'minderjarig'])
    expect(assessments.get('belang')?.excludes).toEqual(['noodzaak'])
    expect(fields.get('geboren')?.limits).toEqual({ isPast: true, maxYearsAgo: 130 })
  })

  test.each<[keys: Record<string, string>, fault: RegExp]>([
    [{ minderjarig: 'volgt-uit: [tostemming]' }, /:12:192: .*`tostemming` bestaat niet; bedoelde u `toestemming`\?/],
    [{ minderjarig: 'volgt-uit: [noodzaak]' }, /omstandigheid `noodzaak` bestaat niet/],
    [{ minderjarig: 'sluit-uit: [registratie]' }, /omstandigheid of beoordeling `registratie` bestaat niet/],
    [{ minderjarig: 'sluit-uit: []' }, /de lijst is leeg/],
    [{ minderjarig: 'sluit-uit: [toestemming, toestemming]' }, /`toestemming` staat dubbel/],
    [{ minderjarig: 'sluit-uit: [minderjarig]' }, /`minderjarig` noemt zichzelf onder `sluit-uit`/],
    [{ minderjarig: 'volgt-uit: [minderjarig]' }, /`minderjarig` noemt zichzelf onder `volgt-uit`/],
    [{ noodzaak: 'volgt-uit: [belang]' }, /onbekende sleutel `volgt-uit`/],
    [{ slachtoffer: 'sluit-uit: [verdachte]' }, /onbekende sleutel `sluit-uit`/],
    [
      { minderjarig: 'volgt-uit: [toestemming]', toestemming: 'volgt-uit: [minderjarig]' },
      /`toestemming` en `minderjarig` volgen uit elkaar/,
    ],
    [
      { minderjarig: 'volgt-uit: [toestemming], sluit-uit: [toestemming]' },
      /`toestemming` kan nooit waar zijn: `(toestemming|minderjarig)` is dan zowel waar als onwaar/,
    ],
    [
      {
        minderjarig: 'volgt-uit: [toestemming]',
        politietaak: 'volgt-uit: [toestemming], sluit-uit: [minderjarig]',
      },
      /`toestemming` kan nooit waar zijn/,
    ],
    [{ minderjarig: 'volgt-uit-waarde: {veld: leeftijd, jonger-dan: 18}' }, /veld `leeftijd` bestaat niet/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: land, jonger-dan: 18}' }, /veld `land` is niet van type `datum`/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: geboren, jonger-dan: 0}' }, /geen heel getal binnen de grenzen/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: geboren}' }, /hier hoort één manier te staan/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: geboren, jonger-dan: 18, waar-bij: [x]}' }, /één manier/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: geboren, waar-bij: [x]}' }, /niet van type `woord` of `land`/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: vorm, waar-bij: [bouw]}' }, /waarde `bouw` bestaat niet/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: land, waar-bij: [nl]}' }, /`nl` is geen landcode/],
    [{ minderjarig: 'volgt-uit-waarde: {veld: land, waar-bij: [NL], onwaar-bij: [NL]}' }, /zowel waar als onwaar/],
    [
      {
        minderjarig: 'volgt-uit-waarde: {veld: geboren, jonger-dan: 18}',
        politietaak: 'volgt-uit-waarde: {veld: geboren, jonger-dan: 12}',
      },
      /`minderjarig` volgt niet uit `politietaak`, .*voeg toe: `volgt-uit: \[politietaak\]`/,
    ],
    [{ land: 'grenzen: {niet-in-de-toekomst: ja}' }, /veld `land` is geen datum/],
    [{ geboren: 'grenzen: {niet-in-de-toekomst: misschien}' }, /antwoord `misschien` bestaat niet/],
    [{ geboren: 'grenzen: {hoogstens-jaren-geleden: 1000}' }, /geen heel getal binnen de grenzen/],
    [{ geboren: 'grenzen: {niet-voor: [land]}' }, /datumveld `land` bestaat niet/],
    [{ geboren: 'grenzen: {niet-voor: [geboren]}' }, /`geboren` kan volgens `niet-voor` niet voor zichzelf liggen/],
  ])('%j is a fault at its place', (keys, fault) => {
    const faults = faultsOf(withKeys(keys))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^policies\/woordenlijst\.yaml:\d+:\d+: /)
    expect(faults[0]).toMatch(fault)
  })

  test.each<[keys: Record<string, string>]>([
    [{ minderjarig: 'sluit-uit: [noodzaak]' }],
    [{ minderjarig: 'volgt-uit: [toestemming]' }],
    [{ minderjarig: 'volgt-uit-waarde: {veld: geboren, jonger-dan: 18}' }],
    [{ minderjarig: 'volgt-uit-waarde: {veld: land, waar-bij: [NL]}' }],
    [{ geboren: 'grenzen: {niet-in-de-toekomst: ja}' }],
  ])('the policy hash changes with %j', (keys) => {
    expect(load(keys).policyHash).not.toBe(plain.policyHash)
  })

  test('it makes no difference to the policy hash which of two words says that they exclude each other', () => {
    expect(load({ minderjarig: 'sluit-uit: [noodzaak]' }).policyHash).toBe(
      load({ noodzaak: 'sluit-uit: [minderjarig]' }).policyHash,
    )
  })

  test('a vocabulary without relations keeps the policy hash that it had before there were any', () => {
    expect(plain.policyHash).toBe('8bdffabbc6337cffdedd07d9ad4bdc4f239f9bee3756bbd67b40462fa984acf2')
  })

  test('a circumstance that only the gateway establishes cannot follow from another', () => {
    const [words, ...others] = withKeys({ minderjarig: 'volgt-uit: [politietaak]' })
    const text = `${words!.text}gevolgen:
  identiteitsvraag: {soort: melding, betrokkene: ziekte, gegevens: vonnis, vraag: toestemming, antwoord: minderjarig}
`
    expect(faultsOf([{ ...words!, text }, ...others])).toEqual([
      expect.stringMatching(/omstandigheid `minderjarig` volgt uit iets anders, terwijl alleen Sluis haar vaststelt/),
    ])
  })
})
