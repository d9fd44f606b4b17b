import type { LocalisedText } from '../../model/language.ts'
import {
  MAX_ID_CHARACTERS,
  MAX_ITEMS,
  MAX_LABEL_CHARACTERS,
  MAX_MEMBERS,
  MAX_TEXT_CHARACTERS,
} from '../../model/rule-file-bounds.ts'
import { addFault, addUnknownKey, mendUnknown, type PolicyFault, type Position, quote } from './fault.ts'
import type { YamlEntry, YamlMap, YamlNode } from './yaml.ts'

/**
 * Readers for the shapes that rule files are made of. Each adds faults to `faults` and returns undefined (or the valid part),
 * so that one pass finds every fault of a file.
 */

/** The members of one map, with the position of the map for faults about missing keys. */
export interface Members {
  readonly position: Position
  get(key: string): YamlNode | undefined
  /** Position of the key, or of the map when the key is absent. */
  positionOf(key: string): Position
}

/** Reads a map with a closed list of keys; unknown and missing keys are faults. */
export function readMembers(
  node: YamlNode,
  keys: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  faults: PolicyFault[],
): Members | undefined {
  const map = readMap(node, faults)
  if (map === undefined) return undefined
  const known = [...keys.required, ...(keys.optional ?? [])]
  const withoutColon = new Set<string>()
  for (const [key, entry] of map.entries) {
    if (known.includes(key)) continue
    const meant = addUnknownKey(faults, entry.position, key, known)
    if (meant !== undefined) withoutColon.add(meant)
  }
  for (const key of keys.required)
    if (!map.entries.has(key) && !withoutColon.has(key)) addMissing(map.position, key, faults)
  return {
    position: map.position,
    get: (key) => map.entries.get(key)?.value,
    positionOf: (key) => map.entries.get(key)?.position ?? map.position,
  }
}

export function addMissing(position: Position, key: string, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    { nl: `sleutel ${quote(key)} ontbreekt`, en: `key ${quote(key)} is missing` },
    { nl: `voeg ${quote(`${key}:`)} toe`, en: `add ${quote(`${key}:`)}` },
  )
}

function addWrongShape(
  node: YamlNode,
  expected: { message: LocalisedText; mend: LocalisedText },
  faults: PolicyFault[],
): undefined {
  const found = SHAPES[node.kind === 'scalar' ? (node.value === null ? 'nothing' : typeof node.value) : node.kind]!
  addFault(
    faults,
    node.position,
    {
      nl: `hier staat ${found.nl} in plaats van ${expected.message.nl}`,
      en: `${found.en} where ${expected.message.en} is expected`,
    },
    expected.mend,
  )
  return undefined
}

const SHAPES: Readonly<Record<string, LocalisedText>> = {
  nothing: { nl: 'niets', en: 'nothing' },
  string: { nl: 'tekst', en: 'text' },
  number: { nl: 'een getal', en: 'a number' },
  boolean: { nl: 'waar of onwaar', en: 'true or false' },
  map: { nl: 'een groep sleutels', en: 'a map' },
  list: { nl: 'een lijst', en: 'a list' },
}

/** Reads a map with any keys, at most `maximum`. */
export function readMap(node: YamlNode, faults: PolicyFault[], maximum = MAX_MEMBERS): YamlMap | undefined {
  if (node.kind === 'map') {
    if (node.entries.size <= maximum) return node
    return addTooMany(node.position, maximum, { nl: 'sleutels', en: 'keys' }, faults)
  }
  return addWrongShape(
    node,
    {
      message: { nl: 'een groep sleutels', en: 'a map' },
      mend: { nl: 'schrijf `sleutel: waarde`', en: 'write `key: value`' },
    },
    faults,
  )
}

// Nothing inside is checked: a list that is too long would cause as many faults as it has items.
function addTooMany(position: Position, maximum: number, what: LocalisedText, faults: PolicyFault[]): undefined {
  addFault(
    faults,
    position,
    { nl: `hier staan meer dan ${maximum} ${what.nl}`, en: `there are more than ${maximum} ${what.en} here` },
    {
      nl: `houd er hooguit ${maximum}; verdeel regels en gevallen over meer bestanden`,
      en: `keep at most ${maximum}; divide rules and cases over more files`,
    },
  )
  return undefined
}

