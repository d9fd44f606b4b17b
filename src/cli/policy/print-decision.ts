import type { Decision, FieldDecision } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'

/** A decision as a person reads it in a terminal: field by field what happens, by which rule, on which ground, and why. */
export function formatDecision(decision: Decision, language: Language): string[] {
  const lines = [`${OUTCOME[language]}: ${decision.outcome}${decision.reason ? ` (${decision.reason})` : ''}`]
  for (const [index, subject] of decision.dataSubjects.entries()) {
    if (decision.dataSubjects.length > 1) lines.push(`${SUBJECT[language]} ${index + 1}: ${subject.outcome}`)
    const width = Math.max(0, ...subject.fields.map(({ field }) => field.length))
    const treatments = subject.fields.map(formatTreatment)
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

function formatTreatment({ release, level, link }: FieldDecision): string {
  const treatment = level === undefined ? release : `${release} (${level})`
  return link ? `${treatment} + koppelen` : treatment
}
