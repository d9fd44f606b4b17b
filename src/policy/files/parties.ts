import { MAIL_ADDRESS, type Party, SCOPES, type Scope } from '../../model/party.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { checkOffices, type LocatedPerson, readPeople } from './people.ts'
import {
  addUnknownWord,
  choice,
  type Members,
  readIdMap,
  readLabels,
  readLocalised,
  readMember,
  readMembers,
  readWords,
  type WordKind,
  wordKind,
} from './reader.ts'
import { readListWithExceptions } from './word-lists.ts'
import type { YamlNode } from './yaml.ts'

/** Reads `partijen.yaml`. Parties whose id could be read are in the map, even when something about them is wrong. */
export function readParties(
  node: YamlNode,
  vocabulary: Vocabulary,
  faults: PolicyFault[],
): ReadonlyMap<string, Party> | undefined {
  const root = readMembers(node, { required: ['partijen'] }, faults)
  if (root === undefined) return undefined
  const groupKind = wordKind(vocabulary.groups, { nl: 'groep', en: 'group' }, 'groepen')
  const scopeKind = choice(SCOPES, { nl: 'toegang', en: 'scope' })
  const entries = readMember(root, 'partijen', readIdMap, faults) ?? []
  return new Map(
    entries.map(({ id, value }): [string, Party] => {
      const keys = {
        required: ['nl', 'en', 'groepen', 'toegang'],
        optional: ['oin', 'contact', 'e-mail', 'medewerkers'],
      }
      const members = readMembers(value, keys, faults)
      if (members === undefined) {
        return [id, { id, label: { nl: '', en: '' }, groups: [], scopes: [], people: new Map() }]
      }
      const words = (key: string, kind: WordKind) =>
        readMember(members, key, (list) => readWords(list, kind, faults, { isFilled: false }), faults) ?? []
      const oin = readMember(members, 'oin', readOin, faults)
      const contact = readMember(members, 'contact', readLocalised, faults)
      const scopes = words('toegang', scopeKind).filter((word): word is Scope => SCOPES.some((scope) => scope === word))
      const people = readMember(members, 'medewerkers', (map) => readPeople(map, scopeKind, faults), faults) ?? []
      checkOffices(members, scopes, people, faults)
      const mailbox = readMember(members, 'e-mail', readMailbox, faults)
      if (mailbox !== undefined) checkReaders(members, people, faults)
      return [
        id,
        {
          id,
          label: readLabels(members, faults) ?? { nl: '', en: '' },
          groups: words('groepen', groupKind),
          scopes,
          people: new Map(people.map(({ person }) => [person.id, person])),
          ...(contact !== undefined && { contact }),
          ...(oin !== undefined && { oin }),
          ...(mailbox !== undefined && { mailbox }),
        },
      ]
    }),
  )
}

// Organisatie-identificatienummer: 20 digits, usually with leading zeros, so it must be quoted to stay text.
function readOin(node: YamlNode, faults: PolicyFault[]): string | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string' && /^\d{20}$/.test(node.value)) return node.value
  addFault(
    faults,
    node.position,
    { nl: 'dit is geen OIN', en: 'this is not an OIN' },
    { nl: 'schrijf 20 cijfers tussen aanhalingstekens', en: 'write 20 digits between quotation marks' },
  )
  return undefined
}

function readMailbox(node: YamlNode, faults: PolicyFault[]): string | undefined {
  if (
    node.kind === 'scalar' &&
    typeof node.value === 'string' &&
    node.value.length <= 254 &&
    MAIL_ADDRESS.test(node.value)
  )
    return node.value
  addFault(
    faults,
    node.position,
    { nl: 'dit is niet één e-mailadres', en: 'this is not one e-mail address' },
    {
      nl: 'schrijf het adres van een gedeelde postbus, zonder naam erbij; nooit dat van een mens',
      en: 'write the address of a shared mailbox, without a name before it; never that of a person',
    },
  )
  return undefined
}

// Mail leads to the inbox in the console, which only such a person can open.
function checkReaders(party: Members, people: readonly LocatedPerson[], faults: PolicyFault[]): void {
  if (people.some(({ person }) => person.scopes.includes('inbox:read'))) return
  addFault(
    faults,
    party.positionOf('e-mail'),
    { nl: 'niemand van deze partij mag de postbus openen', en: 'nobody of this party may open the inbox' },
    {
      nl: `geef iemand onder ${quote('medewerkers:')} ${quote('inbox:read')}, of haal ${quote('e-mail')} weg`,
      en: `grant ${quote('inbox:read')} to somebody under ${quote('medewerkers:')}, or remove ${quote('e-mail')}`,
    },
  )
}

/**
 * Reads a list of parties in which `groep:x` stands for the members of a group and `behalve:x` (a party or `groep:y`)
 * takes away. A list of only exceptions means everybody else. Expanded to plain ids in alphabetical order.
 */
export function readPartyList(
  node: YamlNode,
  parties: ReadonlyMap<string, Party>,
  vocabulary: Vocabulary,
  faults: PolicyFault[],
): readonly string[] | undefined {
  const before = faults.length
  const expand = (word: string, position: Position) => expandParty(word, position, parties, vocabulary, faults)
  const named = readListWithExceptions(node, parties.keys(), expand, faults)
  if (named?.length === 0 && faults.length === before) {
    addFault(
      faults,
      node.position,
      { nl: 'deze lijst noemt geen enkele partij', en: 'this list names no party at all' },
      {
        nl: `zet een partij bij de groep of haal ${quote('behalve:')} weg`,
        en: `put a party in the group or remove ${quote('behalve:')}`,
      },
    )
  }
  return named
}

/** Expands a word to the party it names or the members of `groep:x`. An unknown word is a fault and expands to nothing. */
export function expandParty(
  word: string,
  position: Position,
  parties: ReadonlyMap<string, Party>,
  vocabulary: Vocabulary,
  faults: PolicyFault[],
): readonly string[] {
  if (word.startsWith('groep:')) {
    const group = word.slice('groep:'.length)
    const groupKind = wordKind(vocabulary.groups, { nl: 'groep', en: 'group' }, 'groepen')
    if (!groupKind.known.has(group)) addUnknownWord(position, group, groupKind, faults)
    return [...parties.values()].filter(({ groups }) => groups.includes(group)).map(({ id }) => id)
  }
  if (parties.has(word)) return [word]
  const partyKind = {
    known: new Set(parties.keys()),
    name: { nl: 'partij', en: 'party' },
    where: { nl: 'partijen.yaml', en: 'partijen.yaml' },
  }
  addUnknownWord(position, word, partyKind, faults)
  return []
}
