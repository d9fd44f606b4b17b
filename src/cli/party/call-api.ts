import { z } from 'zod'
import type { Client } from '../../auth/client.ts'
import { readAnswer } from './read-answer.ts'

/** As many faults as an answer lists, each a few sentences. */
const MAX_FAULTS = 100
const MAX_DETAIL_LENGTH = 10_000

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
  throw new Error(await describeProblem(response, path))
}

/** A problem (RFC 9457) in one line. */
async function describeProblem(response: Response, path: string): Promise<string> {
  const problem = PROBLEM.safeParse(await readAnswer(response, path).catch(() => undefined))
  if (!problem.success) return `${path}: HTTP ${response.status}`
  const { detail, errors } = problem.data
  return errors.length > 0 ? errors.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`).join('; ') : detail
}

/** What is shown of a problem; whatever does not fit is left out, because nothing holds a gateway to its own description. */
const PROBLEM = z.object({
  detail: z.string().max(MAX_DETAIL_LENGTH),
  errors: z
    .array(z.object({ pointer: z.string().max(MAX_DETAIL_LENGTH), detail: z.string().max(MAX_DETAIL_LENGTH) }))
    .max(MAX_FAULTS)
    .catch([])
    .default([]),
})
