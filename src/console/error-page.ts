import { html } from 'hono/html'
import { SluisError } from '../errors.ts'
import { formatProblem, type Problem } from '../http/problem.ts'
import { showPage } from './answers.ts'
import { ApiProblemError } from './call-api.ts'
import { NOTHING } from './html.ts'
import type { Visit } from './page.ts'

const WORDS = {
  nl: { more: 'Wat dit betekent en wat u kunt doen', back: 'Terug naar het begin' },
  en: { more: 'What this means and what you can do', back: 'Back to the first page' },
} as const

/** The page of an error: what happened, every fault, and where to read what to do. It shows no value that was sent. */
export async function showError(
  visit: Visit,
  error: unknown,
  reportFault: (error: unknown) => void = () => undefined,
): Promise<Response> {
  const problem: Problem = error instanceof ApiProblemError ? error.problem : formatProblem(error, visit.language)
  // The API has reported its own faults already.
  if (problem.status >= 500 && !(error instanceof ApiProblemError)) reportFault(error)
  const words = WORDS[visit.language]
  const response = await showPage(visit, {
    status: problem.status,
    title: problem.title,
    body: html`<p>${sentence(problem.detail)}</p>
${problem.errors ? html`<ul>${problem.errors.map(({ detail }) => html`<li>${sentence(detail)}</li>`)}</ul>` : NOTHING}
<p><a href="${problem.type}">${words.more}</a></p>
<p><a href="/">${words.back}</a></p>`,
  })
  const seconds = error instanceof SluisError ? error.retryAfterSeconds : undefined
  if (seconds !== undefined) response.headers.set('retry-after', String(seconds))
  return response
}

/** A detail of a problem as a sentence. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`
