import type { Json } from '../../src/encoding/json.ts'
import type { Reason } from '../../src/model/decision.ts'

/** What the black-box suite sends. The person is made up, and spelled so that nothing else in an answer can look like it. */

const zephyrine = { voornaam: 'Zephyrine', achternaam: 'Quakelbeen', geboortedatum: '1987-03-29', nationaliteit: 'NG' }

/** Values of these reports that only the sender and, sealed, the recipient may ever see. */
export const PERSONAL_VALUES = [
  'Zephyrine',
  'Quakelbeen',
  '1987-03-29',
  '999990639',
  'ZD-2026-777',
  'inspecteur Proefpersoon',
]

const toComensha = { recipient: 'comensha', purpose: 'registratie-mensenhandel', kind: 'melding' }

const spokenFor = {
  'toestemming-ingetrokken': false,
  'jonger-dan-16': false,
  'onder-curatele-bewind-of-mentorschap': false,
  'onder-medisch-beroepsgeheim': false,
  'afkomstig-van-opsporingsdienst': false,
}

/** Passes in part: the BSN stays behind. */
export const policeReport = {
  ...toComensha,
  legalBasis: 'wpg-bpg-4-2-comensha',
  reference: 'ZD-2026-777',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
      assessments: [{ word: 'noodzaak', by: 'inspecteur Proefpersoon', on: '2026-11-20' }],
      data: { ...zephyrine, bsn: '999990639', wervingsland: 'IT' },
    },
  ],
} as const satisfies Json

/** The same person, spelled differently, from another sender. Passes whole. */
export const shelterReport = {
  ...toComensha,
  legalBasis: 'avg-toestemming-comensha',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { ...spokenFor, toestemming: true },
      data: { ...zephyrine, voornaam: 'ZÉPHYRINE', opvangbehoefte: 'direct' },
    },
  ],
} as const satisfies Json

const shelterReportWith = (circumstances: Record<string, boolean>): Json => ({
  ...shelterReport,
  dataSubjects: [{ role: 'slachtoffer', circumstances: { ...spokenFor, ...circumstances }, data: zephyrine }],
})

/** Who sends what, and how it is refused. */
export const REFUSED: readonly (readonly [reason: Reason, sender: string, report: Json])[] = [
  ['geen-grondslag', 'fier', shelterReportWith({ toestemming: false })],
  ['verbod', 'fier', shelterReportWith({ toestemming: false, 'onder-medisch-beroepsgeheim': true })],
  [
    'beoordeling-ontbreekt',
    'politie',
    { ...policeReport, dataSubjects: [{ ...policeReport.dataSubjects[0], assessments: [] }] },
  ],
]

/** Names of fields only; no basis declared. */
export const question = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
      assessments: ['noodzaak'],
      fields: ['voornaam', 'achternaam', 'bsn'],
    },
  ],
} as const satisfies Json
