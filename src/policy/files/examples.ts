import { OUTCOMES, REASONS, RELEASES, type Release } from '../../model/decision.ts'
import type { ExpectedDecision, PolicyCase } from '../policy-set.ts'
import { addFault, type Position, quote } from './fault.ts'
import { readDate } from './numbers-and-dates.ts'
import {
  addDuplicate,
  addUnknownWord,
  choice,
  readChoice,
  readFilledList,
  readMap,
  readMember,
  readMembers,
  readText,
  readWord,
  readWords,
  rulesOfFile,
} from './reader.ts'
import { addContradiction, findContradiction } from './relations/contradictions.ts'
import { isLevel, type RuleContext } from './rule-words.ts'
import type { YamlNode } from './yaml.ts'

/** The situation that a case is about, in the words of `uitgangspunt` and `gegeven`. */
interface Situation {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  readonly role: string
  readonly date: string
  readonly yes: readonly string[]
  readonly no: readonly string[]
  readonly assessments: readonly string[]
  readonly fields: readonly string[]
  readonly legalBasis?: string
}

const SITUATION_KEYS = {
  required: ['van', 'naar', 'doel', 'over', 'op', 'gegevens'],
  optional: ['ja', 'nee', 'verklaard', 'grondslag'],
} as const

/**
 * Reads `voorbeelden` of a rule file. Each case is the starting point with some of its members replaced.
 *
 * @param ruleIds rules of the same file
 * @param legalBasis the declared basis when the starting point names none
 */
export function readExamples(
  node: YamlNode,
  ruleIds: readonly string[],
  legalBasis: string | undefined,
  context: RuleContext,
): readonly PolicyCase[] {
  const { faults } = context
  const members = readMembers(node, { required: ['uitgangspunt', 'gevallen'] }, faults)
  if (members === undefined) return []
  const start = readMember(members, 'uitgangspunt', (map) => readSituation(map, SITUATION_KEYS, context), faults)
  const items = readMember(members, 'gevallen', readFilledList, faults) ?? []
  const names = new Set<string>()
  return items.flatMap((item) => {
    const parts = readMembers(item, { required: ['naam', 'verwacht'], optional: ['gegeven'] }, faults)
    if (parts === undefined) return []
    const name = readMember(parts, 'naam', readText, faults)
    if (name !== undefined && names.has(name)) addDuplicate(parts.positionOf('naam'), name, faults)
    if (name !== undefined) names.add(name)
    const overrides = { required: [], optional: [...SITUATION_KEYS.required, ...SITUATION_KEYS.optional] }
    const given = readMember(parts, 'gegeven', (map) => readSituation(map, overrides, context), faults)
    const situation = { yes: [], no: [], assessments: [], ...(legalBasis && { legalBasis }), ...start, ...given }
    checkContradiction(situation, parts.positionOf('gegeven'), context)
    const expected = readMember(
      parts,
      'verwacht',
      (map) => readExpectation(map, situation.fields ?? [], ruleIds, context),
      faults,
    )
    if (name === undefined || expected === undefined || !isComplete(situation)) return []
    return [{ name, line: item.position.line, question: formQuestion(situation), expected }]
  })
}

function readSituation(
  node: YamlNode,
  keys: { readonly required: readonly string[]; readonly optional: readonly string[] },
  context: RuleContext,
): Partial<Situation> {
  const { faults } = context
  const members = readMembers(node, keys, faults)
  if (members === undefined) return {}
  const word = (key: string, kind: RuleContext['partyKind']) =>
    readMember(members, key, (value) => readWord(value, kind, faults), faults)
  const words = (key: string, kind: RuleContext['partyKind']) =>
    readMember(members, key, (list) => readWords(list, kind, faults, { isFilled: false }), faults)
  return present({
    sender: word('van', context.partyKind),
    recipient: word('naar', context.partyKind),
    purpose: word('doel', context.purposeKind),
    role: word('over', context.roleKind),
    legalBasis: word('grondslag', context.basisKind),
    date: readMember(members, 'op', readDate, faults),
    yes: words('ja', context.circumstanceKind),
    no: words('nee', context.circumstanceKind),
    assessments: words('verklaard', context.assessmentKind),
    fields: words('gegevens', context.fieldKind),
  })
}

// A member that a case leaves out keeps the value of the starting point.
function present(members: { [Key in keyof Situation]: Situation[Key] | undefined }): Partial<Situation> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

const isComplete = (situation: Partial<Situation>): situation is Situation =>
  (['sender', 'recipient', 'purpose', 'role', 'date', 'fields'] as const).every((key) => situation[key] !== undefined)

