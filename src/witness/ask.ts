import { readBounded } from '../encoding/bounded-body.ts'
import { parseUtf8 } from '../encoding/bytes.ts'

/** Sends an HTTP request. */
export type Fetch = (request: Request) => Promise<Response>

/** Settings for requests to witnesses. */
export interface Asking {
  readonly fetch: Fetch
  /** A witness that takes longer counts as unreachable. */
  readonly timeoutMs: number
  /** Aborts every request. */
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

// A checkpoint with a hundred signatures is smaller.
const MAX_ANSWER_BYTES = 65_536

/** Sends one request to a witness. Undefined without a complete response of reasonable size in time, whatever the cause. */
export async function ask(
  { fetch, timeoutMs, signal }: Asking,
  url: string,
  init: { readonly method: 'GET' | 'POST'; readonly body?: string },
): Promise<Answer | undefined> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const request = new Request(url, {
      ...init,
      // Redirects are not followed: the policy determines the address of a witness.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      ...(init.body !== undefined && { headers: { 'content-type': 'text/plain; charset=utf-8' } }),
    })
    const response = await fetch(request)
    const bytes = await readBounded(response.body, MAX_ANSWER_BYTES)
    if (bytes.length > MAX_ANSWER_BYTES) return undefined
    const [contentType = ''] = (response.headers.get('content-type') ?? '').toLowerCase().split(/ *;/)
    return { status: response.status, contentType, body: parseUtf8(bytes) }
  } catch {
    // A name that does not resolve, a closed connection, a time-out, bytes that are not text: the next attempt tries again.
    return undefined
  }
}

/** Whether the witness gave a definite response, rather than one to try again later. */
export const isAnswered = (answer: Answer | undefined): answer is Answer =>
  answer !== undefined && answer.status !== 429 && answer.status < 500
