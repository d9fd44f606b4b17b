import type { Language } from '../../model/language.ts'
import type { DecisionChange } from '../analysis/diff.ts'
import type { PolicySet } from '../policy-set.ts'
import { arrangeChanges, type ChangeBlock, type ChangeCondition } from './change-blocks.ts'
import { WORDS } from './change-words.ts'
import { type Html, html } from './html.ts'
import { STYLESHEET } from './style.ts'

/**
 * Formats the difference between two sets as one page without script: for each changed rule sentences, a table, and the exact
 * conditions folded; and what changes in the relations between words. Nothing is left out, and nothing is loaded from elsewhere.
 */
export function formatChangesPage(
  changes: readonly DecisionChange[],
  relations: readonly string[],
  sets: { readonly old: PolicySet; readonly next: PolicySet },
  language: Language,
): string {
  const words = WORDS[language]
  const { fields, blocks } = arrangeChanges(changes, sets, language)
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${{ html: STYLESHEET }}</style>
</head>
<body>
<main id="content">
<h1>${words.title}</h1>
<p>${words.approved}: <code>${sets.next.sourceHash}</code></p>
${changes.length === 0 ? html`<p>${words.none}</p>` : ''}
${[...fields, ...relations].map((line) => html`<p>${line}</p>`)}
${blocks.map((block) => blockSection(block, language))}
</main>
</body>
</html>
`.html
}

function blockSection({ rules, sentences, rows, conditions }: ChangeBlock, language: Language): Html {
  const words = WORDS[language]
  const { columns } = words
  const isNumbered = conditions.length > 1
  const titles = [columns.sender, columns.recipient, columns.data, columns.before, columns.after]
  return html`<section><h2>${rules.join(', ')}</h2>
${sentences.map((sentence) => html`<p>${sentence}</p>`)}
<div class="wide" role="region" aria-label="${rules.join(', ')}" tabindex="0"><table>
<thead><tr>${[...titles, ...(isNumbered ? [columns.conditions] : [])].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({
    sender,
    recipient,
    data,
    before,
    after,
    duties,
    conditions: under,
  }) => html`<tr><td>${sender}</td><td>${recipient}</td><td>${data}</td><td>${before}</td><td>${[after, ...duties].join('; ')}</td>${
    isNumbered ? html`<td>${under.join(', ')}</td>` : ''
  }</tr>
`,
)}
</tbody></table></div>
<details><summary>${words.conditions}</summary>
${conditions.map((condition, index) => conditionList(condition, isNumbered ? index + 1 : undefined, language))}
</details></section>`
}

function conditionList(
  { scope, always, oneOf }: ChangeCondition,
  position: number | undefined,
  language: Language,
): Html {
  const words = WORDS[language]
  const listed = (items: readonly string[]) => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
  return html`${position === undefined ? '' : html`<h3>${words.condition(position)}</h3>`}<p>${scope.join('; ')}</p>
${always.length === 0 ? '' : html`<p>${words.certain}:</p>${listed(always)}`}
${oneOf.length === 0 ? '' : html`<p>${words.oneOf}:</p>${listed(oneOf.map((state) => state.join('; ')))}`}`
}
