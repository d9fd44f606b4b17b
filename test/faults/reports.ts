import type { Json } from '../../src/encoding/json.ts'

/** Reports about fictional persons, each born on another day. Every fifth is one that no rule covers. */
export function reportAbout(sender: 'politie' | 'fier', number: number): Json {
  const data = {
    voornaam: 'Adaeze',
    achternaam: 'Voorbeeld',
    geboortedatum: new Date(Date.UTC(1930, 0, 1 + number)).toISOString().slice(0, 10),
    nationaliteit: 'NG',
  }
  const isCovered = number % 5 !== 4
  return {
    recipient: 'comensha',
    purpose: 'registratie-mensenhandel',
    kind: 'melding',
    ...(sender === 'politie' ? underPoliceData(data, isCovered) : underConsent(data, isCovered)),
  }
}

const underPoliceData = (data: Json, isCovered: boolean) => ({
  legalBasis: 'wpg-bpg-4-2-comensha',
  dataSubjects: [
    {
      role: isCovered ? 'slachtoffer' : 'verdachte',
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
      assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
      data,
    },
  ],
})

const underConsent = (data: Json, isCovered: boolean) => ({
  legalBasis: 'avg-toestemming-comensha',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: {
        toestemming: isCovered,
        'toestemming-ingetrokken': false,
        'jonger-dan-16': false,
        'onder-curatele-bewind-of-mentorschap': false,
        'onder-medisch-beroepsgeheim': false,
        'afkomstig-van-opsporingsdienst': false,
      },
      data,
    },
  ],
})
