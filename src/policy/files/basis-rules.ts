import { type BasisRule, DUTY_KINDS, type Duty } from '../../model/rule.ts'
import type { FieldClass } from '../../model/vocabulary.ts'
import { addFault, type Position, quote } from './fault.ts'
import { readCount } from './numbers-and-dates.ts'
import {
  addMissing,
  type Members,
  readChoice,
  readFilledList,
  readMember,
  readMembers,
  readText,
  readWord,
} from './reader.ts'
import { checkAlternatives } from './relations/contradictions.ts'
import {
  CONDITION_KEYS,
  type RuleContext,
  type RuleHead,
  readConditions,
  readLevels,
  readPresumed,
  readRuleHead,
  readScope,
  readWordMember,
  SCOPE_KEYS,
} from './rule-words.ts'
import { readSenderConditions } from './sender-conditions.ts'
import type { YamlNode } from './yaml.ts'

/** Reads one rule of a `soort: grondslag` file. */
export function readBasisRule(node: YamlNode, id: string, head: RuleHead, context: RuleContext): BasisRule | undefined {
  const { faults } = context
  const members = readMembers(
    node,
    {
      required: ['id', 'gegevens', 'uitleg'],
      optional: [
        ...SCOPE_KEYS,
        ...CONDITION_KEYS,
        'als_van',
        'als_niet_ontkend',
        'ten_minste_een_van',
        'plichten',
        'geldig',
        'uitzondering',
      ],
    },
    faults,
  )
  if (members === undefined) return undefined
  const data = readMember(members, 'gegevens', (treatments) => readTreatments(treatments, context), faults)
  const exception = readMember(members, 'uitzondering', readText, faults)
  if (data !== undefined) checkSpecialClasses(members, [...data.release, ...data.generalise.keys()], exception, context)
  const scope = readScope(members, context)
  const conditions = readConditions(members, context)
  const unlessDenied = readPresumed(members, 'als_niet_ontkend', conditions, context)
  const whenFrom = readSenderConditions(members, scope, conditions, context)
  const anyOf = readWordMember(members, 'ten_minste_een_van', context.circumstanceKind, faults)
  checkAlternatives(members, 'ten_minste_een_van', anyOf, conditions, context)
  return {
    ...readRuleHead(members, id, head, context),
    scope,
    ...conditions,
    ...(whenFrom !== undefined && { whenFrom }),
    ...(unlessDenied.length > 0 && { unlessDenied }),
    anyOf,
    ...(data ?? { release: [], generalise: new Map(), link: [] }),
    ...(exception !== undefined && { exception }),
    duties: readMember(members, 'plichten', (list) => readDuties(list, context), faults) ?? [],
  }
}

function readTreatments(
  node: YamlNode,
  context: RuleContext,
): Pick<BasisRule, 'release' | 'generalise' | 'link'> | undefined {
  const { faults, fieldKind, vocabulary } = context
  const members = readMembers(node, { required: [], optional: ['verstrekken', 'generaliseren', 'koppelen'] }, faults)
  if (members === undefined) return undefined
  const release = readWordMember(members, 'verstrekken', fieldKind, faults)
  const generalise = readMember(members, 'generaliseren', (levels) => readLevels(levels, context), faults) ?? new Map()
  const link = readWordMember(members, 'koppelen', fieldKind, faults)
  const both = release.find((field) => generalise.has(field))
  if (both !== undefined) {
    addFault(
      faults,
      members.positionOf('generaliseren'),
      {
        nl: `veld ${quote(both)} wordt zowel verstrekt als gegeneraliseerd`,
        en: `field ${quote(both)} is both released and generalised`,
      },
      { nl: 'kies één behandeling', en: 'choose one treatment' },
    )
  }
  for (const field of link.filter((name) => vocabulary.fields.get(name)?.identifier === undefined)) {
    addFault(
      faults,
      positionOfWord(members.get('koppelen')!, field),
      {
        nl: `veld ${quote(field)} heeft geen \`kenmerk\` en kan niet koppelen`,
        en: `field ${quote(field)} has no \`kenmerk\` and cannot link`,
      },
      { nl: 'haal het uit `koppelen`', en: 'take it out of `koppelen`' },
    )
  }
  const isEmpty = ['verstrekken', 'generaliseren', 'koppelen'].every((key) => members.get(key) === undefined)
  if (isEmpty) {
    addFault(
      faults,
      members.position,
      { nl: 'de regel staat geen enkel gegeven toe', en: 'the rule permits no data at all' },
      {
        nl: 'noem velden onder `verstrekken`, `generaliseren` of `koppelen`',
        en: 'name fields under `verstrekken`, `generaliseren` or `koppelen`',
      },
    )
  }
  return { release, generalise, link }
}

