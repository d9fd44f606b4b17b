import type { Language } from '../../model/language.ts'
import type { BasisRule } from '../../model/rule.ts'
import { withLevel } from '../../model/treatment-words.ts'
import { formatReference, referTo } from '../analysis/finding.ts'
import { type Labels, labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import { type Html, html } from './html.ts'
import { describeLimit, findLimits, type Limit, linkedOnlyFields } from './limits.ts'
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
  /** What the recipient can receive; coarser data with their level. */
  readonly data: readonly string[]
  /** What only helps to recognise the person inside the gateway. The recipient receives a pseudonym instead. */
  readonly linkedOnly: readonly string[]
  /** Prohibitions and safeguards that take data away when they apply. */
  readonly limits: readonly {
    readonly file: string
    readonly rule: string
    readonly text: string
  }[]
  readonly duties: BasisRule['duties']
  /** Shortest `bewaartermijn` of the rule, in days; absent when the rule sets none. */
  readonly retentionDays?: number
}

/** The record of processing activities of a set: one line for each rule that permits something. */
export function listProcessingActivities(
  set: PolicySet,
  language: Language,
  limits: ReadonlyMap<string, readonly Limit[]> = findLimits(set),
): readonly ProcessingActivity[] {
  const labels = labelsOf(language, set)
  return set.rules.map((rule) =>
    formActivity(set, rule, limits.get(formatReference(referTo(rule))) ?? [], labels, language),
  )
}

function formActivity(
  set: PolicySet,
  rule: BasisRule,
  limits: readonly Limit[],
  labels: Labels,
  language: Language,
): ProcessingActivity {
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
    data: [
      ...rule.release.map(labels.field),
      ...[...rule.generalise].map(([field, level]) => withLevel(labels.field(field), level)),
    ],
    linkedOnly: linkedOnlyFields(rule).map(labels.field),
    limits: limits.map((limit) => ({
      file: limit.file,
      rule: limit.rule,
      text: describeLimit(limit, labels, language),
    })),
    duties: rule.duties,
    ...(terms.length > 0 && { retentionDays: Math.min(...terms) }),
  }
}

/** The content of the page with the record of processing activities. */
export function registerPage(set: PolicySet, limits: ReadonlyMap<string, readonly Limit[]>, language: Language): Html {
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
${listProcessingActivities(set, language, limits).map(
  (line) => html`<tr>
<th scope="row"><a href="${line.file}.html#${line.rule}">${line.activity}: ${line.rule}</a><br>${line.citation}<br>${line.validity}</th>
<td>${line.controllers.join(', ')}</td>
<td>${line.purposes.join(', ')}</td>
<td>${line.dataSubjects.join(', ')}</td>
<td>${dataCell(line, language)}</td>
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

function dataCell({ data, linkedOnly, limits }: ProcessingActivity, language: Language): Html {
  const words = WORDS[language]
  return html`${data.length === 0 ? words.noData : data.join(', ')}${
    linkedOnly.length === 0 ? '' : html`<p><em>${words.linkedOnly}:</em> ${linkedOnly.join(', ')}</p>`
  }${
    limits.length === 0
      ? ''
      : html`<details><summary>${words.limits}</summary><ul>${limits.map(
          ({ file, rule, text }) => html`<li><a href="${file}.html#${rule}">${file}: ${rule}</a>: ${text}</li>`,
        )}</ul></details>`
  }`
}
