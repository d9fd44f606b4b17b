import type { Language } from '../../model/language.ts'
import type { BasisRule, Duty, Exception, RuleScope, SharedDuties, Validity } from '../../model/rule.ts'
import { capitalised, describeOutcome, REFUSES_ALL, TREATMENT_WORDS, withLevel } from '../../model/treatment-words.ts'
import { isSafeguard, type Narrowing } from '../analysis/clauses.ts'
import { formatReference, referTo } from '../analysis/finding.ts'
import { formatDuty } from '../explain.ts'
import type { OpenQuestion } from '../files/open-questions.ts'
import { formatDate, type Labels } from '../labels.ts'
import type { PolicyFile, PolicySet } from '../policy-set.ts'
import { type Html, html } from './html.ts'
import { describeLimit, type Limit, linkedOnlyFields } from './limits.ts'
import { WORDS } from './words.ts'

type Rows = readonly (readonly [term: string, value: Html | string])[]

/** The content of the page of one rule file: sources, what each rule says and what limits it, and its cases. */
export function rulePage(
  set: PolicySet,
  file: PolicyFile,
  limits: ReadonlyMap<string, readonly Limit[]>,
  labels: Labels,
  language: Language,
): Html {
  const words = WORDS[language]
  const rules = [...set.rules, ...set.prohibitions, ...set.safeguards].filter((rule) => rule.file === file.id)
  return html`
<dl>
  <dt>${words.ground}</dt><dd>${file.citation}</dd>
  <dt>${words.valid}</dt><dd>${formatValidity(file.validity, language)}</dd>
</dl>
<h2>${words.rules}</h2>
${rules.map((rule) => ruleSection(rule, limits.get(formatReference(referTo(rule))) ?? [], labels, language))}
${set.sharedDuties.filter((shared) => shared.file === file.id).map((shared) => sharedSection(shared, labels, language))}
<h2>${words.about}</h2>
${file.explanation.split('\n').map((paragraph) => html`<p lang="nl">${paragraph}</p>`)}
${questionSection(file, labels, language)}
<h2>${words.sources}</h2>
<ul>
${file.sources.map(
  ({ citation, url, version, summary, unverified }) =>
    html`<li lang="nl"><a href="${url}">${citation}</a> (${words.version} ${formatDate(version, language)}${unverified ? `; ${words.unverified}` : ''}): ${summary}</li>`,
)}
</ul>
<h2>${words.cases}</h2>
<table>
<thead><tr><th scope="col">${words.case}</th><th scope="col">${words.outcome}</th></tr></thead>
<tbody>
${file.cases.map(
  ({ name, expected }) =>
    html`<tr><td lang="nl">${name}</td><td>${describeOutcome(expected.outcome, expected.reason, language)}</td></tr>`,
)}
</tbody>
</table>
${(file.accepted ?? []).length === 0 ? '' : html`<h2>${words.accepted}</h2><ul>${(file.accepted ?? []).map(({ kind, rule, why }) => html`<li lang="nl"><code>${kind}</code> ${rule ?? ''}: ${why}</li>`)}</ul>`}`
}

function questionSection({ questions }: PolicyFile, labels: Labels, language: Language): Html | '' {
  if (questions.length === 0) return ''
  return html`<h2 id="vragen">${WORDS[language].questions}</h2>
${questions.map((question) => html`<section>${questionList(question, labels, language)}</section>`)}`
}

/** One open question: what is asked, what depends on it, and what the file does meanwhile. */
export function questionList(question: OpenQuestion, labels: Labels, language: Language): Html {
  const words = WORDS[language]
  // A word that is no field is the id of a rule.
  const dependents = question.dependents.map(labels.field)
  return html`<p lang="nl"><strong>${question.question}</strong></p>
<dl>
  <dt>${words.dependsOn}</dt><dd>${dependents.length === 0 ? words.wholeFile : labels.list(dependents)}</dd>
  <dt>${words.meanwhile}</dt><dd lang="nl">${question.meanwhile}</dd>
</dl>`
}

export function formatValidity({ from, until }: Validity, language: Language): string {
  const words = WORDS[language]
  const start = words.from(formatDate(from, language))
  return until === undefined ? start : `${start} ${words.until(formatDate(until, language))}`
}

function sharedSection(shared: SharedDuties, labels: Labels, language: Language): Html {
  const words = WORDS[language]
  return section(shared.id, [
    ...listRow(words.legalBases, shared.legalBases.map(labels.file)),
    ...dutyRow(shared.duties, labels, language),
    [words.valid, formatValidity(shared.validity, language)],
    [words.why, shared.explanation[language]],
  ])
}

const section = (id: string, rows: Rows): Html =>
  html`<section id="${id}"><h3>${id}</h3><dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></section>`

function ruleSection(rule: BasisRule | Narrowing, limits: readonly Limit[], labels: Labels, language: Language): Html {
  const words = WORDS[language]
  return section(rule.id, [
    ...scopeRows(rule.scope, labels, language),
    ...conditionRows(rule, labels, language),
    ...('release' in rule ? senderConditionRows(rule, labels, language) : []),
    ...('release' in rule ? permitRows(rule, limits, labels, language) : narrowingRows(rule, labels, language)),
    [words.valid, formatValidity(rule.validity, language)],
    [words.why, rule.explanation[language]],
  ])
}

