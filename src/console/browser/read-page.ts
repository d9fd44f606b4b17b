/** The part of Trusted Types that is used here; not every browser has it. */
declare const trustedTypes:
  | { createPolicy(name: string, rules: { createHTML(html: string): string }): { createHTML(html: string): string } }
  | undefined

// The one policy that the header allows. What it lets through is a page of this gateway, in which no script runs.
const policy =
  typeof trustedTypes === 'undefined' ? undefined : trustedTypes.createPolicy('sluis', { createHTML: (html) => html })

/** A page to read: with a form it is what the form is answered with. */
export interface PageRequest {
  readonly address: string
  readonly form?: URLSearchParams
}

/** A page as it was answered, and the address that it has. */
export interface ReadPage {
  readonly address: string
  /** 0 for a redirect. */
  readonly status: number
  readonly page: Document
}

/**
 * Reads a page of this gateway, as the same person. A redirect, such as to the sign-in, is an empty page. Rejects
 * when the gateway cannot be reached, or `signal` ends it.
 */
export async function readPage({ address, form }: PageRequest, signal: AbortSignal): Promise<ReadPage> {
  const response = await fetch(address, {
    ...(form && { method: 'POST', body: form }),
    signal,
    mode: 'same-origin',
    redirect: 'manual',
    headers: { accept: 'text/html' },
  })
  const text = await response.text()
  const page = new DOMParser().parseFromString(policy?.createHTML(text) ?? text, 'text/html')
  return { address: response.url, status: response.status, page }
}
