import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import type { BasisRule, Duty, Exception, Prohibition, RuleScope, Safeguard, Validity } from '../../src/model/rule.ts'
import type { Field, Vocabulary, Word } from '../../src/model/vocabulary.ts'
import { assemblePolicySet, type PolicySet } from '../../src/policy/policy-set.ts'

/** Numbers from 0 up to 1 that are the same every time for one seed (mulberry32). */
export type Chance = () => number

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** How large a made-up world is, and how its rules are spread. */
export interface WorldShape {
  readonly parties: number
  readonly purposes: number
  readonly roles: number
  readonly circumstances: number
  readonly assessments: number
  readonly fields: number
  readonly files: number
  readonly rules: number
  readonly prohibitions: number
  readonly safeguards: number
  /** All rules about one sender, recipient, purpose and role. */
  readonly inOneBucket: boolean
  /** Facts that a permit asks: from, up to and including. */
  readonly factsAsked: readonly [number, number]
  /** How often a rule presumes an answer; never when absent. */
  readonly presumptions?: number
}

export const SMALL_WORLD: WorldShape = {
  parties: 4,
  purposes: 3,
  roles: 3,
  circumstances: 6,
  assessments: 3,
  fields: 6,
  files: 3,
  rules: 15,
  prohibitions: 5,
  safeguards: 3,
  inOneBucket: false,
  factsAsked: [0, 2],
}

const label = { nl: 'Omdat.', en: 'Because.' }
const DATES = ['2018-01-01', '2020-07-01', '2023-01-01', '2024-04-01', '2025-01-01', '2026-06-01'] as const
const DUTIES: readonly Duty[] = [
  { kind: 'vier-ogen', for: 'sluis', people: 2 },
  { kind: 'vier-ogen', for: 'sluis', people: 3, citation: 'Wet 4' },
  { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 30, citation: 'Wet 1' },
  { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 90, citation: 'Wet 2' },
  { kind: 'loggen', for: 'sluis', keepLogDays: 1461, citation: 'Wet 3' },
  { kind: 'geheimhouding', for: 'ontvanger', citation: 'Wet 2' },
]
const LADDERS: readonly Pick<Field, 'type' | 'ladder'>[] = [
  { type: 'datum', ladder: ['maand', 'jaar'] },
  { type: 'adres', ladder: ['postcode4', 'plaats', 'gemeente', 'land'] },
  { type: 'land', ladder: [] },
  { type: 'naam', ladder: [] },
]