function checkContradiction(situation: Partial<Situation>, position: Position, context: RuleContext): void {
  const { yes = [], no = [], assessments = [] } = situation
  const both = yes.find((word) => no.includes(word))
  if (both !== undefined) {
    addFault(
      context.faults,
      position,
      {
        nl: `omstandigheid ${quote(both)} is zowel \`ja\` als \`nee\``,
        en: `circumstance ${quote(both)} is both \`ja\` and \`nee\``,
      },
      { nl: 'noem in het geval zowel `ja` als `nee` opnieuw', en: 'state both `ja` and `nee` again in the case' },
    )
  }
  const pair = findContradiction([{ when: yes, whenNot: no, assessments }], context)
  if (pair !== undefined) addContradiction(position, pair, context)
}

function formQuestion(situation: Situation): PolicyCase['question'] {
  return {
    sender: situation.sender,
    recipient: situation.recipient,
    purpose: situation.purpose,
    ...(situation.legalBasis !== undefined && { legalBasis: situation.legalBasis }),
    // Noon is the same legal date in UTC and in Amsterdam.
    at: `${situation.date}T12:00:00Z`,
    dataSubjects: [
      {
        role: situation.role,
        circumstances: Object.fromEntries([
          ...situation.yes.map((word) => [word, true] as const),
          ...situation.no.map((word) => [word, false] as const),
        ]),
        assessments: situation.assessments,
        fields: situation.fields,
      },
    ],
  }
}

function readExpectation(
  node: YamlNode,
  asked: readonly string[],
  ruleIds: readonly string[],
  context: RuleContext,
): ExpectedDecision | undefined {
  const { faults } = context
  const members = readMembers(
    node,
    { required: ['besluit'], optional: ['reden', 'gegevens', 'koppelen', 'plichten', 'regel'] },
    faults,
  )
  if (members === undefined) return undefined
  const outcome = readMember(
    members,
    'besluit',
    (value) => readChoice(value, OUTCOMES, { nl: 'besluit', en: 'decision' }, faults),
    faults,
  )
  const reason = readMember(
    members,
    'reden',
    (value) => readChoice(value, REASONS, { nl: 'reden', en: 'reason' }, faults),
    faults,
  )
  if (reason !== undefined && outcome !== undefined && outcome !== 'geweigerd') {
    addFault(
      faults,
      members.positionOf('reden'),
      { nl: `besluit ${quote(outcome)} heeft geen reden`, en: `decision ${quote(outcome)} has no reason` },
      { nl: 'verwijder `reden`', en: 'remove `reden`' },
    )
  }
  const askedKind = {
    known: new Set(asked),
    name: { nl: 'gevraagd veld', en: 'requested field' },
    where: { nl: '`gegevens` van het geval', en: '`gegevens` of the case' },
  }
  const link = readMember(
    members,
    'koppelen',
    (list) => readWords(list, askedKind, faults, { isFilled: false }),
    faults,
  )
  const duties = readMember(
    members,
    'plichten',
    (list) => readWords(list, context.dutyKind, faults, { isFilled: false }),
    faults,
  )
  const ruleKind = rulesOfFile(ruleIds)
  const rule = readMember(members, 'regel', (value) => readWord(value, ruleKind, faults), faults)
  const fields = new Map<string, { release: Release; level?: string }>()
  const map = readMember(members, 'gegevens', readMap, faults)
  for (const [field, { position, value }] of map?.entries ?? []) {
    if (!askedKind.known.has(field)) addUnknownWord(position, field, askedKind, faults)
    const release = readRelease(value, field, context)
    if (release !== undefined) fields.set(field, release)
  }
  if (outcome === undefined) return undefined
  return {
    outcome,
    fields,
    ...(reason !== undefined && { reason }),
    ...(link !== undefined && { link }),
    ...(duties !== undefined && { duties }),
    ...(rule !== undefined && { rule }),
  }
}

/** Reads `verstrekken`, `weglaten`, `weigeren` or `generaliseren:<level>`. */
function readRelease(node: YamlNode, field: string, context: RuleContext) {
  const { faults } = context
  const text = readText(node, faults)
  if (text === undefined) return undefined
  const [word, level, ...rest] = text.split(':')
  const release = RELEASES.find((known) => known === word)
  if (release === 'generaliseren' && level !== undefined && rest.length === 0) {
    return isLevel(field, level, node.position, context) ? { release, level } : undefined
  }
  if (release !== undefined && release !== 'generaliseren' && level === undefined) return { release }
  const kind = choice(
    RELEASES.map((known) => (known === 'generaliseren' ? 'generaliseren:<niveau>' : known)),
    { nl: 'behandeling', en: 'treatment' },
  )
  addUnknownWord(node.position, text, kind, faults)
  return undefined
}
