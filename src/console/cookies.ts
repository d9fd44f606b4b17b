/** More cookies than the gateway sets; what follows is not read. */
const MAX_COOKIES = 50

/** The value of a cookie, by its exact name; undefined when it is absent or stands there twice. @see RFC 6265 §5.4 */
export function readCookie(request: Request, name: string): string | undefined {
  const values = (request.headers.get('cookie') ?? '')
    .split(';', MAX_COOKIES)
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}
