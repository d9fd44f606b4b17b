import { sluisError } from '../errors.ts'

/**
 * Refuses a form that another site sent in the name of somebody who has signed in (CSRF). A browser always names the origin of a form;
 * a program that names none has no session either.
 *
 * @param issuer public address of the gateway
 * @throws SluisError `cross-site-form` (403)
 * @see Fetch Standard §3.2 (Origin), Fetch Metadata §2.3 (Sec-Fetch-Site)
 */
export function refuseCrossSite(request: Request, issuer: string): void {
  const site = request.headers.get('sec-fetch-site')
  if (request.headers.get('origin') === new URL(issuer).origin && (site === null || site === 'same-origin')) return
  throw sluisError('cross-site-form', {
    nl: 'dit formulier kwam niet van een pagina van Sluis zelf; er is niets gedaan; open de pagina opnieuw en vul het formulier daar in',
    en: 'this form did not come from a page of Sluis itself; nothing was done; open the page again and fill in the form there',
  })
}
