import type { Json } from '../encoding/json.ts'
import type { Problem } from '../http/problem.ts'
import type { CallAs } from '../http/served-pages.ts'
import type { Language } from '../model/language.ts'
import type { SignedIn } from './sign-in/signed-in.ts'

export interface ApiCall {
  readonly method: 'GET' | 'POST'
  /** Path with its query, such as `/v1/exchanges?limit=20`. */
  readonly path: string
  readonly body?: Json
  /** Makes a call that is sent twice count once. */
  readonly idempotencyKey?: string
}

/** Calls the API of this process as one person. @throws ApiProblemError for every answer that is a problem */
export type CallApi = <Answer>(call: ApiCall) => Promise<Answer>

/** The API answered with a problem (RFC 9457). */
export class ApiProblemError extends Error {
  override readonly name = 'ApiProblemError'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

/**
 * Makes the way into the API for one person. The console has no use cases of its own: what a page does is what the API does, with the
 * same checks, budgets and records.
 */
export const createCallApi =
  (callAs: CallAs, issuer: string, person: SignedIn | undefined, language: Language): CallApi =>
  async <Answer>({ method, path, body, idempotencyKey }: ApiCall): Promise<Answer> => {
    if (!person) throw new Error('a page that calls the API must not be open to everybody')
    const response = await callAs(
      person,
      new Request(`${issuer}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'accept-language': language,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const answer: unknown = await response.json()
    if (!response.ok) throw new ApiProblemError(answer as Problem)
    // Written by this process: `http/wire` has its schema, and the tests of the API check the answers against it.
    return answer as Answer
  }
