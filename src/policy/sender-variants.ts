import type { BasisRule } from '../model/rule.ts'

/** A basis rule that asks the same of every sender in its scope. */
export type PlainRule = Omit<BasisRule, 'whenFrom'> & { readonly whenFrom?: never }

/**
 * The rules without `whenFrom` (`als_van`) that together permit what this rule permits: one for each sender that has to meet
 * extra circumstances, and one for the other senders. They keep the id of the rule, and their scopes do not overlap.
 */
export function senderVariants(rule: BasisRule): readonly PlainRule[] {
  const { whenFrom, ...plain } = rule
  if (whenFrom === undefined) return [plain]
  const others = (plain.scope.senders ?? []).filter((sender) => !whenFrom.has(sender))
  const variant = (senders: readonly string[], extra: readonly string[]): PlainRule => ({
    ...plain,
    scope: { ...plain.scope, senders },
    when: [...plain.when, ...extra],
  })
  return [
    ...(others.length === 0 ? [] : [variant(others, [])]),
    ...[...whenFrom].map(([sender, extra]) => variant([sender], extra)),
  ]
}
