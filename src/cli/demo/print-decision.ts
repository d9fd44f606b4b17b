import type { Unreachable } from '../../model/advice.ts'
import type { Decision, SubjectDecision } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import { capitalised, describeOutcome, describeTreatment } from '../../model/treatment-words.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import { formatTable } from '../terminal/table.ts'
import { wrapText } from '../terminal/wrap.ts'

// More would hide the rest of the screen; the answer of the API has all of them.
const MAX_MISSES = 2

/**
 * A decision for a terminal: the treatment of each field with its legal ground, why, and the questions on which it still depends.
 * @param labels names of the fields; without them a field is shown by its word
 */
export function formatDecision(decision: Decision, language: Language, labels: Labels = labelsOf(language)): string[] {
  const words = WORDS[language]
  const lines = [`${words.decision}: ${describeOutcome(decision.outcome, decision.reason, language)}`]
  for (const [index, subject] of decision.dataSubjects.entries()) {
    if (decision.dataSubjects.length > 1) {
      lines.push(`${words.person} ${index + 1}: ${describeOutcome(subject.outcome, subject.reason, language)}`)
    }
    const isRefused = decision.outcome === 'geweigerd' || subject.outcome === 'geweigerd'
    lines.push(...formatFields(subject, isRefused, language, labels), ...formatMisses(subject, language))
  }
  return lines
}

function formatFields(
  { fields }: SubjectDecision,
  isRefused: boolean,
  language: Language,
  labels: Labels,
): readonly string[] {
  const nameOf = (field: string) => capitalised(labels.field(field))
  const rows = fields.map((field) => [
    `  ${nameOf(field.field)}`,
    describeTreatment(field, language, isRefused ? 'wouldHave' : 'done'),
    field.citation ?? (field.rule ? `${field.rule.file}/${field.rule.rule}` : WORDS[language].noRule),
  ])
  // Most fields share a sentence, which is printed once.
  const reasons = [...Map.groupBy(fields, ({ sentence }) => sentence[language])].flatMap(([sentence, shared]) => {
    const names = shared.length === fields.length ? '' : `${shared.map(({ field }) => nameOf(field)).join(', ')}: `
    return wrapText(`${names}${sentence}`, '  - ')
  })
  return [...formatTable(rows), `${WORDS[language].why}:`, ...reasons]
}

function formatMisses({ nearestMisses }: SubjectDecision, language: Language): readonly string[] {
  if (nearestMisses.length === 0) return []
  const words = WORDS[language]
  const left = nearestMisses.length - MAX_MISSES
  return [
    `${words.misses}:`,
    ...nearestMisses.slice(0, MAX_MISSES).flatMap(({ sentence }) => wrapText(sentence[language], '  - ')),
    ...(left > 0 ? [`  - ${words.more(left)}`] : []),
  ]
}

/** Why fields cannot pass whatever is answered, for a terminal. */
export function formatUnreachable(unreachable: readonly Unreachable[], language: Language): readonly string[] {
  if (unreachable.length === 0) return []
  const reasons = unreachable.flatMap(({ sentence }) => wrapText(sentence[language], '  - '))
  return [`${WORDS[language].unreachable}:`, ...reasons]
}

const WORDS = {
  nl: {
    decision: 'besluit',
    person: 'betrokkene',
    noRule: 'geen regel',
    why: 'waarom',
    misses: 'waarvan dit nog afhangt',
    unreachable: 'wat geen antwoord verandert',
    more: (count: number) => `en nog ${count}, in het antwoord van de API`,
  },
  en: {
    decision: 'decision',
    person: 'data subject',
    noRule: 'no rule',
    why: 'why',
    misses: 'what this still depends on',
    unreachable: 'what no answer changes',
    more: (count: number) => `and ${count} more, in the answer of the API`,
  },
} as const
