import type { Client } from '../../auth/client.ts'

/**
 * Asks the API, with a JSON body when there is one.
 * @throws Error with what the gateway says is wrong, in English: every fault with its place
 */
export async function askApi(
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  language = 'en',
): Promise<Response> {
  const response = await client.request(method, path, {
    headers: { 'accept-language': language, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (response.ok) return response
  throw new Error(await describeProblem(response))
}

/** What a problem (RFC 9457) says, in one line. */
async function describeProblem(response: Response): Promise<string> {
  const problem = Object(await response.json().catch(() => undefined)) as {
    detail?: unknown
    errors?: { pointer: string; detail: string }[]
  }
  const faults = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`)
  const detail = typeof problem.detail === 'string' ? problem.detail : `HTTP ${response.status}`
  return faults.length > 0 ? faults.join('; ') : detail
}
