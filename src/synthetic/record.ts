import { CORRUPTIONS, type Corruption, PROFILES, type Profile } from './corruptions.ts'
import { mistype, mistypeDigit } from './errors.ts'
import type { Chance } from './names/chance.ts'
import type { Spelled } from './names/spelled.ts'
import { type Corrupt, writeAliases, writeNames } from './names.ts'
import { type BirthDate, type GeneratedAddress, type GeneratedPerson, PRESENT_YEAR } from './person.ts'

/** Columns of a generated file, in order; `persoon` is the truth and `verminkingen` the corruptions of the record. */
export const COLUMNS = [
  'record',
  'persoon',
  'voornaam',
  'tussenvoegsel',
  'achternaam',
  'aliassen',
  'geboortedatum',
  'geboorteplaats',
  'nationaliteit',
  'geslacht',
  'bsn',
  'v-nummer',
  'documentnummer',
  'telefoon',
  'email',
  'iban',
  'straat',
  'huisnummer',
  'postcode',
  'plaats',
  'verminkingen',
] as const
/** One record about a person. An empty text is a missing field. */
export type GeneratedRecord = Readonly<Record<(typeof COLUMNS)[number], string>>

/** One record of a person; its own name is given when its place among the others is known. */
export function generateRecord(chance: Chance, person: GeneratedPerson): Omit<GeneratedRecord, 'record'> {
  const { keeps, numbers } = drawProfile(chance)
  const corruptions: Corruption[] = []
  const corrupt: Corrupt = (corruption, isPossible = true) => {
    if (!isPossible || !chance.happens(CORRUPTIONS[corruption].share)) return false
    corruptions.push(corruption)
    return true
  }
  // A missing field is not written, so no corruption of it is noted.
  const kept = (share: number, write: () => string | undefined) => (chance.happens(share) ? (write() ?? '') : '')
  const hasFamilyName = chance.happens(keeps.achternaam)
  const record = {
    persoon: `p${String(person.number).padStart(7, '0')}`,
    ...writeNames(
      chance,
      person,
      // Every report has a name: without a family name it has a given one.
      { given: chance.happens(keeps.voornaam) || !hasFamilyName, family: hasFamilyName },
      corrupt,
    ),
    aliassen: kept(keeps.alias, () => writeAliases(person, (share) => chance.happens(share))),
    geboortedatum: kept(keeps.geboortedatum, () => writeDate(chance, person.born, corrupt)),
    geboorteplaats: kept(keeps.geboorteplaats, () => writeBirthplace(chance, person.birthplace, corrupt)),
    nationaliteit: kept(keeps.nationaliteit, () => writeNationality(chance, person, corrupt)),
    geslacht: kept(keeps.geslacht, () => (corrupt('geslacht-fout') ? OTHER_SEX[person.sex] : person.sex)),
    bsn: kept(numbers.bsn, () => person.bsn),
    'v-nummer': kept(numbers.vNumber, () => writeNumber(chance, person.vNumber, corrupt)),
    documentnummer: kept(numbers.document, () => writeNumber(chance, person.documentNumber, corrupt)),
    telefoon: kept(numbers.telefoon, () => writeTelephone(chance, person.telephones)),
    email: kept(numbers.email, () => pickAny(chance, person.emails)),
    iban: kept(numbers.iban, () => pickAny(chance, person.ibans)),
    ...(chance.happens(numbers.adres) ? writeAddress(chance, person.addresses, corrupt) : NO_ADDRESS),
  }
  return { ...record, verminkingen: corruptions.join(';') }
}

const pickAny = (chance: Chance, values: readonly string[]): string | undefined =>
  values.length > 0 ? chance.pick(values) : undefined

const OTHER_SEX = { vrouw: 'man', man: 'vrouw' } as const
const NO_ADDRESS = { straat: '', huisnummer: '', postcode: '', plaats: '' }

function drawProfile(chance: Chance): Profile {
  let left = chance.fraction()
  for (const profile of PROFILES) {
    left -= profile.share
    if (left < 0) return profile
  }
  return PROFILES[0]
}

/** `JJJJ-MM-DD`, with 00 for what is not known. */
function writeDate(chance: Chance, { year, month, day }: BirthDate, corrupt: Corrupt): string {
  if (corrupt('maand-onbekend')) return formatDate(year, 0, 0)
  if (corrupt('dag-onbekend')) return formatDate(year, month, 0)
  if (corrupt('eerste-januari')) return formatDate(year, 1, 1)
  if (corrupt('jaar-geschat')) return formatDate(inThePast(year + chance.pick([-3, -2, -1, 1, 2, 3])), 1, 1)
  if (corrupt('dag-maand', day <= 12 && day !== month)) return formatDate(year, day, month)
  if (corrupt('datum-tikfout')) {
    if (chance.happens(0.5)) return formatDate(year, month, 1 + ((day + chance.below(27)) % 28))
    return formatDate(inThePast(year - (year % 10) + chance.below(10)), month, Math.min(day, 28))
  }
  return formatDate(year, month, day)
}

const inThePast = (year: number): number => Math.min(year, PRESENT_YEAR - 1)

const formatDate = (year: number, month: number, day: number): string =>
  [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')

function writeBirthplace(chance: Chance, place: Spelled, corrupt: Corrupt): string {
  const others = [...place.latin.slice(1), ...place.native]
  if (corrupt('andere-plaatsnaam', others.length > 0)) return chance.pick(others)
  return corrupt('typefout') ? mistype(chance, place.latin[0]) : place.latin[0]
}

function writeNationality(chance: Chance, { nationality, origin }: GeneratedPerson, corrupt: Corrupt): string {
  const others = origin.nationalities.filter((other) => other !== nationality)
  return corrupt('nationaliteit-fout', others.length > 0) ? chance.pick(others) : nationality
}

function writeNumber(chance: Chance, number: string | undefined, corrupt: Corrupt): string | undefined {
  return number && corrupt('nummer-tikfout') ? mistypeDigit(chance, number) : number
}

/** The same number as people write it: with 0, 00 or +, with spaces or without. */
function writeTelephone(chance: Chance, telephones: readonly string[]): string | undefined {
  const number = pickAny(chance, telephones)
  if (number === undefined) return undefined
  const form = chance.below(4)
  if (form === 0) return number.replace(/^\+316/, '06-')
  if (form === 1) return number.replace(/^\+316/, '06')
  if (form === 2) return number.replace(/^\+/, '00')
  return number.replace(/^(\+316|\+\d{3})(\d{4})(\d+)$/, '$1 $2 $3')
}

function writeAddress(
  chance: Chance,
  [present, former]: readonly GeneratedAddress[],
  corrupt: Corrupt,
): typeof NO_ADDRESS {
  const { street, houseNumber, postalCode, town } = corrupt('verhuisd') ? former! : present!
  const isAbbreviated = corrupt('straat-afgekort')
  const write = ({ latin }: Spelled) => (isAbbreviated ? chance.pick(latin) : latin[0])
  return {
    straat: write(street),
    huisnummer: houseNumber,
    postcode: chance.happens(0.2) ? postalCode.replace(' ', '') : postalCode,
    plaats: write(town),
  }
}
