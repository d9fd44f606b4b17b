import { type PageRequest, type ReadPage, readPage } from './read-page.ts'

/**
 * A page that follows its form without being loaded again: the same page is fetched, and its parts take the place of those that are
 * here. It has `#announcement`, with `data-offline` for when there is no connection, and `#verdict`, which is announced afterwards.
 */
export interface LivePage {
  /** Selector of what the page always has. Without it something else was answered, such as a sign-in. */
  readonly mark: string
  /** Selector of the part that is busy until the answer is there. */
  readonly busy: string
  /** Selector of what is replaced: a focus elsewhere stays where it is. */
  readonly within: string
  /** Selectors of where the focus goes when its control is gone; the first that exists. */
  readonly next: readonly string[]
}

/** What became of a request: `overtaken` by a later one, `offline`, or `elsewhere`, when another page was answered. */
export type Followed = ReadPage | 'overtaken' | 'offline' | 'elsewhere'

let underWay: AbortController | undefined

/** Replaces parts of this page by those of the page that a request answers, and puts the focus where it was. */
export async function showNewest(request: PageRequest, parts: readonly string[], live: LivePage): Promise<Followed> {
  underWay?.abort()
  underWay = new AbortController()
  const { signal } = underWay
  const announcement = document.querySelector<HTMLElement>('#announcement')
  const busy = document.querySelector(live.busy)
  busy?.setAttribute('aria-busy', 'true')
  let read: ReadPage
  try {
    read = await readPage(request, signal)
  } catch (error) {
    if (signal.aborted) return 'overtaken'
    if (announcement) announcement.textContent = announcement.dataset.offline ?? ''
    announcement?.classList.remove('hidden')
    busy?.removeAttribute('aria-busy')
    if (!(error instanceof TypeError)) throw error
    return 'offline'
  }
  if (signal.aborted) return 'overtaken'
  if (!read.page.querySelector(live.mark)) return 'elsewhere'
  const place = rememberPlace(live)
  for (const id of parts) replacePart(id, read.page)
  place.restore()
  if (announcement) announcement.textContent = document.querySelector('#verdict')?.textContent ?? ''
  announcement?.classList.add('hidden')
  return read
}

function replacePart(id: string, page: Document): void {
  const old = document.getElementById(id)
  const part = page.getElementById(id)
  if (!old || !part) return
  // What the reader opened stays open.
  for (const details of part.querySelectorAll('details[id]')) copyOpen(details)
  if (part instanceof HTMLDetailsElement) copyOpen(part)
  old.replaceWith(document.adoptNode(part))
}

function copyOpen(details: Element): void {
  const old = document.getElementById(details.id)
  if (old instanceof HTMLDetailsElement) details.toggleAttribute('open', old.open)
}

/** The place of the focus: the same control afterwards, or else the first of `next`. */
function rememberPlace({ within, next }: LivePage): { restore(): void } {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || !active.closest(within)) return { restore: () => undefined }
  const { id } = active
  const name = active.getAttribute('name')
  const isReply = active instanceof HTMLButtonElement && name !== null
  const value = active instanceof HTMLInputElement ? active.value : undefined
  return {
    restore() {
      if (active.isConnected) return
      const same = id
        ? document.getElementById(id)
        : name === null || isReply
          ? null
          : [...document.getElementsByName(name)].find(
              (field) => field instanceof HTMLInputElement && field.value === value,
            )
      const found = same ?? next.map((selector) => document.querySelector<HTMLElement>(selector)).find(Boolean)
      found?.focus()
    },
  }
}
