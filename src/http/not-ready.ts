import { sluisError } from '../errors.ts'
import { setCommonHeaders } from './headers.ts'
import { languageOf } from './language.ts'
import { formatProblem, problemResponse } from './problem.ts'

/** Answers every request while there is no application yet. The reason is only in the log of the runtime. */
export function answerNotReady(request: Request): Response {
  const error = sluisError('not-ready', {
    nl: 'de gateway kan nu niet antwoorden; probeer het later opnieuw of meld het aan de beheerder',
    en: 'the gateway cannot answer now; try again later, or report it to the operator',
  })
  const problem = formatProblem(error, languageOf(request))
  const response = problemResponse(problem, { 'retry-after': '5' })
  setCommonHeaders(response.headers)
  return response
}
