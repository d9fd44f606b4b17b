import type { IdentifierKind } from '../../model/identifier.ts'
import { IDENTIFIER_KINDS } from '../../model/identifier.ts'
import type { LocalisedText } from '../../model/language.ts'
import { MAX_FIELDS } from '../../model/rule-file-bounds.ts'
import type { Field, FieldType } from '../../model/vocabulary.ts'
import { FIELD_CLASSES, FIELD_TYPES } from '../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import {
  addDuplicate,
  addMissing,
  choice,
  type Members,
  readChoice,
  readIdMap,
  readLabels,
  readList,
  readLocalised,
  readMap,
  readMember,
  readMembers,
  readText,
  readWord,
} from './reader.ts'
import { readDateLimits } from './relations/date-limits.ts'
import type { YamlNode } from './yaml.ts'

/** Generalisation levels per field type, finest first. Levels with the same rank cannot be on one ladder. */
export const LEVELS: Partial<Record<FieldType, Readonly<Record<string, number>>>> = {
  datum: { maand: 0, jaar: 1, geboortejaar: 1 },
  adres: { postcode4: 0, plaats: 1, gemeente: 2, land: 3 },
  land: { 'eu-of-daarbuiten': 0 },
  telefoon: { landnummer: 0 },
}

/** Which type of field can hold which identifier. */
const IDENTIFIER_TYPES: Readonly<Record<IdentifierKind, readonly FieldType[]>> = {
  bsn: ['nummer'],
  'v-nummer': ['nummer'],
  documentnummer: ['nummer'],
  iban: ['nummer'],
  telefoon: ['telefoon'],
  email: ['email'],
  voornaam: ['naam', 'tekst'],
  tussenvoegsel: ['naam', 'tekst'],
  achternaam: ['naam', 'tekst'],
  alias: ['namen', 'naam'],
  geboortedatum: ['datum'],
  geboorteplaats: ['naam', 'tekst'],
  nationaliteit: ['land'],
  geslacht: ['woord'],
  adres: ['adres'],
}

/** Values that linking compares as a person's sex; other spellings would silently never match. */
const SEXES = ['vrouw', 'man'] as const

/** Reads `velden` of the vocabulary: what a report can contain and how each field may be treated. */
export function readFields(node: YamlNode, faults: PolicyFault[]): ReadonlyMap<string, Field> {
  const fields = new Map(
    readIdMap(node, faults, MAX_FIELDS).map(({ id, value, position }) => [id, readField(id, value, position, faults)]),
  )
  return readDateLimits(node, fields, faults)
}

function readField(id: string, node: YamlNode, position: Position, faults: PolicyFault[]): Field {
  const members = readMembers(
    node,
    { required: ['type', 'klasse', 'nl', 'en'], optional: ['kenmerk', 'ladder', 'waarden', 'grenzen', 'htcds', 'dpv'] },
    faults,
  )
  if (members === undefined) return { id, type: 'tekst', class: 'gewoon', ladder: [], label: { nl: '', en: '' } }
  const type = readMember(
    members,
    'type',
    (value) => readChoice(value, FIELD_TYPES, { nl: 'type', en: 'type' }, faults),
    faults,
  )
  const fieldClass = readMember(
    members,
    'klasse',
    (value) => readChoice(value, FIELD_CLASSES, { nl: 'klasse', en: 'class' }, faults),
    faults,
  )
  const identifier = readMember(
    members,
    'kenmerk',
    (value) => readChoice(value, IDENTIFIER_KINDS, { nl: 'kenmerk', en: 'identifier kind' }, faults),
    faults,
  )
  const values = readMember(members, 'waarden', readValues, faults)
  const htcds = readMember(members, 'htcds', readText, faults)
  const dpv = readMember(members, 'dpv', readText, faults)
  const ladder = readMember(members, 'ladder', (list) => (type ? readLadder(list, type, faults) : []), faults) ?? []
  if (type !== undefined) checkType(members, type, identifier, faults)
  if (identifier === 'geslacht' && values !== undefined) checkSexes(members, values, faults)
  if ((identifier === 'bsn') !== (fieldClass === 'bsn') && fieldClass !== undefined) {
    addFault(
      faults,
      position,
      { nl: `veld ${quote(id)} is maar half een BSN`, en: `field ${quote(id)} is only half a BSN` },
      {
        nl: 'geef het zowel `kenmerk: bsn` als `klasse: bsn`, of geen van beide',
        en: 'give it both `kenmerk: bsn` and `klasse: bsn`, or neither',
      },
    )
  }
  return {
    id,
    type: type ?? 'tekst',
    class: fieldClass ?? 'gewoon',
    ladder,
    label: readLabels(members, faults) ?? { nl: '', en: '' },
    ...(identifier !== undefined && { identifier }),
    ...(values !== undefined && { values }),
    ...(htcds !== undefined && { htcds }),
    ...(dpv !== undefined && { dpv }),
  }
}

