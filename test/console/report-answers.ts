/** Answers under which the shipped rules let a shelter report an adult who consented. */
export const CONSENT = {
  toestemming: 'yes',
  'toestemming-ingetrokken': 'no',
  'jonger-dan-12': 'no',
  'jonger-dan-16': 'no',
  'onder-curatele-bewind-of-mentorschap': 'no',
  'onder-medisch-beroepsgeheim': 'no',
  'afkomstig-van-opsporingsdienst': 'no',
  'geneeskundige-behandeling': 'no',
} as const

/** The address of a new report of a shelter to CoMensha that starts with these answers. */
export const reportAddress = (answers: Readonly<Record<string, string>> = CONSENT): string =>
  `/reports/new?${new URLSearchParams({
    to: 'comensha',
    purpose: 'registratie-mensenhandel',
    about: 'slachtoffer',
    ...Object.fromEntries(Object.entries(answers).map(([word, reply]) => [`is.${word}`, reply])),
  })}`

/** What a caseworker types about a made-up person. */
export const TYPED = {
  'p1.data.voornaam': 'Mila',
  'p1.data.achternaam': 'van der Wiel',
  'p1.data.geboortedatum.day': '',
  'p1.data.geboortedatum.month': '5',
  'p1.data.geboortedatum.year': '1998',
  'p1.data.verblijfadres.straat': 'Damstraat',
  'p1.data.verblijfadres.huisnummer': '12',
  'p1.data.verblijfadres.gemeente': 'Amsterdam',
} as const
