import type { IncomingMessage } from 'node:http'
import { sluisError } from '../errors.ts'
import { setCommonHeaders } from '../http/headers.ts'
import { languageOf } from '../http/language.ts'
import { formatProblem, problemResponse } from '../http/problem.ts'

/**
 * The answer to a request with more than one `Host` line; undefined for any other. Node keeps the first line and drops the others,
 * while a proxy before it may have read the last.
 * @see RFC 9112 §3.2
 */
export function refuseRepeatedHost(
  request: Request,
  { rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>,
): Response | undefined {
  const hosts = rawHeaders.filter((name, position) => position % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length <= 1) return undefined
  const error = sluisError('header-repeated', {
    nl: 'header Host: staat er meer dan een keer; stuur hem een keer',
    en: 'Host header: sent more than once; send it once',
  })
  const response = problemResponse(formatProblem(error, languageOf(request)), { connection: 'close' })
  setCommonHeaders(response.headers)
  return response
}
