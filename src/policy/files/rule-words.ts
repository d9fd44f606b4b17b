import type { Party } from '../../model/party.ts'
import type { Exception, RuleScope, Validity } from '../../model/rule.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { readDate } from './numbers-and-dates.ts'
import { readPartyList } from './parties.ts'
import {
  addUnknownWord,
  type Members,
  readLocalised,
  readMap,
  readMember,
  readMembers,
  readWords,
  type WordKind,
  wordKind,
} from './reader.ts'
import { checkAlternatives, checkConditions } from './relations/contradictions.ts'
import type { Law } from './sources.ts'
import type { YamlNode } from './yaml.ts'

/** The words a rule file may use, and the list that collects its faults. */
export interface RuleContext {
  readonly vocabulary: Vocabulary
  readonly parties: ReadonlyMap<string, Party>
  /** The laws of `bronnen.yaml`, by id. */
  readonly laws: ReadonlyMap<string, Law>
  readonly faults: PolicyFault[]
  readonly partyKind: WordKind
  readonly purposeKind: WordKind
  readonly roleKind: WordKind
  readonly circumstanceKind: WordKind
  readonly assessmentKind: WordKind
  readonly dutyKind: WordKind
  readonly fieldKind: WordKind
  /** Files of `soort: grondslag`. */
  readonly basisKind: WordKind
}

export function ruleContext(
  vocabulary: Vocabulary,
  parties: ReadonlyMap<string, Party>,
  laws: ReadonlyMap<string, Law>,
  basisIds: readonly string[],
  faults: PolicyFault[],
): RuleContext {
  return {
    vocabulary,
    parties,
    laws,
    faults,
    partyKind: {
      known: new Set(parties.keys()),
      name: { nl: 'partij', en: 'party' },
      where: { nl: 'partijen.yaml', en: 'partijen.yaml' },
    },
    purposeKind: wordKind(vocabulary.purposes, { nl: 'doel', en: 'purpose' }, 'doelen'),
    roleKind: wordKind(vocabulary.roles, { nl: 'rol', en: 'role' }, 'rollen'),
    circumstanceKind: wordKind(vocabulary.circumstances, { nl: 'omstandigheid', en: 'circumstance' }, 'omstandigheden'),
    assessmentKind: wordKind(vocabulary.assessments, { nl: 'beoordeling', en: 'assessment' }, 'beoordelingen'),
    dutyKind: wordKind(vocabulary.duties, { nl: 'plicht', en: 'duty' }, 'plichten'),
    fieldKind: wordKind(vocabulary.fields, { nl: 'veld', en: 'field' }, 'velden'),
    basisKind: {
      known: new Set(basisIds),
      name: { nl: 'grondslag', en: 'legal basis' },
      where: { nl: 'de bestanden met `soort: grondslag`', en: 'the files with `soort: grondslag`' },
    },
  }
}

/** What a rule inherits from its file. */
export interface RuleHead {
  readonly file: string
  readonly citation: string
  readonly validity: Validity
}

/** Reads what every rule has: its own period (`geldig`), or else that of its file, and the sentence why (`uitleg`). */
export function readRuleHead(members: Members, id: string, head: RuleHead, { faults }: RuleContext) {
  const validity = readMember(members, 'geldig', (period) => readValidity(period, faults, head.validity), faults)
  return {
    ...head,
    id,
    validity: validity ?? head.validity,
    explanation: readMember(members, 'uitleg', readLocalised, faults) ?? { nl: '', en: '' },
  }
}

/** Keys of a rule for its scope. */
export const SCOPE_KEYS = ['van', 'naar', 'doel', 'over'] as const
export const CONDITION_KEYS = ['als', 'als_niet', 'beoordeling'] as const

/** Reads `van, naar, doel, over`; an absent key means any. */
export function readScope(members: Members, context: RuleContext): RuleScope {
  const { parties, vocabulary, faults } = context
  const partyList = (key: string) =>
    readMember(members, key, (node) => readPartyList(node, parties, vocabulary, faults), faults)
  const wordList = (key: string, kind: WordKind) =>
    readMember(members, key, (node) => readWords(node, kind, faults), faults)
  const senders = partyList('van')
  const recipients = partyList('naar')
  const purposes = wordList('doel', context.purposeKind)
  const roles = wordList('over', context.roleKind)
  return {
    ...(senders !== undefined && { senders }),
    ...(recipients !== undefined && { recipients }),
    ...(purposes !== undefined && { purposes }),
    ...(roles !== undefined && { roles }),
  }
}

