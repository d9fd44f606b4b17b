import { formatClientId, parseClientId } from '../model/client-id.ts'
import type { Party, Scope } from '../model/party.ts'

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

/** Client ids of the people of a party who may approve its exchanges that are held. */
export const listApprovers = (party: Party): readonly string[] =>
  [...party.people.values()]
    .filter(({ scopes }) => scopes.includes('exchange:approve'))
    .map(({ id }) => formatClientId({ party: party.id, person: id }))

function tryParse(id: string) {
  try {
    return parseClientId(id)
  } catch {
    return undefined
  }
}
