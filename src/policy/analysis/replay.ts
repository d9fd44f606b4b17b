import { compareText } from '../../encoding/text-order.ts'
import type { Decision, FieldDecision, Outcome, Question, Reason, Release } from '../../model/decision.ts'

/** The original decision, as far as the log contains it. */
export interface PastDecision {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly dataSubjects: readonly {
    readonly fields: readonly Pick<FieldDecision, 'field' | 'release' | 'level' | 'link'>[]
  }[]
}

/** How the decision on one logged question would change. */
export interface ReplayChange {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  readonly before: { readonly outcome: Outcome; readonly reason?: Reason }
  readonly after: { readonly outcome: Outcome; readonly reason?: Reason }
  /** Fields of any data subject whose treatment would change. */
  readonly fields: readonly FieldChange[]
}

export interface FieldChange {
  readonly field: string
  readonly before: FieldTreatment
  readonly after: FieldTreatment
}

export interface FieldTreatment {
  readonly release: Release
  readonly level?: string
  readonly link: boolean
}

/** One change, with the number of logged questions that have it. */
export interface ReplayGroup extends ReplayChange {
  readonly count: number
}

/** Compares the logged decision with the decision now; undefined when nothing changes. */
export function compareReplay(question: Question, past: PastDecision, now: Decision): ReplayChange | undefined {
  const { sender, recipient, purpose } = question
  const fields = past.dataSubjects.flatMap((subject, index) =>
    compareFields(subject.fields, now.dataSubjects[index]?.fields ?? []),
  )
  const before = outcomeOf(past)
  const after = outcomeOf(now)
  if (fields.length === 0 && JSON.stringify(before) === JSON.stringify(after)) return undefined
  const distinct = new Map(fields.map((change) => [JSON.stringify(change), change]))
  return { sender, recipient, purpose, before, after, fields: [...distinct.values()] }
}

const outcomeOf = ({ outcome, reason }: Pick<Decision, 'outcome' | 'reason'>) => ({
  outcome,
  ...(reason !== undefined && { reason }),
})

function compareFields(
  past: PastDecision['dataSubjects'][0]['fields'],
  now: readonly FieldDecision[],
): readonly FieldChange[] {
  return past.flatMap((field) => {
    const other = now.find((candidate) => candidate.field === field.field)
    if (other === undefined) return []
    const [before, after] = [treatmentOf(field), treatmentOf(other)]
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ field: field.field, before, after }]
  })
}

const treatmentOf = ({ release, level, link }: FieldTreatment): FieldTreatment => ({
  release,
  ...(level !== undefined && { level }),
  link,
})

/** Counts equal changes, most frequent first. */
export function groupReplay(changes: Iterable<ReplayChange>): readonly ReplayGroup[] {
  const groups = Map.groupBy(changes, (change) => JSON.stringify(change))
  return [...groups]
    .sort(([a, one], [b, other]) => other.length - one.length || compareText(a, b))
    .map(([, group]) => ({ ...group[0]!, count: group.length }))
}
