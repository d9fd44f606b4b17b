import { compareText } from '../../encoding/text-order.ts'
import type { Question, SubjectQuestion } from '../../model/decision.ts'
import type { RuleScope, Validity } from '../../model/rule.ts'
import { legalDate } from '../legal-date.ts'
import type { PolicySet } from '../policy-set.ts'

/** The six things known of every exchange. A period is a range of legal days in which no rule begins or ends. */
export const AXES = ['senders', 'recipients', 'purposes', 'roles', 'legalBases', 'periods'] as const
export type Axis = (typeof AXES)[number]

/** A set of words on each axis, as bits. */
export type Box = Readonly<Record<Axis, bigint>>

/** Words of every axis, in the order of their bits. */
export interface Space {
  readonly words: Readonly<Record<Axis, readonly string[]>>
  /** Everything. */
  readonly whole: Box
  /** The exchanges within a scope, a period and, for a permit, one legal basis. */
  boxOf(where: { readonly scope: RuleScope; readonly validity?: Validity; readonly file?: string }): Box
  /** The point of one data subject of a question: one word on each axis. */
  pointOf(question: Question, subject: SubjectQuestion): Box
  /** The words of a box on one axis. */
  wordsOf(box: Box, axis: Axis): readonly string[]
}

/** The word of the axis `legalBases` for a question that declares none: then the rules of every basis count. */
export const UNDECLARED = ''
/** The first period: the days before any rule. */
const BEGINNING = '0000-01-01'

/** The space of all questions that one or more sets can distinguish. */
export function exchangeSpace(...sets: readonly PolicySet[]): Space {
  const dated = sets.flatMap((set) => [
    ...set.rules,
    ...set.prohibitions,
    ...set.safeguards,
    ...set.sharedDuties,
    ...set.files,
  ])
  const named = (keys: (set: PolicySet) => Iterable<string>) => [...new Set(sets.flatMap((set) => [...keys(set)]))]
  const days = dated.flatMap(({ validity: { from, until } }) => (until === undefined ? [from] : [from, until]))
  const words = {
    senders: named((set) => set.parties.keys()),
    recipients: named((set) => set.parties.keys()),
    purposes: named((set) => set.vocabulary.purposes.keys()),
    roles: named((set) => set.vocabulary.roles.keys()),
    legalBases: [UNDECLARED, ...named((set) => set.rulesByFile.keys())],
    periods: [...new Set([BEGINNING, ...days])].sort(compareText),
  }
  const positions = mapAxes((axis) => new Map(words[axis].map((word, index) => [word, 1n << BigInt(index)])))
  const whole = mapAxes((axis) => (1n << BigInt(words[axis].length)) - 1n)
  const maskOf = (axis: Axis, list: readonly string[] | undefined): bigint =>
    list === undefined ? whole[axis] : list.reduce((mask, word) => mask | (positions[axis].get(word) ?? 0n), 0n)
  return {
    words,
    whole,
    boxOf: ({ scope, validity, file }) => ({
      senders: maskOf('senders', scope.senders),
      recipients: maskOf('recipients', scope.recipients),
      purposes: maskOf('purposes', scope.purposes),
      roles: maskOf('roles', scope.roles),
      legalBases: file === undefined ? whole.legalBases : maskOf('legalBases', [UNDECLARED, file]),
      periods:
        validity === undefined
          ? whole.periods
          : maskOf(
              'periods',
              words.periods.filter(
                (day) => day >= validity.from && (validity.until === undefined || day < validity.until),
              ),
            ),
    }),
    pointOf({ sender, recipient, purpose, legalBasis = UNDECLARED, at }, { role }) {
      const date = legalDate(at)
      return {
        senders: maskOf('senders', [sender]),
        recipients: maskOf('recipients', [recipient]),
        purposes: maskOf('purposes', [purpose]),
        roles: maskOf('roles', [role]),
        legalBases: maskOf('legalBases', [legalBasis]),
        periods: maskOf('periods', words.periods.filter((day) => day <= date).slice(-1)),
      }
    },
    wordsOf: (box, axis) => words[axis].filter((_, index) => (box[axis] >> BigInt(index)) & 1n),
  }
}

