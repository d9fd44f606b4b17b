import type { FieldDecision } from '../model/decision.ts'
import type { Duty } from '../model/rule.ts'
import { mergeDuties } from './duties.ts'
import type { PolicyIndex } from './engine/compile.ts'
import type { Evaluation } from './engine/evaluation.ts'
import { applyingBars } from './engine/match-bars.ts'
import { rankOf, slotOf } from './engine/permit-index.ts'

/** Adds the duty lists of every rule that gives what passes, and of the safeguards that apply; a list may be added twice. */
export function addDutyLists(
  index: PolicyIndex,
  evaluation: Evaluation,
  fields: readonly FieldDecision[],
  dutyLists: number[],
): void {
  const { permits, narrowings } = index
  let latest = 0
  for (const group of evaluation.fired) {
    const end = permits.groups[4 * group + 7]!
    for (let at = permits.groups[4 * group + 3]!; at < end; at += 3) {
      const list = permits.effects[at + 2]!
      const slot = slotOf(permits.effects[at]!)
      const position = list === 0 ? -1 : evaluation.positions[slot >>> 1]!
      // The fields of one rule mostly share one list.
      if (position < 0 || list === latest) continue
      const { release, link } = fields[position]!
      const isBest = rankOf(permits.effects[at]!) === evaluation.found.permitRank[position]
      const isReleased = release === 'verstrekken' || release === 'generaliseren'
      if (!((slot & 1) !== 0 ? link : isBest && isReleased)) continue
      dutyLists.push(list)
      latest = list
    }
  }
  for (const bar of applyingBars(index, evaluation, narrowings.hasDuties)) {
    dutyLists.push(narrowings.bars.duties[bar]!)
  }
}

const NO_DUTIES: readonly Duty[] = []

/** The duties of lists, merged. Rules share few different lists of duties, and the lists few different duties. */
export function mergeDutyLists({ duties }: PolicyIndex, lists: readonly number[]): readonly Duty[] {
  if (lists.length === 0) return NO_DUTIES
  const different = new Set<Duty>()
  for (const list of lists) for (const duty of duties.lists[list]!) different.add(duty)
  return mergeDuties([{ duties: [...different] }])
}
