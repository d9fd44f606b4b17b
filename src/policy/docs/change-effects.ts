import type { Language } from '../../model/language.ts'
import { capitalised, nameTreatment } from '../../model/treatment-words.ts'
import type { Behaviour } from '../analysis/behaviour.ts'
import type { DecisionChange } from '../analysis/diff.ts'
import type { Labels } from '../labels.ts'
import { type EffectKind, WORDS } from './change-words.ts'

/** Who gives and who receives, in words. */
export interface Place {
  readonly sender: string
  readonly recipient: string
}

export const treatmentKey = ({ release, level, link, reason }: Behaviour): string =>
  JSON.stringify([release, level, link, reason])

/** Longest condition that a sentence contains; a longer one is in the list of conditions only. */
const MAX_CONDITION = 130

/** A change with its parties and the positions of its conditions, counted from 1. */
export interface PlacedChange {
  readonly change: DecisionChange
  readonly place: Place
  readonly conditions: readonly number[]
}

/**
 * One sentence for each sender, recipient, effect and condition.
 *
 * @param shortForms of statements as conditions have them
 */
export function formSentences(
  placed: readonly PlacedChange[],
  conditions: readonly Condition[],
  shortForms: ReadonlyMap<string, string>,
  labels: Labels,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const effects = Map.groupBy(placed, ({ change, place }) => JSON.stringify([place, kindOf(change), levelOf(change)]))
  return [...effects.values()].map((list) => {
    const { change, place } = list[0]!
    const { senders } = change
    const sentence = words.effects[kindOf(change)]({
      from: place.sender,
      to: place.recipient,
      data: labels.list([...new Set(list.flatMap((one) => one.change.fields))].map(labels.field).map(lowered)),
      level: levelOf(change),
      may: words.may(senders !== undefined && senders.length > 1),
    })
    const under = [...new Set(list.flatMap((one) => one.conditions))].map((position) => conditions[position - 1]!)
    return `${capitalised(sentence)}${describeUnder(under, shortForms, language)}.`
  })
}

/** The least that must be known: all of `always`, and one of `oneOf` when there is any. */
interface Condition {
  readonly always: readonly string[]
  readonly oneOf: readonly (readonly string[])[]
}

/** What must be certain in every case: the first that has a short form, else the first when it is short enough for a sentence. */
function describeUnder(
  conditions: readonly Condition[],
  shortForms: ReadonlyMap<string, string>,
  language: Language,
): string {
  const words = WORDS[language]
  if (conditions.every(({ always, oneOf }) => always.length + oneOf.length === 0)) return ''
  const shared = conditions[0]!.always.filter((part) => conditions.every(({ always }) => always.includes(part)))
  const isAll = conditions.every(({ always, oneOf }) => always.length === 1 && oneOf.length === 0)
  const rest = isAll ? '' : words.andMore
  const brief = shared.map((part) => shortForms.get(part)).find((short) => short !== undefined)
  if (brief !== undefined) return `, ${brief}${rest}`
  const [first] = shared
  const plain = first === undefined ? '' : first.replace(/ \([^()]*\)/g, '')
  return first === undefined || plain.length > MAX_CONDITION ? words.under : `${words.when(plain)}${rest}`
}

/** A label inside a sentence: `Telefoonnummer` in lower case, `BSN` and `V-nummer` as they are. */
export const lowered = (label: string): string =>
  /^(\p{Lu}(?=\p{Ll}| )|E(?=-mail))/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

function kindOf({ before, after }: DecisionChange): EffectKind {
  if (treatmentKey(before) === treatmentKey(after)) return 'duties'
  const [was, becomes] = [nameTreatment(before), nameTreatment(after)]
  if (becomes === 'refused') return was === 'refused' ? 'reason' : 'refused'
  if (was === 'refused') return becomes === 'released' || becomes === 'coarser' ? 'given' : 'notRefused'
  if (was === becomes && was === 'coarser' && before.level !== after.level) return 'otherLevel'
  if (becomes === 'released' && was !== 'released') return was === 'coarser' ? 'whole' : 'given'
  if (becomes === 'coarser' && was !== 'coarser') return was === 'released' ? 'coarser' : 'givenCoarser'
  if ((was === 'released' || was === 'coarser') && was !== becomes)
    return becomes === 'linkedOnly' ? 'linkedOnly' : 'withheld'
  if (before.link !== after.link) return after.link ? 'links' : 'linksNoMore'
  return 'reason'
}

const levelOf = ({ before, after }: DecisionChange): string => after.level ?? before.level ?? ''
