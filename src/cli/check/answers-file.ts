import type { LocalisedText } from '../../model/language.ts'
import { addFault, mendUnknown, type PolicyFault, quote } from '../../policy/files/fault.ts'
import { parseYaml, type YamlEntry, type YamlNode } from '../../policy/files/yaml.ts'
import type { Words } from './gateway-answers.ts'
import type { Reply } from './statements.ts'

/** Choices and answers that were written down beforehand. */
export interface WrittenAnswers {
  readonly to?: string
  readonly purpose?: string
  readonly basis?: string
  readonly role?: string
  readonly fields?: readonly string[]
  readonly circumstances: ReadonlyMap<string, Reply>
  readonly assessments: ReadonlyMap<string, Reply>
}

export const NO_ANSWERS: WrittenAnswers = { circumstances: new Map(), assessments: new Map() }

const MEMBERS = ['to', 'purpose', 'basis', 'role', 'fields', 'circumstances', 'assessments'] as const

const REPLIES: ReadonlyMap<unknown, Reply> = new Map<unknown, Reply>([
  ...[true, 'ja', 'yes'].map((word) => [word, 'yes'] as const),
  ...[false, 'nee', 'no'].map((word) => [word, 'no'] as const),
  ...['onbekend', 'unknown'].map((word) => [word, 'unknown'] as const),
])

/**
 * Reads a file of answers, YAML or JSON: `to`, `purpose`, `basis`, `role`, `fields`, `circumstances` and `assessments` with
 * true, false or `onbekend` for each word. Every fault goes into `faults`, with its line and the nearest word.
 *
 * @param bases ids of the legal bases
 */
export function readAnswers(
  file: string,
  text: string,
  vocabulary: Words,
  bases: readonly string[],
  faults: PolicyFault[],
): WrittenAnswers {
  // JSON may have tabs between its tokens, and editors on Windows end lines otherwise; neither can matter here.
  const plain = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', ' ')
  const root = parseYaml(file, plain, faults)
  if (root === undefined) return NO_ANSWERS
  if (root.kind !== 'map') {
    fault(root, WORDS.noMap, WORDS.mendMap)
    return NO_ANSWERS
  }
  for (const [name, { position }] of root.entries)
    if (!MEMBERS.some((member) => member === name))
      addFault(faults, position, unknown(name), mendUnknown(name, MEMBERS, WORDS.inDocs))

  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  const entry = (name: (typeof MEMBERS)[number]): YamlEntry | undefined => root.entries.get(name)
  const choice = (name: 'to' | 'purpose' | 'basis' | 'role', known: readonly string[]) => {
    const word = readWord(entry(name)?.value, known)
    return word === undefined ? {} : { [name]: word }
  }
  return {
    ...choice('to', ids(vocabulary.parties)),
    ...choice('purpose', ids(vocabulary.purposes)),
    ...choice('basis', bases),
    ...choice('role', ids(vocabulary.roles)),
    ...readFields(),
    circumstances: readReplies(entry('circumstances')?.value, ids(vocabulary.circumstances)),
    assessments: readReplies(entry('assessments')?.value, ids(vocabulary.assessments)),
  }

  function fault(node: YamlNode, message: LocalisedText, mend: LocalisedText): void {
    addFault(faults, node.position, message, mend)
  }

  function readWord(node: YamlNode | undefined, known: readonly string[]): string | undefined {
    if (node === undefined) return undefined
    if (node.kind !== 'scalar' || typeof node.value !== 'string') fault(node, WORDS.noWord, WORDS.mendWord)
    else if (!known.includes(node.value)) fault(node, unknown(node.value), mendUnknown(node.value, known, WORDS.inApi))
    else return node.value
    return undefined
  }

  function readList(node: YamlNode, known: readonly string[]): readonly string[] {
    if (node.kind !== 'list') {
      fault(node, WORDS.noList, WORDS.mendList)
      return []
    }
    return [...new Set(node.items.flatMap((item) => readWord(item, known) ?? []))]
  }

  function readFields(): Pick<WrittenAnswers, 'fields'> {
    const node = entry('fields')?.value
    if (node === undefined) return {}
    const fields = readList(node, ids(vocabulary.fields))
    return fields.length === 0 ? {} : { fields }
  }

  function readReplies(node: YamlNode | undefined, known: readonly string[]): ReadonlyMap<string, Reply> {
    if (node === undefined) return new Map()
    if (node.kind === 'list') return new Map(readList(node, known).map((word) => [word, 'yes']))
    if (node.kind !== 'map') {
      fault(node, WORDS.noReplies, WORDS.mendReplies)
      return new Map()
    }
    const replies = new Map<string, Reply>()
    for (const [word, { position, value }] of node.entries) {
      const reply = value.kind === 'scalar' ? REPLIES.get(value.value) : undefined
      if (!known.includes(word)) addFault(faults, position, unknown(word), mendUnknown(word, known, WORDS.inApi))
      else if (reply === undefined) fault(value, WORDS.noReply, WORDS.mendReply)
      else replies.set(word, reply)
    }
    return replies
  }
}

const unknown = (word: string): LocalisedText => ({
  nl: `onbekend woord ${quote(word)}`,
  en: `unknown word ${quote(word)}`,
})

const WORDS = {
  inApi: { nl: '`sluis request GET /v1/vocabulary`', en: '`sluis request GET /v1/vocabulary`' },
  inDocs: { nl: '`sluis help check`', en: '`sluis help check`' },
  noMap: { nl: 'het bestand heeft geen namen met waarden', en: 'the file has no names with values' },
  mendMap: { nl: 'begin met een regel als `to: comensha`', en: 'start with a line like `to: comensha`' },
  noWord: { nl: 'hier staat geen woord', en: 'this is not a word' },
  mendWord: { nl: 'zet hier één woord', en: 'put one word here' },
  noList: { nl: 'hier staat geen lijst', en: 'this is not a list' },
  mendList: { nl: 'schrijf een lijst als `[voornaam, achternaam]`', en: 'write a list like `[voornaam, achternaam]`' },
  noReplies: { nl: 'hier staan geen antwoorden', en: 'these are not answers' },
  mendReplies: {
    nl: 'schrijf voor elk woord een regel als `jonger-dan-16: false`',
    en: 'write for each word a line like `jonger-dan-16: false`',
  },
  noReply: { nl: 'dit is geen antwoord', en: 'this is not an answer' },
  mendReply: { nl: 'schrijf true, false of onbekend', en: 'write true, false or onbekend' },
} as const satisfies Record<string, LocalisedText>
