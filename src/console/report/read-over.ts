import { html } from 'hono/html'
import { DEFAULT_APPROVAL_HOURS } from '../../exchange/retention.ts'
import type { FieldDecision } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import {
  capitalised,
  describeTreatment,
  LINK_WORDS,
  nameTreatment,
  TREATMENT_SIGNS,
} from '../../model/treatment-words.ts'
import type { Field } from '../../model/vocabulary.ts'
import { canBeApproved, peopleNeeded } from '../../policy/clients.ts'
import { formatDuty } from '../../policy/explain.ts'
import { labelsOf } from '../../policy/labels.ts'
import { sentencesBehind } from '../../policy/sentences.ts'
import { type FieldValue, isAddress, isNames } from '../../report/field-form.ts'
import { generalise } from '../../report/generalise.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import { personOf, type Visit } from '../page.ts'
import { statementsOf } from '../share/question.ts'
import { type ChosenDraft, dataOf, type EvaluatedDraft } from './evaluate-draft.ts'
import { REPORT_PATH, showStep } from './form.ts'
import { ADDRESS_PARTS } from './read-typed.ts'
import { readValue } from './read-value.ts'
import { typedDay } from './typed-values.ts'
import { nameCountry } from './value-inputs.ts'
import { REPORT_WORDS } from './words.ts'

/** Step 4: everything that leaves, in which form and under which article, what stays, and one button. */
export function showReadOver(
  visit: Visit,
  draft: ChosenDraft,
  evaluated: EvaluatedDraft,
  { notice, status }: { readonly notice?: Html; readonly status?: number } = {},
): Promise<Response> {
  const { gateway, language } = visit
  const set = gateway.policySet
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, set)
  const { decision, basis } = evaluated
  return showStep(visit, {
    step: 'read',
    draft,
    shown: new Set(),
    next: 'send',
    ...(status !== undefined && { status }),
    notice: html`${notice ?? NOTHING}<p>${words.readLead}</p>`,
    body: html`<input type="hidden" name="rules" value="${set.policyHash}">
<dl>
<dt>${words.from}</dt><dd>${labels.party(personOf(visit).party)}</dd>
<dt>${words.recipient}</dt><dd><strong>${labels.party(draft.to)}</strong></dd>
<dt>${words.purposeShort}</dt><dd>${labels.purpose(draft.purpose)}</dd>
<dt>${words.basisOne}</dt><dd lang="nl">${labels.file(basis ?? '')}</dd>
<dt>${words.kindShort}</dt><dd>${labels.kind(draft.kind)}</dd>
${draft.reference === undefined ? NOTHING : html`<dt>${words.reference}</dt><dd><bdi>${draft.reference}</bdi></dd>`}
</dl>
${draft.people.map((_, index) => formatPerson(visit, draft, evaluated, index))}
${decision.dataSubjects.some(({ fields }) => fields.some(({ link }) => link)) ? html`<p class="quiet">${LINK_WORDS[language].meaning}</p>` : NOTHING}
<p class="quiet">${words.redactedText}</p>
${decision.duties.length === 0 ? NOTHING : html`<h3>${words.duties}</h3><ul>${decision.duties.map((duty) => html`<li><bdi>${formatDuty(duty, labels, language)}</bdi>.</li>`)}</ul>`}
${decision.outcome === 'in-afwachting' ? formatApproval(visit, evaluated) : NOTHING}
<p class="actions"><button class="primary" name="go" value="send">${words.send}</button> <button name="go" value="data" formaction="${REPORT_PATH}">${words.change}</button></p>`,
  })
}

function formatApproval(visit: Visit, { decision }: EvaluatedDraft): Html {
  const words = REPORT_WORDS[visit.language]
  const { party, id } = personOf(visit)
  const people = peopleNeeded(decision.duties)
  const { policySet, approvalHours = DEFAULT_APPROVAL_HOURS } = visit.gateway
  return html`<p class="notice">${words.approval(people, approvalHours)}</p>
${canBeApproved(policySet.parties.get(party), people, id) ? NOTHING : html`<p class="notice warn">${words.tooFew}</p>`}`
}

