import { formatFault } from '../../src/policy/files/fault.ts'
import { loadPolicySet, type PolicySet, type PolicyText } from '../../src/policy/files/load.ts'

/** A rule set that is small enough to know by heart: two bases, one file of prohibitions, made-up law. */

export const VOCABULARY = `versie: 1
doelen:
  registratie: {nl: Registratie, en: Registration}
  opvang: {nl: Opvang, en: Shelter}
soorten:
  melding: {nl: Melding, en: Report}
rollen:
  slachtoffer: {nl: Slachtoffer, en: Victim}
  verdachte: {nl: Verdachte, en: Suspect}
omstandigheden:
  toestemming: {nl: Toestemming gegeven, en: Consent given, vraag: {nl: "Is toestemming gegeven?", en: "Was consent given?"}, weet: [betrokkene]}
  minderjarig: {nl: De persoon is minderjarig., en: The person is a minor., vraag: {nl: "Is de persoon minderjarig?", en: "Is the person a minor?"}, weet: [afzender, betrokkene]}
  politietaak: {nl: Uit de politietaak, en: From the police task, vraag: {nl: "Komt het uit de politietaak?", en: "Is it from the police task?"}, weet: [afzender]}
beoordelingen:
  noodzaak: {nl: Noodzaak gewogen, en: Necessity weighed, vraag: {nl: "Is het nodig?", en: "Is it needed?"}, weet: [afzender]}
  belang: {nl: Belang gewogen, en: Interest weighed, vraag: {nl: "Is het belang gewogen?", en: "Was the interest weighed?"}, weet: [officier-van-justitie]}
plichten:
  bewaartermijn: {nl: Bewaartermijn, en: Retention}
  loggen: {nl: Loggen, en: Log}
  vier-ogen: {nl: Vier ogen, en: Four eyes}
groepen:
  opsporing: {nl: Opsporing, en: Investigation}
  leeg: {nl: Niemand, en: Nobody}
domeinen:
  opvanghuis-alles: {ontvanger: opvanghuis, doelen: [registratie, opvang], nl: Opvanghuis, en: Shelter}
velden:
  naam: {type: naam, klasse: identificerend, kenmerk: achternaam, nl: Naam, en: Name}
  geboren: {type: datum, klasse: identificerend, kenmerk: geboortedatum, ladder: [maand, geboortejaar], nl: Geboren, en: Born}
  plaats: {type: adres, klasse: gewoon, ladder: [plaats, gemeente, land], nl: Plaats, en: Place}
  land: {type: land, klasse: gewoon, nl: Land, en: Country}
  bsn: {type: nummer, klasse: bsn, kenmerk: bsn, nl: BSN, en: BSN}
  ziekte: {type: tekst, klasse: gezondheid, nl: Ziekte, en: Illness}
  vonnis: {type: tekst, klasse: strafrechtelijk, nl: Vonnis, en: Sentence}
  vorm: {type: woord, klasse: gewoon, waarden: {arbeid: {nl: Arbeid, en: Labour}}, nl: Vorm, en: Form}
`

export const PARTIES = `partijen:
  politie: {nl: Politie, en: Police, groepen: [opsporing], toegang: ["exchange:submit"], oin: "00000001000000000001"}
  kmar: {nl: KMar, en: Marechaussee, groepen: [opsporing], toegang: ["exchange:submit"]}
  opvanghuis: {nl: Opvanghuis, en: Shelter, groepen: [], toegang: ["inbox:read"]}
  meldpunt: {nl: Meldpunt, en: Hotline, groepen: [], toegang: []}
`

/** The start of a rule file, up to and including `regels:`. */
export const head = (
  kind: 'grondslag' | 'verbod' | 'waarborg',
  id: string,
  validity = '{vanaf: 2020-01-01}',
): string => `soort: ${kind}
id: ${id}
titel: Titel van ${id}
grond: Wet ${id}
bronnen:
  - {citeer: Wet, url: "https://example.org/wet", geldend: 2020-01-01, samenvatting: Kort}
geldig: ${validity}
toelichting: Zomaar
regels:
`

export const CASES = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, ja: [politietaak], verklaard: [noodzaak], gegevens: [land]}
  gevallen:
    - naam: Iets
      verwacht: {besluit: geweigerd}
`

export const SENTENCE = '{nl: Omdat., en: Because.}'

/** A rule file with the given rules and one case that nobody runs. */
export function ruleFile(
  kind: 'grondslag' | 'verbod' | 'waarborg',
  id: string,
  rules: string,
  options: { readonly validity?: string; readonly cases?: string } = {},
): PolicyText {
  return { path: `policies/${id}.yaml`, text: head(kind, id, options.validity) + rules + (options.cases ?? CASES) }
}

export const words: readonly PolicyText[] = [
  { path: 'policies/woordenlijst.yaml', text: VOCABULARY },
  { path: 'policies/partijen.yaml', text: PARTIES },
]

/** The set of these rule files; a fault in them fails the test that asked for it. */
export const loadSmall = (...files: readonly PolicyText[]): PolicySet => loadSmallWith(PARTIES, ...files)

/** The same with other parties. */
export function loadSmallWith(parties: string, ...files: readonly PolicyText[]): PolicySet {
  const others = words.map((one) => (one.path === 'policies/partijen.yaml' ? { ...one, text: parties } : one))
  return loadTexts(...others, ...files)
}

/** The set of these files and no others. @throws Error that lists the faults */
export function loadTexts(...files: readonly PolicyText[]): PolicySet {
  const loaded = loadPolicySet(files)
  if (!loaded.ok) throw new Error(loaded.faults.map((fault) => formatFault(fault)).join('\n'))
  return loaded.set
}

/** All faults as text, in one language. */
export function faultsOf(files: readonly PolicyText[], language: 'nl' | 'en' = 'nl'): readonly string[] {
  const loaded = loadPolicySet(files)
  return loaded.ok ? [] : loaded.faults.map((fault) => formatFault(fault, language))
}
