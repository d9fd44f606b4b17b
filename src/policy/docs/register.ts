import type { Language } from '../../model/language.ts'
import type { BasisRule } from '../../model/rule.ts'
import { fieldsOf } from '../analysis/clauses.ts'
import { type Labels, labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import { type Html, html } from './html.ts'
import { formatValidity } from './rule-page.ts'
import { WORDS } from './words.ts'

/** One line of the record of processing activities (AVG art. 30 lid 1), as far as a rule states it. */
export interface ProcessingActivity {
  readonly file: string
  readonly rule: string
  readonly activity: string
  readonly citation: string
  readonly validity: string
  readonly controllers: readonly string[]
  readonly recipients: readonly string[]
  readonly purposes: readonly string[]
  readonly dataSubjects: readonly string[]
  readonly data: readonly string[]
  readonly duties: BasisRule['duties']
  /** Shortest `bewaartermijn` of the rule, in days; absent when the rule sets none. */
  readonly retentionDays?: number
}

/** The record of processing activities of a set: one line for each rule that permits something. */
export function listProcessingActivities(set: PolicySet, language: Language): readonly ProcessingActivity[] {
  const labels = labelsOf(language, set)
  return set.rules.map((rule) => formActivity(set, rule, labels, language))
}

function formActivity(set: PolicySet, rule: BasisRule, labels: Labels, language: Language): ProcessingActivity {
  const { senders, recipients, purposes, roles } = rule.scope
  const { vocabulary, parties } = set
  const terms = rule.duties.flatMap(({ retentionDays }) => retentionDays ?? [])
  const named = (
    list: readonly string[] | undefined,
    all: ReadonlyMap<string, unknown>,
    label: (word: string) => string,
  ) => (list ?? [...all.keys()]).map(label)
  return {
    file: rule.file,
    rule: rule.id,
    activity: labels.file(rule.file),
    citation: rule.exception === undefined ? rule.citation : `${rule.citation}; ${rule.exception}`,
    validity: formatValidity(rule.validity, language),
    controllers: named(senders, parties, labels.party),
    recipients: named(recipients, parties, labels.party),
    purposes: named(purposes, vocabulary.purposes, labels.purpose),
    dataSubjects: named(roles, vocabulary.roles, labels.role),
    data: fieldsOf(rule).map(labels.field),
    duties: rule.duties,
    ...(terms.length > 0 && { retentionDays: Math.min(...terms) }),
  }
}

/** The content of the page with the record of processing activities. */
export function registerPage(set: PolicySet, language: Language): Html {
  const words = WORDS[language]
  const columns = [
    words.activity,
    words.controller,
    words.purposes,
    words.subjects,
    words.data,
    words.recipients,
    words.retention,
    words.measures,
  ]
  return html`
<p>${words.registerIntro}</p>
<div class="wide" role="region" aria-label="${words.register}" tabindex="0">
<table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${listProcessingActivities(set, language).map(
  (line) => html`<tr>
<th scope="row"><a href="${line.file}.html#${line.rule}">${line.activity}: ${line.rule}</a><br>${line.citation}<br>${line.validity}</th>
<td>${line.controllers.join(', ')}</td>
<td>${line.purposes.join(', ')}</td>
<td>${line.dataSubjects.join(', ')}</td>
<td>${line.data.join(', ')}</td>
<td>${line.recipients.join(', ')}</td>
<td>${line.retentionDays === undefined ? words.noRetention : words.days(line.retentionDays)}</td>
<td>${words.measuresText}</td>
</tr>
`,
)}
</tbody>
</table>
</div>`
}