/** Reads a map whose keys are ids: lower-case words joined by hyphens. Invalid ids are skipped. */
export function readIdMap(
  node: YamlNode,
  faults: PolicyFault[],
  maximum = MAX_MEMBERS,
): readonly (YamlEntry & { readonly id: string })[] {
  const entries = [...(readMap(node, faults, maximum)?.entries ?? [])]
  return entries.filter(([id, entry]) => isId(id, entry.position, faults)).map(([id, entry]) => ({ id, ...entry }))
}

/** Ids appear in URLs, file names and the log, so they consist of letters, digits and hyphens. */
export function isId(id: string, position: Position, faults: PolicyFault[]): boolean {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length <= MAX_ID_CHARACTERS) return true
  addFault(
    faults,
    position,
    { nl: `${quote(id)} kan geen naam zijn`, en: `${quote(id)} cannot be a name` },
    {
      nl: `gebruik hooguit ${MAX_ID_CHARACTERS} kleine letters, cijfers en koppeltekens`,
      en: `use at most ${MAX_ID_CHARACTERS} lower-case letters, digits and hyphens`,
    },
  )
  return false
}

/** Reads a list of at most `MAX_ITEMS`. */
export function readList(node: YamlNode, faults: PolicyFault[]): readonly YamlNode[] | undefined {
  if (node.kind === 'list') {
    if (node.items.length <= MAX_ITEMS) return node.items
    return addTooMany(node.position, MAX_ITEMS, { nl: 'onderdelen', en: 'items' }, faults)
  }
  return addWrongShape(
    node,
    { message: { nl: 'een lijst', en: 'a list' }, mend: { nl: 'schrijf `[a, b]`', en: 'write `[a, b]`' } },
    faults,
  )
}

/** Reads a list that must not be empty: an empty list, or a key with nothing after it, could mean both "nobody" and "everybody". */
export function readFilledList(node: YamlNode, faults: PolicyFault[]): readonly YamlNode[] | undefined {
  const items = node.kind === 'scalar' && node.value === null ? [] : readList(node, faults)
  if (items === undefined || items.length > 0) return items
  addFault(
    faults,
    node.position,
    { nl: 'de lijst is leeg', en: 'the list is empty' },
    { nl: 'vul hem of laat de sleutel weg', en: 'fill it or leave the key out' },
  )
  return undefined
}

/** Reads text of at most `maximum` characters that is not blank. */
export function readTextUpTo(maximum: number, node: YamlNode, faults: PolicyFault[]): string | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '') {
    if (node.value.length <= maximum || [...node.value].length <= maximum) return node.value.trim()
    addFault(
      faults,
      node.position,
      { nl: `deze tekst is langer dan ${maximum} tekens`, en: `this text is longer than ${maximum} characters` },
      { nl: 'maak hem korter', en: 'shorten it' },
    )
    return undefined
  }
  return addWrongShape(
    node.kind === 'scalar' && typeof node.value === 'string' ? { ...node, value: null } : node,
    {
      message: { nl: 'tekst', en: 'text' },
      mend: {
        nl: 'schrijf tekst, zo nodig tussen aanhalingstekens',
        en: 'write text, between quotation marks if need be',
      },
    },
    faults,
  )
}

/** Reads text of at most `MAX_TEXT_CHARACTERS` that is not blank. */
export const readText = (node: YamlNode, faults: PolicyFault[]): string | undefined =>
  readTextUpTo(MAX_TEXT_CHARACTERS, node, faults)

/** Reads a text in both languages: `{nl, en}`. */
export function readLocalised(node: YamlNode, faults: PolicyFault[]): LocalisedText | undefined {
  const members = readMembers(node, { required: ['nl', 'en'] }, faults)
  return members && readLabels(members, faults)
}

/** Reads `nl` and `en` beside other keys. */
export function readLabels(members: Members, faults: PolicyFault[]): LocalisedText | undefined {
  const readLabel = (node: YamlNode) => readTextUpTo(MAX_LABEL_CHARACTERS, node, faults)
  const nl = readMember(members, 'nl', readLabel, faults)
  const en = readMember(members, 'en', readLabel, faults)
  return nl === undefined || en === undefined ? undefined : { nl, en }
}

