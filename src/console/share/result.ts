import { html } from 'hono/html'
import type { Language } from '../../model/language.ts'
import { formatDate, labelsOf } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import type { ShareAnswer } from './answer.ts'
import { formatVerdict, type Place } from './verdict.ts'
import { SHARE_WORDS } from './words.ts'

/** `Mag Fier dit delen met CoMensha?` */
export function titleOf(set: PolicySet, { question }: ShareAnswer, language: Language): string {
  const labels = labelsOf(language, set)
  return SHARE_WORDS[language].resultTitle(labels.party(question.from), labels.party(question.to))
}

/** The title with its names kept apart. */
export function headingOf(set: PolicySet, { question }: ShareAnswer, language: Language): Html {
  const labels = labelsOf(language, set)
  return withNames(SHARE_WORDS[language].resultTitle, labels.party(question.from), labels.party(question.to))
}

/** A result to print, link or keep: what was asked and answered, what the law says, and by which rules. */
export function formatResult(set: PolicySet, answer: ShareAnswer, language: Language, place: Place): Html {
  const words = SHARE_WORDS[language]
  const labels = labelsOf(language, set)
  const { question, decision } = answer
  const { vocabulary } = set
  const asked: readonly (readonly [string, string])[] = [
    [words.sender, labels.party(question.from)],
    [words.recipient, labels.party(question.to)],
    [words.purposeName, labels.purpose(question.purpose)],
    [words.aboutName, labels.role(question.about)],
    [words.fieldsName, labels.list(question.fields.map(labels.field))],
    [words.judged, formatDate(legalDate(decision.at), language)],
  ]
  return html`<h2>${words.asked}</h2>
<dl>${asked.map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
${
  question.replies.size === 0
    ? NOTHING
    : html`<h3>${words.answered}</h3>
<ul>${[...question.replies].map(([word, reply]) => {
        const statement = (vocabulary.circumstances.get(word) ?? vocabulary.assessments.get(word))!
        return html`<li><bdi>${(statement.question ?? statement.label)[language]}</bdi> <strong>${words[reply]}.</strong></li>`
      })}</ul>`
}
<h2>${words.answer}</h2>
${formatVerdict(set, answer, language, place)}
<h2>${words.basedOn}</h2>
<dl>
<dt>${words.moment}</dt><dd>${decision.at}</dd>
<dt>${words.set}</dt><dd><code>${decision.policyHash}</code></dd>
<dt>${words.engine}</dt><dd>${decision.engineVersion}</dd>
</dl>`
}
