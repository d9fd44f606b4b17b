import { formatReceiptFile } from '../../audit/receipt/receipt-file.ts'
import type { StatedEvent, StatedFields, StatedRule, StatedSubject, Statement } from '../../exchange/statement.ts'
import type { Language, LocalisedText } from '../../model/language.ts'
import { capitalised, LINK_WORDS, OUTCOME_WORDS, REASON_WORDS, TREATMENT_WORDS } from '../../model/treatment-words.ts'
import { type Html, html } from '../../policy/docs/html.ts'
import { formatDate } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { contentSecurityPolicy } from '../headers.ts'
import { STATEMENT_STYLE, STATEMENT_STYLE_SOURCE } from './statement-style.ts'
import { STATEMENT_WORDS } from './statement-words.ts'

/** Distinguishes treatments without colour. */
const SIGNS = { released: '●', coarser: '◐', linkedOnly: '◌', withheld: '○', refused: '✕' } as const

export interface StatementPage {
  readonly statement: Statement
  /** RFC 3339, UTC: when the page was made. */
  readonly madeAt: string
  /** Shown wherever rule files are shown. */
  readonly warning: LocalisedText
  readonly language: Language
}

/**
 * A statement as a page to read and print. It is self-contained, without script, image or anything to fetch, so that it reads the
 * same from disk. Like the statement itself it contains no value of the report and no pseudonym.
 */
export function statementPage({ statement, madeAt, warning, language }: StatementPage): string {
  const words = STATEMENT_WORDS[language]
  const { sender, recipient, outcome, reason } = statement
  const isAnyLinked = statement.subjects.some(({ groups }) =>
    groups.some(({ fields }) => fields.some(({ isLinked }) => isLinked)),
  )
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(STATEMENT_STYLE_SOURCE, 'page')}">
<title>${words.title} ${statement.id}</title>
<style>${{ html: STATEMENT_STYLE }}</style>
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<main id="content">
<header>
<p class="mark">Sluis</p>
<h1>${words.title}</h1>
<p class="lead"><strong class="outcome ${outcome}">${capitalised(OUTCOME_WORDS[language][outcome])}</strong> <bdi>${words.summary(sender, recipient, reason && REASON_WORDS[language][reason])[outcome]}</bdi></p>
</header>
${factList(statement, language)}
<p class="quiet">${words.noValues}</p>
<p class="warning">${warning[language]}</p>
${statement.hasLabels ? '' : html`<p class="warning">${words.noLabels}</p>`}
<section aria-labelledby="released"><h2 id="released">${outcome === 'geweigerd' ? words.decided : words.released}</h2>
${statement.subjects.map((subject, index) => subjectTable(subject, index, statement, language))}
${isAnyLinked ? html`<p class="quiet">${LINK_WORDS[language].meaning}</p>` : ''}
${statement.misses.length === 0 ? '' : html`<h3>${words.misses}</h3><ul>${statement.misses.map((miss) => html`<li><bdi>${miss}</bdi></li>`)}</ul>`}
</section>
<section aria-labelledby="duties"><h2 id="duties">${words.duties}</h2>
${statement.duties.length === 0 ? html`<p>${words.noDuties}</p>` : html`<ul>${statement.duties.map((duty) => html`<li><bdi>${duty}</bdi></li>`)}</ul>`}
</section>
<section aria-labelledby="since"><h2 id="since">${words.since}</h2>
<ol class="events">${statement.events.map((event) => eventItem(event, language))}</ol>
<p class="quiet">${words.sinceNote}</p>
</section>
${ruleSection(statement, language)}
${proofSection(statement, language)}
${verifySection(statement, language)}
<footer class="quiet"><p>${words.made} ${moment(madeAt, language)}. ${words.exchange} <code>${statement.id}</code>.</p></footer>
</main>
</body>
</html>
`.html
}

function factList(statement: Statement, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  const { legalBasis, submittedBy, inReplyTo } = statement
  const rows: readonly (readonly [string, Html | string])[] = [
    [words.from, statement.sender],
    [words.to, statement.recipient],
    [words.purpose, statement.purpose],
    [words.basis, legalBasis === undefined ? words.noBasis : html`<span lang="nl">${legalBasis}</span>`],
    [words.kind, statement.kind],
    [words.moment, moment(statement.at, language)],
    ...(submittedBy === undefined ? [] : [[words.submittedBy, html`<code>${submittedBy}</code>`] as const]),
    ...(inReplyTo === undefined ? [] : [[words.inReplyTo, html`<code>${inReplyTo}</code>`] as const]),
    [words.exchange, html`<code>${statement.id}</code>`],
  ]
  return definitions(rows)
}

const definitions = (rows: readonly (readonly [string, Html | string])[]): Html =>
  html`<dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`

// ARIA roles repeat the table, because a screen reader no longer recognises one whose cells are laid out as blocks.
function subjectTable(subject: StatedSubject, index: number, statement: Statement, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  const { outcome, role, groups } = subject
  const caption = html`<bdi>${words.subject(index + 1, role)}</bdi> <span class="outcome ${outcome}">${capitalised(OUTCOME_WORDS[language][outcome])}</span>`
  if (groups.length === 0) return html`<h3>${caption}</h3><p>${words.noFields}</p>`
  return html`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.outcome}</th><th role="columnheader" scope="col">${words.fields}</th><th role="columnheader" scope="col">${words.why}</th></tr></thead>
