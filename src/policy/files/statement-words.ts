import type { BasisRule, Exception, Prohibition, Safeguard } from '../../model/rule.ts'
import { KNOWERS, type StatementWord, type Vocabulary, type Word } from '../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { choice, readLocalised, readWords } from './reader.ts'
import type { YamlNode } from './yaml.ts'

/** Keys of a circumstance and of an assessment that say how to ask about it, and how a sentence ends with it. */
export const STATEMENT_KEYS = ['vraag', 'weet', 'kort'] as const

const KNOWER = choice(KNOWERS, { nl: 'wie het weet', en: 'who knows it' })

/** Reads of each word the question (`vraag`), who can know the answer (`weet`), and the short form (`kort`). */
export function readStatements(
  list: YamlNode | undefined,
  words: ReadonlyMap<string, Word>,
  faults: PolicyFault[],
): ReadonlyMap<string, StatementWord> {
  return new Map(
    [...words].map(([id, word]) => {
      const asked = memberOf(memberOf(list, id), 'vraag')
      const knowers = memberOf(memberOf(list, id), 'weet')
      const question = asked && readLocalised(asked, faults)
      const brief = memberOf(memberOf(list, id), 'kort')
      const knownBy = knowers && readWords(knowers, KNOWER, faults).flatMap(toKnower)
      const short = brief && readLocalised(brief, faults)
      return [id, { ...word, ...(question && { question }), ...(knownBy && { knownBy }), ...(short && { short }) }]
    }),
  )
}

const toKnower = (word: string) => KNOWERS.filter((knower) => knower === word)

/** Checks that each word that a rule asks for has a question and says who can know the answer, so that it can be asked. */
export function checkAskedWords(
  { circumstances, assessments }: Vocabulary,
  vocabularyNode: YamlNode,
  rules: readonly BasisRule[],
  narrowings: readonly (Prohibition | Safeguard)[],
  faults: PolicyFault[],
): void {
  const asking: readonly Pick<Exception, 'when' | 'whenNot' | 'assessments'>[] = [
    ...rules,
    ...narrowings.map((narrowing) => ({ ...narrowing, assessments: [] })),
    ...narrowings.flatMap(({ unless }) => unless),
  ]
  const asked = new Set([
    ...asking.flatMap(({ when, whenNot }) => [...when, ...whenNot]),
    ...narrowings.flatMap(({ whenStated = [] }) => whenStated),
    ...rules.flatMap(({ anyOf, unlessDenied = [], whenFrom }) => [
      ...anyOf,
      ...unlessDenied,
      ...[...(whenFrom?.values() ?? [])].flat(),
    ]),
  ])
  const weighed = new Set(asking.flatMap((rule) => rule.assessments))
  const check = (list: string, words: ReadonlyMap<string, StatementWord>, ids: ReadonlySet<string>) => {
    for (const { id, question, knownBy } of words.values()) {
      if (!ids.has(id)) continue
      const entries = memberOf(vocabularyNode, list)
      const position = positionOf(entries, id) ?? vocabularyNode.position
      // A key that is there and faulty was reported when it was read.
      const lacks = (key: string) => memberOf(memberOf(entries, id), key) === undefined
      if (question === undefined && lacks('vraag')) addLacking(position, id, QUESTION, faults)
      if (knownBy === undefined && lacks('weet')) addLacking(position, id, KNOWN_BY, faults)
    }
  }
  check('omstandigheden', circumstances, asked)
  check('beoordelingen', assessments, weighed)
}

const QUESTION = {
  key: 'vraag',
  mend: {
    nl: 'voeg `vraag: {nl: …, en: …}` toe, een vraag waarop het antwoord ja of nee is',
    en: 'add `vraag: {nl: …, en: …}`, a question that is answered with yes or no',
  },
}

const KNOWN_BY = {
  key: 'weet',
  mend: {
    nl: `voeg \`weet: […]\` toe, met een of meer van: ${KNOWERS.join(', ')}`,
    en: `add \`weet: […]\`, with one or more of: ${KNOWERS.join(', ')}`,
  },
}

function addLacking(position: Position, id: string, { key, mend }: typeof QUESTION, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    {
      nl: `een regel vraagt naar ${quote(id)}, en de sleutel ${quote(key)} ontbreekt`,
      en: `a rule asks for ${quote(id)}, and the key ${quote(key)} is missing`,
    },
    mend,
  )
}

const memberOf = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
  node?.kind === 'map' ? node.entries.get(key)?.value : undefined

const positionOf = (node: YamlNode | undefined, key: string): Position | undefined =>
  node?.kind === 'map' ? node.entries.get(key)?.position : undefined
