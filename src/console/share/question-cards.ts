import { html } from 'hono/html'
import type { OpenQuestion } from '../../model/advice.ts'
import { KNOWER_WORDS } from '../../model/knower-words.ts'
import type { Language } from '../../model/language.ts'
import { explainOutcome, nameTreatment } from '../../model/treatment-words.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type Html, NOTHING } from '../html.ts'
import type { ShareAnswer } from './answer.ts'
import { faultsAt, idOf, SHARE_PATH } from './choice-form.ts'
import { formatEffects } from './effects.ts'
import { type AddressFault, formatAddress, REPLIES, replyName, type ShareQuestion } from './question.ts'
import { SHARE_WORDS } from './words.ts'

/** What is still open, the question that matters most first, and what was answered. Both answers look the same: none is a way through. */
export function formatQuestions(
  set: PolicySet,
  question: ShareQuestion,
  answer: ShareAnswer | undefined,
  faults: readonly AddressFault[],
  language: Language,
): Html {
  const words = SHARE_WORDS[language]
  const labels = labelsOf(language, set)
  const [first, ...more] = answer?.openQuestions ?? []
  const isBasisOpen = (answer?.bases.length ?? 0) > 0
  const basis =
    question.basis === undefined ? NOTHING : html`<input type="hidden" name="basis" value="${question.basis}">`
  if (!answer && question.replies.size === 0) return html`<div id="questions">${basis}</div>`
  return html`<div id="questions">${basis}
${answer ? html`<p class="glance">${words.toAnswer} <a href="#answer">${explainOutcome(answer.decision.outcome, answer.decision.reason, language)}</a></p>` : NOTHING}
<h2>${words.questions}</h2>
<p class="hint">${words.onlyTrue}</p>
${isBasisOpen ? formatBases(answer!, labels, language) : NOTHING}
${
  first
    ? html`<p class="next">${words.next}</p>${formatOpen(first, question.fields, labels, language)}`
    : answer && !isBasisOpen
      ? html`<p>${answer.advice.openQuestions.length === 0 ? words.noneOpen : words.noneLeft}</p>`
      : NOTHING
}
${more.length === 0 ? NOTHING : html`<details id="more"><summary>${words.more(more.length)}</summary>${more.map((one) => formatOpen(one, question.fields, labels, language))}</details>`}
${question.replies.size === 0 ? NOTHING : formatAnswered(set, question, faults, language)}
</div>`
}

function formatOpen(
  { word, question, knownBy, yes, no }: OpenQuestion,
  asked: readonly string[],
  labels: Labels,
  language: Language,
): Html {
  const words = SHARE_WORDS[language]
  const name = replyName(word)
  return html`<section class="card question" aria-labelledby="${idOf(name)}">
<h3 id="${idOf(name)}" tabindex="-1"><bdi>${question[language]}</bdi></h3>
${knownBy.length === 0 ? NOTHING : html`<p class="quiet">${words.knows} ${knownBy.map((knower) => KNOWER_WORDS[knower][language]).join(` ${words.or} `)}.</p>`}
${formatEffects({ yes, no }, name, asked, labels, language)}
</section>`
}

function formatBases({ bases }: ShareAnswer, labels: Labels, language: Language): Html {
  const words = SHARE_WORDS[language]
  return html`<section class="card question" aria-labelledby="${idOf('basis')}">
<h3 id="${idOf('basis')}" tabindex="-1">${words.basisQuestion}</h3>
<p>${words.basisWhy}</p>
<ul class="bases">${bases.map(({ legalBasis, decision }) => {
    const passing = decision.dataSubjects
      .flatMap(({ fields }) => fields)
      .filter(({ release }) => release === 'verstrekken' || release === 'generaliseren')
    const names = Map.groupBy(passing, nameTreatment)
    const listed = [...names.values()].flat().map(({ field }) => labels.field(field))
    return html`<li><strong><bdi lang="nl">${labels.file(legalBasis)}</bdi></strong>
<p>${listed.length === 0 ? words.nothingPasses : html`${words.passes}: <bdi>${labels.list(listed)}</bdi>.`}</p>
<button name="basis" value="${legalBasis}">${words.basisPick}<span class="hidden">: <bdi>${labels.file(legalBasis)}</bdi></span></button></li>`
  })}</ul>
</section>`
}

/** The answers so far. Each can be changed or cleared. */
function formatAnswered(
  { vocabulary }: PolicySet,
  question: ShareQuestion,
  faults: readonly AddressFault[],
  language: Language,
): Html {
  const words = SHARE_WORDS[language]
  return html`<h3>${words.answered}</h3>
${[...question.replies].map(([word, reply]) => {
  const { question: asked, label } = (vocabulary.circumstances.get(word) ?? vocabulary.assessments.get(word))!
  const name = replyName(word)
  const text = (asked ?? label)[language]
  const without = { ...question, replies: new Map([...question.replies].filter(([other]) => other !== word)) }
  return html`<fieldset class="answered" id="${idOf(name)}" tabindex="-1"><legend><bdi>${text}</bdi></legend>
${faultsAt(faults, name).map(({ detail }) => html`<p class="fault">${detail[language]}</p>`)}
<div class="choices">${REPLIES.map(
    (option) =>
      html`<label><input type="radio" name="${name}" value="${option}"${option === reply ? html` checked` : NOTHING}> ${words[option]}</label>`,
  )} <a data-live href="${formatAddress(SHARE_PATH, without)}">${words.forget}<span class="hidden"> ${words.forgetThis} <bdi>${text}</bdi></span></a></div>
</fieldset>`
})}
<p class="actions"><button>${words.update}</button></p>`
}
