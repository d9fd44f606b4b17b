import type { Assessment, Circumstance, Field, ValueCondition, Vocabulary, Word } from '../../../model/vocabulary.ts'
import { findRelationFaults } from '../../facts/relations.ts'
import { addFault, type PolicyFault, type Position, quote } from '../fault.ts'
import { readCount } from '../numbers-and-dates.ts'
import {
  type Members,
  readFilledList,
  readMember,
  readMembers,
  readText,
  readWord,
  readWords,
  type WordKind,
  wordKind,
} from '../reader.ts'
import { STATEMENT_KEYS } from '../statement-words.ts'
import type { YamlNode } from '../yaml.ts'

/** Optional keys of a circumstance and of an assessment. */
export const CIRCUMSTANCE_KEYS = ['sluit-uit', 'volgt-uit', 'volgt-uit-waarde', ...STATEMENT_KEYS] as const
export const ASSESSMENT_KEYS = ['sluit-uit', ...STATEMENT_KEYS] as const

/** Bounds of `jonger-dan`, in full years. */
export const AGES = { minimum: 1, maximum: 130 } as const

/** Words and fields without what they have to do with each other. */
interface Listed {
  readonly circumstances: ReadonlyMap<string, Word>
  readonly assessments: ReadonlyMap<string, Word>
  readonly fields: ReadonlyMap<string, Field>
}

type Related = Pick<Vocabulary, 'circumstances' | 'assessments'>

/**
 * Reads which circumstances and assessments exclude each other (`sluit-uit`), which circumstances follow from others (`volgt-uit`)
 * and which from the value of a field (`volgt-uit-waarde`). A word that could never be true, or that follows from itself, is a fault.
 */
export function readRelations(members: Members, listed: Listed, faults: PolicyFault[]): Related {
  const { circumstances, assessments, fields } = listed
  const circumstance = wordKind(circumstances, { nl: 'omstandigheid', en: 'circumstance' }, 'omstandigheden')
  const either: WordKind = {
    known: new Set([...circumstances.keys(), ...assessments.keys()]),
    name: { nl: 'omstandigheid of beoordeling', en: 'circumstance or assessment' },
    where: {
      nl: 'woordenlijst.yaml onder `omstandigheden` of `beoordelingen`',
      en: 'woordenlijst.yaml under `omstandigheden` or `beoordelingen`',
    },
  }
  const read = (list: string, id: string, key: string, kind: WordKind): readonly string[] => {
    const node = memberOf(memberOf(members.get(list), id), key)
    const words = node === undefined ? [] : readWords(node, kind, faults)
    for (const word of words) checkRelated(id, key, word, node!, listed, faults)
    return words.filter((word) => word !== id)
  }
  const excludes = symmetric(
    [
      ...[...circumstances.keys()].map((id) => ['omstandigheden', id] as const),
      ...[...assessments.keys()].map((id) => ['beoordelingen', id] as const),
    ].map(([list, id]) => [id, read(list, id, 'sluit-uit', either)]),
  )
  const withExcludes = <W extends Word>(word: W) => {
    const others = excludes.get(word.id)
    return others === undefined ? word : { ...word, excludes: [...others] }
  }
  const related = {
    circumstances: mapValues(circumstances, (word): Circumstance => {
      const impliedBy = read('omstandigheden', word.id, 'volgt-uit', circumstance)
      const value = memberOf(memberOf(members.get('omstandigheden'), word.id), 'volgt-uit-waarde')
      const settledBy = value && readValueCondition(value, fields, faults)
      return {
        ...withExcludes(word),
        ...(impliedBy.length > 0 && { impliedBy }),
        ...(settledBy && { settledBy }),
      }
    }),
    assessments: mapValues(assessments, (word): Assessment => withExcludes(word)),
  }
  checkRelations(related, members, faults)
  return related
}

const memberOf = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
  node?.kind === 'map' ? node.entries.get(key)?.value : undefined

const mapValues = <V, W>(map: ReadonlyMap<string, V>, change: (value: V) => W): ReadonlyMap<string, W> =>
  new Map([...map].map(([id, value]) => [id, change(value)]))

