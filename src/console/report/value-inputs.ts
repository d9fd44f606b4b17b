import { html } from 'hono/html'
import countries from 'i18n-iso-countries'
import type { Language } from '../../model/language.ts'
import type { Field } from '../../model/vocabulary.ts'
import { type Html, NOTHING } from '../html.ts'
import { type DraftPerson, inputId, inputName } from './draft.ts'
import { faultAt, formatOption, type Option } from './form.ts'
import type { DraftFault } from './form-body.ts'
import { ADDRESS_PARTS, DATE_PARTS } from './read-typed.ts'
import { readValue } from './read-value.ts'
import { partName, typedValue } from './typed-values.ts'
import { REPORT_WORDS } from './words.ts'

/** One field of one person, with what was typed, its form for the recipient, and how the value will be read. */
export function formatValueInput(
  field: Field,
  person: DraftPerson,
  index: number,
  {
    form,
    faults,
    language,
  }: { readonly form: Html; readonly faults: readonly DraftFault[]; readonly language: Language },
): Html {
  const words = REPORT_WORDS[language]
  const name = inputName(index, `data.${field.id}`)
  const fault = faultAt(faults, name)
  const reading = `${inputId(name)}-reading`
  const described = `${fault.isFaulty ? `${fault.id} ` : ''}${reading}`
  const value = typedValue(person, field)
  const read = value === undefined ? undefined : readValue(field, value)
  const typed = (part = '') => person.typed.get(partName('data', field.id, part)) ?? ''
  const nameOf = (part: string) => inputName(index, partName('data', field.id, part))
  const label = field.label[language]
  const line = html`<p class="reading${read?.isFault ? ' fault' : ''}" id="${reading}" aria-live="polite">${!fault.isFaulty && read ? read.text[language] : ''}</p>`
  const data = html`data-type="${field.type}" data-identifier="${field.identifier ?? ''}"`
  const attributes = (part: string) =>
    html`id="${inputId(nameOf(part))}" name="${nameOf(part)}" aria-describedby="${described}"${fault.isFaulty ? html` aria-invalid="true"` : NOTHING}`

  if (field.type === 'datum')
    return html`<fieldset class="field value" ${data}><legend><bdi>${label}</bdi></legend>
${form}<p class="hint">${words.dateHint}</p>${fault.text}
<div class="parts">${DATE_PARTS.map((part) => html`<div><label for="${inputId(nameOf(part))}">${words[part]}</label><input ${attributes(part)} class="${part}" inputmode="numeric" maxlength="${part === 'year' ? 4 : 2}" value="${typed(part)}" data-part="${part}"></div>`)}</div>
${line}
</fieldset>`
  if (field.type === 'adres')
    return html`<fieldset class="field value" ${data}><legend><bdi>${label}</bdi></legend>
${form}${fault.text}
<div class="parts">${ADDRESS_PARTS.map((part) =>
      part === 'land'
        ? html`<div><label for="${inputId(nameOf(part))}">${words.address[part]}</label><select ${attributes(part)} data-part="${part}"><option value="">${words.noChoice}</option>${listCountries(language).map((country) => formatOption(country, typed(part)))}</select></div>`
        : html`<div><label for="${inputId(nameOf(part))}">${words.address[part]}</label><input ${attributes(part)} value="${typed(part)}" spellcheck="false" data-part="${part}"></div>`,
    )}</div>
${line}
</fieldset>`
  return html`<div class="field value" ${data}>
<label for="${inputId(nameOf(''))}"><bdi>${label}</bdi></label>
${form}${field.type === 'namen' ? html`<p class="hint">${words.listHint}</p>` : NOTHING}${fault.text}
${formatControl()}
${line}
</div>`

  function formatControl(): Html {
    const own = attributes('')
    if (field.type === 'land' || field.type === 'woord') {
      const options =
        field.type === 'land'
          ? listCountries(language)
          : [...(field.values ?? [])].map(([id, text]) => ({ id, label: text[language] }))
      return html`<select ${own} data-part=""><option value="">${words.noChoice}</option>${options.map((option) => formatOption(option, typed()))}</select>`
    }
    const isLong = field.type === 'namen' || (field.type === 'tekst' && field.identifier === undefined)
    if (isLong)
      return html`<textarea ${own} rows="3" spellcheck="false" data-part="">
${typed()}</textarea>`
    const mode = field.type === 'telefoon' ? 'tel' : field.type === 'email' ? 'email' : 'text'
    return html`<input ${own} inputmode="${mode}" value="${typed()}" spellcheck="false" autocapitalize="off" data-part="">`
  }
}

const COUNTRIES = new Map<Language, readonly Option[]>()

/** Every country of ISO 3166-1 by name. */
function listCountries(language: Language): readonly Option[] {
  const known = COUNTRIES.get(language)
  if (known) return known
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const listed = Object.keys(countries.getAlpha2Codes())
    .map((id) => ({ id, label: names.of(id) ?? id }))
    .toSorted((one, other) => one.label.localeCompare(other.label, language))
  COUNTRIES.set(language, listed)
  return listed
}

/** Name of a country in a language; the code when there is none. */
export const nameCountry = (code: string, language: Language): string =>
  listCountries(language).find(({ id }) => id === code.toUpperCase())?.label ?? code