function scopeRows({ senders, recipients, purposes, roles }: RuleScope, labels: Labels, language: Language): Rows {
  const words = WORDS[language]
  const named = (list: readonly string[] | undefined, label: (word: string) => string, any: string) =>
    list === undefined ? any : labels.list(list.map(label))
  return [
    [words.sender, named(senders, labels.party, words.anybody)],
    [words.recipient, named(recipients, labels.party, words.anybody)],
    [words.purpose, named(purposes, labels.purpose, words.anyPurpose)],
    [words.role, named(roles, labels.role, words.anybody)],
  ]
}

function conditionRows(
  asked: Pick<Exception, 'when' | 'whenNot'> & {
    readonly whenStated?: readonly string[]
    readonly unlessDenied?: readonly string[]
    readonly anyOf?: readonly string[]
    readonly assessments?: readonly string[]
  },
  labels: Labels,
  language: Language,
): Rows {
  const words = WORDS[language]
  return [
    ...listRow(words.when, asked.when.map(labels.circumstance)),
    ...listRow(words.whenNot, asked.whenNot.map(labels.circumstance)),
    ...listRow(words.whenStated, (asked.whenStated ?? []).map(labels.circumstance)),
    ...listRow(words.unlessDenied, (asked.unlessDenied ?? []).map(labels.circumstance)),
    ...listRow(words.anyOf, (asked.anyOf ?? []).map(labels.circumstance)),
    ...listRow(words.assessments, (asked.assessments ?? []).map(labels.assessment)),
  ]
}

const senderConditionRows = ({ whenFrom }: BasisRule, labels: Labels, language: Language): Rows =>
  [...(whenFrom ?? [])].flatMap(([sender, words]) =>
    listRow(WORDS[language].whenFrom(labels.party(sender)), words.map(labels.circumstance)),
  )

const listRow = (term: string, items: readonly (string | Html)[]): Rows =>
  items.length === 0 ? [] : [[term, html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`]]

const levelsOf = (levels: ReadonlyMap<string, string>, labels: Labels): readonly string[] =>
  [...levels].map(([field, level]) => withLevel(labels.field(field), level))

function permitRows(rule: BasisRule, limits: readonly Limit[], labels: Labels, language: Language): Rows {
  const words = WORDS[language]
  const linkedOnly = linkedOnlyFields(rule)
  const treatments = TREATMENT_WORDS[language].done
  return [
    ...(rule.exception === undefined ? [] : ([[words.exception, rule.exception]] as const)),
    ...listRow(capitalised(treatments.released), rule.release.map(labels.field)),
    ...listRow(capitalised(treatments.coarser), levelsOf(rule.generalise, labels)),
    ...listRow(words.linked, rule.link.filter((field) => !linkedOnly.includes(field)).map(labels.field)),
    ...listRow(words.linkedOnly, linkedOnly.map(labels.field)),
    ...listRow(
      words.limits,
      limits.map(
        (limit) =>
          html`<a href="${limit.file}.html#${limit.rule}">${limit.file}: ${limit.rule}</a>: ${describeLimit(limit, labels, language)}`,
      ),
    ),
    ...dutyRow(rule.duties, labels, language),
  ]
}

function narrowingRows(rule: Narrowing, labels: Labels, language: Language): Rows {
  const words = WORDS[language]
  const exceptions = rule.unless.map((exception) => {
    const { senders, recipients, roles } = exception
    const scope = { ...(senders && { senders }), ...(recipients && { recipients }), ...(roles && { roles }) }
    const named = scopeRows(scope, labels, language).filter(
      ([, value]) => value !== words.anybody && value !== words.anyPurpose,
    )
    const rows = [...named, ...conditionRows(exception, labels, language)]
    return html`<dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
  })
  const unless = listRow(words.unless, exceptions)
  const treatments = TREATMENT_WORDS[language].done
  if (isSafeguard(rule)) {
    return [
      ...listRow(capitalised(treatments.coarser), levelsOf(rule.generalise, labels)),
      ...listRow(capitalised(treatments.withheld), rule.withhold.map(labels.field)),
      ...listRow(capitalised(treatments.linkedOnly), rule.linkOnly.map(labels.field)),
      ...dutyRow(rule.duties, labels, language),
      ...unless,
    ]
  }
  const effects = {
    generaliseren: treatments.coarser,
    'alleen-koppelen': treatments.linkedOnly,
    weglaten: treatments.withheld,
    weigeren: `${treatments.refused}, ${REFUSES_ALL[language]}`,
  }
  const fields = rule.outcome === 'generaliseren' ? levelsOf(rule.levels, labels) : rule.fields.map(labels.field)
  return [...listRow(words.forbids, fields), [words.effect, effects[rule.outcome]], ...unless]
}

const dutyRow = (duties: readonly Duty[], labels: Labels, language: Language): Rows =>
  listRow(
    WORDS[language].duties,
    duties.map((duty) => formatDuty(duty, labels, language)),
  )