<tbody role="rowgroup">${groups.map((group) => fieldRow(group, subject, statement, language))}</tbody>
</table>`
}

function fieldRow(group: StatedFields, { outcome }: StatedSubject, statement: Statement, language: Language): Html {
  const { treatment, fields, sentence, citation, file } = group
  const hasLeft = outcome !== 'geweigerd' && statement.outcome !== 'geweigerd'
  const label = capitalised(TREATMENT_WORDS[language][hasLeft ? 'done' : 'wouldHave'][treatment])
  const isKnown = file !== undefined && statement.rules.some((rule) => rule.file === file)
  const ground = citation === undefined ? '' : isKnown ? html`<a href="#rule-${file}">${citation}</a>` : citation
  return html`<tr role="row">
<th role="rowheader" scope="row" class="${treatment}"><span class="sign" aria-hidden="true">${SIGNS[treatment]}</span>${label}</th>
<td role="cell" class="fields"><ul>${fields.map((field) => fieldItem(field, treatment === 'linkedOnly' || !hasLeft, language))}</ul></td>
<td role="cell"><p><bdi>${sentence}</bdi></p>${citation === undefined ? '' : html`<p class="cite">${ground}</p>`}</td>
</tr>`
}

function fieldItem(
  { label, level, isLinked }: StatedFields['fields'][number],
  isImplied: boolean,
  language: Language,
): Html {
  const words = STATEMENT_WORDS[language]
  const coarser =
    level === undefined ? '' : html` <span class="cite">${words.as} <span lang="nl">${level}</span></span>`
  return html`<li><bdi>${label}</bdi>${coarser}${isLinked && !isImplied ? html` <span class="cite">(${LINK_WORDS[language].also})</span>` : ''}</li>`
}

function eventItem({ what, at, by, people, until, open }: StatedEvent, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  const who = by === undefined ? '' : html` ${words.by} <code>${by}</code>`
  const wait =
    people === undefined || until === undefined ? '' : ` (${words.people(people, momentText(until, language))})`
  const left = open === undefined ? '' : `. ${words.open(open.remaining, open.approvers)}`
  return html`<li>${at === undefined ? html`<span></span>` : html`<span>${moment(at, language)}</span>`}<span>${words.events[what]}${who}${wait}${left}</span></li>`
}

function ruleSection({ rules, policyHash, engineVersion }: Statement, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  return html`<section aria-labelledby="rules"><h2 id="rules">${words.rules}</h2>
<p class="quiet">${words.rulesNote}</p>
${rules.map((rule) => ruleBlock(rule, language))}
${definitions([
  [words.set, html`<code>${policyHash}</code>`],
  [words.engine, html`<code>${engineVersion}</code>`],
])}
</section>`
}

function ruleBlock({ file, title, citation, rules, sources }: StatedRule, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  const names = rules.map((rule, index) => html`${index === 0 ? '' : ', '}<code>${rule}</code>`)
  const label = rules.length === 1 ? words.rule : words.ruleList
  return html`<div id="rule-${file}"><h3 lang="nl">${title}</h3>
<p class="cite"><bdi>${citation}</bdi>${rules.length === 0 ? '' : html`; <code>${file}</code>, ${label} ${names}`}</p>
<ul class="sources" aria-label="${words.sources}">${sources.map(
    ({ citation: cited, url, version, summary }) =>
      html`<li><a href="${url}" lang="nl"><bdi>${cited}</bdi></a>, ${words.version} ${formatDate(version, language)}<br><span class="cite" lang="nl">${summary}</span></li>`,
  )}</ul></div>`
}

function proofSection({ proof, receipt }: Statement, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  const number = (value: number) => value.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB')
  const cosigners = proof.cosigners.length === 0 ? words.noCosigners : proof.cosigners.join(', ')
  return html`<section aria-labelledby="proof"><h2 id="proof">${words.proof}</h2>
<p>${words.proofText}</p>
${definitions([
  [words.log, html`<code>${proof.origin}</code>`],
  [words.leafIndex, number(proof.leafIndex)],
  [words.treeSize, words.entries(number(proof.treeSize))],
  [words.rootHash, html`<code>${proof.rootHash}</code>`],
  [words.cosigners, cosigners],
])}
<h3 id="proof-text">${words.proofAsText}</h3>
<pre aria-labelledby="proof-text">${receipt.proof}</pre>
</section>`
}

function verifySection({ id, receipt }: Statement, language: Language): Html {
  const words = STATEMENT_WORDS[language]
  return html`<section aria-labelledby="verify"><h2 id="verify">${words.verify}</h2>
<ol class="steps">
<li>${words.steps.key}</li>
<li>${words.steps.save}<pre>npx sluis receipt save ${id} --as … --to receipt.json</pre></li>
<li>${words.steps.check}<pre>npx sluis receipt verify receipt.json --log-key log.pub --lang ${language}</pre></li>
</ol>
<p>${words.steps.result}</p>
<h3 id="receipt-file">${words.file}</h3>
<p class="quiet">${words.fileText}</p>
<pre aria-labelledby="receipt-file">${formatReceiptFile(receipt).trimEnd()}</pre>
</section>`
}

const moment = (at: string, language: Language): Html => html`<time datetime="${at}">${momentText(at, language)}</time>`

/** An instant as people in the Netherlands write it, to the second. */
function momentText(at: string, language: Language): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', timeStyle: 'medium' }).format(
    new Date(at),
  )
  return `${formatDate(legalDate(at), language)}, ${time}`
}
