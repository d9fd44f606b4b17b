import { type ErrorCode, sluisError } from '../../errors.ts'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import type { Reason } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import { formatProblem, problemResponse } from '../problem.ts'
import { json } from '../route.ts'

/** Problems of everything that starts an exchange, besides those of its body. */
export const EXCHANGE_PROBLEMS: readonly ErrorCode[] = [
  'idempotency-key-missing',
  'idempotency-key-in-use',
  'idempotency-key-reused',
  'recipient-without-key',
  'record-too-large',
  'refused-verbod',
  'refused-beoordeling-ontbreekt',
  'refused-geen-grondslag',
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
    nl: 'een verbod staat deze uitwisseling in de weg; `decision` noemt het verbod en wat het opheft',
    en: 'a prohibition stands in the way of this exchange; `decision` names it and what would lift it',
  },
  'beoordeling-ontbreekt': {
    nl: 'de regel vraagt een beoordeling die een mens moet geven; `decision` noemt welke',
    en: 'the rule asks for an assessment that a person must make; `decision` says which',
  },
  'geen-grondslag': {
    nl: 'geen regel van deze grondslag dekt deze uitwisseling; `decision` noemt wat er het minst aan ontbreekt',
    en: 'no rule of this legal basis covers this exchange; `decision` names the nearest misses',
  },
} as const satisfies Record<Reason, Record<Language, string>>

function refusal(answer: ExchangeAnswer, language: Language): Response {
  const reason = answer.decision.reason ?? 'geen-grondslag'
  const error = sluisError(`refused-${reason}`, REFUSALS[reason])
  return problemResponse(formatProblem(error, language, { ...answer }))
}
