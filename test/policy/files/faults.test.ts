import { describe, expect, test } from 'vitest'
import { formatFault } from '../../../src/policy/files/fault.ts'
import { loadPolicySet, type PolicyText } from '../../../src/policy/files/load.ts'
import { faultsOf, ruleFile, words } from '../small-set.ts'

const basis = ruleFile(
  'grondslag',
  'wet-a',
  `  - id: een
    van: [politie]
    naar: [opvanghuis]
    doel: [registratie]
    over: [slachtoffer]
    als: [politietaak]
    als_niet: [minderjarig]
    beoordeling: [noodzaak]
    uitzondering: AVG 9 lid 2 onder a
    gegevens:
      verstrekken: [land, ziekte]
      generaliseren: {geboren: geboortejaar}
      koppelen: [naam]
    plichten:
      - {soort: bewaartermijn, dagen: 30, voor: ontvanger}
    uitleg: {nl: Omdat., en: Because.}
`,
)
const prohibition = ruleFile(
  'verbod',
  'verbod-b',
  `  - id: streep
    naar: [behalve:politie]
    als: [minderjarig]
    verbiedt: [naam, "klasse:gezondheid"]
    uitkomst: weglaten
    tenzij: [{als: [toestemming], beoordeling: [belang]}]
    uitleg: {nl: Omdat., en: Because.}
`,
)
const valid = [...words, basis, prohibition]

const VOC = 'woordenlijst'
const PAR = 'partijen'
const A = 'wet-a'
const B = 'verbod-b'

/** What may be wrong with `als_van`, in a rule of which `politie` is the sender. */
const SENDER_ROWS: readonly (readonly [value: string, column: number, message: string])[] = [
  ['{poltie: [toestemming]}', 15, 'partij `poltie` bestaat niet; bedoelde u `politie`?'],
  ['{"groep:opsporng": [toestemming]}', 15, 'groep `opsporng` bestaat niet; bedoelde u `opsporing`?'],
  ['{kmar: [toestemming]}', 15, 'partij `kmar` staat niet onder `van`; zet haar onder `van` of verwijder haar hier'],
  ['{politie: []}', 24, 'de lijst is leeg; vul hem of laat de sleutel weg'],
  ['{}', 14, '`als_van` noemt geen enkele partij; schrijf `{partij: [omstandigheid]}` of laat de sleutel weg'],
  ['[politie]', 14, 'hier staat een lijst in plaats van een groep sleutels'],
  ['{politie: toestemming}', 24, 'hier staat tekst in plaats van een lijst'],
  ['{politie: [toestemmng]}', 25, 'omstandigheid `toestemmng` bestaat niet; bedoelde u `toestemming`?'],
  ['{politie: [toestemming, toestemming]}', 38, '`toestemming` staat dubbel; verwijder er één'],
  ['{politie: [politietaak]}', 24, 'omstandigheid `politietaak` staat al onder `als`, voor elke afzender'],
  ['{politie: [minderjarig]}', 24, 'omstandigheid `minderjarig` moet hier zowel waar als onwaar zijn'],
]

