import type { IdentifierKind } from '../model/identifier.ts'
import { readCanonicalAddress } from './canonicalise/address.ts'
import { isTellingDate } from './canonicalise/date.ts'
import type { CanonicalIdentifiers } from './canonicalise/identifiers.ts'
import { findNamePairs, findNamePairTypos, findNames, findSkeletonPairs } from './match-names.ts'
import { soundOf } from './phonetic/sound.ts'
import { spellingOf } from './phonetic/spelling.ts'

/** Parts of match tokens. Every part is a list, most distinctive value first, empty when nothing is known. */
export function findParts(identifiers: CanonicalIdentifiers) {
  const valuesOf = (kind: IdentifierKind) => identifiers[kind] ?? []
  const names = findNames(identifiers)
  const documents = valuesOf('documentnummer')
  const dates = valuesOf('geboortedatum')
  return {
    bsn: valuesOf('bsn'),
    'v-nummer': valuesOf('v-nummer'),
    documentnummer: documents,
    iban: valuesOf('iban'),
    telefoon: valuesOf('telefoon'),
    email: valuesOf('email'),
    contact: [...valuesOf('telefoon'), ...valuesOf('email'), ...valuesOf('iban')],
    documentStart: documents.flatMap((number) => halfOf(number, (length) => number.slice(0, length))),
    documentEnd: documents.flatMap((number) => halfOf(number, (length) => number.slice(-length))),
    firstName: distinct(names.first.map(spellingOf)),
    otherName: distinct(names.others.map(spellingOf)),
    familyName: distinct(names.family.map(spellingOf)),
    alias: distinct(names.alias.map(spellingOf)),
    calledName: distinct([...names.first.slice(0, 1), ...names.alias].map(spellingOf)),
    nameEdge: distinct([...names.first.slice(0, 1), ...names.family.slice(0, 1)].map(spellingOf).flatMap(edgesOf)),
    namePair: findNamePairs(names),
    namePairTypo: findNamePairTypos(names),
    skeletonPair: findSkeletonPairs(names),
    date: dates.filter(isTellingDate),
    dateButOne: dates.flatMap(datesButOne),
    birthYear: distinct(dates.map((date) => date.slice(0, 4))),
    birthplace: distinct(valuesOf('geboorteplaats').map((place) => soundOf(place) || place)),
    nationality: valuesOf('nationaliteit'),
    sex: valuesOf('geslacht'),
    address: distinct(valuesOf('adres').flatMap(findFrontDoor)),
  } satisfies Record<string, readonly string[]>
}

export type PartName = keyof ReturnType<typeof findParts>

/** The kinds of identifier that a part is made of. */
export const KINDS_OF_PARTS: Readonly<Record<PartName, readonly IdentifierKind[]>> = {
  bsn: ['bsn'],
  'v-nummer': ['v-nummer'],
  documentnummer: ['documentnummer'],
  iban: ['iban'],
  telefoon: ['telefoon'],
  email: ['email'],
  contact: ['telefoon', 'email', 'iban'],
  documentStart: ['documentnummer'],
  documentEnd: ['documentnummer'],
  firstName: ['voornaam'],
  otherName: ['voornaam'],
  familyName: ['achternaam'],
  alias: ['alias'],
  calledName: ['voornaam', 'alias'],
  nameEdge: ['voornaam', 'achternaam'],
  namePair: ['voornaam', 'achternaam', 'alias'],
  namePairTypo: ['voornaam', 'achternaam'],
  skeletonPair: ['voornaam', 'achternaam', 'alias'],
  date: ['geboortedatum'],
  dateButOne: ['geboortedatum'],
  birthYear: ['geboortedatum'],
  birthplace: ['geboorteplaats'],
  nationality: ['nationaliteit'],
  sex: ['geslacht'],
  address: ['adres'],
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].filter((value) => value !== '')

/**
 * A date with one of its parts left open, in either order of day and month. Two dates that differ in one part, or in the order of
 * day and month, share one of these.
 */
function datesButOne(date: string): readonly string[] {
  const [year, month, day] = date.split('-') as [string, string, string]
  if (isTellingDate(date)) return distinct([`${year} ${month}`, `${year} ${day}`, [month, day].sort().join(' ')])
  return day === '00' && month !== '00' ? [`${year} ${month}`] : []
}

const EDGE_LETTERS = 3

/** Start and end of a name, which usually survive mishearing and misreading. */
const edgesOf = (name: string): readonly string[] => [
  `${name.slice(0, EDGE_LETTERS)}-`,
  `-${name.slice(-EDGE_LETTERS)}`,
]

const HALF_MIN = 3
const HALF_MAX = 5

/** Halves of a number: one wrong character leaves one half intact. Too many people share the halves of a short number. */
function halfOf(number: string, cut: (length: number) => string): readonly string[] {
  const length = Math.min(HALF_MAX, Math.floor(number.length / 2))
  return length < HALF_MIN ? [] : [cut(length)]
}

/** A single address: house number and postal code, or house number, street and town where there is no code. */
function findFrontDoor(canonical: string): readonly string[] {
  const { land = '', postcode, huisnummer, straat, plaats = '' } = readCanonicalAddress(canonical)
  if (huisnummer === undefined) return []
  if (postcode !== undefined) return [`${land} ${postcode} ${huisnummer}`]
  return straat === undefined ? [] : [`${land} ${plaats} ${soundOf(straat)} ${huisnummer}`]
}
