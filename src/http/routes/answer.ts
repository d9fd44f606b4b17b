import { type ErrorCode, sluisError } from '../../errors.ts'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import type { Reason } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import { formatProblem, problemResponse, REFUSAL_CODES } from '../problem.ts'
import { json } from '../route.ts'

/** Problems of every route that starts an exchange, besides those of its body. */
export const EXCHANGE_PROBLEMS: readonly ErrorCode[] = [
  'report-contradictory',
  'idempotency-key-missing',
  'idempotency-key-in-use',
  'idempotency-key-reused',
  'recipient-without-key',
  'record-too-large',
  ...Object.values(REFUSAL_CODES),
  'log-unavailable',
]

/** 201 for an exchange that passed, 202 for one that waits, and a problem for one that was refused. */
export function answerExchange(answer: ExchangeAnswer, language: Language): Response {
  if (answer.outcome === 'geweigerd') return refusal(answer, language)
  const status = answer.outcome === 'in-afwachting' ? 202 : 201
  return json(answer, status, { location: `/v1/exchanges/${answer.id}` })
}

const REFUSALS = {
  verbod: {
    nl: 'een verbod staat deze uitwisseling in de weg; `decision` noemt het verbod en `openQuestions` vraagt wat er nog toe doet',
    en: 'a prohibition applies to this exchange; `decision` names the prohibition and `openQuestions` asks what still matters',
  },
  'beoordeling-ontbreekt': {
    nl: 'de regel vraagt een beoordeling die een mens moet geven; `decision` noemt die beoordeling',
    en: 'the rule requires an assessment that a person must make; `decision` names it',
  },
  'geen-grondslag': {
    nl: 'geen regel van deze grondslag dekt deze uitwisseling; `openQuestions` vraagt wat er nog toe doet en `unreachable` zegt wat de regels missen',
    en: 'no rule of this legal basis covers this exchange; `openQuestions` asks what still matters and `unreachable` says what the rules lack',
  },
} as const satisfies Record<Reason, Record<Language, string>>

function refusal(answer: ExchangeAnswer, language: Language): Response {
  const reason = answer.decision.reason ?? 'geen-grondslag'
  const error = sluisError(REFUSAL_CODES[reason], REFUSALS[reason])
  return problemResponse(formatProblem(error, language, { ...answer }))
}
