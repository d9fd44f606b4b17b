import { sluisError } from '../errors.ts'
import { setCommonHeaders } from './headers.ts'
import { preferredLanguage } from './language.ts'
import { formatProblem, problemResponse } from './problem.ts'

/** The answer to every request while there is no application to answer it. Says nothing of why; the log of the runtime does. */
export function answerNotReady(request: Request): Response {
  const error = sluisError('not-ready', {
    nl: 'de gateway kan nu niet antwoorden; probeer het later opnieuw of meld het aan de beheerder',
    en: 'the gateway cannot answer now; try again later or tell the operator',
  })
  const problem = formatProblem(error, preferredLanguage(request.headers.get('accept-language') ?? undefined))
  const response = problemResponse(problem, { 'retry-after': '5' })
  setCommonHeaders(response.headers)
  return response
}
