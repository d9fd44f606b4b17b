import type { Decision } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import { describeOutcome, describeTreatment } from '../../model/treatment-words.ts'

/** A decision as a person reads it in a terminal: field by field what happens, by which rule, on which ground, and why. */
export function formatDecision(decision: Decision, language: Language): string[] {
  const lines = [`${OUTCOME[language]}: ${describeOutcome(decision.outcome, decision.reason, language)}`]
  for (const [index, subject] of decision.dataSubjects.entries()) {
    if (decision.dataSubjects.length > 1)
      lines.push(`${SUBJECT[language]} ${index + 1}: ${describeOutcome(subject.outcome, subject.reason, language)}`)
    const isRefused = decision.outcome === 'geweigerd' || subject.outcome === 'geweigerd'
    const mood = isRefused ? 'wouldHave' : 'done'
    const width = Math.max(0, ...subject.fields.map(({ field }) => field.length))
    const treatments = subject.fields.map((field) => describeTreatment(field, language, mood))
    const treatmentWidth = Math.max(0, ...treatments.map(({ length }) => length))
    for (const [position, field] of subject.fields.entries()) {
      const rule = field.rule ? `${field.rule.file}/${field.rule.rule}` : '-'
      lines.push(
        `  ${field.field.padEnd(width)}  ${treatments[position]!.padEnd(treatmentWidth)}  ${rule}${field.citation ? `  [${field.citation}]` : ''}`,
      )
    }
    // Most fields share a sentence; each is said once.
    for (const [sentence, fields] of Map.groupBy(subject.fields, ({ sentence }) => sentence[language])) {
      lines.push(`  · ${fields.map(({ field }) => field).join(', ')}: ${sentence.trim()}`)
    }
    for (const miss of subject.nearestMisses) lines.push(`  ? ${miss.sentence[language].trim()}`)
  }
  return lines
}

const OUTCOME = { nl: 'besluit', en: 'decision' } as const
const SUBJECT = { nl: 'betrokkene', en: 'data subject' } as const
