import type { LocalisedText } from '../../../model/language.ts'
import type { Vocabulary } from '../../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from '../fault.ts'
import {
  addUnknownWord,
  readFilledList,
  readMap,
  readMember,
  readMembers,
  readText,
  readWords,
  type WordKind,
} from '../reader.ts'
import type { YamlNode } from '../yaml.ts'

/** A condition that an article makes decisive, in our own words, and how rules can ask for it. */
export interface LawCondition {
  readonly text: string
  /** Words of the vocabulary, or parties, that express it. */
  readonly words: readonly string[]
  /** The open question (`file/id`) that says why no word expresses it, or not all of it. */
  readonly question?: string
  readonly position: Position
}

/** The words that can express a condition, with their labels: what a rule can ask, name, give or demand. */
export const conditionWords = (
  { circumstances, assessments, purposes, roles, fields, duties }: Vocabulary,
  parties: ReadonlyMap<string, Labelled>,
): ReadonlyMap<string, Labelled> =>
  new Map<string, Labelled>(
    [circumstances, assessments, purposes, roles, fields, duties, parties].flatMap(
      (words: ReadonlyMap<string, Labelled>) => [...words],
    ),
  )

interface Labelled {
  readonly label: LocalisedText
}

/** Reads `voorwaarden: {"7": [{voorwaarde, woorden, vraag}]}` of a law, by article. */
export function readConditions(
  node: YamlNode,
  words: ReadonlySet<string>,
  faults: PolicyFault[],
): ReadonlyMap<string, readonly LawCondition[]> {
  const kind: WordKind = {
    known: words,
    name: { nl: 'woord', en: 'word' },
    where: { nl: 'woordenlijst.yaml of partijen.yaml', en: 'woordenlijst.yaml or partijen.yaml' },
  }
  const entries = [...(readMap(node, faults)?.entries ?? [])]
  return new Map(
    entries.flatMap(([article, { position, value }]): [string, readonly LawCondition[]][] => {
      if (articleNumber(article) !== article) {
        addNoArticle(position, article, faults)
        return []
      }
      return [[article, (readFilledList(value, faults) ?? []).flatMap((item) => readCondition(item, kind, faults))]]
    }),
  )
}

function readCondition(node: YamlNode, words: WordKind, faults: PolicyFault[]): readonly LawCondition[] {
  const members = readMembers(node, { required: ['voorwaarde'], optional: ['woorden', 'vraag'] }, faults)
  const text = members && readMember(members, 'voorwaarde', readText, faults)
  if (members === undefined || text === undefined) return []
  const question = readMember(members, 'vraag', readText, faults)
  return [
    {
      text,
      words: readMember(members, 'woorden', (list) => readWords(list, words, faults), faults) ?? [],
      ...(question !== undefined && { question }),
      position: members.position,
    },
  ]
}

/**
 * Reports each condition that refers to a question which no rule file asks.
 *
 * @param asked the questions with an id, as `file/id`
 */
export function checkConditionQuestions(
  conditions: Iterable<LawCondition>,
  asked: readonly string[],
  faults: PolicyFault[],
): void {
  const questions: WordKind = {
    known: new Set(asked),
    name: { nl: 'vraag', en: 'question' },
    where: { nl: '`vragen` met een `id`, als `bestand/id`', en: '`vragen` with an `id`, as `file/id`' },
  }
  for (const { question, position } of conditions)
    if (question !== undefined && !questions.known.has(question)) addUnknownWord(position, question, questions, faults)
}

/** The number of the first article that a citation names: `4:2 lid 1 onder b` is about 4:2. */
export const articleNumber = (citation: string): string | undefined =>
  /^\d+[a-z]*(?:[.:]\d+[a-z]*)*/.exec(citation)?.[0]

function addNoArticle(position: Position, article: string, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    {
      nl: `${quote(article)} is niet het nummer van een artikel`,
      en: `${quote(article)} is not the number of an article`,
    },
    {
      nl: 'schrijf alleen het nummer, zoals `"7"` of `"4:2"`; noem het lid in de voorwaarde',
      en: 'write the number alone, such as `"7"` or `"4:2"`, and name the paragraph in the condition',
    },
  )
}