function formatPerson(visit: Visit, draft: ChosenDraft, evaluated: EvaluatedDraft, index: number): Html {
  const { gateway, language } = visit
  const set = gateway.policySet
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, set)
  const person = draft.people[index]!
  const data = dataOf(set, person)
  const { asked, staying } = evaluated.people[index]!
  const sent = asked.filter(({ field }) => data[field] !== undefined)
  const stays = staying.filter(({ field }) => data[field] !== undefined)
  const { assessments } = statementsOf(set, person.replies)
  const title = withNames((role) => words.person(index + 1, role), labels.role(person.role))
  const decided = evaluated.decision.dataSubjects[index]
  const behind = decided === undefined ? [] : sentencesBehind(decided, language)
  return html`<section aria-labelledby="person-${index + 1}"><h3 id="person-${index + 1}">${title}</h3>
<table class="stacks" role="table"><caption>${words.leaves}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.field}</th><th role="columnheader" scope="col">${words.sent}</th><th role="columnheader" scope="col">${words.shape}</th></tr></thead>
<tbody role="rowgroup">${sent.map((decided) => formatRow(set.vocabulary.fields.get(decided.field)!, decided, data[decided.field]!, language))}</tbody></table>
${formatReasons(visit, sent)}
${behind.map((sentence) => html`<p class="quiet"><bdi>${sentence}</bdi></p>`)}
${assessments.length === 0 ? NOTHING : html`<dl>${assessments.map((word) => html`<dt><bdi>${labels.assessment(word)}</bdi></dt><dd><bdi>${person.typed.get(`by.${word}`) ?? ''}</bdi>, ${showText({ type: 'datum' }, typedDay(person, word) ?? '', language)}</dd>`)}</dl>`}
${
  stays.length === 0
    ? NOTHING
    : html`<h4>${words.stays}</h4><p>${words.staysLead}</p><ul>${stays.map(({ field, sentence }) => html`<li><bdi>${labels.field(field)}</bdi>: <bdi>${sentence[language].trim()}</bdi></li>`)}</ul>`
}</section>`
}

/** Why each field may leave in its form, under which article; fields with the same reason together. */
function formatReasons({ gateway, language }: Visit, sent: readonly FieldDecision[]): Html {
  const labels = labelsOf(language, gateway.policySet)
  const groups = Map.groupBy(sent, ({ citation, sentence }) => JSON.stringify([citation, sentence[language]]))
  return html`<h4>${REPORT_WORDS[language].reasons}</h4>
<ul>${[...groups.values()].map((group) => {
    const { sentence, citation } = group[0]!
    return html`<li><strong><bdi>${labels.list(group.map(({ field }) => labels.field(field)))}</bdi></strong>: <bdi>${sentence[language].trim()}</bdi>${citation === undefined ? NOTHING : html` <span class="quiet" lang="nl">${citation}</span>`}</li>`
  })}</ul>`
}

function formatRow(field: Field, decided: FieldDecision, value: FieldValue, language: Language): Html {
  const words = REPORT_WORDS[language]
  const name = nameTreatment(decided)
  const given =
    name === 'released' ? value : name === 'coarser' ? generalise(field, decided.level ?? '', value) : undefined
  const sent =
    given !== undefined
      ? html`<bdi>${showValue(field, given, language)}</bdi>`
      : html`<span class="quiet">${name === 'linkedOnly' ? words.notToRecipient : words.nothingLeft}</span>`
  return html`<tr role="row"><th role="rowheader" scope="row"><bdi>${field.label[language]}</bdi></th>
<td role="cell">${sent}</td>
<td role="cell"><span class="tag ${name}"><span aria-hidden="true">${TREATMENT_SIGNS[name]}</span>&nbsp;${capitalised(describeTreatment(decided, language, 'would'))}</span></td></tr>`
}

/** A value as people read it. */
function showValue(field: Field, value: FieldValue, language: Language): string {
  if (isNames(value)) return value.join('; ')
  if (isAddress(value))
    return ADDRESS_PARTS.flatMap((part) => {
      const text = value[part]
      return text === undefined ? [] : [part === 'land' ? nameCountry(text, language) : text]
    }).join(', ')
  return showText(field, value, language)
}

function showText(field: Pick<Field, 'type' | 'values'>, value: string, language: Language): string {
  if (field.type === 'woord') return field.values?.get(value)?.[language] ?? value
  if (field.type === 'land') return nameCountry(value, language)
  const read = field.type === 'datum' && value.length === 10 ? readValue({ type: 'datum' }, value) : undefined
  return read && !read.isFault ? read.text[language].replace(/\.$/, '') : value
}
