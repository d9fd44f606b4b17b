import { SluisError } from '../errors.ts'
import { languageOf } from './language.ts'
import { findMethods, type Served } from './methods.ts'
import { formatProblem, problemResponse } from './problem.ts'

/** Seconds that a client waits when an error names no number of its own. */
const RETRY_SECONDS = 5

/** What the answers to errors need from the application. */
interface ErrorAnswerOptions {
  /** Headers that tell a client how to fix an error of authentication. */
  readonly formatChallenge: (error: SluisError) => Record<string, string>
  /** Receives every fault of the gateway itself; errors hold no personal data. */
  readonly reportFault: (error: unknown) => void
  /** Every method and path that is served, for `Allow`. */
  readonly served: readonly Served[]
}

/** Answers an error with its problem (RFC 9457) and the headers that its status asks for. */
export function createErrorAnswer(options: ErrorAnswerOptions): (error: unknown, request: Request) => Response {
  return (error, request) => {
    const known = error instanceof SluisError ? error : undefined
    const problem = formatProblem(error, languageOf(request))
    const { status } = problem
    if (!known || status >= 500) options.reportFault(error)
    const methods = status === 405 ? findMethods(options.served, new URL(request.url).pathname) : []
    return problemResponse(problem, {
      ...(known && options.formatChallenge(known)),
      ...((status === 503 || status === 429) && { 'retry-after': String(known?.retryAfterSeconds ?? RETRY_SECONDS) }),
      // What a client may use instead (RFC 9110 §12.5.3).
      ...(known?.code === 'content-encoding-unsupported' && { 'accept-encoding': 'identity' }),
      ...(methods.length > 0 && { allow: methods.join(', ') }),
      // The rest of the body is never read; a client that sent its next request after it would lose that one (RFC 9110 §15.5.14).
      ...(status === 413 && { connection: 'close' }),
    })
  }
}
