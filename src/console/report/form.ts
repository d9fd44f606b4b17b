import { html } from 'hono/html'
import { showPage } from '../answers.ts'
import { sentence } from '../error-page.ts'
import { formatFaults } from '../faults.ts'
import { type Html, NOTHING } from '../html.ts'
import type { Visit } from '../page.ts'
import { type Draft, inputId, listEntries } from './draft.ts'
import type { DraftFault } from './form-body.ts'
import { REPORT_WORDS } from './words.ts'

export const REPORT_PATH = '/reports/new'
export const SEND_PATH = '/reports/send'

export const STEPS = ['who', 'facts', 'data', 'read'] as const
export type Step = (typeof STEPS)[number]

/** One step of a report, as a page. */
export interface StepPage {
  readonly step: Step
  readonly draft: Draft
  /** Names of the inputs that `body` has; the rest of the draft is carried along unseen. */
  readonly shown: ReadonlySet<string>
  readonly body: Html
  /** Value of `go` for the Enter key. */
  readonly next: string
  readonly faults?: readonly DraftFault[]
  /** Shown above the form. */
  readonly notice?: Html
  readonly status?: number
}

/** Shows a step. Everything that was typed is in the form, so that no step loses anything and the gateway keeps nothing. */
export function showStep(visit: Visit, page: StepPage): Promise<Response> {
  const { step, draft, shown, body, next, faults = [], notice = NOTHING, status } = page
  const words = REPORT_WORDS[visit.language]
  const position = STEPS.indexOf(step)
  return showPage(visit, {
    title: draft.inReplyTo === undefined ? words.title : words.answerTitle,
    status: status ?? (faults.length === 0 ? 200 : 400),
    scripts: ['report.js'],
    body: html`<ol class="steps">${STEPS.map(
      (one, index) => html`<li${index === position ? html` aria-current="step"` : NOTHING}>${words.steps[one]}</li>`,
    )}</ol>
<h2><span class="hidden">${words.stepOf(position + 1, STEPS.length)}: </span>${words.steps[step]}</h2>
${notice}
${formatFaults(faults, visit.language)}
<form method="post" class="report" action="${step === 'read' ? SEND_PATH : REPORT_PATH}" autocomplete="off" novalidate>
<button class="hidden" name="go" value="${next}" tabindex="-1" aria-hidden="true">${words.next}</button>
${listEntries(draft)
  .filter(([name]) => !shown.has(name))
  .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${body}
</form>
<p class="quiet">${words.kept}</p>`,
  })
}

/** The fault at one input, with the attributes that connect both. */
export function faultAt(
  faults: readonly DraftFault[],
  name: string,
): { readonly text: Html; readonly isFaulty: boolean; readonly id: string } {
  const id = `${inputId(name)}-fault`
  const fault = faults.find(({ at }) => at === name)
  if (!fault) return { text: NOTHING, isFaulty: false, id }
  return { text: html`<p class="fault" id="${id}">${sentence(fault.text)}</p>`, isFaulty: true, id }
}

export interface Option {
  readonly id: string
  readonly label: string
}

/** A labelled list to choose from, with an empty first line. */
export function formatSelect(
  name: string,
  label: string,
  {
    options,
    chosen,
    empty,
    faults,
    hint,
    hasFocus = false,
  }: {
    readonly options: Html
    readonly chosen: string | undefined
    readonly empty: string
    readonly faults: readonly DraftFault[]
    readonly hint?: string
    /** Whether the page opens there. */
    readonly hasFocus?: boolean
  },
): Html {
  const id = inputId(name)
  const fault = faultAt(faults, name)
  return html`<div class="field">
<label for="${id}">${label}</label>
${hint === undefined ? NOTHING : html`<p class="hint">${hint}</p>`}
${fault.text}
<select id="${id}" name="${name}"${fault.isFaulty ? html` aria-invalid="true" aria-describedby="${fault.id}"` : NOTHING}${hasFocus ? html` autofocus` : NOTHING}>
<option value=""${chosen === undefined ? html` selected` : NOTHING}>${empty}</option>
${options}
</select>
</div>`
}

export const formatOption = ({ id, label }: Option, chosen: string | undefined): Html =>
  html`<option value="${id}"${id === chosen ? html` selected` : NOTHING}>${label}</option>`
