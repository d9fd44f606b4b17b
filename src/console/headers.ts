/** The one policy for Trusted Types that the scripts of the console may make (`browser/`). */
export const TRUSTED_TYPES_POLICY = 'sluis'

/**
 * What a browser may do with a page: run the console's own scripts, show its own style, and talk to this gateway only.
 * @see CSP3, Trusted Types §4
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types ${TRUSTED_TYPES_POLICY}`,
].join('; ')

/** Sets the headers of every page. A statement has a policy of its own, for the style inside it. */
export function setPageHeaders(headers: Headers): void {
  headers.set('cache-control', 'no-store')
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', CONTENT_SECURITY_POLICY)
  // Not `no-referrer`: a browser then sends its forms without an origin. No address of a page holds personal data.
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  headers.append('vary', 'Accept-Language, Cookie')
}