/** Position of a word in a list without faults. */
function positionOfWord(list: YamlNode, word: string): Position {
  const items = list.kind === 'list' ? list.items : []
  return items.find((item) => item.kind === 'scalar' && item.value === word)?.position ?? list.position
}

/** Which article asks for an exception, and what an `uitzondering` for it must name (AVG 9 and 10, UAVG 22-33, Wpg 5). */
const SPECIAL = { article: 'AVG 9', named: /\b(UAVG|AVG (art\. |artikel )?9|Wpg (art\. |artikel )?5)\b/ }
const CRIMINAL = { article: 'AVG 10', named: /\b(UAVG|AVG (art\. |artikel )?10|Wpg (art\. |artikel )?5)\b/ }
const EXCEPTIONS: Partial<Record<FieldClass, typeof SPECIAL>> = {
  gezondheid: SPECIAL,
  seksueel: SPECIAL,
  etniciteit: SPECIAL,
  overtuiging: SPECIAL,
  strafrechtelijk: CRIMINAL,
}

function checkSpecialClasses(
  members: Members,
  fields: readonly string[],
  exception: string | undefined,
  context: RuleContext,
) {
  // A key that is present but not text has been reported already.
  if (exception === undefined && members.get('uitzondering') !== undefined) return
  for (const field of fields) {
    const fieldClass = context.vocabulary.fields.get(field)?.class ?? 'gewoon'
    const needed = EXCEPTIONS[fieldClass]
    if (needed === undefined || (exception !== undefined && needed.named.test(exception))) continue
    addFault(
      context.faults,
      exception === undefined ? members.positionOf('gegevens') : members.get('uitzondering')!.position,
      {
        nl: `veld ${quote(field)} is van klasse ${quote(fieldClass)} en de regel noemt geen uitzondering van ${needed.article}`,
        en: `field ${quote(field)} is of class ${quote(fieldClass)} and the rule names no exception of ${needed.article}`,
      },
      {
        nl: `voeg toe: ${quote(`uitzondering: "${needed.article} …"`)}`,
        en: `add ${quote(`uitzondering: "${needed.article} …"`)}`,
      },
    )
  }
}

/** Reads `plichten`. */
export function readDuties(node: YamlNode, context: RuleContext): readonly Duty[] {
  return (readFilledList(node, context.faults) ?? []).flatMap((item) => readDuty(item, context) ?? [])
}

/** The key that carries the number of a duty, for the duties that have one. */
const DUTY_NUMBERS: Readonly<Record<string, { readonly key: string; readonly minimum: number }>> = {
  bewaartermijn: { key: 'dagen', minimum: 1 },
  loggen: { key: 'ten_minste_bewaren', minimum: 1 },
  'vier-ogen': { key: 'aantal', minimum: 2 },
}

function readDuty(node: YamlNode, context: RuleContext): Duty | undefined {
  const { faults } = context
  const numberKeys = Object.values(DUTY_NUMBERS).map(({ key }) => key)
  const members = readMembers(node, { required: ['soort'], optional: ['grond', 'voor', ...numberKeys] }, faults)
  if (members === undefined) return undefined
  const word = readMember(members, 'soort', (kind) => readWord(kind, context.dutyKind, faults), faults)
  const kind = DUTY_KINDS.find((known) => known === word)
  if (kind === undefined) return undefined
  const citation = readMember(members, 'grond', readText, faults)
  const bearer = readMember(
    members,
    'voor',
    (value) => readChoice(value, ['afzender', 'ontvanger', 'sluis'] as const, { nl: 'wie', en: 'bearer' }, faults),
    faults,
  )
  for (const key of numberKeys) {
    if (members.get(key) === undefined || DUTY_NUMBERS[kind]?.key === key) continue
    addFault(
      faults,
      members.positionOf(key),
      {
        nl: `${quote(key)} hoort niet bij plicht ${quote(kind)}`,
        en: `${quote(key)} does not belong to duty ${quote(kind)}`,
      },
      { nl: 'verwijder het', en: 'remove it' },
    )
  }
  const number = DUTY_NUMBERS[kind]
  const value = number && readMember(members, number.key, (count) => readCount(count, number.minimum, faults), faults)
  // A retention period needs a length; `vier-ogen` means two people by default.
  if (kind === 'bewaartermijn' && members.get('dagen') === undefined) addMissing(members.position, 'dagen', faults)
  return {
    kind,
    for: bearer ?? 'sluis',
    ...(citation !== undefined && { citation }),
    ...(kind === 'bewaartermijn' && value !== undefined && { retentionDays: value }),
    ...(kind === 'loggen' && value !== undefined && { keepLogDays: value }),
    ...(kind === 'vier-ogen' && { people: value ?? 2 }),
  }
}