/** Reads `als, als_niet, beoordeling`; conditions that cannot all be met are a fault. */
export function readConditions(members: Members, context: RuleContext) {
  const { faults } = context
  const when = readWordMember(members, 'als', context.circumstanceKind, faults)
  const whenNot = readWordMember(members, 'als_niet', context.circumstanceKind, faults)
  const both = whenNot.find((word) => when.includes(word))
  if (both !== undefined) {
    addFault(
      faults,
      members.positionOf('als_niet'),
      {
        nl: `omstandigheid ${quote(both)} moet hier zowel waar als onwaar zijn`,
        en: `circumstance ${quote(both)} must be both true and false here`,
      },
      { nl: 'haal haar uit `als` of uit `als_niet`', en: 'take it out of `als` or `als_niet`' },
    )
  }
  const conditions = {
    when,
    whenNot,
    assessments: readWordMember(members, 'beoordeling', context.assessmentKind, faults),
  }
  checkConditions(members, conditions, context)
  return conditions
}

/**
 * Reads `als_gezegd` or `als_niet_ontkend`: circumstances of which the law presumes the ordinary answer, so that only the other one
 * counts, and only when it was stated. A word that another condition of the rule asks as well is a fault, for one of the two would
 * do nothing.
 */
export function readPresumed(
  members: Members,
  key: 'als_gezegd' | 'als_niet_ontkend',
  { when, whenNot }: Pick<Exception, 'when' | 'whenNot'>,
  context: RuleContext,
): readonly string[] {
  const words = readWordMember(members, key, context.circumstanceKind, context.faults)
  const twice = words.find((word) => when.includes(word) || whenNot.includes(word))
  if (twice !== undefined) {
    addFault(
      context.faults,
      members.positionOf(key),
      {
        nl: `omstandigheid ${quote(twice)} staat ook onder \`als\` of \`als_niet\``,
        en: `circumstance ${quote(twice)} is under \`als\` or \`als_niet\` as well`,
      },
      { nl: 'kies één van beide', en: 'choose one of the two' },
    )
  } else checkAlternatives(members, key, words, { when, whenNot }, context)
  return words
}

/** Reads a list of words that may be absent. */
export function readWordMember(
  members: Members,
  key: string,
  kind: WordKind,
  faults: PolicyFault[],
): readonly string[] {
  return readMember(members, key, (node) => readWords(node, kind, faults), faults) ?? []
}

/** Reads `geldig: {vanaf, tot?}`, a period that is not empty and, when given, lies within `outer`. */
export function readValidity(node: YamlNode, faults: PolicyFault[], outer?: Validity): Validity | undefined {
  const members = readMembers(node, { required: ['vanaf'], optional: ['tot'] }, faults)
  if (members === undefined) return undefined
  const from = readMember(members, 'vanaf', readDate, faults)
  const until = readMember(members, 'tot', readDate, faults)
  if (from === undefined) return undefined
  if (until !== undefined && until <= from) {
    addFault(
      faults,
      members.positionOf('tot'),
      { nl: '`tot` ligt niet na `vanaf`', en: '`tot` is not after `vanaf`' },
      {
        nl: 'schrijf de eerste dag waarop het niet meer geldt',
        en: 'write the first day on which it is no longer valid',
      },
    )
  }
  if (outer && !isWithin({ from, ...(until !== undefined && { until }) }, outer)) {
    addFault(
      faults,
      node.position,
      {
        nl: 'de regel geldt buiten de periode van zijn bestand',
        en: 'the rule is valid outside the period of its file',
      },
      { nl: 'blijf binnen `geldig` van het bestand', en: 'stay within `geldig` of the file' },
    )
  }
  return until === undefined ? { from } : { from, until }
}

/** Whether one period lies within another. */
export function isWithin(inner: Validity, outer: Validity): boolean {
  if (inner.from < outer.from) return false
  return outer.until === undefined || (inner.until !== undefined && inner.until <= outer.until)
}

/** Reads `{field: level}`; a level that is not on the field's ladder is a fault. */
export function readLevels(node: YamlNode, context: RuleContext): ReadonlyMap<string, string> {
  const levels = new Map<string, string>()
  for (const [field, { position, value }] of readMap(node, context.faults)?.entries ?? []) {
    const level = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : ''
    if (!context.fieldKind.known.has(field)) addUnknownWord(position, field, context.fieldKind, context.faults)
    else if (isLevel(field, level, value.position, context)) levels.set(field, level)
  }
  return levels
}

/** Whether a level is on the ladder of a field; adds a fault if not. */
export function isLevel(
  field: string,
  level: string,
  position: Position,
  { vocabulary, faults }: RuleContext,
): boolean {
  const ladder = vocabulary.fields.get(field)?.ladder ?? []
  if (ladder.includes(level)) return true
  const levels = ladder.map(quote).join(', ')
  addFault(
    faults,
    position,
    {
      nl: `niveau ${quote(level)} staat niet op de ladder van ${quote(field)}`,
      en: `level ${quote(level)} is not on the ladder of ${quote(field)}`,
    },
    ladder.length === 0
      ? { nl: 'dit veld kan niet worden gegeneraliseerd', en: 'this field cannot be generalised' }
      : { nl: `kies uit ${levels}`, en: `choose from ${levels}` },
  )
  return false
}
