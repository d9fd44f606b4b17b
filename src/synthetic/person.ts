import { STREETS, TOWNS } from './names/addresses.ts'
import type { Chance } from './names/chance.ts'
import type { FamilyName, Origin, Sex } from './names/origin.ts'
import { joinSpelled, type Spelled, spellings } from './names/spelled.ts'
import { documentNumberAt, dutchMobileAt, ibanAt, mobileAt, vNumberAt } from './numbers.ts'

export interface GeneratedAddress {
  readonly street: Spelled
  readonly houseNumber: string
  readonly postalCode: string
  readonly town: Spelled
}

export interface BirthDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A fictional person, with complete and correct data. */
export interface GeneratedPerson {
  readonly number: number
  readonly origin: Origin
  readonly sex: Sex
  readonly given: readonly Spelled[]
  readonly family: FamilyName
  /** Name of a spouse, used in its place or before it. */
  readonly marriedName?: FamilyName
  readonly aliases: readonly Spelled[]
  readonly born: BirthDate
  readonly birthplace: Spelled
  readonly nationality: string
  readonly bsn?: string
  readonly vNumber?: string
  readonly documentNumber?: string
  readonly telephones: readonly string[]
  readonly emails: readonly string[]
  readonly ibans: readonly string[]
  /** The present one first. */
  readonly addresses: readonly GeneratedAddress[]
}

/** Data shared by the people of one household, or under one exploiter. */
export interface Household {
  readonly number: number
  readonly origin: Origin
  readonly family?: FamilyName
  readonly birthplace?: Spelled
  readonly address?: GeneratedAddress
  readonly telephones: readonly string[]
  readonly emails: readonly string[]
  readonly ibans: readonly string[]
}

const WORKING_NAMES = spellings(`
  Bella Sofia|Sophia Angel|Angela Lola Nicky|Niki Candy Jenny|Jennie Lisa Kelly Maya|Maja Diamond Nana Coco Amy Vicky|Viki Tony|Toni Alex Max
  Rico|Ricky Boss Lucky Johnny Sammy Momo Mimi Kiki Natasha Jessica Lilly|Lily Tina Barbie Star Princess Queen Baby_Girl Mona Roxy Sexy_Lady`)
const EU = new Set(['NL', 'DE', 'BE', 'RO', 'BG'])
/** The year from which ages count. */
export const PRESENT_YEAR = 2026

/** Properties that are chosen before the rest is drawn. */
export type Known = Partial<Pick<GeneratedPerson, 'sex' | 'given' | 'born' | 'bsn' | 'documentNumber'>>

/**
 * @param number from 1, unique
 * @param place position in the household, from 0 to 9
 */
export function generatePerson(
  chance: Chance,
  number: number,
  household: Household,
  place: number,
  given: Known,
): GeneratedPerson {
  const { origin } = household
  const sex = given.sex ?? (chance.happens(0.68) ? 'vrouw' : 'man')
  const born = given.born ?? drawBirthDate(chance, origin)
  const nationality = chance.pick(origin.nationalities)
  const names = given.given ?? origin.drawGiven(chance, sex)
  const isEuropean = EU.has(nationality)
  const ownTelephone = chance.happens(0.7)
    ? chance.happens(0.6)
      ? dutchMobileAt(number)
      : mobileAt(number, origin.mobile)
    : undefined
  const ownEmail = chance.happens(0.35) ? emailOf(chance, number, names) : undefined
  return {
    number,
    origin,
    sex,
    given: names,
    family: household.family ?? origin.drawFamily(chance),
    ...(isMarried(chance, sex, born) && { marriedName: origin.drawFamily(chance) }),
    aliases: drawAliases(chance, names),
    born,
    birthplace: household.birthplace ?? chance.pickCommon(origin.birthplaces, 2),
    nationality,
    ...(given.bsn && { bsn: given.bsn }),
    ...(nationality !== 'NL' &&
      chance.happens(isEuropean ? 0.15 : 0.65) && { vNumber: vNumberAt(household.number, place) }),
    ...(chance.happens(0.65) && { documentNumber: given.documentNumber ?? documentNumberAt(number, nationality) }),
    telephones: [...(ownTelephone ? [ownTelephone] : []), ...household.telephones],
    emails: [...(ownEmail ? [ownEmail] : []), ...household.emails],
    ibans: chance.happens(0.4) ? [ibanAt(number), ...household.ibans] : household.ibans,
    addresses: [household.address ?? drawAddress(chance), drawAddress(chance)],
  }
}

const isMarried = (chance: Chance, sex: Sex, { year }: BirthDate): boolean =>
  sex === 'vrouw' && year < PRESENT_YEAR - 20 && chance.happens(0.3)

/** Victims are young: between 10 and 77, half of them under 30. */
export function drawBirthDate(chance: Chance, origin: Origin): BirthDate {
  const age = 10 + Math.floor(68 * chance.fraction() * (0.35 + 0.65 * chance.fraction()))
  const year = PRESENT_YEAR - age
  if (chance.happens(origin.registeredOnFirstOfJanuary)) return { year, month: 1, day: 1 }
  const month = 1 + chance.below(12)
  return { year, month, day: 1 + chance.below(daysInMonth(year, month)) }
}

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

function drawAliases(chance: Chance, names: readonly Spelled[]): readonly Spelled[] {
  const aliases: Spelled[] = []
  if (chance.happens(0.2)) aliases.push(chance.pickCommon(WORKING_NAMES, 2))
  // A pet name: the start of the given name.
  if (chance.happens(0.1)) aliases.push({ latin: [chance.pick(names).latin[0].slice(0, 4)], native: [] })
  if (chance.happens(0.05)) aliases.push(joinSpelled(chance.pick(WORKING_NAMES), chance.pick(names), ' '))
  return aliases
}

function emailOf(chance: Chance, number: number, names: readonly Spelled[]): string {
  const name = names[0]!.latin
    .at(-1)!
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
  return `${name || 'post'}.${number.toString(36)}@${chance.pick(['postbus', 'berichten', 'webpost'])}.example`
}

const POSTAL_LETTERS = 'ABCDEFGHJKLMNPRSTVWXZ'

/** A street has one postal code in a town. */
export function drawAddress(chance: Chance): GeneratedAddress {
  const place = Math.floor(chance.fraction() * chance.fraction() * TOWNS.length)
  const { name, postalArea } = TOWNS[place]!
  const street = chance.below(STREETS.length)
  const mixed = (place * 7919 + street * 104_729) % 8831
  const digits = `${postalArea}${String(mixed % 100).padStart(2, '0')}`
  const letters = POSTAL_LETTERS.charAt(mixed % 21) + POSTAL_LETTERS.charAt(Math.floor(mixed / 21) % 21)
  const addition = chance.happens(0.12) ? chance.pick(['A', 'B', '-2', 'bis']) : ''
  return {
    street: STREETS[street]!,
    houseNumber: `${1 + chance.below(180)}${addition}`,
    postalCode: `${digits} ${letters}`,
    town: name,
  }
}
