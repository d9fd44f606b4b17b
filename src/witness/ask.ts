import { readBounded } from '../encoding/bounded-body.ts'
import { parseUtf8 } from '../encoding/bytes.ts'

/** Sends a request to somebody else's machine. */
export type Fetch = (request: Request) => Promise<Response>

/** How this machine asks witnesses. */
export interface Asking {
  readonly fetch: Fetch
  /** A witness that takes longer counts as unreachable. */
  readonly timeoutMs: number
  /** Ends every question at once. */
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

// A checkpoint with a hundred signatures stays below.
const MAX_ANSWER_BYTES = 65_536

/** Asks a witness once. Undefined when no whole answer of a reasonable size came in time, whatever went wrong. */
export async function ask(
  { fetch, timeoutMs, signal }: Asking,
  url: string,
  init: { readonly method: 'GET' | 'POST'; readonly body?: string },
): Promise<Answer | undefined> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const request = new Request(url, {
      ...init,
      // A witness is where the policy says it is.
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
    // A name that does not resolve, a closed connection, a time-out, bytes that are no text: the next attempt asks again.
    return undefined
  }
}

/** Whether the witness answered, and more than that it should be asked again. */
export const isAnswered = (answer: Answer | undefined): answer is Answer =>
  answer !== undefined && answer.status !== 429 && answer.status < 500
