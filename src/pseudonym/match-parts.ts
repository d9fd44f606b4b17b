import type { IdentifierKind } from '../model/identifier.ts'
import { readCanonicalAddress } from './canonicalise/address.ts'
import { isCompleteDate } from './canonicalise/date.ts'
import type { CanonicalIdentifiers } from './canonicalise/identifiers.ts'
import { findNamePairs, findNamePairTypos, findNames } from './match-names.ts'
import { soundOf } from './phonetic/sound.ts'
import { spellingOf } from './phonetic/spelling.ts'

/** What match tokens are composed of. Every part is a list, most telling value first, empty when nothing is known. */
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

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].filter((value) => value !== '')

/** The first of January stands for an unknown day in the records of many countries, so it tells no more than a year does. */
const isTellingDate = (date: string): boolean => isCompleteDate(date) && !date.endsWith('-01-01')

/**
 * A date with one of its parts left open, whether day and month stand in this order or the other. Two dates that differ in
 * one part, or in the order of day and month, have one of these in common.
 */
function datesButOne(date: string): readonly string[] {
  const [year, month, day] = date.split('-') as [string, string, string]
  if (isTellingDate(date)) return distinct([`${year} ${month}`, `${year} ${day}`, [month, day].sort().join(' ')])
  return day === '00' && month !== '00' ? [`${year} ${month}`] : []
}

const EDGE_LETTERS = 3

/** Beginning and end of a name: the little that is left of it when it was heard or read badly. */
const edgesOf = (name: string): readonly string[] => [
  `${name.slice(0, EDGE_LETTERS)}-`,
  `-${name.slice(-EDGE_LETTERS)}`,
]

const HALF_MIN = 3
const HALF_MAX = 5

/** A number with one wrong character has one half whole. Halves of a short number are shared by too many to say anything. */
function halfOf(number: string, cut: (length: number) => string): readonly string[] {
  const length = Math.min(HALF_MAX, Math.floor(number.length / 2))
  return length < HALF_MIN ? [] : [cut(length)]
}

/** A front door: house number and postal code, or house number, street and town where there is no code. */
function findFrontDoor(canonical: string): readonly string[] {
  const { land = '', postcode, huisnummer, straat, plaats = '' } = readCanonicalAddress(canonical)
  if (huisnummer === undefined) return []
  if (postcode !== undefined) return [`${land} ${postcode} ${huisnummer}`]
  return straat === undefined ? [] : [`${land} ${plaats} ${soundOf(straat)} ${huisnummer}`]
}
