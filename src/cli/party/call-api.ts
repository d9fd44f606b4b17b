import type { Client } from '../../auth/client.ts'

/**
 * Calls the API, with a JSON body when given.
 * @throws Error with the problem that the gateway reports: every fault with its JSON Pointer
 */
export async function callApi(
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

/** A problem (RFC 9457) in one line. */
async function describeProblem(response: Response): Promise<string> {
  const problem = Object(await response.json().catch(() => undefined)) as {
    detail?: unknown
    errors?: { pointer: string; detail: string }[]
  }
  const faults = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`)
  const detail = typeof problem.detail === 'string' ? problem.detail : `HTTP ${response.status}`
  return faults.length > 0 ? faults.join('; ') : detail
}
