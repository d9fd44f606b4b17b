import { html } from 'hono/html'
import type { FieldDecision } from '../../model/decision.ts'
import { nameTreatment } from '../../model/treatment-words.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import type { Visit } from '../page.ts'
import { statementsOf } from '../share/question.ts'
import { inputId, inputName } from './draft.ts'
import type { ChosenDraft, EvaluatedDraft } from './evaluate-draft.ts'
import { findOpen } from './facts-step.ts'
import { faultAt, showStep } from './form.ts'
import type { DraftFault } from './form-body.ts'
import { DATE_PARTS, partsOf } from './read-typed.ts'
import { partName, typedValue } from './typed-values.ts'
import { formatValueInput } from './value-inputs.ts'
import { REPORT_WORDS } from './words.ts'

/** Step 3: the values of the fields that pass or link, who made each assessment, and the reference. */
export async function showData(
  visit: Visit,
  draft: ChosenDraft,
  evaluated: EvaluatedDraft,
  {
    faults = [],
    notice,
    status,
  }: { readonly faults?: readonly DraftFault[]; readonly notice?: Html; readonly status?: number } = {},
): Promise<Response> {
  const { gateway, language } = visit
  const set = gateway.policySet
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, set)
  const open = (await findOpen(visit, evaluated)).filter(
    ({ dataSubject, word }) => !draft.people[dataSubject]!.replies.has(word),
  )
  return showStep(visit, {
    step: 'data',
    draft,
    shown: listShown(set, draft, evaluated),
    next: 'read',
    faults,
    ...(status !== undefined && { status }),
    notice: html`${notice ?? NOTHING}<p>${words.dataLead}</p>`,
    body: html`${open.length === 0 ? NOTHING : html`<p class="notice">${words.questionsLeft(open.length)} <button class="plain" name="go" value="facts">${words.toQuestions}</button></p>`}
${draft.people.map((person, index) => {
  const { asked, staying } = evaluated.people[index]!
  const isNamed = ({ field }: FieldDecision) => draft.fields.length === 0 || draft.fields.includes(field)
  const [named, others] = [asked.filter(isNamed), asked.filter((field) => !isNamed(field))]
  const input = (decided: FieldDecision) =>
    formatValueInput(set.vocabulary.fields.get(decided.field)!, person, index, {
      form: formatForm(decided, language),
      faults,
      language,
    })
  const hasTyped = others.some(({ field }) => typedValue(person, set.vocabulary.fields.get(field)!) !== undefined)
  return html`<section class="person" aria-labelledby="person-${index + 1}">
<h3 id="person-${index + 1}" tabindex="-1">${withNames((role) => words.person(index + 1, role), labels.role(person.role))}</h3>
${faultAt(faults, inputName(index, 'data')).text}
${named.map(input)}
${others.length === 0 ? NOTHING : html`<details${named.length === 0 || hasTyped || faults.length > 0 ? html` open` : NOTHING}><summary>${words.also}</summary>${others.map(input)}</details>`}
${formatStaying(visit, person, staying)}
${formatAssessments(visit, draft, index, faults)}
</section>`
})}
${formatReference(draft, faults, language)}
<p class="actions"><button class="primary" name="go" value="read">${words.toRead}</button> <button name="go" value="facts">${words.back}</button></p>`,
  })
}

function listShown({ vocabulary }: PolicySet, draft: ChosenDraft, evaluated: EvaluatedDraft): ReadonlySet<string> {
  const shown = new Set(['reference'])
  for (const [index, { asked }] of evaluated.people.entries()) {
    for (const { field } of asked)
      for (const part of partsOf(vocabulary.fields.get(field)!.type))
        shown.add(inputName(index, partName('data', field, part)))
    for (const word of draft.people[index]!.replies.keys()) {
      shown.add(inputName(index, `by.${word}`))
      for (const part of DATE_PARTS) shown.add(inputName(index, partName('on', word, part)))
    }
  }
  return shown
}

