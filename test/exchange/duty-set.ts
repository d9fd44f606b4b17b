import type { Json } from '../../src/encoding/json.ts'
import type { PolicyText } from '../../src/policy/files/load.ts'

/** Made-up law with the duties that the gateway itself carries out. All parties' people are roles. */

const VOCABULARY = `versie: 1
doelen:
  registratie: {nl: Registratie, en: Registration}
  opvang: {nl: Opvang, en: Shelter}
  zorg: {nl: Zorg, en: Care}
soorten:
  melding: {nl: Melding, en: Report}
rollen:
  slachtoffer: {nl: Slachtoffer, en: Victim}
omstandigheden:
  politietaak: {nl: De gegevens komen uit de politietaak., en: The data come from the police task., vraag: {nl: "Komen de gegevens uit de politietaak?", en: "Do the data come from the police task?"}, weet: [afzender]}
beoordelingen:
  noodzaak: {nl: Noodzaak gewogen, en: Necessity weighed, vraag: {nl: "Is het nodig?", en: "Is it needed?"}, weet: [afzender]}
plichten:
  bewaartermijn: {nl: Bewaartermijn, en: Retention}
  vier-ogen: {nl: Goedkeuring door meer dan één persoon, en: Approval by more than one person}
groepen:
  opsporing: {nl: Opsporing, en: Investigation}
domeinen:
  comensha-alles: {ontvanger: comensha, doelen: [registratie, opvang, zorg], nl: CoMensha, en: CoMensha}
velden:
  achternaam: {type: naam, klasse: identificerend, kenmerk: achternaam, nl: Achternaam, en: Surname}
  geboortedatum: {type: datum, klasse: identificerend, kenmerk: geboortedatum, ladder: [maand, geboortejaar], nl: Geboortedatum, en: Date of birth}
  nationaliteit: {type: land, klasse: gewoon, nl: Nationaliteit, en: Nationality}
  geboorteland: {type: land, klasse: gewoon, nl: Geboorteland, en: Country of birth}
`

const PARTIES = `partijen:
  politie:
    nl: Politie
    en: Police
    groepen: [opsporing]
    toegang: ["exchange:submit", "exchange:check"]
    contact: {nl: de privacyfunctionaris van de politie, en: the privacy officer of the police}
    medewerkers:
      functionaris-1: {nl: Privacyfunctionaris, en: Privacy officer, toegang: ["policy:write"]}
      teamleider-1: {nl: Teamleider, en: Team leader, toegang: ["exchange:submit", "exchange:approve"]}
      teamleider-2: {nl: Teamleider, en: Team leader, toegang: ["exchange:approve"]}
      teamleider-3: {nl: Teamleider, en: Team leader, toegang: ["exchange:approve"]}
  comensha:
    nl: CoMensha
    en: CoMensha
    groepen: []
    toegang: ["inbox:read"]
    medewerkers:
      functionaris-1: {nl: Privacyfunctionaris, en: Privacy officer, toegang: ["policy:write"]}
      teamleider-1: {nl: Teamleider, en: Team leader, toegang: ["exchange:approve"]}
      teamleider-2: {nl: Teamleider, en: Team leader, toegang: ["exchange:approve"]}
  fier: {nl: Fier, en: Fier, groepen: [], toegang: ["exchange:submit", "exchange:check", "inbox:read"]}
  nationaal-rapporteur: {nl: Nationaal Rapporteur, en: National Rapporteur, groepen: [], toegang: ["statistics:read"]}
  toezichthouder: {nl: Auditor, en: Auditor, groepen: [], toegang: ["audit:read"]}
`

const rule = (
  id: string,
  purpose: string,
  duties: string,
  data = 'verstrekken: [nationaliteit]',
): string => `  - id: ${id}
    van: [politie]
    naar: [comensha]
    doel: [${purpose}]
    over: [slachtoffer]
    als: [politietaak]
    beoordeling: [noodzaak]
    gegevens:
      ${data}
      koppelen: [achternaam, geboortedatum]
    plichten:
${duties}
    uitleg: {nl: Mag van de wet., en: The law allows it.}
`

/** The rule file, with what people read around it. */
const LAW = (explanation: string): string => `soort: grondslag
id: wet-a
titel: Wet A
grond: Wet A art. 1
bronnen:
  - {citeer: Wet A, url: "https://example.org/wet", geldend: 2020-01-01, samenvatting: Kort}
geldig: {vanaf: 2020-01-01}
toelichting: ${explanation}
regels:
${rule('gewoon', 'registratie', '      - {soort: bewaartermijn, voor: ontvanger, dagen: 30}\n      - {soort: bewaartermijn, voor: afzender, dagen: 5}', 'verstrekken: [nationaliteit]\n      generaliseren: {geboortedatum: geboortejaar}')}
${rule('twee-mensen', 'opvang', '      - {soort: vier-ogen, voor: afzender, grond: Wet A art. 2}')}
${rule('drie-mensen', 'zorg', '      - {soort: vier-ogen, voor: afzender, aantal: 3}\n      - {soort: bewaartermijn, voor: sluis, dagen: 1}')}
voorbeelden:
  uitgangspunt: {van: politie, naar: comensha, doel: registratie, over: slachtoffer, grondslag: wet-a, op: 2026-06-01, ja: [politietaak], verklaard: [noodzaak], gegevens: [nationaliteit]}
  gevallen:
    - naam: Mag
      verwacht: {besluit: verstrekt}
    - naam: Mag niet zonder politietaak
      gegeven: {ja: []}
      verwacht: {besluit: geweigerd, reden: geen-grondslag}
`

/** The whole set; another explanation makes other texts that decide the same. */
export const dutySet = (explanation = 'Zomaar'): readonly PolicyText[] => [
  { path: 'policies/woordenlijst.yaml', text: VOCABULARY },
  { path: 'policies/partijen.yaml', text: PARTIES },
  { path: 'policies/wet-a.yaml', text: LAW(explanation) },
]

/** The set with one text changed. */
export const mutateSet = (name: string, from: string, to: string): readonly PolicyText[] =>
  dutySet().map(({ path, text }) => {
    if (!path.endsWith(`${name}.yaml`)) return { path, text }
    if (!text.includes(from)) throw new Error(`${name} does not say ${from}`)
    return { path, text: text.replace(from, to) }
  })

/** A report of the police about a fictional person. `opvang` waits for one person, `zorg` for two, `registratie` for nobody. */
export const report = (
  purpose: 'registratie' | 'opvang' | 'zorg',
  change: Readonly<Record<string, Json>> = {},
): Json => ({
  recipient: 'comensha',
  purpose,
  legalBasis: 'wet-a',
  kind: 'melding',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { politietaak: true },
      assessments: [{ word: 'noodzaak', by: 'dienstdoende', on: '2025-11-24' }],
      data: { achternaam: 'Voorbeeld', geboortedatum: '1985-12-01', nationaliteit: 'NG' },
      ...change,
    },
  ],
})
