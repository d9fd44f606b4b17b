import { html } from 'hono/html'
import { labelsOf } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { type Html, NOTHING } from '../html.ts'
import { personOf, type Visit } from '../page.ts'
import { type ChoiceList, listChoices } from '../share/choices.ts'
import { type Draft, inputId, inputName, listKinds, MAX_PEOPLE } from './draft.ts'
import { formatOption, formatSelect, showStep } from './form.ts'
import type { DraftFault } from './form-body.ts'
import { REPORT_WORDS } from './words.ts'

/**
 * Step 1: to whom, what for, and the role of each person.
 * @param opensAt position of the person where the focus is, from 0: who was added, or stands where one was taken away
 */
export function showWho(
  visit: Visit,
  draft: Draft,
  { faults = [], opensAt }: { readonly faults?: readonly DraftFault[]; readonly opensAt?: number } = {},
): Promise<Response> {
  const { gateway, language, now } = visit
  const set = gateway.policySet
  const words = REPORT_WORDS[language]
  const from = personOf(visit).party
  const listFor = (about?: string) =>
    listChoices(
      set,
      {
        from,
        ...(draft.to !== undefined && { to: draft.to }),
        ...(draft.purpose !== undefined && { purpose: draft.purpose }),
        ...(about !== undefined && { about }),
        fields: [],
        replies: new Map(),
      },
      language,
      legalDate(now),
    )
  const lists = listFor()
  const kinds = listKinds(set.vocabulary)
  const isReply = draft.inReplyTo !== undefined
  const shown = new Set(['to', 'purpose', 'kind', ...draft.people.map((_, index) => inputName(index, 'role'))])
  return showStep(visit, {
    step: 'who',
    draft,
    shown,
    next: 'facts',
    faults,
    notice: isReply ? html`<p class="notice">${words.inReply}</p>` : NOTHING,
    body: html`${formatSelect('to', words.to, { options: groups(lists.to, draft.to), chosen: draft.to, empty: words.choose, faults })}
${formatSelect('purpose', words.purpose, { options: groups(lists.purpose, draft.purpose), chosen: draft.purpose, empty: words.choose, faults })}
${formatSelect('kind', words.kind, {
  options: html`${kinds.map(({ id, label }) => formatOption({ id, label: label[language] }, draft.kind))}`,
  chosen: draft.kind,
  empty: words.choose,
  faults,
})}
<h3>${words.about}</h3>
<p class="hint">${words.aboutHint}</p>
${draft.people.map((person, index) => {
  const name = inputName(index, 'role')
  const label = draft.people.length === 1 ? words.role : `${words.role}: ${words.personNumber(index + 1)}`
  return html`<div class="person" id="person-${index + 1}">
${formatSelect(name, label, { options: groups(lists.about, person.role), chosen: person.role, empty: words.choose, faults, hasFocus: index === opensAt })}
${draft.people.length === 1 ? NOTHING : html`<button class="plain" name="go" value="remove-${index + 1}">${words.removePerson}<span class="hidden">: ${words.personNumber(index + 1)}, ${words.removeConfirm}</span></button>`}
</div>`
})}
${draft.people.length >= MAX_PEOPLE ? NOTHING : html`<p><button name="go" value="add">${words.addPerson}</button></p>`}
<p class="actions"><button class="primary" name="go" value="facts">${words.next}</button></p>`,
  })

  function groups({ known, others }: ChoiceList, chosen: string | undefined): Html {
    const group = (label: string, choices: ChoiceList['known']) =>
      choices.length === 0
        ? NOTHING
        : html`<optgroup label="${label}">${choices.map((choice) => formatOption(choice, chosen))}</optgroup>`
    return html`${group(words.known, known)}${group(words.others, others)}`
  }
}

/** What step 1 still lacks. */
export function findUnchosen({ language, gateway }: Visit, draft: Draft): readonly DraftFault[] {
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  const missing = (name: string, label: string): DraftFault => ({
    at: name,
    id: inputId(name),
    about: label.replace(/\?$/, ''),
    text: words.missing,
  })
  return [
    ...(draft.to === undefined ? [missing('to', words.to)] : []),
    ...(draft.purpose === undefined ? [missing('purpose', words.purpose)] : []),
    ...(draft.kind === undefined ? [missing('kind', words.kind)] : []),
    ...draft.people.flatMap(({ role }, index) =>
      role === undefined
        ? [missing(inputName(index, 'role'), `${words.role}, ${labels.list([words.personNumber(index + 1)])}`)]
        : [],
    ),
  ]
}