/** In which form the recipient gets a field. */
function formatForm(decided: FieldDecision, language: Visit['language']): Html {
  const words = REPORT_WORDS[language].form
  const name = nameTreatment(decided)
  if (name === 'released') return NOTHING
  return html`<p class="hint ${name}">${name === 'coarser' ? words.coarser(decided.level ?? '') : words.linkedOnly}</p>`
}

/** The fields that are not asked for, and why, one press away. */
function formatStaying(
  { gateway, language }: Visit,
  person: ChosenDraft['people'][number],
  staying: readonly FieldDecision[],
): Html {
  if (staying.length === 0) return NOTHING
  const words = REPORT_WORDS[language]
  const { vocabulary } = gateway.policySet
  const labels = labelsOf(language, gateway.policySet)
  const typed = staying.filter(({ field }) => typedValue(person, vocabulary.fields.get(field)!) !== undefined)
  const groups = Map.groupBy(staying, ({ citation, sentence }) => JSON.stringify([citation, sentence[language]]))
  return html`${typed.length === 0 ? NOTHING : html`<p class="notice warn">${words.typedStays} <bdi>${labels.list(typed.map(({ field }) => labels.field(field)))}</bdi>.</p>`}
<details><summary>${words.unasked(staying.length)}</summary>
<ul>${[...groups.values()].map((group) => {
    const { sentence, citation } = group[0]!
    return html`<li><strong><bdi>${labels.list(group.map(({ field }) => labels.field(field)))}</bdi></strong>: <bdi>${sentence[language].trim()}</bdi>${citation === undefined ? NOTHING : html` <span class="quiet" lang="nl">${citation}</span>`}</li>`
  })}</ul></details>`
}

/** Who made each assessment that was answered with yes, and when. */
export function formatAssessments(
  { gateway, language }: Visit,
  draft: ChosenDraft,
  index: number,
  faults: readonly DraftFault[],
): Html {
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  const person = draft.people[index]!
  const { assessments } = statementsOf(gateway.policySet, person.replies)
  if (assessments.length === 0) return NOTHING
  return html`<h4>${words.assessments}</h4>
<p class="hint">${words.assessmentsHint}</p>
${assessments.map((word) => {
  const by = inputName(index, `by.${word}`)
  const [byFault, onFault] = [faultAt(faults, by), faultAt(faults, inputName(index, `on.${word}`))]
  return html`<fieldset class="card declared"><legend><bdi>${labels.assessment(word)}</bdi></legend>
<div class="field"><label for="${inputId(by)}">${words.by}</label>${byFault.text}<input id="${inputId(by)}" name="${by}" value="${person.typed.get(`by.${word}`) ?? ''}" spellcheck="false"${byFault.isFaulty ? html` aria-invalid="true" aria-describedby="${byFault.id}"` : NOTHING}></div>
<fieldset class="field value" data-type="datum" data-identifier=""><legend>${words.on}</legend>${onFault.text}
<p class="reading" aria-live="polite"></p>
<div class="parts">${DATE_PARTS.map((part) => {
    const name = inputName(index, partName('on', word, part))
    return html`<div><label for="${inputId(name)}">${words[part]}</label><input id="${inputId(name)}" name="${name}" class="${part}" inputmode="numeric" maxlength="${part === 'year' ? 4 : 2}" value="${person.typed.get(partName('on', word, part)) ?? ''}" data-part="${part}"${onFault.isFaulty ? html` aria-invalid="true" aria-describedby="${onFault.id}"` : NOTHING}></div>`
  })}</div></fieldset>
</fieldset>`
})}`
}

function formatReference({ reference }: ChosenDraft, faults: readonly DraftFault[], language: Visit['language']): Html {
  const words = REPORT_WORDS[language]
  const fault = faultAt(faults, 'reference')
  return html`<div class="field"><label for="reference">${words.reference} <span class="quiet">(${words.optional})</span></label>
<p class="hint" id="reference-hint">${words.referenceHint}</p>${fault.text}
<input id="reference" name="reference" maxlength="100" value="${reference ?? ''}" spellcheck="false" aria-describedby="reference-hint${fault.isFaulty ? ` ${fault.id}` : ''}"${fault.isFaulty ? html` aria-invalid="true"` : NOTHING}></div>`
}
