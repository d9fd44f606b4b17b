import type { RuleReference } from '../../model/decision.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { FindingKind } from '../files/accepted-findings.ts'

/** Something in a set that is probably not what its authors meant. */
export interface Finding {
  readonly kind: FindingKind | 'verantwoording-overbodig'
  readonly file: string
  /** Absent when it is about the file as a whole. */
  readonly rule?: string
  readonly message: LocalisedText
  readonly mend: LocalisedText
  /** Other rules that have to do with it. */
  readonly others: readonly RuleReference[]
  /** Fields it is about, when not all of the rule. */
  readonly fields?: readonly string[]
}

export const referTo = ({ file, id }: { readonly file: string; readonly id: string }): RuleReference => ({
  file,
  rule: id,
})

/** `file/rule`, as decisions and the log write it. */
export const formatReference = ({ file, rule }: RuleReference): string => `${file}/${rule}`

/** Different references in alphabetical order. */
export function listReferences(
  rules: Iterable<{ readonly file: string; readonly id: string }>,
): readonly RuleReference[] {
  const named = new Map([...rules].map((rule) => [formatReference(referTo(rule)), referTo(rule)]))
  return [...named.keys()].sort().map((name) => named.get(name)!)
}
