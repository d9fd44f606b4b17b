import { type Chance, createChance } from './names/chance.ts'
import type { Origin, Sex } from './names/origin.ts'
import { ORIGINS } from './names/origins.ts'
import type { Spelled } from './names/spelled.ts'
import { BSN_COUNT, bsnAt, dutchMobileAt, ibanAt } from './numbers.ts'
import {
  type BirthDate,
  drawAddress,
  drawBirthDate,
  type GeneratedPerson,
  generatePerson,
  type Household,
  type Known,
} from './person.ts'

/** Of new households; the others are one person alone. Share of people in a family is therefore about twice as large. */
const FAMILIES = 0.16
const TWINS = 0.02
/** Share of twins and of children in a family who share a second given name. */
const SHARED_SECOND_NAME = 0.5
/** Chance that after a household a ring starts: people under one exploiter, who share his telephone. */
const RINGS = 0.006
const RING_MIN = 5
const RING_MAX = 40
/** Share of people whose document bears the number of somebody else's: forged, lent or mixed up. */
const SHARED_DOCUMENT = 0.0005
/** Highest share of people with a BSN; less in a large population, because the range for tests has 9,091 of them. */
const BSN_SHARE = 0.4

/** Latest date of birth. */
const LAST_BIRTH_YEAR = 2024

/** Where the numbers of shared contact details begin, far behind those of persons. */
const SHARED_CONTACTS_FROM = 4_000_000

interface Ring {
  readonly origin: Origin
  readonly shared: Pick<Household, 'telephones' | 'emails' | 'ibans' | 'address'>
  left: number
}

/** @returns exactly `people` persons, members of one household one after the other; constant memory */
export function* generatePopulation(people: number, seed: number): Generator<GeneratedPerson> {
  const chance = createChance(seed)
  const bsnShare = Math.min(BSN_SHARE, (0.95 * BSN_COUNT) / people)
  let number = 0
  let bsns = 0
  let ring: Ring | undefined
  let otherDocument: string | undefined
  for (let household = 1; ; household++) {
    if (!ring && chance.happens(RINGS)) ring = drawRing(chance, household)
    for (const member of drawHousehold(chance, household, ring)) {
      if (number === people) return
      const person = generatePerson(chance, ++number, member.household, member.place, {
        ...member.known,
        ...(bsns < BSN_COUNT && chance.happens(bsnShare) && { bsn: bsnAt(bsns++) }),
        ...(otherDocument && chance.happens(SHARED_DOCUMENT) && { documentNumber: otherDocument }),
      })
      otherDocument = person.documentNumber ?? otherDocument
      yield person
      if (ring && --ring.left === 0) ring = undefined
    }
  }
}

function drawRing(chance: Chance, household: number): Ring {
  const contact = SHARED_CONTACTS_FROM + 2 * household
  return {
    origin: drawOrigin(chance),
    shared: {
      telephones: [dutchMobileAt(contact)],
      emails: chance.happens(0.4) ? [`kamers.${household.toString(36)}@webpost.example`] : [],
      ibans: chance.happens(0.3) ? [ibanAt(contact)] : [],
      ...(chance.happens(0.6) && { address: drawAddress(chance) }),
    },
    left: RING_MIN + chance.below(RING_MAX - RING_MIN + 1),
  }
}

interface Member {
  readonly place: number
  readonly household: Household
  readonly known: Known
}

function drawHousehold(chance: Chance, number: number, ring: Ring | undefined): readonly Member[] {
  const origin = ring?.origin ?? drawOrigin(chance)
  const alone: Household = { number, origin, telephones: [], emails: [], ibans: [], ...ring?.shared }
  const kind = chance.fraction()
  if (kind >= FAMILIES + TWINS) return [{ place: 0, household: alone, known: {} }]
  const contact = SHARED_CONTACTS_FROM + 2 * number + 1
  const household: Household = {
    ...alone,
    family: origin.drawFamily(chance),
    birthplace: chance.pickCommon(origin.birthplaces, 2),
    address: alone.address ?? drawAddress(chance),
    telephones: [...(chance.happens(0.6) ? [dutchMobileAt(contact)] : []), ...alone.telephones],
    emails: [...(chance.happens(0.2) ? [`familie.${number.toString(36)}@postbus.example`] : []), ...alone.emails],
  }
  const known = kind < TWINS ? drawTwins(chance, origin) : drawFamilyMembers(chance, origin)
  return known.map((member, place) => ({ place, household, known: member }))
}

/** One date and place of birth, address and surname; often a second name, and in some languages names that say they are twins. */
function drawTwins(chance: Chance, origin: Origin): readonly Known[] {
  const born = drawBirthDate(chance, origin)
  const first: Sex = chance.happens(0.6) ? 'vrouw' : 'man'
  const sexes: readonly Sex[] = [first, chance.happens(0.65) ? first : first === 'man' ? 'vrouw' : 'man']
  const second = chance.happens(SHARED_SECOND_NAME) ? origin.drawGiven(chance, first).at(-1) : undefined
  const calledBy = (given: readonly Spelled[]) => (origin.usesLastGivenName ? given.at(-1) : given[0])!.latin[0]
  // Twins never share a name of use, and neither uses the second name of the other.
  const taken = new Set(second && [second.latin[0]])
  return sexes.map((sex, place) => {
    const own = origin.twinNames?.[place]
    let drawn = origin.drawGiven(chance, sex)
    while (taken.has(calledBy(drawn))) drawn = origin.drawGiven(chance, sex)
    taken.add(calledBy(drawn))
    return { sex, born, given: withSecond(own ? [own, ...drawn] : drawn, second) }
  })
}

/** One or two parents and up to four children; a child may carry a parent's name, and children share a second one. */
function drawFamilyMembers(chance: Chance, origin: Origin): readonly Known[] {
  const eldest = drawBirthDate(chance, origin).year
  const second = chance.happens(SHARED_SECOND_NAME) ? origin.drawGiven(chance, 'vrouw').at(-1) : undefined
  const children = 1 + chance.below(3)
  const parents: Known[] = (['vrouw', 'man'] as const)
    .filter(() => chance.happens(0.65))
    .map((sex) => ({
      sex,
      given: origin.drawGiven(chance, sex),
      born: inYear(eldest - 20 - chance.below(18), drawBirthDate(chance, origin)),
    }))
  const offspring = Array.from({ length: children }, (_, child): Known => {
    const sex: Sex = chance.happens(0.55) ? 'vrouw' : 'man'
    const born = inYear(Math.min(eldest + 2 * child, LAST_BIRTH_YEAR), drawBirthDate(chance, origin))
    const namesake = parents.find((parent) => parent.sex === sex)
    const given =
      namesake?.given && chance.happens(0.08) ? namesake.given : withSecond(origin.drawGiven(chance, sex), second)
    return { sex, given, born }
  })
  return [...parents, ...offspring]
}

/** Twenty-eight days are in every month of every year. */
const inYear = (year: number, { month, day }: BirthDate): BirthDate => ({ year, month, day: Math.min(day, 28) })

const withSecond = (given: readonly Spelled[], second: Spelled | undefined): readonly Spelled[] =>
  second && !given.includes(second) ? [given[0]!, second, ...given.slice(1)] : given

const TOTAL_SHARE = ORIGINS.reduce((sum, { share }) => sum + share, 0)

function drawOrigin(chance: Chance): Origin {
  let left = chance.below(TOTAL_SHARE)
  for (const origin of ORIGINS) {
    left -= origin.share
    if (left < 0) return origin
  }
  return ORIGINS[0]!
}
