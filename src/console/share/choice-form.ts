import { html } from 'hono/html'
import type { Language } from '../../model/language.ts'
import { type Html, NOTHING } from '../html.ts'
import type { Choice, ChoiceList, ChoiceLists } from './choices.ts'
import { type AddressFault, type ChoiceName, formatAddress, type ShareQuestion } from './question.ts'
import { SHARE_WORDS } from './words.ts'

export const SHARE_PATH = '/may-i-share'

/** What the parts of the form need. */
export interface FormParts {
  readonly question: ShareQuestion
  readonly lists: ChoiceLists
  readonly faults: readonly AddressFault[]
  readonly language: Language
  /** True when there is an answer, so that the parts that are filled in take no room. */
  readonly isAnswered: boolean
}

/** The id of a part of the form, for links from the summary of faults. */
export const idOf = (name: string): string => `part-${name.replace('.', '-')}`

/** Who, with whom, what for, about whom. */
export function formatChoices({ question, lists, faults, language, isAnswered }: FormParts): Html {
  const words = SHARE_WORDS[language]
  const chosen = (['from', 'to', 'purpose', 'about'] as const).flatMap((name) => {
    const { known, others } = lists[name]
    return [...known, ...others].find(({ id }) => id === question[name])?.label ?? []
  })
  return html`<details class="step" id="choices"${isAnswered ? NOTHING : html` open`}>
<summary><h2>${words.choices}</h2>${isAnswered ? html`<p class="summary">${chosen.map((label) => html`<bdi>${label}</bdi>`)}</p>` : NOTHING}</summary>
${formatSelect('from', lists.from)}
${formatSelect('to', lists.to)}
${formatSelect('purpose', lists.purpose)}
${formatSelect('about', lists.about)}
</details>`

  function formatSelect(name: Exclude<ChoiceName, 'basis'>, { known, others }: ChoiceList): Html {
    const id = idOf(name)
    const own = faultsAt(faults, name)
    return html`<div class="field">
<label for="${id}">${words[name]}</label>
${own.map(({ detail }) => html`<p class="fault" id="${id}-fault">${detail[language]}</p>`)}
<select id="${id}" name="${name}"${own.length === 0 ? NOTHING : html` aria-invalid="true" aria-describedby="${id}-fault"`}>
<option value="">${words.choose}</option>
${known.length === 0 ? NOTHING : html`<optgroup label="${words.known}">${known.map((choice) => formatOption(choice, question[name]))}</optgroup>`}
${others.length === 0 ? NOTHING : html`<optgroup label="${words.others}">${others.map((choice) => formatOption(choice, question[name]))}</optgroup>`}
</select>
</div>`
  }
}

const formatOption = ({ id, label }: Choice, chosen: string | undefined): Html =>
  html`<option value="${id}"${id === chosen ? html` selected` : NOTHING}>${label}</option>`

/** The first fault at a part of the form; one is enough to fix it. */
export const faultsAt = (faults: readonly AddressFault[], name: string): readonly AddressFault[] =>
  faults.filter(({ at }) => at === name).slice(0, 1)

/** Which data: names of fields as boxes, those that some rule knows first. */
export function formatFields({ question, lists, faults, language, isAnswered }: FormParts): Html {
  const words = SHARE_WORDS[language]
  const isChosen = [question.from, question.to, question.purpose, question.about].every((word) => word !== undefined)
  const known = [...lists.fields.values()].flat()
  const knownNames = known.map(({ id }) => id)
  const isOtherTicked = lists.otherFields.some(({ id }) => question.fields.includes(id))
  return html`<details class="step" id="fields"${isAnswered ? NOTHING : html` open`}>
<summary><h2>${words.fields}</h2>${isAnswered ? html`<p class="summary">${words.fieldCount(question.fields.length)}</p>` : NOTHING}</summary>
<div id="${idOf('field')}" tabindex="-1">${faultsAt(faults, 'field').map(({ detail }) => html`<p class="fault">${detail[language]}</p>`)}</div>
${
  isChosen
    ? html`<p class="hint">${words.fieldsHint}</p>
${known.length === 0 ? html`<p>${words.noFieldKnown}</p>` : formatTickLinks()}
${[...lists.fields].map(([group, choices]) => (choices.length === 0 ? NOTHING : formatGroup(html`<legend>${words[group]}</legend>`, choices)))}
${lists.otherFields.length === 0 ? NOTHING : html`<details class="others" id="other-fields"${known.length === 0 || isOtherTicked ? html` open` : NOTHING}><summary>${words.otherFields}</summary>${formatGroup(NOTHING, lists.otherFields)}</details>`}`
    : html`<p class="hint">${words.chooseFirst}</p>`
}
<p class="actions"><button class="primary">${isAnswered ? words.update : words.show}</button></p>
</details>`

  // Links, so that they work without a script.
  function formatTickLinks(): Html {
    const isAllTicked = knownNames.every((name) => question.fields.includes(name))
    const fields = isAllTicked ? [] : [...new Set([...question.fields, ...knownNames])]
    return html`<p><a id="tick" data-live href="${formatAddress(SHARE_PATH, { ...question, fields })}">${isAllTicked ? words.untick : words.tickKnown}</a></p>`
  }

  function formatGroup(legend: Html, choices: readonly Choice[]): Html {
    return html`<fieldset>${legend}<div class="ticks">${choices.map(
      ({ id, label }) =>
        html`<label><input type="checkbox" name="field" value="${id}"${question.fields.includes(id) ? html` checked` : NOTHING}> <bdi>${label}</bdi></label>`,
    )}</div></fieldset>`
  }
}
