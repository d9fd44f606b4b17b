import { html } from 'hono/html'
import type { Language } from '../../model/language.ts'
import type { Html } from '../html.ts'
import { INBOX_WORDS } from './words.ts'

/** The form with which a reader chooses its keys. Its script shows it; nothing in it is ever sent. */
export function formatChooseKeys(language: Language): Html {
  const words = INBOX_WORDS[language]
  return html`<p id="needs-script" class="notice warn">${words.scriptNeeded}</p>
<section id="keys" class="card no-print" aria-labelledby="keys-title" hidden>
<h2 id="keys-title">${words.keys}</h2>
<p>${words.keysLead}</p>
${fileField('key-file', words.keyFile, words.keyHint, '.json,application/json')}
${fileField('log-file', words.logFile, words.logHint, '.pub,text/plain')}
<p id="keys-state" class="released" role="status"></p>
</section>`
}

const fileField = (id: string, label: string, hint: string, accept: string): Html => html`<div class="field">
<label for="${id}">${label}</label>
<p class="hint" id="${id}-hint">${hint}</p>
<input type="file" id="${id}" accept="${accept}" aria-describedby="${id}-hint ${id}-fault">
<p class="fault" id="${id}-fault" role="alert"></p>
</div>`
