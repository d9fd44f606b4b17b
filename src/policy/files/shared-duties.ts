import type { BasisRule, SharedDuties } from '../../model/rule.ts'
import { readDuties } from './basis-rules.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { addUnknownWord, readMember, readMembers } from './reader.ts'
import { isWithin, type RuleContext, type RuleHead, readRuleHead } from './rule-words.ts'
import { readListWithExceptions } from './word-lists.ts'
import type { YamlNode } from './yaml.ts'

/** Shared duties as a file states them, with their position for faults that show only beside the rules of other files. */
export interface ReadSharedDuties {
  readonly shared: SharedDuties
  readonly position: Position
}

/** Whether a rule of a `soort: waarborg` file belongs to legal bases, and so only shares duties. */
export const isSharing = (node: YamlNode): boolean => node.kind === 'map' && node.entries.has('bij_grondslag')

/** Reads a rule of a `soort: waarborg` file with `bij_grondslag`. It has no other scope or condition than those legal bases. */
export function readSharedDuties(
  node: YamlNode,
  id: string,
  head: RuleHead,
  context: RuleContext,
): ReadSharedDuties | undefined {
  const { faults } = context
  const members = readMembers(
    node,
    { required: ['id', 'bij_grondslag', 'plichten', 'uitleg'], optional: ['geldig'] },
    faults,
  )
  if (members === undefined) return undefined
  const shared: SharedDuties = {
    ...readRuleHead(members, id, head, context),
    legalBases: readMember(members, 'bij_grondslag', (list) => readLegalBases(list, context), faults) ?? [],
    duties: readMember(members, 'plichten', (list) => readDuties(list, context), faults) ?? [],
  }
  return { shared, position: members.positionOf('bij_grondslag') }
}

/** Reads a list of legal bases in which `wpg-*` stands for every one whose id begins with `wpg-`. */
function readLegalBases(node: YamlNode, { basisKind, faults }: RuleContext): readonly string[] | undefined {
  const before = faults.length
  const expand = (word: string, position: Position) => {
    const isPattern = word.endsWith('-*')
    const found = [...basisKind.known].filter((id) => (isPattern ? id.startsWith(word.slice(0, -1)) : id === word))
    if (found.length === 0 && isPattern) {
      addFault(
        faults,
        position,
        {
          nl: `geen grondslag heeft een naam die begint met ${quote(word.slice(0, -1))}`,
          en: `no legal basis has a name that begins with ${quote(word.slice(0, -1))}`,
        },
        {
          nl: 'kies het begin van de naam van een bestand met `soort: grondslag`',
          en: 'choose the beginning of the name of a file with `soort: grondslag`',
        },
      )
    } else if (found.length === 0) addUnknownWord(position, word, basisKind, faults)
    return found
  }
  const named = readListWithExceptions(node, basisKind.known, expand, faults)
  if (named?.length === 0 && faults.length === before) {
    addFault(
      faults,
      node.position,
      { nl: 'deze lijst noemt geen enkele grondslag', en: 'this list names no legal basis at all' },
      { nl: `haal ${quote('behalve:')} weg`, en: `remove ${quote('behalve:')}` },
    )
  }
  return named
}

/**
 * Gives every rule the duties that belong to its legal basis, after its own. A rule that is in force on a day on which the
 * duties are not is a fault, because its duties cannot change halfway.
 */
export function shareDuties(
  rules: readonly BasisRule[],
  all: readonly ReadSharedDuties[],
  faults: PolicyFault[],
): readonly BasisRule[] {
  for (const { shared, position } of all) {
    const outside = rules.find(
      ({ file, validity }) => shared.legalBases.includes(file) && !isWithin(validity, shared.validity),
    )
    if (outside === undefined) continue
    const name = quote(`${outside.file}/${outside.id}`)
    addFault(
      faults,
      position,
      {
        nl: `regel ${name} geldt ook op dagen waarop deze plichten niet gelden`,
        en: `rule ${name} is also in force on days on which these duties are not`,
      },
      {
        nl: 'verruim `geldig`, of neem die grondslag uit met `behalve:` en zet de plichten in haar regels',
        en: 'widen `geldig`, or leave that legal basis out with `behalve:` and put the duties in its rules',
      },
    )
  }
  return rules.map((rule) => {
    const added = all
      .filter(({ shared }) => shared.legalBases.includes(rule.file))
      .flatMap(({ shared }) => shared.duties)
    return added.length === 0 ? rule : { ...rule, duties: [...rule.duties, ...added] }
  })
}
