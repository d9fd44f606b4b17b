import type { Json } from '../../src/encoding/json.ts'
import type { PolicyText } from '../../src/policy/files/load.ts'
import { dutySet } from '../exchange/duty-set.ts'

const FEEDBACK = `soort: grondslag
id: wet-b
titel: Wet B
grond: Wet B art. 1
bronnen:
  - {citeer: Wet B, url: "https://example.org/wet-b", geldend: 2020-01-01, samenvatting: Kort}
geldig: {vanaf: 2020-01-01}
toelichting: Zomaar
regels:
  - id: stand
    van: [comensha]
    naar: [politie]
    doel: [terugkoppeling-aan-melder]
    over: [slachtoffer]
    als: [politietaak]
    gegevens:
      verstrekken: [nationaliteit]
    uitleg: {nl: Mag van de wet., en: The law allows it.}
  - id: stand-met-twee
    van: [comensha]
    naar: [politie]
    doel: [terugkoppeling-aan-melder]
    over: [slachtoffer]
    als: [gevoelig]
    gegevens:
      verstrekken: [geboorteland]
    plichten:
      - {soort: vier-ogen, voor: afzender, grond: Wet B art. 2}
    uitleg: {nl: Mag van de wet., en: The law allows it.}
voorbeelden:
  uitgangspunt: {van: comensha, naar: politie, doel: terugkoppeling-aan-melder, over: slachtoffer, grondslag: wet-b, op: 2026-06-01, ja: [politietaak], gegevens: [nationaliteit]}
  gevallen:
    - naam: Mag
      verwacht: {besluit: verstrekt}
    - naam: Mag niet zonder politietaak
      gegeven: {ja: []}
      verwacht: {besluit: geweigerd, reden: geen-grondslag}
`

/** The made-up law, and one that lets CoMensha tell the police what came of it, with or without a second person. */
export const feedbackSet = (): readonly PolicyText[] => [
  ...dutySet().map(({ path, text }) => ({
    path,
    text: text
      .replace('\nsoorten:', '\n  terugkoppeling-aan-melder: {nl: Terugkoppeling, en: Feedback}\nsoorten:')
      .replace('\nvelden:', '\ngevolgen: {terugkoppeling: terugkoppeling-aan-melder}\nvelden:')
      .replace(
        '\nbeoordelingen:',
        '\n  gevoelig: {nl: Het ligt gevoelig., en: It is delicate., vraag: {nl: "Ligt het gevoelig?", en: "Is it delicate?"}, weet: [afzender]}\nbeoordelingen:',
      )
      .replace(
        'toegang: ["exchange:submit", "exchange:check"]',
        'toegang: ["exchange:submit", "exchange:check", "inbox:read"]',
      )
      .replace(
        'groepen: []\n    toegang: ["inbox:read"]',
        'groepen: []\n    toegang: ["inbox:read", "exchange:submit"]',
      ),
  })),
  { path: 'policies/wet-b.yaml', text: FEEDBACK },
]

/** A reply of CoMensha to the police; `isDelicate` makes it wait for a second person. */
export const feedback = (inReplyTo: string, isDelicate = false, change: Readonly<Record<string, Json>> = {}): Json => ({
  recipient: 'politie',
  purpose: 'terugkoppeling-aan-melder',
  legalBasis: 'wet-b',
  kind: 'melding',
  inReplyTo,
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: isDelicate ? { gevoelig: true } : { politietaak: true },
      assessments: [],
      data: isDelicate ? { geboorteland: 'NG' } : { nationaliteit: 'NG' },
    },
  ],
  ...change,
})