/** Each of two words that exclude each other lists the other, whichever of them says so. */
function symmetric(
  stated: readonly (readonly [word: string, excludes: readonly string[]])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const pairs = stated.flatMap(([word, others]) =>
    others.flatMap((other) => [[word, other] as const, [other, word] as const]),
  )
  const groups = Map.groupBy(pairs, ([word]) => word)
  return new Map([...groups].map(([word, group]) => [word, new Set(group.map(([, other]) => other).sort())]))
}

function checkRelated(
  id: string,
  key: string,
  word: string,
  list: YamlNode,
  { circumstances, assessments }: Listed,
  faults: PolicyFault[],
): void {
  const item = list.kind === 'list' ? list.items.find((one) => one.kind === 'scalar' && one.value === word) : undefined
  const position = item?.position ?? list.position
  if (word === id) {
    addFault(
      faults,
      position,
      {
        nl: `${quote(word)} noemt zichzelf onder ${quote(key)}`,
        en: `${quote(word)} names itself under ${quote(key)}`,
      },
      { nl: 'verwijder het', en: 'remove it' },
    )
  } else if (circumstances.has(word) && assessments.has(word)) {
    addFault(
      faults,
      position,
      {
        nl: `${quote(word)} is zowel een omstandigheid als een beoordeling`,
        en: `${quote(word)} is both a circumstance and an assessment`,
      },
      { nl: 'geef een van beide een andere naam', en: 'give one of them another name' },
    )
  }
}

/** Reads `{veld, jonger-dan}` or `{veld, waar-bij, onwaar-bij}`. */
function readValueCondition(
  node: YamlNode,
  fields: ReadonlyMap<string, Field>,
  faults: PolicyFault[],
): ValueCondition | undefined {
  const members = readMembers(node, { required: ['veld'], optional: ['jonger-dan', 'waar-bij', 'onwaar-bij'] }, faults)
  if (members === undefined) return undefined
  const fieldKind = wordKind(fields, { nl: 'veld', en: 'field' }, 'velden')
  const id = readMember(members, 'veld', (word) => readWord(word, fieldKind, faults), faults)
  const field = id === undefined ? undefined : fields.get(id)
  if (field === undefined) return undefined
  const isAge = members.get('jonger-dan') !== undefined
  const lists = (['waar-bij', 'onwaar-bij'] as const).filter((key) => members.get(key) !== undefined)
  if (isAge === lists.length > 0) {
    addFault(
      faults,
      node.position,
      { nl: 'hier hoort één manier te staan', en: 'this needs exactly one form' },
      {
        nl: 'schrijf `jonger-dan`, of `waar-bij` en `onwaar-bij`, of een van die twee',
        en: 'write `jonger-dan`, or `waar-bij` and `onwaar-bij`, or one of those two',
      },
    )
    return undefined
  }
  if (isAge) {
    if (!isOfType(field, ['datum'], members.positionOf('veld'), faults)) return undefined
    const read = (count: YamlNode) => readCount(count, AGES.minimum, faults, AGES.maximum)
    const youngerThan = readMember(members, 'jonger-dan', read, faults)
    return youngerThan === undefined ? undefined : { field: field.id, youngerThan }
  }
  if (!isOfType(field, ['woord', 'land'], members.positionOf('veld'), faults)) return undefined
  const values = (key: string) => readMember(members, key, (list) => readValues(list, field, faults), faults) ?? []
  const [trueAt, falseAt] = [values('waar-bij'), values('onwaar-bij')]
  const both = falseAt.find((value) => trueAt.includes(value))
  if (both !== undefined) {
    addFault(
      faults,
      members.positionOf('onwaar-bij'),
      { nl: `bij ${quote(both)} is het zowel waar als onwaar`, en: `${quote(both)} makes it both true and false` },
      { nl: 'haal het uit een van beide', en: 'take it out of one of them' },
    )
  }
  return { field: field.id, trueAt, falseAt }
}

