/**
 * Corruptions between a person and a record, and how often they happen. A share is relative to the records that can have the
 * corruption: a wrong tussenvoegsel to those with one. The last column of a record lists its corruptions.
 */
export const CORRUPTIONS = {
  transliteratie: { share: 0.18, what: 'one of the names in another Latin spelling of the same name' },
  'ander-schrift': { share: 0.04, what: 'given and family name in the script of the origin' },
  'zonder-tekens': { share: 0.35, what: 'no marks on the letters of the names' },
  typefout: {
    share: 0.04,
    what: 'a key beside the right one, a letter too few, twice or swapped, in a name or the birthplace',
  },
  leesfout: { share: 0.01, what: 'letters that a scanner takes for others, in a name' },
  gehoorfout: { share: 0.03, what: 'a name as somebody writes it who only heard it' },
  'namen-verwisseld': { share: 0.01, what: 'given names and family name in the wrong fields' },
  'naam-in-een-veld': { share: 0.005, what: 'the whole name in the field of the family name' },
  'zonder-tussenvoegsel': { share: 0.15, what: 'no tussenvoegsel' },
  'tussenvoegsel-in-achternaam': { share: 0.15, what: 'the tussenvoegsel before the family name in the same field' },
  roepnaam: { share: 0.25, what: 'one of several given names' },
  voorletters: { share: 0.03, what: 'initials for given names' },
  afgekapt: { share: 0.005, what: 'a family name cut off at eight letters' },
  'gehuwde-naam': { share: 0.4, what: 'the name of the spouse, alone or before the own one' },
  'alias-als-naam': { share: 0.02, what: 'an alias for the given name, and no family name' },
  'dag-onbekend': { share: 0.03, what: '00 for the day of birth' },
  'maand-onbekend': { share: 0.02, what: '00 for day and month of birth' },
  'eerste-januari': { share: 0.02, what: 'the first of January for an unknown day' },
  'jaar-geschat': { share: 0.01, what: 'the first of January of one to three years earlier or later' },
  'dag-maand': { share: 0.015, what: 'day and month swapped' },
  'datum-tikfout': { share: 0.01, what: 'another last digit of the year, or another day' },
  'andere-plaatsnaam': { share: 0.25, what: 'the birthplace in another spelling or script' },
  'nummer-tikfout': {
    share: 0.005,
    what: 'a wrong digit in the V-nummer or document number, which nothing can detect',
  },
  'nationaliteit-fout': { share: 0.01, what: 'another nationality of the same region' },
  'geslacht-fout': { share: 0.005, what: 'the other sex' },
  verhuisd: { share: 0.15, what: 'another address, before or after a move' },
  'straat-afgekort': { share: 0.2, what: 'street or town in another spelling' },
} as const
export type Corruption = keyof typeof CORRUPTIONS

/** Completeness of records: the share of records that contain a known field. */
export const PROFILES = [
  {
    name: 'volledig',
    share: 0.45,
    keeps: {
      voornaam: 0.99,
      achternaam: 0.99,
      alias: 0.7,
      geboortedatum: 0.98,
      geboorteplaats: 0.8,
      nationaliteit: 0.97,
      geslacht: 0.99,
    },
    numbers: { bsn: 0.8, vNumber: 0.8, document: 0.5, telefoon: 0.5, email: 0.25, iban: 0.15, adres: 0.75 },
  },
  {
    name: 'gedeeltelijk',
    share: 0.4,
    keeps: {
      voornaam: 0.95,
      achternaam: 0.93,
      alias: 0.5,
      geboortedatum: 0.85,
      geboorteplaats: 0.4,
      nationaliteit: 0.9,
      geslacht: 0.95,
    },
    numbers: { bsn: 0.3, vNumber: 0.35, document: 0.2, telefoon: 0.35, email: 0.15, iban: 0.05, adres: 0.35 },
  },
  {
    name: 'summier',
    share: 0.15,
    keeps: {
      voornaam: 0.8,
      achternaam: 0.5,
      alias: 0.5,
      geboortedatum: 0.35,
      geboorteplaats: 0.1,
      nationaliteit: 0.8,
      geslacht: 0.95,
    },
    numbers: { bsn: 0, vNumber: 0.02, document: 0.02, telefoon: 0.2, email: 0.05, iban: 0, adres: 0.1 },
  },
] as const
export type Profile = (typeof PROFILES)[number]

/** Share of people with one, two, three, four and five records. */
export const RECORDS_PER_PERSON = [0.5, 0.25, 0.13, 0.08, 0.04] as const
