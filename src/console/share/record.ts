import { html, raw } from 'hono/html'
import { formatReceiptFile } from '../../audit/receipt/receipt-file.ts'
import type { Json } from '../../encoding/json.ts'
import type { Language } from '../../model/language.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { Receipt } from '../../ports/stored.ts'
import type { Html } from '../html.ts'
import { type ShareAnswer, sourcesOf } from './answer.ts'
import { statementsOf } from './question.ts'
import { RECORD_STYLE } from './record-style.ts'
import { formatResult, headingOf, titleOf } from './result.ts'
import { SHARE_WORDS } from './words.ts'

/** Why a record has no proof that it is in the log. */
export type NoReceipt = 'not-signed-in' | 'other-party' | 'no-right'

/** What an organisation keeps to account for its decision (GDPR art. 5(2)): what was asked, and what the law said to it. */
export interface AccountabilityRecord {
  readonly answer: ShareAnswer
  readonly proof: { readonly receipt: Receipt; readonly verifierKey: string } | NoReceipt
}

/** The record for programs. Holds words of the vocabulary only. */
export function formatRecordJson(set: PolicySet, { answer, proof }: AccountabilityRecord): string {
  const { question, decision, basis, advice } = answer
  const { circumstances, assessments, declined, notKnown } = statementsOf(set, question.replies)
  const fields = decision.dataSubjects[0]!.fields
  return JSON.stringify(
    {
      sluisAccountabilityRecord: 1,
      at: decision.at,
      policyHash: decision.policyHash,
      engineVersion: decision.engineVersion,
      asked: {
        sender: question.from,
        recipient: question.to,
        purpose: question.purpose,
        ...(basis !== undefined && { legalBasis: basis, isLegalBasisChosen: question.basis !== undefined }),
        role: question.about,
        fields: question.fields,
        circumstances,
        assessments,
        declined,
        notKnown,
      },
      decision: {
        outcome: decision.outcome,
        ...(decision.reason !== undefined && { reason: decision.reason }),
        fields: fields.map((field) => ({
          ...field,
          sources: sourcesOf(set, field).map(({ citation, url, version }) => ({ citation, url, version })),
        })),
        follows: decision.dataSubjects[0]!.follows ?? [],
        presumed: decision.dataSubjects[0]!.presumed ?? [],
        duties: decision.duties,
      },
      openQuestions: advice.openQuestions.map(({ kind, word, question: text }) => ({ kind, word, question: text })),
      ...(typeof proof === 'string'
        ? { withoutReceipt: proof }
        : { receipt: JSON.parse(formatReceiptFile({ ...proof.receipt, verifierKey: proof.verifierKey })) as Json }),
    },
    null,
    2,
  )
}

/** The record for people: one page that needs no connection, with the record for programs inside. */
export function formatRecordPage(set: PolicySet, record: AccountabilityRecord, language: Language): Html {
  const words = SHARE_WORDS[language]
  const title = titleOf(set, record.answer, language)
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(RECORD_STYLE)}</style>
</head>
<body>
<main>
<p>${words.recordOf}</p>
<h1>${headingOf(set, record.answer, language)}</h1>
${formatProof(record, language)}
${formatResult(set, record.answer, language, 'file')}
</main>
<script type="application/json" id="record">${raw(withoutTags(formatRecordJson(set, record)))}</script>
</body>
</html>
`
}

function formatProof({ proof }: AccountabilityRecord, language: Language): Html {
  const words = SHARE_WORDS[language]
  if (typeof proof === 'string') return html`<p class="notice">${words.without[proof]}</p>`
  return html`<p class="notice">${words.withReceipt(proof.receipt.leafIndex)}</p>`
}

/** JSON that cannot end the element it is in, and is the same JSON. @see HTML §4.12.1.3 */
const withoutTags = (json: string): string => json.replaceAll('<', '\\u003c')

/** A name without personal data: a page, or the record for programs, of a day. */
export const nameRecord = ({ answer }: AccountabilityRecord, extension: 'html' | 'json'): string =>
  `sluis-${answer.question.from}-${answer.question.to}-${legalDate(answer.decision.at)}.${extension}`
