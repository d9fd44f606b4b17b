import type { Corruption } from './corruptions.ts'
import { mishear, misread, mistype, withoutMarks } from './errors.ts'
import type { Chance } from './names/chance.ts'
import type { Spelled } from './names/spelled.ts'
import type { GeneratedPerson } from './person.ts'

/** Draws whether a corruption happens, and notes it when it does. */
export type Corrupt = (corruption: Corruption, isPossible?: boolean) => boolean

export interface WrittenNames {
  voornaam: string
  tussenvoegsel: string
  achternaam: string
}

/**
 * The names of a person as one record has them.
 *
 * @param keeps which of the names are known to the writer
 */
export function writeNames(
  chance: Chance,
  person: GeneratedPerson,
  keeps: { readonly given: boolean; readonly family: boolean },
  corrupt: Corrupt,
): WrittenNames {
  if (corrupt('alias-als-naam', person.aliases.length > 0)) {
    return { voornaam: chance.pick(person.aliases).latin[0], tussenvoegsel: '', achternaam: '' }
  }
  const written = spellNames(chance, keeps.given ? usedNames(person, corrupt) : [], keeps.family, person, corrupt)
  if (
    corrupt(
      'zonder-tekens',
      FIELDS.some((field) => withoutMarks(written[field]) !== written[field]),
    )
  ) {
    for (const field of FIELDS) written[field] = withoutMarks(written[field])
  }
  if (corrupt('typefout')) spoil(chance, written, mistype)
  if (corrupt('leesfout')) spoil(chance, written, misread)
  if (corrupt('gehoorfout')) spoil(chance, written, mishear)
  const { voornaam, tussenvoegsel, achternaam } = written
  if (corrupt('voorletters', isLatin(voornaam))) return { ...written, voornaam: initials(voornaam) }
  if (corrupt('afgekapt', achternaam.length > CUT_OFF_AT)) {
    return { ...written, achternaam: achternaam.slice(0, CUT_OFF_AT).trim() }
  }
  if (corrupt('zonder-tussenvoegsel', tussenvoegsel !== '')) return { ...written, tussenvoegsel: '' }
  if (corrupt('tussenvoegsel-in-achternaam', tussenvoegsel !== '')) {
    return { voornaam, tussenvoegsel: '', achternaam: `${tussenvoegsel} ${achternaam}` }
  }
  if (corrupt('namen-verwisseld')) return { voornaam: achternaam, tussenvoegsel, achternaam: voornaam }
  if (corrupt('naam-in-een-veld', voornaam !== '')) {
    return { voornaam: '', tussenvoegsel, achternaam: `${voornaam} ${achternaam}`.trim() }
  }
  return written
}

const FIELDS = ['voornaam', 'achternaam'] as const
/** In letters; the size of a field in some older systems. */
const CUT_OFF_AT = 8

function usedNames({ given, origin }: GeneratedPerson, corrupt: Corrupt): readonly Spelled[] {
  if (!corrupt('roepnaam', given.length > 1)) return given
  return origin.usesLastGivenName ? given.slice(-1) : given.slice(0, 1)
}

function spellNames(
  chance: Chance,
  given: readonly Spelled[],
  keepsFamily: boolean,
  person: GeneratedPerson,
  corrupt: Corrupt,
): WrittenNames {
  const isMarriedName = corrupt('gehuwde-naam', keepsFamily && person.marriedName !== undefined)
  const family = (isMarriedName && person.marriedName) || person.family
  const surname = family[person.sex]
  const names = keepsFamily ? [...given, surname] : given
  const isNative = corrupt('ander-schrift', names.length > 0 && names.every(({ native }) => native.length > 0))
  const variable = isNative ? [] : names.filter(({ latin }) => latin.length > 1)
  const varied = corrupt('transliteratie', variable.length > 0) ? chance.pick(variable) : undefined
  const write = (name: Spelled) => {
    if (isNative) return name.native[0] ?? name.latin[0]
    return name === varied ? chance.pick(name.latin.slice(1)) : name.latin[0]
  }
  const voornaam = given.map(write).join(' ')
  if (!keepsFamily) return { voornaam, tussenvoegsel: '', achternaam: '' }
  const achternaam = write(surname)
  return {
    voornaam,
    tussenvoegsel: family.tussenvoegsel ?? '',
    achternaam: isMarriedName && chance.happens(0.5) ? `${achternaam}-${write(person.family[person.sex])}` : achternaam,
  }
}

/** In the longer of the two more often, as it has more letters. */
function spoil(chance: Chance, written: WrittenNames, error: (chance: Chance, text: string) => string): void {
  const { voornaam, achternaam } = written
  const field = chance.below(voornaam.length + achternaam.length) < voornaam.length ? 'voornaam' : 'achternaam'
  written[field] = error(chance, written[field])
}

const isLatin = (text: string): boolean => /^\p{Script=Latin}/u.test(text)

const initials = (names: string): string =>
  names
    .split(/[ -]/)
    .map((name) => `${name.charAt(0)}.`)
    .join('')

/** Aliases in the record. */
export function writeAliases(
  { aliases, marriedName, family, sex }: GeneratedPerson,
  keeps: (share: number) => boolean,
): string {
  const maidenName = marriedName && keeps(0.3) ? [family[sex].latin[0]] : []
  return [...aliases.map(({ latin }) => latin[0]), ...maidenName].filter(() => keeps(0.8)).join(';')
}