/** One mutation a row: file, what is replaced by what, and the place and words of the fault that follows. */
const ROWS: readonly (readonly [file: string, from: string, to: string, place: string, message: string])[] = [
  // Keys
  [A, 'titel:', 'title:', '3:1', 'onbekende sleutel `title`; bedoelde u `titel`?'],
  [A, 'titel: Titel van wet-a\n', '', '1:1', 'sleutel `titel` ontbreekt; voeg `titel:` toe'],
  [
    A,
    'toelichting: Zomaar',
    'toelichting: Zomaar\ntitel: Weer',
    '9:1',
    'sleutel `titel` staat hier dubbel; verwijder hem hier of op regel 3',
  ],
  [A, '    over: [slachtoffer]', '    wie: [slachtoffer]', '14:5', 'onbekende sleutel `wie`'],
  [A, 'uitleg: {nl: Omdat., en: Because.}', 'uitleg: {nl: Omdat.}', '25:13', 'sleutel `en` ontbreekt'],
  [A, 'toelichting: Zomaar', '1: Zomaar', '8:1', 'een sleutel is tekst'],
  [A, 'voorbeelden:', 'voorbeeld:', '1:1', 'sleutel `voorbeelden` ontbreekt'],
  // Words
  [A, 'van: [politie]', 'van: [poltie]', '11:11', 'partij `poltie` bestaat niet; bedoelde u `politie`?'],
  [A, 'van: [politie]', 'van: [groep:opsporng]', '11:11', 'groep `opsporng` bestaat niet; bedoelde u `opsporing`?'],
  [A, 'van: [politie]', 'van: [groep:leeg]', '11:10', 'deze lijst noemt geen enkele partij'],
  [A, 'van: [politie]', 'van: []', '11:10', 'de lijst is leeg'],
  [
    A,
    'doel: [registratie]',
    'doel: [regstratie]',
    '13:12',
    'doel `regstratie` bestaat niet; bedoelde u `registratie`?',
  ],
  // Circumstances for one sender
  ...SENDER_ROWS.map(
    ([value, column, message]) =>
      [A, 'als: [politietaak]', `als: [politietaak]\n    als_van: ${value}`, `16:${column}`, message] as const,
  ),
  [
    A,
    'van: [politie]\n    naar: [opvanghuis]',
    'naar: [opvanghuis]\n    als_van: {politie: [toestemming]}',
    '10:5',
    'sleutel `van` ontbreekt; voeg `van:` toe',
  ],
  [A, 'doel: [registratie]', 'doel: [registratie, registratie]', '13:25', '`registratie` staat dubbel'],
  [A, 'over: [slachtoffer]', 'over: [dader]', '14:12', 'rol `dader` bestaat niet; kies uit `slachtoffer`, `verdachte`'],
  [
    A,
    'als: [politietaak]',
    'als: [politietak]',
    '15:11',
    'omstandigheid `politietak` bestaat niet; bedoelde u `politietaak`?',
  ],
  [
    A,
    'als_niet: [minderjarig]',
    'als_niet: [politietaak]',
    '16:5',
    'omstandigheid `politietaak` moet hier zowel waar als onwaar zijn',
  ],
  [A, 'beoordeling: [noodzaak]', 'beoordeling: [nood]', '17:19', 'beoordeling `nood` bestaat niet'],
  [A, 'verstrekken: [land,', 'verstrekken: [lnad,', '20:21', 'veld `lnad` bestaat niet; bedoelde u `land`?'],
  [A, 'koppelen: [naam]', 'koppelen: [land]', '22:18', 'veld `land` heeft geen `kenmerk` en kan niet koppelen'],
  [A, 'soort: bewaartermijn', 'soort: geheimhouding', '24:17', 'plicht `geheimhouding` bestaat niet'],
  [
    A,
    'soort: grondslag',
    'soort: vraag',
    '1:8',
    'soort `vraag` bestaat niet; kies uit `grondslag`, `verbod`, `waarborg`',
  ],
  // Shapes
  [A, 'van: [politie]', 'van: politie', '11:10', 'hier staat tekst in plaats van een lijst'],
  [
    A,
    'gegevens:\n      verstrekken: [land, ziekte]',
    'gegevens: [land]\n    uit:\n      verstrekken: [land, ziekte]',
    '19:15',
    'hier staat een lijst in plaats van een groep sleutels',
  ],
  [A, 'titel: Titel van wet-a', 'titel: 12', '3:8', 'hier staat een getal in plaats van tekst'],
  [A, 'titel: Titel van wet-a', 'titel: true', '3:8', 'hier staat waar of onwaar in plaats van tekst'],
  [A, 'titel: Titel van wet-a', 'titel:', '3:1', 'hier staat niets in plaats van tekst'],
  [A, 'id: wet-a', 'id: wet-b', '2:5', 'id `wet-b` is niet de naam van het bestand'],
  [A, '- id: een', '- id: Een!', '10:9', '`Een!` kan geen naam zijn'],
  [A, 'https://example.org/wet', 'http://example.org/wet', '6:24', 'dit is geen webadres'],
  // Dates
  [A, 'geldig: {vanaf: 2020-01-01}', 'geldig: {vanaf: 2020-02-30}', '7:17', 'dit is geen datum'],
  [
    A,
    'geldig: {vanaf: 2020-01-01}',
    'geldig: {vanaf: 2020-01-01, tot: 2020-01-01}',
    '7:29',
    '`tot` ligt niet na `vanaf`',
  ],
  [
    A,
    '    uitleg:',
    '    geldig: {vanaf: 2019-01-01}\n    uitleg:',
    '25:13',
    'de regel geldt buiten de periode van zijn bestand',
  ],
  // Treatments
  [
    A,
    'geboren: geboortejaar',
    'geboren: gemeente',
    '21:32',
    'niveau `gemeente` staat niet op de ladder van `geboren`; kies uit `maand`, `geboortejaar`',
  ],
  [A, 'geboren: geboortejaar', 'land: gemeente', '21:29', 'dit veld kan niet worden gegeneraliseerd'],
  [A, 'geboren: geboortejaar', 'gebroen: geboortejaar', '21:23', 'veld `gebroen` bestaat niet; bedoelde u `geboren`?'],
  [
    A,
    'verstrekken: [land,',
    'verstrekken: [geboren,',
    '21:7',
    'veld `geboren` wordt zowel verstrekt als gegeneraliseerd',
  ],
  [
    A,
    '    uitzondering: AVG 9 lid 2 onder a\n',
    '',
    '18:5',
    'veld `ziekte` is van klasse `gezondheid` en de regel noemt geen uitzondering van AVG 9',
  ],
  [A, 'AVG 9 lid 2 onder a', 'AVG 6', '18:19', 'veld `ziekte` is van klasse `gezondheid`'],
  [
    A,
    '[land, ziekte]',
    '[land, vonnis]',
    '18:19',
    'veld `vonnis` is van klasse `strafrechtelijk` en de regel noemt geen uitzondering van AVG 10',
  ],
  // Duties
  [A, 'dagen: 30, ', '', '24:9', 'sleutel `dagen` ontbreekt'],
  [A, 'dagen: 30', 'dagen: 0', '24:39', 'dit is geen heel getal binnen de grenzen'],
  [A, 'dagen: 30', 'dagen: 30, aantal: 2', '24:43', '`aantal` hoort niet bij plicht `bewaartermijn`'],
  [A, 'voor: ontvanger', 'voor: ontvangr', '24:49', 'wie `ontvangr` bestaat niet; bedoelde u `ontvanger`?'],
  // Prohibitions
  [B, '"klasse:gezondheid"', '"klasse:gezond"', '13:22', 'klasse `gezond` bestaat niet'],
  [B, 'uitkomst: weglaten', 'uitkomst: weglatn', '14:15', 'uitkomst `weglatn` bestaat niet; bedoelde u `weglaten`?'],
  [B, 'uitkomst: weglaten', 'uitkomst: generaliseren', '10:5', 'sleutel `generaliseren` ontbreekt'],
  [
    B,
    'uitkomst: weglaten',
    'uitkomst: generaliseren\n    generaliseren: {geboren: maand}',
    '15:5',
    'veld `naam` staat niet in zowel `verbiedt` als `generaliseren`',
  ],
  [
    B,
    'uitkomst: weglaten',
    'uitkomst: weglaten\n    generaliseren: {geboren: maand}',
    '15:5',
    '`generaliseren` hoort niet bij uitkomst `weglaten`',
  ],
  [
    B,
    'als: [toestemming], beoordeling: [belang]',
    '',
    '15:14',
    'een uitzondering zonder voorwaarde heft het verbod op',
  ],
  [B, 'als: [minderjarig]', 'beoordeling: [belang]', '12:5', 'onbekende sleutel `beoordeling`'],
  // Cases
  [
    A,
    'ja: [politietaak]',
    'ja: [minderjarig], nee: [minderjarig]',
    '29:7',
    'omstandigheid `minderjarig` is zowel `ja` als `nee`',
  ],
  [A, 'verklaard: [noodzaak]', 'grondslag: verbod-b', '27:134', 'grondslag `verbod-b` bestaat niet'],
  [A, '{besluit: geweigerd}', '{besluit: geweigerd, regel: twee}', '30:45', 'regel `twee` bestaat niet'],
  [A, '{besluit: geweigerd}', '{besluit: verstrekt, reden: verbod}', '30:38', 'besluit `verstrekt` heeft geen reden'],
  [
    A,
    '{besluit: geweigerd}',
    '{besluit: geweigerd, gegevens: {naam: weglaten}}',
    '30:49',
    'gevraagd veld `naam` bestaat niet',
  ],
  [A, '{besluit: geweigerd}', '{besluit: geweigerd, gegevens: {land: weg}}', '30:55', 'behandeling `weg` bestaat niet'],
  [A, '{besluit: geweigerd}', '{besluit: geweigerd, koppelen: [bsn]}', '30:49', 'gevraagd veld `bsn` bestaat niet'],
  [A, '    - naam: Iets\n      verwacht: {besluit: geweigerd}\n', '    []\n', '29:5', 'de lijst is leeg'],
  // Vocabulary
  [VOC, 'versie: 1', 'versie: nieuw', '1:9', 'dit is geen heel getal binnen de grenzen'],
  [
    VOC,
    '  opvang: {nl: Opvang, en: Shelter}',
    '  Opvang!: {nl: Opvang, en: Shelter}',
    '4:3',
    '`Opvang!` kan geen naam zijn',
  ],
  [VOC, 'loggen: {nl: Loggen', 'logen: {nl: Loggen', '19:3', 'plicht `logen` bestaat niet; bedoelde u `loggen`?'],
  [
    VOC,
    'ontvanger: opvanghuis',
    'ontvanger: opvanghuls',
    '25:33',
    'partij `opvanghuls` bestaat niet; bedoelde u `opvanghuis`?',
  ],
  [
    VOC,
    'velden:',
    '  tweede: {ontvanger: opvanghuis, doelen: [opvang], nl: X, en: X}\nvelden:',
    '26:43',
    'doel `opvang` van ontvanger `opvanghuis` valt al in domein `opvanghuis-alles`',
  ],
  [VOC, 'type: land', 'type: lant', '30:16', 'type `lant` bestaat niet; bedoelde u `land`?'],
  [VOC, 'klasse: gezondheid', 'klasse: gezond', '32:33', 'klasse `gezond` bestaat niet'],
  [VOC, 'kenmerk: achternaam', 'kenmerk: bijnaam', '27:55', 'kenmerk `bijnaam` bestaat niet'],
  [
    VOC,
    'kenmerk: achternaam',
    'kenmerk: email',
    '27:46',
    'kenmerk `email` past niet bij type `naam`; maak het type `email`',
  ],
  [
    VOC,
    'naam: {type: naam',
    'naam: {type: namen',
    '27:47',
    'kenmerk `achternaam` past niet bij type `namen`; maak het type `naam` of `tekst`',
  ],
  [
    VOC,
    'type: naam, klasse: identificerend, kenmerk: achternaam',
    'type: namen, klasse: identificerend, kenmerk: alias, ladder: [plaats]',
    '27:71',
    'een veld van type `namen` heeft geen ladder',
  ],
  [VOC, 'klasse: bsn, kenmerk: bsn', 'klasse: bsn, kenmerk: iban', '31:3', 'veld `bsn` is maar half een BSN'],
  [
    VOC,
    'type: woord, klasse: gewoon',
    'type: woord, klasse: gewoon, kenmerk: geslacht',
    '34:58',
    'een veld met kenmerk `geslacht` mist `vrouw` en `man`; noem de waarden `vrouw` en `man`',
  ],
  [
    VOC,
    'doelen: [registratie, opvang]',
    'doelen: [registratie, opvang], blokgrens: 1',
    '25:87',
    'dit is geen heel getal binnen de grenzen; schrijf een heel getal van 2 tot en met 1000',
  ],
  [
    VOC,
    'doelen: [registratie, opvang]',
    'doelen: [registratie, opvang], blokgrens: 1001',
    '25:87',
    'schrijf een heel getal van 2 tot en met 1000',
  ],
  [VOC, 'klasse: bsn', 'klasse: gewoon', '31:3', 'veld `bsn` is maar half een BSN'],
  [
    VOC,
    'ladder: [maand, geboortejaar]',
    'ladder: [geboortejaar, maand]',
    '28:97',
    'niveau `maand` is niet grover dan `geboortejaar`',
  ],
  [VOC, 'ladder: [maand, geboortejaar]', 'ladder: [gemeente]', '28:83', 'niveau `gemeente` bestaat niet'],
  [
    VOC,
    'type: land, klasse: gewoon',
    'type: land, klasse: gewoon, ladder: [werelddeel]',
    '30:47',
    'niveau `werelddeel` bestaat niet; kies uit `eu-of-daarbuiten`',
  ],
  [
    VOC,
    'type: tekst, klasse: gezondheid',
    'type: tekst, klasse: gezondheid, ladder: [land]',
    '32:53',
    'een veld van type `tekst` heeft geen ladder',
  ],
  [VOC, ', waarden: {arbeid: {nl: Arbeid, en: Labour}}', '', '34:9', 'sleutel `waarden` ontbreekt'],
  [
    VOC,
    'type: land, klasse: gewoon',
    'type: land, klasse: gewoon, waarden: {x: {nl: X, en: X}}',
    '30:38',
    'een veld van type `land` heeft geen `waarden`',
  ],
  // Parties
  [
    PAR,
    'groepen: [opsporing], toegang: ["exchange:submit"], oin',
    'groepen: [opspring], toegang: ["exchange:submit"], oin',
    '2:48',
    'groep `opspring` bestaat niet; bedoelde u `opsporing`?',
  ],
  [
    PAR,
    'toegang: ["inbox:read"]',
    'toegang: ["inbox:raed"]',
    '4:68',
    'toegang `inbox:raed` bestaat niet; bedoelde u `inbox:read`?',
  ],
  [PAR, '"00000001000000000001"', '1', '2:95', 'dit is geen OIN'],
]

