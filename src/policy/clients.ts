import { formatClientId, parseClientId } from '../model/client-id.ts'
import type { Party, Scope } from '../model/party.ts'
import type { Duty } from '../model/rule.ts'

/** A holder of keys: the system of a party, or one of its people. */
export interface Client {
  readonly id: string
  readonly party: string
  /** Absent for the party's own system. */
  readonly person?: string
  readonly scopes: readonly Scope[]
}

/** The client with an identifier; undefined when the parties know none. */
export function findClient(parties: ReadonlyMap<string, Party>, id: string): Client | undefined {
  const name = tryParse(id)
  const party = name && parties.get(name.party)
  if (!party) return undefined
  if (name.person === undefined) return { id, party: party.id, scopes: party.scopes }
  const person = party.people.get(name.person)
  return person && { id, party: party.id, person: person.id, scopes: person.scopes }
}

/** Client ids of the people who may propose and approve rule sets. */
export function listOfficers(parties: ReadonlyMap<string, Party>): readonly string[] {
  return [...parties.values()].flatMap((party) =>
    [...party.people.values()]
      .filter(({ scopes }) => scopes.includes('policy:write'))
      .map(({ id }) => formatClientId({ party: party.id, person: id })),
  )
}

/**
 * Client ids of the people of a party who may approve its exchanges that are held.
 * @param acted client ids that do not count any more: who submitted, and who approved already
 */
export const listApprovers = (party: Party | undefined, acted: readonly string[] = []): readonly string[] =>
  listPeople(party, 'exchange:approve').filter((id) => !acted.includes(id))

/** How many different people the duties of a decision require: four eyes are two people. */
export function peopleNeeded(duties: readonly Duty[]): number {
  const people = duties.flatMap((duty) => (duty.kind === 'vier-ogen' ? [duty.people ?? 2] : []))
  return Math.max(2, ...people)
}

/**
 * Whether so many different people of a party can act on one exchange: people who approve, and the submitter when that is a person.
 * @param submittedBy client id of the person who submits; absent when the party's own system does
 */
export function canBeApproved(party: Party | undefined, people: number, submittedBy: string | undefined): boolean {
  if (submittedBy === undefined) return listApprovers(party).length >= people
  return listApprovers(party, [submittedBy]).length + 1 >= people
}

/** Whether a party that sends can send something that needs so many people; true for a party that sends nothing. */
export function canEverBeApproved(party: Party, people: number): boolean {
  const submitters: (string | undefined)[] = listPeople(party, 'exchange:submit').slice()
  if (party.scopes.includes('exchange:submit')) submitters.push(undefined)
  return submitters.length === 0 || submitters.some((submitter) => canBeApproved(party, people, submitter))
}

const listPeople = (party: Party | undefined, scope: Scope): readonly string[] =>
  [...(party?.people.values() ?? [])]
    .filter(({ scopes }) => scopes.includes(scope))
    .map(({ id }) => formatClientId({ party: party!.id, person: id }))

function tryParse(id: string) {
  try {
    return parseClientId(id)
  } catch {
    return undefined
  }
}
