import type { Exception, Prohibition } from '../../model/rule.ts'
import { FIELD_CLASSES } from '../../model/vocabulary.ts'
import { addFault, quote } from './fault.ts'
import {
  addMissing,
  addUnknownWord,
  choice,
  readChoice,
  readFilledList,
  readMember,
  readMembers,
  readText,
} from './reader.ts'
import {
  CONDITION_KEYS,
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

const OUTCOMES = ['generaliseren', 'alleen-koppelen', 'weglaten', 'weigeren'] as const

/** Reads one rule of a `soort: verbod` file. */
export function readProhibition(
  node: YamlNode,
  id: string,
  head: RuleHead,
  context: RuleContext,
): Prohibition | undefined {
  const { faults } = context
  const members = readMembers(
    node,
    {
      required: ['id', 'verbiedt', 'uitkomst', 'uitleg'],
      optional: [...SCOPE_KEYS, 'als', 'als_niet', 'als_gezegd', 'generaliseren', 'tenzij', 'geldig'],
    },
    faults,
  )
  if (members === undefined) return undefined
  const fields = readMember(members, 'verbiedt', (list) => readForbiddenFields(list, context), faults) ?? []
  const outcome = readMember(
    members,
    'uitkomst',
    (value) => readChoice(value, OUTCOMES, { nl: 'uitkomst', en: 'outcome' }, faults),
    faults,
  )
  const levels = readMember(members, 'generaliseren', (map) => readLevels(map, context), faults) ?? new Map()
  const hasLevels = members.get('generaliseren') !== undefined
  if (outcome === 'generaliseren' && !hasLevels) addMissing(members.position, 'generaliseren', faults)
  else if (outcome === 'generaliseren') {
    const unnamed =
      fields.find((field) => !levels.has(field)) ?? [...levels.keys()].find((field) => !fields.includes(field))
    if (unnamed !== undefined) {
      addFault(
        faults,
        members.positionOf('generaliseren'),
        {
          nl: `veld ${quote(unnamed)} staat niet in zowel \`verbiedt\` als \`generaliseren\``,
          en: `field ${quote(unnamed)} is not in both \`verbiedt\` and \`generaliseren\``,
        },
        { nl: 'geef elk verboden veld een niveau', en: 'give every forbidden field a level' },
      )
    }
  } else if (outcome !== undefined && hasLevels) {
    addFault(
      faults,
      members.positionOf('generaliseren'),
      {
        nl: `\`generaliseren\` hoort niet bij uitkomst ${quote(outcome)}`,
        en: `\`generaliseren\` does not belong to outcome ${quote(outcome)}`,
      },
      { nl: 'verwijder het of maak de uitkomst `generaliseren`', en: 'remove it or make the outcome `generaliseren`' },
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
    fields,
    outcome: outcome ?? 'weigeren',
    levels,
    unless: readMember(members, 'tenzij', (list) => readExceptions(list, context), faults) ?? [],
  }
}

/** Reads a list of fields in which `klasse:x` stands for the fields of a class and `klasse:*` for all of them. */
export function readForbiddenFields(node: YamlNode, context: RuleContext): readonly string[] {
  const { faults, fieldKind, vocabulary } = context
  const classKind = choice([...FIELD_CLASSES, '*'], { nl: 'klasse', en: 'class' })
  const fields = new Set<string>()
  for (const item of readFilledList(node, faults) ?? []) {
    const word = readText(item, faults)
    if (word === undefined) continue
    if (word.startsWith('klasse:')) {
      const name = word.slice('klasse:'.length)
      if (!classKind.known.has(name)) addUnknownWord(item.position, name, classKind, faults)
      for (const field of vocabulary.fields.values()) if (name === '*' || field.class === name) fields.add(field.id)
    } else if (fieldKind.known.has(word)) fields.add(word)
    else addUnknownWord(item.position, word, fieldKind, faults)
  }
  return [...fields]
}

/** Reads `tenzij`; an exception without a condition would cancel its prohibition, so it is a fault. */
export function readExceptions(node: YamlNode, context: RuleContext): readonly Exception[] {
  return (readFilledList(node, context.faults) ?? []).flatMap((item) => {
    const members = readMembers(
      item,
      { required: [], optional: [...CONDITION_KEYS, 'van', 'naar', 'over'] },
      context.faults,
    )
    if (members === undefined) return []
    if (item.kind === 'map' && item.entries.size === 0) {
      addFault(
        context.faults,
        item.position,
        {
          nl: 'een uitzondering zonder voorwaarde heft het verbod op',
          en: 'an exception without condition cancels the prohibition',
        },
        { nl: 'noem een voorwaarde of verwijder haar', en: 'name a condition or remove it' },
      )
    }
    const { senders, recipients, roles } = readScope(members, context)
    return {
      ...readConditions(members, context),
      ...(senders !== undefined && { senders }),
      ...(recipients !== undefined && { recipients }),
      ...(roles !== undefined && { roles }),
    }
  })
}
