import { API_VERSION } from './openapi.ts'

/** Headers of every response: the version, caching and what a browser may do are set in one place. */
export function setCommonHeaders(headers: Headers): void {
  headers.set('API-Version', API_VERSION)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.set(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  )
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}
