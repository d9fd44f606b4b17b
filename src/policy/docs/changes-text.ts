import type { Language } from '../../model/language.ts'
import type { DecisionChange } from '../analysis/diff.ts'
import { labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import { arrangeChanges, type ChangeBlock, type ChangeCondition, type ChangeRow } from './change-blocks.ts'
import { WORDS } from './change-words.ts'

/** So many sentences, rows and lines of conditions of one rule fit on a screen; JSON and HTML have all. */
const MAX_SENTENCES = 6
const MAX_ROWS = 8
const MAX_CONDITION_LINES = 16

/**
 * Describes changes in at most one screen for each changed rule: sentences, a small table (who, to whom, what, before and after), and
 * the conditions, each written once. The first line is the hash that officers approve.
 */
export function describeChanges(
  changes: readonly DecisionChange[],
  sets: { readonly old: PolicySet; readonly next: PolicySet },
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const labels = labelsOf(language, sets.next, sets.old)
  const head = `${words.approved}: ${sets.next.sourceHash}`
  if (changes.length === 0) return [head, words.none]
  const { fields, blocks } = arrangeChanges(changes, sets, language)
  return [head, ...fields, ...blocks.flatMap((block) => ['', ...describeBlock(block, labels.list, language)])]
}

function describeBlock(
  { rules, sentences, rows, conditions }: ChangeBlock,
  list: (items: readonly string[]) => string,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const isNumbered = conditions.length > 1
  return [
    `${list(rules)}:`,
    ...atMost(sentences, MAX_SENTENCES, language),
    ...atMost(
      rows.map((row) => formatRow(row, isNumbered)),
      MAX_ROWS,
      language,
    ).map((line) => `  ${line}`),
    `  ${words.conditions}:`,
    ...atMost(
      conditions.flatMap((condition, index) =>
        formatCondition(condition, isNumbered ? index + 1 : undefined, language),
      ),
      MAX_CONDITION_LINES,
      language,
    ).map((line) => `    ${line}`),
  ]
}

function atMost(lines: readonly string[], count: number, language: Language): readonly string[] {
  if (lines.length <= count) return lines
  return [...lines.slice(0, count - 1), WORDS[language].more(lines.length - count + 1)]
}

function formatRow(
  { sender, recipient, data, before, after, duties, conditions }: ChangeRow,
  isNumbered: boolean,
): string {
  const treatment = before === after ? before : `${before} → ${after}`
  const parts = [`${sender} → ${recipient}`, data, treatment, ...duties]
  return `${parts.join(' | ')}${isNumbered ? ` [${conditions.join(', ')}]` : ''}`
}

function formatCondition(
  { scope, always, oneOf }: ChangeCondition,
  position: number | undefined,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  return [
    `${position === undefined ? '' : `[${position}] `}${scope.join('; ')}`,
    ...(always.length === 0 ? [] : [`${words.certain}: ${always.join('; ')}`]),
    ...oneOf.map((state) => `${words.oneOf}: ${state.join('; ')}`),
  ]
}
