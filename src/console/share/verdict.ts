import { html } from 'hono/html'
import type { FieldDecision, RuleReference } from '../../model/decision.ts'
import { KNOWER_WORDS } from '../../model/knower-words.ts'
import type { Language } from '../../model/language.ts'
import {
  capitalised,
  explainOutcome,
  LINK_WORDS,
  nameTreatment,
  REFUSES_ALL,
  TREATMENT_NAMES,
  TREATMENT_SIGNS,
  TREATMENT_WORDS,
  withLevel,
} from '../../model/treatment-words.ts'
import { formatDuty } from '../../policy/explain.ts'
import { formatDate, type Labels, labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { sentencesBehind } from '../../policy/sentences.ts'
import { type Html, NOTHING } from '../html.ts'
import { type ShareAnswer, sourcesOf } from './answer.ts'
import { SHARE_PATH } from './choice-form.ts'
import { formatAddress } from './question.ts'
import { SHARE_WORDS } from './words.ts'

/** Where an answer is read: on a page of the gateway, or in a file, from which no link leads back. */
export type Place = 'page' | 'file'

/** What the law says: the outcome, each field with its reason and article, the duties, and what to do instead. */
export function formatVerdict(set: PolicySet, answer: ShareAnswer, language: Language, place: Place): Html {
  const { decision, advice, bases } = answer
  const words = SHARE_WORDS[language]
  const labels = labelsOf(language, set)
  const open = advice.openQuestions.length + (bases.length > 0 ? 1 : 0)
  return html`<p class="verdict ${decision.outcome === 'geweigerd' ? 'refused' : decision.outcome === 'verstrekt' ? 'released' : 'coarser'}" id="verdict">${explainOutcome(decision.outcome, decision.reason, language)}</p>
<p class="quiet">${open === 0 ? words.final : words.provisional(open)}</p>
${formatBasis(answer, labels, language, place)}
${formatTreatments(set, answer, language)}
${decision.dataSubjects.flatMap((subject) => sentencesBehind(subject, language)).map((sentence) => html`<p class="quiet"><bdi>${sentence}</bdi></p>`)}
${formatDuties(answer, labels, language)}
${formatRemedies(set, answer, labels, language, place)}`
}

function formatBasis({ basis, question, bases }: ShareAnswer, labels: Labels, language: Language, place: Place): Html {
  if (basis === undefined) return NOTHING
  const words = SHARE_WORDS[language]
  const { basis: chosen, ...others } = question
  return html`<p>${words.onBasis}: <strong><bdi lang="nl">${labels.file(basis)}</bdi></strong>.${
    chosen !== undefined
      ? formatChange(place, formatAddress(SHARE_PATH, others), words.otherBasis)
      : bases.length > 0
        ? ` ${words.basisFound}`
        : NOTHING
  }</p>`
}

/** Fields with the same treatment for the same reason together, in the order in which people read treatments. */
function formatTreatments(set: PolicySet, { decision }: ShareAnswer, language: Language): Html {
  const labels = labelsOf(language, set)
  const fields = decision.dataSubjects[0]?.fields ?? []
  const groups = Map.groupBy(fields, (field) =>
    JSON.stringify([nameTreatment(field), field.citation, field.sentence[language]]),
  )
  const order = (field: FieldDecision) => TREATMENT_NAMES.indexOf(nameTreatment(field))
  const mood = decision.outcome === 'geweigerd' ? 'wouldHave' : 'would'
  return html`${[...groups.values()]
    .toSorted(([a], [b]) => order(a!) - order(b!))
    .map((group) => {
      const first = group[0]!
      const name = nameTreatment(first)
      const linked =
        name === 'linkedOnly' ? [] : group.filter(({ link }) => link).map(({ field }) => labels.field(field))
      return html`<section class="treatment">
<h3><span class="tag ${name}"><span aria-hidden="true">${TREATMENT_SIGNS[name]}</span> ${capitalised(TREATMENT_WORDS[language][mood][name])}${name === 'refused' ? `, ${REFUSES_ALL[language]}` : ''}</span></h3>
<ul class="names">${group.map(({ field, level }) => html`<li><bdi>${withLevel(labels.field(field), level)}</bdi></li>`)}</ul>
${linked.length === 0 ? NOTHING : html`<p class="quiet">${capitalised(LINK_WORDS[language].also)}: <bdi>${labels.list(linked)}</bdi>.</p>`}
<p><bdi>${first.sentence[language].trim()}</bdi></p>
${formatCitation(set, first, language)}
</section>`
    })}
${fields.some(({ link }) => link) ? html`<p class="quiet">${LINK_WORDS[language].meaning}</p>` : NOTHING}`
}

/** The article, with a link to the version that the rule was written from. */
function formatCitation(set: PolicySet, field: FieldDecision, language: Language): Html {
  const { citation } = field
  if (citation === undefined) return NOTHING
  const words = SHARE_WORDS[language]
  const [source] = sourcesOf(set, field)
  if (!source) return html`<p class="article"><bdi lang="nl">${citation}</bdi></p>`
  return html`<p class="article"><a href="${source.url}" target="_blank" rel="noopener noreferrer" lang="nl"><bdi>${citation}</bdi><span class="hidden" lang="${language}"> (${words.newWindow})</span></a> <span class="quiet">${words.version} ${formatDate(source.version, language)}${source.unverified ? `; ${words.unverified}` : ''}</span></p>`
}

function formatDuties({ decision }: ShareAnswer, labels: Labels, language: Language): Html {
  if (decision.duties.length === 0) return NOTHING
  const words = SHARE_WORDS[language]
  return html`<h3>${words.duties}</h3>
${decision.outcome === 'in-afwachting' ? html`<p>${words.approval}</p>` : NOTHING}
<ul>${decision.duties.map((duty) => html`<li><bdi>${formatDuty(duty, labels, language)}</bdi>.</li>`)}</ul>`
}

/**
 * What to do with what stays. Plans under other choices are shown as a link to the same questions there, never with the answers
 * that would make them work.
 */
function formatRemedies(set: PolicySet, answer: ShareAnswer, labels: Labels, language: Language, place: Place): Html {
  const words = SHARE_WORDS[language]
  const { question, advice } = answer
  const refusing = listRefusing(set, answer)
  const rest = question.fields.filter((field) => !refusing.includes(field))
  const elsewhere = advice.plans.filter(({ purpose, recipient }) => purpose !== undefined || recipient !== undefined)
  const places = new Map(
    elsewhere.map(({ purpose, recipient }) => [
      formatAddress(SHARE_PATH, without(question, purpose, recipient)),
      purpose !== undefined
        ? `${words.forPurpose} ‘${labels.purpose(purpose)}’`
        : `${words.toRecipient} ${labels.party(recipient!)}`,
    ]),
  )
  const isOpen = new Set(advice.openQuestions.map(({ word }) => word))
  const unknown = [...question.replies].flatMap(([word, reply]) => {
    const statement =
      reply === 'unknown' && isOpen.has(word)
        ? (set.vocabulary.circumstances.get(word) ?? set.vocabulary.assessments.get(word))
        : undefined
    return statement?.knownBy?.length ? [statement] : []
  })
  const contact = set.parties.get(question.from)?.contact
  return html`${advice.unreachable.length === 0 ? NOTHING : html`<h3>${words.whatever}</h3><ul>${advice.unreachable.map(({ sentence }) => html`<li><bdi>${sentence[language]}</bdi></li>`)}</ul>`}
<h3>${words.instead}</h3>
${
  refusing.length === 0 || rest.length === 0
    ? NOTHING
    : html`<p>${words.leaveOut} <bdi>${labels.list(refusing.map(labels.field))}</bdi>.${formatChange(place, formatAddress(SHARE_PATH, { ...question, fields: rest }), words.leaveOutLink)}</p>`
}
${places.size === 0 ? NOTHING : html`<p>${words.alsoPossible}:</p><ul>${[...places].map(([address, text]) => html`<li><bdi>${text}</bdi>${formatChange(place, address, html`${words.look}<span class="hidden">: <bdi>${text}</bdi></span>`)}</li>`)}</ul>`}
${
  unknown.length === 0
    ? NOTHING
    : html`<p>${words.openUnknown}</p><ul>${unknown.map(
        (statement) =>
          html`<li><bdi>${(statement.question ?? statement.label)[language]}</bdi> ${words.askKnower} ${statement.knownBy!.map((knower) => KNOWER_WORDS[knower][language]).join(` ${words.or} `)}.</li>`,
      )}</ul>`
}
<p>${contact ? html`${words.contact} <bdi>${contact[language].trim().replace(/\.$/, '')}</bdi>.` : words.noContact}</p>`
}

/** A link to the question with one thing changed. */
const formatChange = (place: Place, address: string, text: Html | string): Html =>
  place === 'file' ? NOTHING : html` <a class="no-print" data-live href="${address}">${text}</a>`

/** The fields that refuse the whole exchange: those that no answer lifts, or else all that refuse it now. */
function listRefusing({ prohibitions }: PolicySet, { decision, advice }: ShareAnswer): readonly string[] {
  const refuses = (rule: RuleReference | undefined) =>
    prohibitions.some(({ file, id, outcome }) => file === rule?.file && id === rule.rule && outcome === 'weigeren')
  const forGood = advice.unreachable.flatMap(({ rule, fields }) => (refuses(rule) ? fields : []))
  if (forGood.length > 0) return forGood
  return decision.dataSubjects[0]!.fields.flatMap(({ field, release }) => (release === 'weigeren' ? field : []))
}

/** The same question for another purpose or recipient, on whatever legal basis. */
function without(
  { basis: _, ...question }: ShareAnswer['question'],
  purpose: string | undefined,
  recipient: string | undefined,
): ShareAnswer['question'] {
  return { ...question, ...(purpose !== undefined && { purpose }), ...(recipient !== undefined && { to: recipient }) }
}
