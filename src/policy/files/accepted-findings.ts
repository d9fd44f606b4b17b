import type { PolicyFault } from './fault.ts'
import { readChoice, readFilledList, readMember, readMembers, readText, readWord, rulesOfFile } from './reader.ts'
import type { YamlNode } from './yaml.ts'

/** What the analysis of a set can find, in the words of the rule files. */
export const FINDING_KINDS = [
  'dood',
  'overschaduwd',
  'onder-verbod',
  'onbekend-open',
  'alleen-bij-tegenspraak',
  'veronderstelling',
  'plichten-tegenstrijdig',
  'vier-ogen-onhaalbaar',
  'geldigheid-gat',
  'geldigheid-overlap',
  'bron-verouderd',
  'bron-ongedateerd',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** A finding that the officers know and explain (`verantwoord`). */
export interface AcceptedFinding {
  readonly kind: FindingKind
  /** Absent when the finding is about the file as a whole. */
  readonly rule?: string
  readonly why: string
  readonly line: number
}

/** Reads `verantwoord: [{bevinding, regel, waarom}]`. */
export function readAcceptedFindings(
  node: YamlNode,
  ruleIds: readonly string[],
  faults: PolicyFault[],
): readonly AcceptedFinding[] {
  const ruleKind = rulesOfFile(ruleIds)
  return (readFilledList(node, faults) ?? []).flatMap((item) => {
    const members = readMembers(item, { required: ['bevinding', 'waarom'], optional: ['regel'] }, faults)
    if (members === undefined) return []
    const kind = readMember(
      members,
      'bevinding',
      (value) => readChoice(value, FINDING_KINDS, { nl: 'bevinding', en: 'finding' }, faults),
      faults,
    )
    const rule = readMember(members, 'regel', (value) => readWord(value, ruleKind, faults), faults)
    const why = readMember(members, 'waarom', readText, faults)
    if (kind === undefined || why === undefined) return []
    return { kind, why, line: item.position.line, ...(rule !== undefined && { rule }) }
  })
}
