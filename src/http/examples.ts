import type { Json } from '../encoding/json.ts'

/** Example bodies for the documentation, about a fictional person; a test submits each of them. */
export const submissionExample: Json = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  kind: 'melding',
  reference: 'PL0900-2026-1234',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
      assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
      data: {
        voornaam: 'Adaeze',
        achternaam: 'Voorbeeld',
        geboortedatum: '1985-12-01',
        nationaliteit: 'NG',
        wervingsland: 'IT',
      },
    },
  ],
}

export const checkExample: Json = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
      assessments: ['noodzaak'],
      fields: ['voornaam', 'achternaam', 'geboortedatum', 'nationaliteit', 'bsn'],
    },
  ],
}

export const identityQuestionExample: Json = {
  dataSubject: 0,
  purpose: 'navraag-identiteit',
  legalBasis: 'identiteitsvraag',
  circumstances: { toestemming: false },
  assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'coördinator opvang', on: '2025-11-24' }],
  fields: ['voornaam', 'achternaam', 'geboortedatum'],
}

export const recallRequestExample: Json = { ground: 'onjuist' }

export const subjectRequestExample: Json = {
  request: 'access',
  identifiers: { voornaam: 'Adaeze', achternaam: 'Voorbeeld', geboortedatum: '1985-12-01' },
  since: '2022-11-22',
}
