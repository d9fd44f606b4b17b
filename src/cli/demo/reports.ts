import type { Json } from '../../encoding/json.ts'

/** The reports of the demo. All persons are made up; numbers are from the test range 9999…. */

const adaeze = { voornaam: 'Adaeze', achternaam: 'van der Voorbeeld', geboortedatum: '1985-12-01', nationaliteit: 'NG' }
const bogdan = { voornaam: 'Bogdan', achternaam: 'Exempel', geboortedatum: '1991-04-17', nationaliteit: 'RO' }

/** Circumstances of an adult without a guardian, outside medical care, from the sender itself and not from the police. */
const adultOutsideMedicalCare = {
  'toestemming-ingetrokken': false,
  'jonger-dan-16': false,
  'onder-curatele-bewind-of-mentorschap': false,
  'onder-medisch-beroepsgeheim': false,
  'afkomstig-van-opsporingsdienst': false,
}

const toComensha = { recipient: 'comensha', purpose: 'registratie-mensenhandel', kind: 'melding' }

export const policeReport: Json = {
  ...toComensha,
  legalBasis: 'wpg-bpg-4-2-comensha',
  reference: 'PL0900-2026-1234',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
      assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
      data: {
        ...adaeze,
        bsn: '999990639',
        'v-nummer': '2999999990',
        wervingsland: 'IT',
        uitbuitingsvorm: 'seksueel-grensoverschrijdend',
        'plaats-delict': {
          straat: 'Voorbeeldstraat',
          huisnummer: '12',
          postcode: '1011AB',
          plaats: 'Amsterdam',
          gemeente: 'Amsterdam',
          land: 'NL',
        },
        toelichting: 'Wil aangifte doen en vraagt opvang.',
      },
    },
  ],
}

export const shelterReport: Json = {
  ...toComensha,
  legalBasis: 'avg-toestemming-comensha',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { ...adultOutsideMedicalCare, 'uitdrukkelijke-toestemming': true },
      data: { ...adaeze, achternaam: 'Voorbeeld', tussenvoegsel: 'van der', opvangbehoefte: 'direct' },
    },
  ],
}

export const reportWithoutConsent: Json = {
  ...toComensha,
  legalBasis: 'avg-toestemming-comensha',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { ...adultOutsideMedicalCare, toestemming: false },
      data: { ...bogdan, bsn: '999991723' },
    },
  ],
}

export const reportUnderMedicalSecrecy: Json = {
  ...toComensha,
  legalBasis: 'avg-toestemming-comensha',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: {
        ...adultOutsideMedicalCare,
        'onder-medisch-beroepsgeheim': true,
        toestemming: false,
      },
      data: bogdan,
    },
  ],
}
