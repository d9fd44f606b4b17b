import { API_VERSION } from './openapi.ts'

/** Headers of every response: the version, caching and what a browser may do are set in one place. */
export function setCommonHeaders(headers: Headers): void {
  headers.set('API-Version', API_VERSION)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurityPolicy())
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

/**
 * What a browser may do with a page: show it, with one style and nothing else.
 * @param style where the style comes from: from us, or the hash of the one that a page carries
 * @param place a page can repeat it for when it is read from disk, but for what only a header can say
 * @see CSP3 §3.3
 */
export function contentSecurityPolicy(style = "'self'", place: 'header' | 'page' = 'header'): string {
  const frames = place === 'header' ? "frame-ancestors 'none'; " : ''
  return `default-src 'none'; style-src ${style}; ${frames}base-uri 'none'; form-action 'none'`
}
