import { PERSONAL_SCOPES, type Person, SCOPES, type Scope, SUBJECT_PATTERN } from '../../model/party.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { type Members, readIdMap, readLabels, readMember, readMembers, readWords, type WordKind } from './reader.ts'
import type { YamlNode } from './yaml.ts'

export interface LocatedPerson {
  readonly person: Person
  readonly position: Position
}

/** Reads `medewerkers`: people by role id, each with their own scopes and, when they can sign in, their subject. */
export function readPeople(node: YamlNode, scopeKind: WordKind, faults: PolicyFault[]): readonly LocatedPerson[] {
  const subjects = new Set<string>()
  return readIdMap(node, faults).map(({ id, value, position }) => {
    const members = readMembers(value, { required: ['nl', 'en', 'toegang'], optional: ['subject'] }, faults)
    const words =
      (members && readMember(members, 'toegang', (list) => readWords(list, scopeKind, faults), faults)) ?? []
    const subject = members && readMember(members, 'subject', readSubject, faults)
    if (members && subject !== undefined) {
      if (subjects.has(subject)) addSharedSubject(members.positionOf('subject'), id, faults)
      subjects.add(subject)
    }
    const person = {
      id,
      label: (members && readLabels(members, faults)) ?? { nl: '', en: '' },
      scopes: words.filter((word): word is Scope => SCOPES.some((scope) => scope === word)),
      ...(subject !== undefined && { subject }),
    }
    return { person, position }
  })
}

const SUBJECT = new RegExp(SUBJECT_PATTERN)

function readSubject(node: YamlNode, faults: PolicyFault[]): string | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string' && SUBJECT.test(node.value)) return node.value
  addFault(
    faults,
    node.position,
    { nl: 'dit is geen kenmerk van een aanmelddienst', en: 'this is not a subject of a sign-in provider' },
    {
      nl: 'schrijf de `sub` uit het token, tussen aanhalingstekens: hooguit 255 leestekens zonder spatie, en nooit een e-mailadres',
      en: 'write the `sub` of the token, between quotation marks: at most 255 printable characters without spaces, and never an e-mail address',
    },
  )
  return undefined
}

// One subject is one person: otherwise nobody could say who signed in.
function addSharedSubject(position: Position, id: string, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    {
      nl: `${quote(id)} heeft hetzelfde kenmerk als iemand anders van deze partij`,
      en: `${quote(id)} has the same subject as another person of this party`,
    },
    { nl: 'geef ieder zijn eigen `subject`', en: 'give each their own `subject`' },
  )
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
