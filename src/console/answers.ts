import { countBadges } from './badges.ts'
import { type FramedVisit, formatDocument, type Shown } from './document.ts'
import { nameOwner } from './form-owner.ts'
import type { Visit } from './page.ts'

/** A page as the answer to a visit. */
export async function showPage(visit: FramedVisit & Pick<Visit, 'api'>, shown: Shown): Promise<Response> {
  const badges = await countBadges(visit)
  return new Response(nameOwner(String(await formatDocument(visit, shown, badges)), visit.person), {
    status: shown.status ?? 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}

/** After a form was handled: the browser fetches another page, so that reloading sends nothing again (RFC 9110 §15.4.4). */
export const redirectTo = (path: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { location: path, ...headers } })

/** Longer than a question about every field with every answer. */
const MAX_RETURN_PATH = 16_000

/** A path of this gateway to go to after a detour, such as signing in; the first page for anything else (open redirect). */
export function parseReturnPath(text: string | null | undefined): string {
  if (!text || text.length > MAX_RETURN_PATH || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return '/'
  const url = URL.parse(text, 'https://sluis.invalid')
  return url?.origin === 'https://sluis.invalid' ? url.pathname + url.search : '/'
}
