import type { LocalisedText } from '../../model/language.ts'
import { quote } from '../files/fault.ts'

/** Part of a rule that could change without any case failing. */
export interface CoverageGap {
  readonly file: string
  readonly path: string
  readonly rule: string
  readonly kind: 'rule' | 'circumstance' | 'exception' | 'assessment' | 'scope' | 'data'
  /** Which exception (`tenzij`) of the rule, counted from 1. */
  readonly exception?: number
  /** Key of the rule file and the words under it that no case exercises. */
  readonly key?: string
  readonly words?: readonly string[]
  /** Rules, exceptions, circumstances and data must have a case; assessments and words of the scope may go without. */
  readonly isRequired: boolean
  readonly message: LocalisedText
}

/** A gap of a rule that the caller names. */
export type Gap = Omit<CoverageGap, 'file' | 'path' | 'rule'>

/** A condition that a case can exercise. */
export interface Condition {
  readonly kind: 'circumstance' | 'assessment'
  readonly key: string
  readonly word: string
  /** The only sender that the condition is about (`als_van`). */
  readonly sender?: string
}

/** A rule without a case. */
export const ruleGap = (message: LocalisedText): Gap => ({ kind: 'rule', isRequired: true, message })

/** An exception without a case, counted from 1. */
export const exceptionGap = (exception: number): Gap => ({
  kind: 'exception',
  exception,
  key: 'tenzij',
  isRequired: true,
  message: {
    nl: `geen geval laat alleen uitzondering ${exception} (\`tenzij\`) de regel opheffen`,
    en: `no case in which exception ${exception} (\`tenzij\`) alone lifts the rule`,
  },
})

/** The conditions that no case exercises; only an assessment may go without. */
export function conditionGaps(
  conditions: readonly Condition[],
  isExercised: (condition: Condition) => boolean,
): readonly Gap[] {
  return conditions
    .filter((condition) => !isExercised(condition))
    .map(({ kind, key, word, sender }) => ({
      kind,
      key,
      words: [word],
      isRequired: kind === 'circumstance',
      message: {
        nl: `geen geval slaat om als ${quote(word)} (${formatKey(key, sender)}) anders is`,
        en: `no case changes when ${quote(word)} (${formatKey(key, sender)}) is toggled`,
      },
    }))
}

const formatKey = (key: string, sender: string | undefined): string =>
  sender === undefined ? quote(key) : `${quote(key)} ${quote(sender)}`
