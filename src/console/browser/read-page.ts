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
  return { address: response.url, page: await parsePage(response) }
}

/** Sends a form of a page as its button would, and follows to the page after it. Rejects when the gateway cannot be reached. */
export async function sendForm(
  action: string,
  fields: FormData,
): Promise<{ readonly status: number; readonly page: Document }> {
  const response = await fetch(action, {
    method: 'POST',
    mode: 'same-origin',
    headers: { accept: 'text/html' },
    body: new URLSearchParams([...fields].map(([name, value]) => [name, String(value)])),
  })
  return { status: response.status, page: await parsePage(response) }
}

async function parsePage(response: Response): Promise<Document> {
  const text = await response.text()
  return new DOMParser().parseFromString(policy?.createHTML(text) ?? text, 'text/html')
}
