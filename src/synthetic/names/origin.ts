import type { Chance } from './chance.ts'
import type { Spelled } from './spelled.ts'

export type Sex = 'vrouw' | 'man'

/** A family name, in both forms where the language has two. */
export interface FamilyName {
  readonly vrouw: Spelled
  readonly man: Spelled
  readonly tussenvoegsel?: string
}

/** An origin of people: their names, places of birth, and how accurately these are recorded. */
export interface Origin {
  readonly id: string
  /** Weight among the origins. */
  readonly share: number
  /** ISO 3166-1 alpha-2, most common first. */
  readonly nationalities: readonly string[]
  /** Given names of one person; the first is the one that is used, unless the origin says otherwise. */
  drawGiven(chance: Chance, sex: Sex): readonly Spelled[]
  /** People go by the last of their given names. */
  readonly usesLastGivenName?: true
  drawFamily(chance: Chance): FamilyName
  /** Most common first. */
  readonly birthplaces: readonly Spelled[]
  /** Start of a mobile number with the country code, and how many digits follow. */
  readonly mobile: { readonly prefix: string; readonly digits: number }
  /** Share of people who are registered as born on the first of January because the day is unknown. */
  readonly registeredOnFirstOfJanuary: number
  /** Names that twins get because they are twins. */
  readonly twinNames?: readonly [Spelled, Spelled]
}

/** A family name that does not depend on the sex. */
export const invariable = (name: Spelled, tussenvoegsel?: string): FamilyName => ({
  vrouw: name,
  man: name,
  ...(tussenvoegsel && { tussenvoegsel }),
})