const mutate = (file: string, from: string, to: string): readonly PolicyText[] =>
  valid.map(({ path, text }) => {
    if (!path.endsWith(`/${file}.yaml`)) return { path, text }
    if (!text.includes(from)) throw new Error(`nothing to replace in ${file}`)
    return { path, text: text.replace(from, to) }
  })

describe('a fault in one file', () => {
  test('the set that the mutations start from has no fault', () => {
    expect(faultsOf(valid)).toEqual([])
  })

  test.each(ROWS)('a fault in %s, `%s` made `%s`, is reported at %s: %s', (file, from, to, place, message) => {
    const faults = faultsOf(mutate(file, from, to))
    const prefix = `policies/${file}.yaml:${place}: `
    expect(faults.filter((fault) => fault.startsWith(prefix)).join('\n')).toContain(message)
  })

  test('a fault is reported in English too', () => {
    expect(faultsOf(mutate(A, 'van: [politie]', 'van: [poltie]'), 'en')).toEqual([
      'policies/wet-a.yaml:11:11: party `poltie` does not exist; did you mean `politie`?',
    ])
  })
})

describe('the faults of a set', () => {
  test('the faults of all files are reported at once, in the order of files and lines', () => {
    const broken = mutate(A, 'van: [politie]', 'van: [poltie]')
      .map(({ path, text }) => ({ path, text: text.replace('over: [slachtoffer]', 'over: [dader]') }))
      .map(({ path, text }) => ({ path, text: text.replace('als: [minderjarig]', 'als: [minderjarg]') }))
    expect(faultsOf(broken).map((fault) => fault.split(': ')[0])).toEqual([
      'policies/verbod-b.yaml:12:11',
      'policies/wet-a.yaml:11:11',
      'policies/wet-a.yaml:14:12',
    ])
  })

  test.each([
    ['woordenlijst.yaml', PAR],
    ['partijen.yaml', VOC],
  ])('a set without %s is refused with a fault that names it', (name, kept) => {
    const files = valid.filter(({ path }) => !path.endsWith(name))
    expect(files.some(({ path }) => path.includes(kept))).toBe(true)
    expect(faultsOf(files)).toEqual([`${name}:1:1: dit bestand ontbreekt; zet het bij de regelbestanden`])
  })

  test('an empty set is refused with a fault for both missing files', () => {
    expect(faultsOf([])).toHaveLength(2)
  })

  test.each([
    ['policies/Wet C.yaml', '`Wet C.yaml` kan geen regelbestand zijn'],
    ['policies/wet-c.yml', '`wet-c.yml` kan geen regelbestand zijn'],
    ['elders/wet-a.yaml', 'er is al een bestand `wet-a.yaml`'],
  ])('a file cannot be called %s', (path, message) => {
    const faults = faultsOf([...valid, { path, text: basis.text }])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(message)
  })

  test('two rules of a file cannot have one id', () => {
    const double = `${basis.text.slice(0, basis.text.indexOf('voorbeelden:'))}  - {id: een, gegevens: {verstrekken: [land]}, uitleg: {nl: A, en: A}}\n`
    const cases = basis.text.slice(basis.text.indexOf('voorbeelden:'))
    expect(faultsOf([...words, { path: basis.path, text: double + cases }])).toEqual([
      'policies/wet-a.yaml:26:10: `een` staat dubbel; verwijder er één',
    ])
  })
})

describe('a fault', () => {
  test('a fault quotes no control characters and no more than sixty characters of a word', () => {
    const loaded = loadPolicySet(mutate(A, 'van: [politie]', `van: ["${'\\u202e'}${'x'.repeat(500)}"]`))
    const texts = loaded.ok ? [] : loaded.faults.map((fault) => formatFault(fault))
    expect(texts).toHaveLength(2)
    for (const text of texts) {
      expect(text).not.toContain('\u202e')
      expect(text.length).toBeLessThan(250)
    }
  })
})
