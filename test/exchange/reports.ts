import type { Json } from '../../src/encoding/json.ts'

/** A fictional person, as two organisations write her down. */
const PERSON = { voornaam: 'Adaeze', achternaam: 'Voorbeeld', geboortedatum: '1985-12-01' }

export const toComensha = { recipient: 'comensha', purpose: 'registratie-mensenhandel', kind: 'melding' } as const

export const underPoliceData = {
  legalBasis: 'wpg-bpg-4-2-comensha',
  role: 'slachtoffer',
  circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
  assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
} as const

export const underConsent = {
  legalBasis: 'avg-toestemming-comensha',
  role: 'slachtoffer',
  circumstances: {
    toestemming: true,
    'toestemming-ingetrokken': false,
    'jonger-dan-16': false,
    'onder-curatele-bewind-of-mentorschap': false,
    'onder-medisch-beroepsgeheim': false,
    'afkomstig-van-opsporingsdienst': false,
  },
  assessments: [],
} as const

/** A report of the police; passes in part, with names that only link. */
export const policeReport = (data: Record<string, Json> = {}): Json => {
  const { legalBasis, ...subject } = underPoliceData
  return {
    ...toComensha,
    legalBasis,
    dataSubjects: [{ ...subject, data: { ...PERSON, nationaliteit: 'NG', ...data } }],
  }
}

/** A report of the shelter about the same person; passes whole. */
export const shelterReport = (data: Record<string, Json> = {}): Json => {
  const { legalBasis, ...subject } = underConsent
  return { ...toComensha, legalBasis, dataSubjects: [{ ...subject, data: { ...PERSON, ...data } }] }
}

/** The same without consent; no rule covers it. */
export const refusedReport = (data: Record<string, Json> = {}): Json => {
  const { legalBasis, circumstances, ...subject } = underConsent
  return {
    ...toComensha,
    legalBasis,
    dataSubjects: [
      {
        ...subject,
        circumstances: { ...circumstances, toestemming: false },
        data: { ...PERSON, ...data },
      },
    ],
  }
}
