import { API_VERSION } from './openapi.ts'

/** Sets the headers of every response: the version, caching, and what a browser may do. */
export function setCommonHeaders(headers: Headers): void {
  headers.set('API-Version', API_VERSION)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurityPolicy())
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'no-referrer')
  headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

/**
 * Lets a browser show a page with one stylesheet and nothing else.
 * @param style source of the stylesheet: the gateway itself, or the hash of a stylesheet inside the page
 * @param place `page` for the copy inside a page that is read from disk, which may not contain what only a header can say
 * @see CSP3 §3.3
 */
export function contentSecurityPolicy(style = "'self'", place: 'header' | 'page' = 'header'): string {
  const frames = place === 'header' ? "frame-ancestors 'none'; " : ''
  return `default-src 'none'; style-src ${style}; ${frames}base-uri 'none'; form-action 'none'`
}