/** Ranges of consecutive periods in a box, as legal days; without `until` when open-ended. */
export function stretchesOf(space: Space, box: Box): readonly Validity[] {
  const stretches: { from: string; until?: string }[] = []
  const days = space.words.periods
  let isOpen = false
  for (const [index, from] of days.entries()) {
    const isInside = ((box.periods >> BigInt(index)) & 1n) === 1n
    if (isInside && !isOpen) stretches.push({ from })
    if (!isInside && isOpen) stretches.at(-1)!.until = from
    isOpen = isInside
  }
  return stretches
}

const mapAxes = <Value>(value: (axis: Axis) => Value): Record<Axis, Value> => ({
  senders: value('senders'),
  recipients: value('recipients'),
  purposes: value('purposes'),
  roles: value('roles'),
  legalBases: value('legalBases'),
  periods: value('periods'),
})

/** Intersection of two boxes; undefined when empty. */
export function overlap(a: Box, b: Box): Box | undefined {
  const shared = mapAxes((axis) => a[axis] & b[axis])
  return AXES.some((axis) => shared[axis] === 0n) ? undefined : shared
}

/** A part of a box that each item covers wholly or not at all. */
export interface Part<Thing> {
  readonly box: Box
  readonly things: readonly Thing[]
}

/**
 * Divides a box along the borders of the items in it, and no further: parts with the same items stay together.
 *
 * @param isWanted parts without a wanted item are skipped undivided; by default every item is wanted
 */
export function* divide<Thing extends { readonly box: Box }>(
  box: Box,
  things: readonly Thing[],
  isWanted?: (thing: Thing) => boolean,
): Generator<Part<Thing>, undefined> {
  yield* divideRest(box, things, [], isWanted)
}

function* divideRest<Thing extends { readonly box: Box }>(
  box: Box,
  rest: readonly Thing[],
  covering: readonly Thing[],
  isWanted: ((thing: Thing) => boolean) | undefined,
): Generator<Part<Thing>, undefined> {
  const covers = [...covering]
  const partial: Thing[] = []
  for (const thing of rest) {
    if (AXES.some((axis) => (box[axis] & thing.box[axis]) === 0n)) continue
    if (AXES.every((axis) => (box[axis] & thing.box[axis]) === box[axis])) covers.push(thing)
    else partial.push(thing)
  }
  if (isWanted !== undefined && !covers.some(isWanted) && !partial.some(isWanted)) return
  // Wanted borders first, so that unwanted parts are dropped before they are divided.
  const border = (isWanted && partial.find(isWanted)) ?? partial[0]
  if (border === undefined) {
    yield { box, things: covers }
    return
  }
  const axis = AXES.find((candidate) => (box[candidate] & border.box[candidate]) !== box[candidate])!
  // Outside first: callers that look for a part with few items find one soon.
  yield* divideRest({ ...box, [axis]: box[axis] & ~border.box[axis] }, partial, covers, isWanted)
  yield* divideRest({ ...box, [axis]: box[axis] & border.box[axis] }, partial, covers, isWanted)
}

/** Whether the items together cover a box. */
export function isCovered(box: Box, things: readonly { readonly box: Box }[]): boolean {
  for (const part of divide(box, things)) if (part.things.length === 0) return false
  return true
}

/** Joins boxes that differ on one axis only, until none is left, so that they can be described in few words. */
export function joinBoxes(boxes: readonly Box[]): readonly Box[] {
  let joined = boxes
  for (;;) {
    const before = joined.length
    for (const axis of AXES) {
      const groups = Map.groupBy(joined, (box) =>
        AXES.filter((other) => other !== axis)
          .map((other) => box[other])
          .join(' '),
      )
      joined = [...groups.values()].map((group) => ({
        ...group[0]!,
        [axis]: group.reduce((mask, box) => mask | box[axis], 0n),
      }))
    }
    if (joined.length === before) return joined
  }
}