function checkType(members: Members, type: FieldType, identifier: IdentifierKind | undefined, faults: PolicyFault[]) {
  const hasValues = members.get('waarden') !== undefined
  if (type === 'woord' && !hasValues) addMissing(members.position, 'waarden', faults)
  if (type === 'nummer' && members.get('kenmerk') === undefined) addMissing(members.position, 'kenmerk', faults)
  if (type !== 'woord' && hasValues) {
    addFault(
      faults,
      members.positionOf('waarden'),
      {
        nl: `een veld van type ${quote(type)} heeft geen \`waarden\``,
        en: `a field of type ${quote(type)} has no \`waarden\``,
      },
      { nl: 'maak het type `woord` of verwijder de waarden', en: 'make the type `woord` or remove the values' },
    )
  }
  if (identifier !== undefined && !IDENTIFIER_TYPES[identifier].includes(type)) {
    const types = IDENTIFIER_TYPES[identifier].map(quote)
    addFault(
      faults,
      members.positionOf('kenmerk'),
      {
        nl: `kenmerk ${quote(identifier)} past niet bij type ${quote(type)}`,
        en: `identifier kind ${quote(identifier)} does not fit type ${quote(type)}`,
      },
      { nl: `maak het type ${types.join(' of ')}`, en: `make the type ${types.join(' or ')}` },
    )
  }
}

function checkSexes(members: Members, values: ReadonlyMap<string, unknown>, faults: PolicyFault[]) {
  const missing = SEXES.filter((sex) => !values.has(sex)).map(quote)
  if (missing.length === 0) return
  addFault(
    faults,
    members.positionOf('waarden'),
    {
      nl: `een veld met kenmerk \`geslacht\` mist ${missing.join(' en ')}`,
      en: `a field of identifier kind \`geslacht\` lacks ${missing.join(' and ')}`,
    },
    {
      nl: 'noem de waarden `vrouw` en `man`; andere waarden tellen bij het koppelen niet mee',
      en: 'name the values `vrouw` and `man`; other values do not count in linking',
    },
  )
}

function readValues(node: YamlNode, faults: PolicyFault[]): ReadonlyMap<string, LocalisedText> {
  const map = readMap(node, faults)
  const values = new Map<string, LocalisedText>()
  for (const [id, { value, position }] of map?.entries ?? []) {
    // Values may be codes of a standard, with capitals, dots and underscores.
    if (/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/.test(id))
      values.set(id, readLocalised(value, faults) ?? { nl: '', en: '' })
    else {
      addFault(
        faults,
        position,
        { nl: `${quote(id)} kan geen waarde zijn`, en: `${quote(id)} cannot be a value` },
        { nl: 'gebruik letters, cijfers en koppeltekens', en: 'use letters, digits and hyphens' },
      )
    }
  }
  return values
}

function readLadder(node: YamlNode, type: FieldType, faults: PolicyFault[]): readonly string[] {
  const ranks = LEVELS[type]
  if (ranks === undefined) {
    addFault(
      faults,
      node.position,
      { nl: `een veld van type ${quote(type)} heeft geen ladder`, en: `a field of type ${quote(type)} has no ladder` },
      { nl: 'verwijder `ladder`', en: 'remove `ladder`' },
    )
    return []
  }
  const kind = choice(Object.keys(ranks), { nl: 'niveau', en: 'level' })
  const ladder: string[] = []
  for (const item of readList(node, faults) ?? []) {
    const level = readWord(item, kind, faults)
    const previous = ladder.at(-1)
    if (level === undefined) continue
    if (ladder.includes(level)) addDuplicate(item.position, level, faults)
    else if (previous !== undefined && ranks[level]! <= ranks[previous]!) {
      addFault(
        faults,
        item.position,
        {
          nl: `niveau ${quote(level)} is niet grover dan ${quote(previous)}`,
          en: `level ${quote(level)} is not coarser than ${quote(previous)}`,
        },
        {
          nl: 'zet het fijnste niveau vooraan, elk niveau één keer',
          en: 'put the finest level first, each level once',
        },
      )
    } else ladder.push(level)
  }
  return ladder
}
