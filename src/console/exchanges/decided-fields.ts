import { html } from 'hono/html'
import type { Decision, FieldDecision } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import {
  capitalised,
  describeTreatment,
  type Mood,
  nameTreatment,
  TREATMENT_NAMES,
  TREATMENT_SIGNS,
  withLevel,
} from '../../model/treatment-words.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import { EXCHANGE_WORDS } from './words.ts'

/**
 * What a decision does to the fields of one person, as a table: fields with the same treatment for the same reason together.
 * @param role of the person, a word of the vocabulary
 */
export function formatDecidedFields(
  set: PolicySet,
  decision: Pick<Decision, 'outcome' | 'dataSubjects'>,
  index: number,
  role: string,
  mood: Mood,
  language: Language,
): Html {
  const words = EXCHANGE_WORDS[language]
  const labels = labelsOf(language, set)
  const subject = decision.dataSubjects[index]
  const hasLeft = decision.outcome !== 'geweigerd' && subject?.outcome !== 'geweigerd'
  const groups = Map.groupBy(subject?.fields ?? [], (field) =>
    JSON.stringify([nameTreatment(field), field.citation, field.sentence.nl]),
  )
  const rank = (field: FieldDecision) => TREATMENT_NAMES.indexOf(nameTreatment(field))
  return html`<table class="stacks" role="table"><caption>${withNames((name) => words.person(index + 1, name), labels.role(role))}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.treatment[hasLeft ? mood : 'wouldHave']}</th><th role="columnheader" scope="col">${words.field}</th><th role="columnheader" scope="col">${words.why}</th></tr></thead>
<tbody role="rowgroup">${[...groups.values()]
    .toSorted(([one], [other]) => rank(one!) - rank(other!))
    .map((group) => {
      const first = group[0]!
      const { release, link, citation, sentence } = first
      const name = nameTreatment(first)
      return html`<tr role="row"><th role="rowheader" scope="row"><span class="tag ${name}"><span aria-hidden="true">${TREATMENT_SIGNS[name]}</span>&nbsp;${capitalised(describeTreatment({ release, link }, language, hasLeft ? mood : 'wouldHave'))}</span></th>
<td role="cell"><bdi>${labels.list(group.map(({ field, level }) => withLevel(labels.field(field), level)))}</bdi></td>
<td role="cell"><bdi>${sentence[language].trim()}</bdi>${citation === undefined ? NOTHING : html` <span class="quiet" lang="nl">${citation}</span>`}</td></tr>`
    })}</tbody></table>`
}
