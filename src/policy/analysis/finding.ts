import type { RuleReference } from '../../model/decision.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { FindingKind } from '../files/accepted-findings.ts'
import type { Position } from '../files/fault.ts'

/** Something in a set that is probably not what its authors meant. */
export interface Finding {
  readonly kind:
    | FindingKind
    | 'verantwoording-overbodig'
    | 'artikel-zonder-voorwaarden'
    | 'voorwaarde-zonder-woord'
    | 'voorwaarde-ongevraagd'
  readonly file: string
  /** Absent for a finding about the whole file. */
  readonly rule?: string
  /** Present for a finding about something that is no rule. */
  readonly position?: Position
  readonly message: LocalisedText
  readonly mend: LocalisedText
  /** Other rules involved. */
  readonly others: readonly RuleReference[]
  /** Fields concerned; absent when they are all fields of the rule. */
  readonly fields?: readonly string[]
}

export const referTo = ({ file, id }: { readonly file: string; readonly id: string }): RuleReference => ({
  file,
  rule: id,
})

/** `file/rule`, as decisions and the log write it. */
export const formatReference = ({ file, rule }: RuleReference): string => `${file}/${rule}`

/** Distinct references in alphabetical order. */
export function listReferences(
  rules: Iterable<{ readonly file: string; readonly id: string }>,
): readonly RuleReference[] {
  const named = new Map([...rules].map((rule) => [formatReference(referTo(rule)), referTo(rule)]))
  return [...named.keys()].sort().map((name) => named.get(name)!)
}
