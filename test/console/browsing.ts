/** A browser as far as signing in needs one: it keeps cookies for each origin and follows redirects. Runs no script. */
export interface Browsing {
  /** Fetches an address or a path, without following where it leads. */
  open(address: string, init?: RequestInit): Promise<Response>
  /** Sends a form of the gateway as its own pages do, without following where it leads. */
  send(path: string, values?: Readonly<Record<string, string>>): Promise<Response>
  /** Follows every redirect, to the end. The answer has the address it came from in `url`. */
  follow(address: string): Promise<Response>
  /** The header `Cookie` for an origin. */
  cookies(origin: string): string
  /** Takes a cookie from somewhere else. @param cookie `name=value` */
  plant(origin: string, cookie: string): void
}

const MOST_REDIRECTS = 20

/** @param home origin that paths belong to */
export function createBrowsing(home: string): Browsing {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (origin: string): Map<string, string> => {
    const jar = jars.get(origin) ?? new Map()
    jars.set(origin, jar)
    return jar
  }
  const cookies = (origin: string) => [...jarOf(origin)].map((pair) => pair.join('=')).join('; ')
  const plant = (origin: string, cookie: string) => {
    const [name, ...value] = cookie.split('=')
    jarOf(origin).set(name!, value.join('='))
  }

  async function open(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, home)
    const headers = new Headers(init.headers)
    headers.set('cookie', cookies(url.origin))
    if (!headers.has('accept')) headers.set('accept', 'text/html')
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(/; */)
      const isGone = attributes.some((attribute) => /^max-age=0$|^expires=Thu, 01 Jan 1970/i.test(attribute))
      if (isGone) jarOf(url.origin).delete(pair!.split('=')[0]!)
      else plant(url.origin, pair!)
    }
    return answer
  }

  return {
    open,
    cookies,
    plant,
    send: (path, values = {}) =>
      open(path, { method: 'POST', headers: { origin: home }, body: new URLSearchParams(values) }),
    async follow(address) {
      let url = new URL(address, home)
      for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
        const answer = await open(url.href)
        const next = answer.headers.get('location')
        if (answer.status < 300 || answer.status >= 400 || next === null) return answer
        await answer.body?.cancel()
        url = new URL(next, url)
      }
      throw new Error('redirected too often')
    },
  }
}
