import type { Safeguard } from '../../model/rule.ts'
import { readDuties } from './basis-rules.ts'
import { addFault, quote } from './fault.ts'
import { readExceptions, readForbiddenFields } from './prohibition-rules.ts'
import { readMember, readMembers } from './reader.ts'
import {
  type RuleContext,
  type RuleHead,
  readConditions,
  readLevels,
  readPresumed,
  readRuleHead,
  readScope,
  SCOPE_KEYS,
} from './rule-words.ts'
import type { YamlNode } from './yaml.ts'

/** Keys with which a safeguard narrows fields; none widens. */
const NARROWING_KEYS = ['generaliseren', 'weglaten', 'alleen-koppelen'] as const

/** Reads one rule of a `soort: waarborg` file. */
export function readSafeguard(node: YamlNode, id: string, head: RuleHead, context: RuleContext): Safeguard | undefined {
  const { faults } = context
  const members = readMembers(
    node,
    {
      required: ['id', 'uitleg'],
      optional: [...SCOPE_KEYS, 'als', 'als_niet', 'als_gezegd', ...NARROWING_KEYS, 'plichten', 'tenzij', 'geldig'],
    },
    faults,
  )
  if (members === undefined) return undefined
  if (![...NARROWING_KEYS, 'plichten'].some((key) => members.get(key) !== undefined)) {
    addFault(
      faults,
      members.position,
      { nl: 'de waarborg doet niets', en: 'the safeguard does nothing' },
      {
        nl: 'noem velden onder `generaliseren`, `weglaten` of `alleen-koppelen`, of voeg `plichten` toe',
        en: 'name fields under `generaliseren`, `weglaten` or `alleen-koppelen`, or add `plichten`',
      },
    )
  }
  const readFields = (key: string) =>
    readMember(members, key, (list) => readForbiddenFields(list, context), faults) ?? []
  const generalise = readMember(members, 'generaliseren', (map) => readLevels(map, context), faults) ?? new Map()
  const withhold = readFields('weglaten')
  const linkOnly = readFields('alleen-koppelen')
  const named = [...generalise.keys(), ...withhold, ...linkOnly]
  const twice = named.find((field, position) => named.indexOf(field) !== position)
  if (twice !== undefined) {
    addFault(
      faults,
      members.position,
      { nl: `veld ${quote(twice)} krijgt twee behandelingen`, en: `field ${quote(twice)} gets two treatments` },
      { nl: 'kies één behandeling', en: 'choose one treatment' },
    )
  }
  const { when, whenNot } = readConditions(members, context)
  const whenStated = readPresumed(members, 'als_gezegd', { when, whenNot }, context)
  return {
    ...readRuleHead(members, id, head, context),
    scope: readScope(members, context),
    when,
    whenNot,
    ...(whenStated.length > 0 && { whenStated }),
    withhold,
    linkOnly,
    generalise,
    unless: readMember(members, 'tenzij', (list) => readExceptions(list, context), faults) ?? [],
    duties: readMember(members, 'plichten', (list) => readDuties(list, context), faults) ?? [],
  }
}