const number = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`)
const words = (ids: readonly string[]): ReadonlyMap<string, Word> => new Map(ids.map((id) => [id, { id, label }]))

export function createVocabulary(shape: WorldShape): Vocabulary {
  const fields = number(shape.fields, 'veld-').map((id, index): [string, Field] => {
    const { type, ladder } = LADDERS[index % LADDERS.length]!
    return [id, { id, type, ladder, class: index % 7 === 6 ? 'gezondheid' : 'gewoon', label }]
  })
  return {
    purposes: words(number(shape.purposes, 'doel-')),
    kinds: words(['melding']),
    roles: words(number(shape.roles, 'rol-')),
    circumstances: words(number(shape.circumstances, 'feit-')),
    assessments: words(number(shape.assessments, 'oordeel-')),
    duties: words(['loggen']),
    groups: new Map(),
    domains: new Map(),
    fields: new Map(fields),
  }
}

/** A made-up world: a set of rules, and questions that nearly fit one of them. */
export interface World {
  readonly set: PolicySet
  ask(chance: Chance, fieldCount?: number): Question
}

export function createWorld(shape: WorldShape, chance: Chance): World {
  const vocabulary = createVocabulary(shape)
  const lists = {
    parties: number(shape.parties, 'partij-'),
    purposes: [...vocabulary.purposes.keys()],
    roles: [...vocabulary.roles.keys()],
    circumstances: [...vocabulary.circumstances.keys()],
    assessments: [...vocabulary.assessments.keys()],
    fields: [...vocabulary.fields.keys()],
  }
  const between = (from: number, to: number) => from + Math.floor(chance() * (to - from + 1))
  const some = (list: readonly string[], from: number, to: number) => pickSome(chance, list, between(from, to))
  const maybe = <Value>(odds: number, value: () => Value): Value | undefined => (chance() < odds ? value() : undefined)

  function scope(): RuleScope {
    if (shape.inOneBucket) {
      const [party, other] = lists.parties
      return { senders: [party!], recipients: [other!], purposes: ['doel-0'], roles: ['rol-0'] }
    }
    return withoutUndefined({
      senders: maybe(0.9, () => some(lists.parties, 1, 3)),
      recipients: maybe(0.95, () => some(lists.parties, 1, 2)),
      purposes: maybe(0.9, () => some(lists.purposes, 1, 3)),
      roles: maybe(0.8, () => some(lists.roles, 1, 2)),
    })
  }
  function validity(): Validity {
    const [from, until] = some(DATES, 2, 2).sort()
    if (chance() < 0.7) return { from: '2015-01-01' }
    return chance() < 0.5 ? { from: from! } : { from: from!, until: until! }
  }
  function conditions(count: number) {
    const facts = pickSome(chance, lists.circumstances, count)
    const cut = Math.ceil(facts.length * 0.7)
    return { when: facts.slice(0, cut), whenNot: facts.slice(cut), assessments: some(lists.assessments, 0, 1) }
  }
  function presumed(
    key: 'unlessDenied' | 'whenStated',
    { when, whenNot }: { readonly when: readonly string[]; readonly whenNot: readonly string[] },
  ) {
    const { presumptions = 0 } = shape
    if (presumptions === 0 || chance() >= presumptions) return {}
    const words = some(lists.circumstances, 1, 2).filter((word) => !when.includes(word) && !whenNot.includes(word))
    return words.length === 0 ? {} : { [key]: words }
  }
  const levels = (fields: readonly string[]) =>
    new Map(
      fields.flatMap((field) => {
        const { ladder } = vocabulary.fields.get(field)!
        return ladder.length === 0 ? [] : [[field, pick(chance, ladder)] as const]
      }),
    )
  const head = (file: string, id: string) => ({ file, id, citation: `Wet ${file}`, explanation: label })

  function rule(index: number): BasisRule {
    const fields = some(lists.fields, 1, Math.min(12, lists.fields.length))
    const cut = Math.ceil(fields.length * 0.6)
    const [least, most] = shape.factsAsked
    const limits = scope()
    const [sender] = limits.senders ?? []
    const extra =
      shape.inOneBucket || sender === undefined ? undefined : maybe(0.25, () => some(lists.circumstances, 1, 2))
    const asked = conditions(between(least, most))
    return {
      ...head(`wet-${index % shape.files}`, `r${index}`),
      validity: validity(),
      scope: limits,
      ...(extra !== undefined && { whenFrom: new Map([[sender!, extra]]) }),
      ...asked,
      ...presumed('unlessDenied', asked),
      anyOf: maybe(0.15, () => some(lists.circumstances, 1, 3)) ?? [],
      release: fields.slice(0, cut),
      generalise: levels(fields.slice(cut)),
      link: some(fields, 0, 2),
      ...(chance() < 0.3 && { exception: 'AVG 9 lid 2' }),
      duties: some(Object.keys(DUTIES), 0, 2).map((key) => DUTIES[Number(key)]!),
    }
  }
  function exception(): Exception {
    const { senders, recipients, roles } = scope()
    const limits = shape.inOneBucket ? {} : { senders, recipients, roles }
    return { ...conditions(between(0, 2)), ...(chance() < 0.3 ? withoutUndefined(limits) : {}) }
  }
  const unless = () => Array.from({ length: between(0, 2) }, exception)
  function prohibition(index: number): Prohibition {
    const outcome = pick(chance, ['generaliseren', 'alleen-koppelen', 'weglaten', 'weglaten', 'weigeren'] as const)
    const fields = some(lists.fields, 1, 3)
    const limits = outcome === 'generaliseren' ? levels(fields) : new Map<string, string>()
    const { when, whenNot } = conditions(between(0, 2))
    return {
      ...head('verbod', `p${index}`),
      ...presumed('whenStated', { when, whenNot }),
      validity: validity(),
      scope: scope(),
      when,
      whenNot,
      outcome,
      fields: outcome === 'generaliseren' ? [...limits.keys()] : fields,
      levels: limits,
      unless: unless(),
    }
  }
  function safeguard(index: number): Safeguard {
    const fields = some(lists.fields, 0, 3)
    const generalise = levels(fields.slice(0, 1))
    const { when, whenNot } = conditions(between(0, 2))
    return {
      ...head('waarborg', `w${index}`),
      ...presumed('whenStated', { when, whenNot }),
      validity: validity(),
      scope: scope(),
      when,
      whenNot,
      generalise,
      linkOnly: fields.slice(1, 2),
      withhold: fields.slice(2, 3),
      unless: unless(),
      duties: some(Object.keys(DUTIES), 0, 1).map((key) => DUTIES[Number(key)]!),
    }
  }
  const set = assemblePolicySet({
    vocabulary,
    parties: new Map(lists.parties.map((id) => [id, { id, label, groups: [], scopes: [], people: new Map() }])),
    rules: Array.from({ length: shape.rules }, (_, index) => rule(index)),
    prohibitions: Array.from({ length: shape.prohibitions }, (_, index) => prohibition(index)),
    safeguards: Array.from({ length: shape.safeguards }, (_, index) => safeguard(index)),
    files: [],
    texts: [],
  })
  return { set, ask: (dice, fieldCount) => askNear(set, dice, fieldCount) }
}

/** A question that one of the rules nearly answers: most of what it asks, some of what it does not. */
export function askNear(set: PolicySet, chance: Chance, fieldCount?: number): Question {
  const { vocabulary } = set
  const target = set.rules[Math.floor(chance() * set.rules.length)]
  const near = (fitting: readonly string[] | undefined, all: Iterable<string>) =>
    pick(chance, fitting && fitting.length > 0 && chance() < 0.95 ? fitting : [...all])
  const subject = (): SubjectQuestion => {
    const circumstances: Record<string, boolean> = {}
    const keep = () => chance() < 0.93
    for (const word of pickSome(chance, [...vocabulary.circumstances.keys()], Math.floor(chance() * 9))) {
      circumstances[word] = chance() < 0.6
    }
    for (const word of target?.when ?? []) if (keep()) circumstances[word] = true
    for (const word of [...(target?.whenFrom?.values() ?? [])].flat()) if (keep()) circumstances[word] = true
    for (const word of target?.whenNot ?? []) if (keep()) circumstances[word] = false
    for (const word of (target?.anyOf ?? []).slice(0, 1)) if (keep()) circumstances[word] = true
    const assessments = new Set(pickSome(chance, [...vocabulary.assessments.keys()], Math.floor(chance() * 3)))
    for (const word of target?.assessments ?? []) if (keep()) assessments.add(word)
    const count = fieldCount ?? 1 + Math.floor(chance() * Math.min(8, vocabulary.fields.size))
    return {
      role: near(target?.scope.roles, vocabulary.roles.keys()),
      circumstances,
      assessments: [...assessments],
      fields: pickSome(chance, [...vocabulary.fields.keys()], count),
    }
  }
  return {
    sender: near(target?.scope.senders, set.parties.keys()),
    recipient: near(target?.scope.recipients, set.parties.keys()),
    purpose: near(target?.scope.purposes, vocabulary.purposes.keys()),
    ...(target !== undefined && chance() < 0.8 && { legalBasis: near([target.file], set.rulesByFile.keys()) }),
    at: pick(chance, ['2024-06-01T12:00:00Z', '2024-12-31T22:30:00Z', '2024-12-31T23:30:00Z', '2026-11-22T09:00:00Z']),
    dataSubjects: fieldCount === undefined && chance() < 0.3 ? [subject(), subject()] : [subject()],
  }
}

function pick<Item>(chance: Chance, list: readonly Item[]): Item {
  return list[Math.floor(chance() * list.length)]!
}

function pickSome(chance: Chance, list: readonly string[], count: number): string[] {
  const rest = [...list]
  const picked: string[] = []
  while (picked.length < count && rest.length > 0) {
    const at = Math.floor(chance() * rest.length)
    picked.push(rest[at]!)
    rest[at] = rest[rest.length - 1]!
    rest.pop()
  }
  return picked
}

const withoutUndefined = (scope: { [Key in keyof RuleScope]: RuleScope[Key] | undefined }): RuleScope =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined))
