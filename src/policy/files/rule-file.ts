import type { BasisRule, Prohibition, Safeguard } from '../../model/rule.ts'
import { MAX_EXPLANATION_CHARACTERS } from '../../model/rule-file-bounds.ts'
import type { PolicyFile } from '../policy-set.ts'
import { readAcceptedFindings } from './accepted-findings.ts'
import { readBasisRule } from './basis-rules.ts'
import { readExamples } from './examples.ts'
import { addFault, type PolicyFault, quote } from './fault.ts'
import { readCitedArticles } from './laws/cited-articles.ts'
import { readOpenQuestions } from './open-questions.ts'
import { readProhibition } from './prohibition-rules.ts'
import {
  addDuplicate,
  isId,
  type Members,
  readChoice,
  readFilledList,
  readMember,
  readMembers,
  readText,
  readTextUpTo,
} from './reader.ts'
import { type RuleContext, type RuleHead, readValidity } from './rule-words.ts'
import { readSafeguard } from './safeguard-rules.ts'
import { isSharing, type ReadSharedDuties, readSharedDuties } from './shared-duties.ts'
import { readSources } from './sources.ts'
import type { YamlNode } from './yaml.ts'

export const RULE_FILE_KINDS = ['grondslag', 'verbod', 'waarborg'] as const

/** The part of a rule set that comes from one rule file. */
export interface RuleFileContent {
  readonly file: PolicyFile
  readonly rules: readonly BasisRule[]
  readonly prohibitions: readonly Prohibition[]
  readonly safeguards: readonly Safeguard[]
  readonly sharedDuties: readonly ReadSharedDuties[]
}

/** Reads a file of `soort: grondslag`, `verbod` or `waarborg`. Adds faults to those of the context. */
export function readRuleFile(
  node: YamlNode,
  source: { readonly path: string; readonly text: string; readonly id: string },
  context: RuleContext,
): RuleFileContent | undefined {
  const { faults } = context
  const members = readMembers(
    node,
    {
      required: ['soort', 'id', 'titel', 'grond', 'bronnen', 'geldig', 'toelichting', 'regels', 'voorbeelden'],
      optional: ['vragen', 'verantwoord'],
    },
    faults,
  )
  if (members === undefined) return undefined
  const kind = readKind(members, faults)
  checkFileId(members, source.id, faults)
  const text = (key: string) => readMember(members, key, readText, faults) ?? ''
  const validity = readMember(members, 'geldig', (period) => readValidity(period, faults), faults)
  const head: RuleHead = { file: source.id, citation: text('grond'), validity: validity ?? { from: '0000-01-01' } }
  const rules: BasisRule[] = []
  const prohibitions: Prohibition[] = []
  const safeguards: Safeguard[] = []
  const sharedDuties: ReadSharedDuties[] = []
  const ids = new Set<string>()
  for (const item of readMember(members, 'regels', readFilledList, faults) ?? []) {
    const id = readRuleId(item, ids, faults)
    if (kind === 'grondslag') rules.push(...present(readBasisRule(item, id, head, context)))
    if (kind === 'verbod') prohibitions.push(...present(readProhibition(item, id, head, context)))
    if (kind === 'waarborg' && isSharing(item)) sharedDuties.push(...present(readSharedDuties(item, id, head, context)))
    else if (kind === 'waarborg') safeguards.push(...present(readSafeguard(item, id, head, context)))
  }
  const legalBasis = kind === 'grondslag' ? source.id : undefined
  // Shared duties never fire or apply themselves, so a case cannot name them as the rule in play.
  const inPlay = [...ids].filter((id) => !sharedDuties.some(({ shared }) => shared.id === id))
  const cases = readMember(members, 'voorbeelden', (map) => readExamples(map, inPlay, legalBasis, context), faults)
  const readQuestions = (list: YamlNode) =>
    readOpenQuestions(list, { ruleIds: [...ids], fields: context.fieldKind.known }, faults)
  const accepted = readMember(members, 'verantwoord', (list) => readAcceptedFindings(list, [...ids], faults), faults)
  return {
    file: {
      id: source.id,
      kind: kind ?? 'grondslag',
      path: source.path,
      title: text('titel'),
      citation: head.citation,
      sources: readMember(members, 'bronnen', (list) => readSources(list, context.laws, faults), faults) ?? [],
      citedArticles: readMember(members, 'bronnen', (list) => readCitedArticles(list, context.laws), faults) ?? [],
      validity: head.validity,
      explanation: readMember(members, 'toelichting', readExplanation, faults) ?? '',
      questions: readMember(members, 'vragen', readQuestions, faults) ?? [],
      cases: cases ?? [],
      ...(accepted !== undefined && { accepted }),
      text: source.text,
    },
    rules,
    prohibitions,
    safeguards,
    sharedDuties,
  }
}

const readExplanation = (node: YamlNode, faults: PolicyFault[]) =>
  readTextUpTo(MAX_EXPLANATION_CHARACTERS, node, faults)

const present = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value])

function readKind(members: Members, faults: PolicyFault[]) {
  return readMember(
    members,
    'soort',
    (value) => readChoice(value, RULE_FILE_KINDS, { nl: 'soort', en: 'kind of file' }, faults),
    faults,
  )
}

// Decisions and the log name the id; people look for a file of that name.
function checkFileId(members: Members, expected: string, faults: PolicyFault[]): void {
  const id = readMember(members, 'id', readText, faults)
  if (id === undefined || id === expected) return
  addFault(
    faults,
    members.get('id')!.position,
    { nl: `id ${quote(id)} is niet de naam van het bestand`, en: `id ${quote(id)} is not the name of the file` },
    {
      nl: `schrijf ${quote(`id: ${expected}`)} of hernoem het bestand`,
      en: `write ${quote(`id: ${expected}`)} or rename the file`,
    },
  )
}

function readRuleId(node: YamlNode, ids: Set<string>, faults: PolicyFault[]): string {
  const value = node.kind === 'map' ? node.entries.get('id')?.value : undefined
  const id = value && readText(value, faults)
  if (value === undefined || id === undefined || !isId(id, value.position, faults)) return ''
  if (ids.has(id)) addDuplicate(value.position, id, faults)
  ids.add(id)
  return id
}
