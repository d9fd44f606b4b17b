import { html } from 'hono/html'
import type { AnswerEffect, FieldOutcome, OpenQuestion } from '../../model/advice.ts'
import type { Language } from '../../model/language.ts'
import {
  capitalised,
  nameTreatment,
  TREATMENT_NAMES,
  TREATMENT_SIGNS,
  TREATMENT_WORDS,
  type TreatmentName,
  withLevel,
} from '../../model/treatment-words.ts'
import type { Labels } from '../../policy/labels.ts'
import { type Html, NOTHING } from '../html.ts'
import { SHARE_WORDS } from './words.ts'

/** What a yes and what a no does, side by side and in the same form. */
export function formatEffects(
  { yes, no }: Pick<OpenQuestion, 'yes' | 'no'>,
  name: string,
  asked: readonly string[],
  labels: Labels,
  language: Language,
): Html {
  const words = SHARE_WORDS[language]
  const isSame = JSON.stringify(effectOf(yes)) === JSON.stringify(effectOf(no))
  const form = (effect: AnswerEffect) => formatEffect(effect, asked, labels, language)
  return html`${isSame ? html`<p>${words.sameEffect}</p>${form(yes)}` : NOTHING}
<div class="effects">
<div>${isSame ? NOTHING : html`<h4>${words.ifYes}</h4><div class="effect">${form(yes)}</div>`}<button name="${name}" value="yes">${words.yes}</button></div>
<div>${isSame ? NOTHING : html`<h4>${words.ifNo}</h4><div class="effect">${form(no)}</div>`}<button name="${name}" value="no">${words.no}</button></div>
</div>
<button name="${name}" value="unknown">${words.unknown}</button>`
}

const effectOf = ({ changes, reachable, lost }: AnswerEffect) => [changes, reachable, lost]

/** What one answer does: what changes at once, what is possible after others, and what is possible no longer. */
function formatEffect(
  { changes, reachable, lost }: AnswerEffect,
  asked: readonly string[],
  labels: Labels,
  language: Language,
): Html {
  const words = SHARE_WORDS[language]
  if (changes.length + reachable.length + lost.length === 0) return html`<p>${words.changesNothing}</p>`
  const isUseful = reachable.some((outcome) => !['withheld', 'refused'].includes(nameTreatment(outcome)))
  const later = reachable.map(({ field }) => field)
  const mentioned = new Set([...later, ...changes.map(({ field }) => field)])
  const less = isUseful ? lost.filter((field) => mentioned.has(field)) : []
  const stays = lost.filter((field) => !mentioned.has(field))
  return html`${changes.length === 0 ? NOTHING : html`<p>${words.atOnce}:</p>${formatOutcomes(changes)}`}
${later.length === 0 ? NOTHING : isUseful ? html`<p>${words.later}:</p>${formatOutcomes(reachable)}` : formatNames(words.neverPasses, later)}
${less.length === 0 ? NOTHING : formatNames(words.less, less)}
${stays.length === 0 ? NOTHING : formatNames(words.stays, stays)}`

  function formatNames(text: string, fields: readonly string[]): Html {
    return html`<p>${text}: <bdi>${nameFields(fields)}</bdi>.</p>`
  }

  function formatOutcomes(outcomes: readonly FieldOutcome[]): Html {
    const groups = Map.groupBy(outcomes, nameTreatment)
    return html`<ul class="outcomes">${TREATMENT_NAMES.flatMap((name) => {
      const group = groups.get(name)
      return group ? [html`<li>${formatSign(name)}: <bdi>${nameOutcomes(group)}</bdi></li>`] : []
    })}</ul>`
  }

  function formatSign(name: TreatmentName): Html {
    return html`<span class="${name}"><span aria-hidden="true">${TREATMENT_SIGNS[name]}</span> ${capitalised(TREATMENT_WORDS[language].done[name])}</span>`
  }

  function nameOutcomes(group: readonly FieldOutcome[]): string {
    if (group.some(({ level }) => level !== undefined))
      return labels.list(group.map(({ field, level }) => withLevel(labels.field(field), level)))
    return nameFields(group.map(({ field }) => field))
  }

  /** All fields that were asked for, all but a few, or each by name: the shortest that is exact. */
  function nameFields(fields: readonly string[]): string {
    if (asked.length < 3) return labels.list(fields.map(labels.field))
    const others = asked.filter((field) => !fields.includes(field))
    if (others.length === 0) return words.everything
    if (others.length < fields.length) return words.everythingBut(labels.list(others.map(labels.field)))
    return labels.list(fields.map(labels.field))
  }
}