/** Reads a member when it is present. */
export function readMember<Value>(
  members: Members,
  key: string,
  read: (node: YamlNode, faults: PolicyFault[]) => Value | undefined,
  faults: PolicyFault[],
): Value | undefined {
  const node = members.get(key)
  return node && read(node, faults)
}

/** A kind of word: the known words, the name of the kind, and where the words are listed. */
export interface WordKind {
  readonly known: ReadonlySet<string>
  readonly name: LocalisedText
  readonly where: LocalisedText
}

/** A kind of word that is fixed in the code; faults list the choices. */
export function choice(known: readonly string[], name: LocalisedText): WordKind {
  const list = known.map(quote).join(', ')
  return { known: new Set(known), name, where: { nl: list, en: list } }
}

/** The rules of the file that names them. */
export const rulesOfFile = (ids: readonly string[]): WordKind => ({
  known: new Set(ids),
  name: { nl: 'regel', en: 'rule' },
  where: { nl: 'de regels van dit bestand', en: 'the rules of this file' },
})

/** The words of one list of the vocabulary, as rule files may use them. */
export function wordKind(words: ReadonlyMap<string, unknown>, name: LocalisedText, list: string): WordKind {
  return {
    known: new Set(words.keys()),
    name,
    where: { nl: `woordenlijst.yaml onder \`${list}\``, en: `woordenlijst.yaml under \`${list}\`` },
  }
}

/** Reads one word of a kind. */
export function readWord(node: YamlNode, kind: WordKind, faults: PolicyFault[]): string | undefined {
  const word = readText(node, faults)
  if (word === undefined || kind.known.has(word)) return word
  addUnknownWord(node.position, word, kind, faults)
  return undefined
}

export function addUnknownWord(position: Position, word: string, kind: WordKind, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    { nl: `${kind.name.nl} ${quote(word)} bestaat niet`, en: `${kind.name.en} ${quote(word)} does not exist` },
    // A guess costs as much as there are words, and nobody reads more guesses than this.
    mendDenial(word, kind) ?? mendUnknown(word, faults.length < MAX_GUESSES ? kind.known : [], kind.where),
  )
}

/** `niet x` is not a misspelt `x`: that guess would turn the rule round. */
function mendDenial(word: string, { known }: WordKind): LocalisedText | undefined {
  const denied = /^(?:niet|geen|not|no|!)[\s-]*(.+)$/i.exec(word)?.[1]
  if (denied === undefined || !known.has(denied)) return undefined
  return {
    nl: `een lijst kent geen \`niet\`; zet ${quote(denied)} onder \`als_niet\`, of in een geval onder \`nee\``,
    en: `a list has no \`niet\`; put ${quote(denied)} under \`als_niet\`, or in a case under \`nee\``,
  }
}

const MAX_GUESSES = 100

/** Reads one of a few words that are fixed in the code. */
export function readChoice<Choice extends string>(
  node: YamlNode,
  choices: readonly Choice[],
  name: LocalisedText,
  faults: PolicyFault[],
): Choice | undefined {
  const word = readWord(node, choice(choices, name), faults)
  return choices.find((known) => known === word)
}

/** Reads a list of distinct words of one kind; an empty list is allowed only where `isFilled` is false. */
export function readWords(
  node: YamlNode,
  kind: WordKind,
  faults: PolicyFault[],
  { isFilled = true }: { readonly isFilled?: boolean } = {},
): readonly string[] {
  const words: string[] = []
  for (const item of (isFilled ? readFilledList(node, faults) : readList(node, faults)) ?? []) {
    const word = readWord(item, kind, faults)
    if (word === undefined) continue
    if (words.includes(word)) addDuplicate(item.position, word, faults)
    else words.push(word)
  }
  return words
}

export function addDuplicate(position: Position, word: string, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    { nl: `${quote(word)} staat dubbel`, en: `${quote(word)} appears twice` },
    { nl: 'verwijder er één', en: 'remove one' },
  )
}