function isOfType(field: Field, types: readonly Field['type'][], position: Position, faults: PolicyFault[]): boolean {
  if (types.includes(field.type)) return true
  const list = (or: string) => types.map(quote).join(` ${or} `)
  addFault(
    faults,
    position,
    {
      nl: `veld ${quote(field.id)} is niet van type ${list('of')}`,
      en: `field ${quote(field.id)} is not of type ${list('or')}`,
    },
    { nl: 'kies een ander veld', en: 'choose another field' },
  )
  return false
}

function readValues(node: YamlNode, field: Field, faults: PolicyFault[]): readonly string[] {
  if (field.values !== undefined) {
    return readWords(
      node,
      wordKind(field.values, { nl: 'waarde', en: 'value' }, `velden: ${field.id}: waarden`),
      faults,
    )
  }
  return (readFilledList(node, faults) ?? []).flatMap((item) => {
    const code = readText(item, faults)
    if (code === undefined || /^[A-Z]{2}$/.test(code)) return code ?? []
    addFault(
      faults,
      item.position,
      { nl: `${quote(code)} is geen landcode`, en: `${quote(code)} is not a country code` },
      {
        nl: 'schrijf twee hoofdletters uit ISO 3166-1, zoals NL',
        en: 'write two capitals from ISO 3166-1, such as NL',
      },
    )
    return []
  })
}

function checkRelations(related: Related, members: Members, faults: PolicyFault[]): void {
  const positionOf = (id: string, key: string): Position => {
    const entry = memberOf(members.get('omstandigheden'), id) ?? memberOf(members.get('beoordelingen'), id)
    return (memberOf(entry, key) ?? entry)?.position ?? members.position
  }
  for (const { kind, word, by } of findRelationFaults(related)) {
    if (kind === 'cycle') {
      addFault(
        faults,
        positionOf(word, 'volgt-uit'),
        {
          nl: `${quote(word)} en ${quote(by)} volgen uit elkaar`,
          en: `${quote(word)} and ${quote(by)} follow from each other`,
        },
        {
          nl: 'haal een van beide weg, of maak er één omstandigheid van',
          en: 'remove one of them, or make them one circumstance',
        },
      )
    } else {
      addFault(
        faults,
        positionOf(word, 'sluit-uit'),
        {
          nl: `${quote(word)} kan nooit waar zijn: ${quote(by)} is dan zowel waar als onwaar`,
          en: `${quote(word)} can never be true: ${quote(by)} is then both true and false`,
        },
        { nl: 'verbeter `volgt-uit` of `sluit-uit`', en: 'correct `volgt-uit` or `sluit-uit`' },
      )
    }
  }
  checkAges(related, positionOf, faults)
}

/** Being younger follows from being younger than fewer years. Questions without a date of birth must know that too. */
function checkAges(
  { circumstances }: Related,
  positionOf: (id: string, key: string) => Position,
  faults: PolicyFault[],
): void {
  const ages = [...circumstances.values()].flatMap(({ id, impliedBy = [], settledBy }) =>
    settledBy !== undefined && 'youngerThan' in settledBy ? [{ id, impliedBy, ...settledBy }] : [],
  )
  for (const group of Map.groupBy(ages, ({ field }) => field).values()) {
    const ordered = group.toSorted((a, b) => a.youngerThan - b.youngerThan)
    for (const [index, { id, impliedBy }] of ordered.entries()) {
      const younger = ordered[index - 1]
      if (younger === undefined || impliedBy.includes(younger.id)) continue
      addFault(
        faults,
        positionOf(id, 'volgt-uit'),
        {
          nl: `${quote(id)} volgt niet uit ${quote(younger.id)}, terwijl dat minder jaren zijn`,
          en: `${quote(id)} does not follow from ${quote(younger.id)}, which is fewer years`,
        },
        { nl: `voeg toe: ${quote(`volgt-uit: [${younger.id}]`)}`, en: `add ${quote(`volgt-uit: [${younger.id}]`)}` },
      )
    }
  }
}
