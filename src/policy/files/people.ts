import { PERSONAL_SCOPES, type Person, SCOPES, type Scope } from '../../model/party.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { type Members, readIdMap, readLabels, readMember, readMembers, readWords, type WordKind } from './reader.ts'
import type { YamlNode } from './yaml.ts'

export interface LocatedPerson {
  readonly person: Person
  readonly position: Position
}

/** Reads `medewerkers`: people by role id, each with the scopes of their own keys. */
export function readPeople(node: YamlNode, scopeKind: WordKind, faults: PolicyFault[]): readonly LocatedPerson[] {
  return readIdMap(node, faults).map(({ id, value, position }) => {
    const members = readMembers(value, { required: ['nl', 'en', 'toegang'] }, faults)
    const words =
      (members && readMember(members, 'toegang', (list) => readWords(list, scopeKind, faults), faults)) ?? []
    const person = {
      id,
      label: (members && readLabels(members, faults)) ?? { nl: '', en: '' },
      scopes: words.filter((word): word is Scope => SCOPES.some((scope) => scope === word)),
    }
    return { person, position }
  })
}

/**
 * Keeps offices separate: nobody both writes rules and reads the log, not even with the keys of their organisation, and
 * scopes that need human judgement are never granted to a system.
 */
export function checkOffices(
  party: Members,
  partyScopes: readonly Scope[],
  people: readonly LocatedPerson[],
  faults: PolicyFault[],
): void {
  for (const scope of PERSONAL_SCOPES.filter((scope) => partyScopes.includes(scope))) {
    addFault(
      faults,
      party.positionOf('toegang'),
      {
        nl: `${quote(scope)} is voor een mens en niet voor het systeem van een partij`,
        en: `${quote(scope)} is for a person, not for the system of a party`,
      },
      {
        nl: `geef het aan iemand onder ${quote('medewerkers:')}`,
        en: `grant it to somebody under ${quote('medewerkers:')}`,
      },
    )
  }
  for (const { person, position } of people) {
    const isOfficer = person.scopes.includes('policy:write')
    if (!isOfficer || !(person.scopes.includes('audit:read') || partyScopes.includes('audit:read'))) continue
    addFault(
      faults,
      position,
      {
        nl: `${quote(person.id)} zou regels wijzigen en het logboek controleren`,
        en: `${quote(person.id)} would change rules and review the log`,
      },
      {
        nl: `laat ${quote('policy:write')} of ${quote('audit:read')} weg, ook bij de partij zelf`,
        en: `remove ${quote('policy:write')} or ${quote('audit:read')}, from the party itself too`,
      },
    )
  }
}
