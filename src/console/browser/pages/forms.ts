import { readPage } from '../read-page.ts'

/**
 * For every page with a form that changes something: a second press on a button while the first is under way sends nothing. A form that
 * is answered with a file leaves its page open, so it can be sent again.
 */
for (const form of document.forms) {
  if (form.method !== 'post' || form.dataset.answer === 'file') continue
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'yes') event.preventDefault()
    form.dataset.sent = 'yes'
  })
}
// A page that the browser puts back as it was must be usable again, and seen by nobody but the person it was shown to.
addEventListener('pagehide', ({ persisted }) => {
  if (persisted && ownerIn(document) !== undefined) document.documentElement.hidden = true
})
addEventListener('pageshow', ({ persisted }) => {
  for (const form of document.forms) delete form.dataset.sent
  const owner = ownerIn(document)
  if (persisted && owner !== undefined) void showTo(owner)
})

/** For whom a page was shown: every form names it. */
const ownerIn = (page: Document): string | undefined =>
  page.querySelector<HTMLInputElement>('input[name="form-owner"]')?.value

/** Shows the page again to the same person; anybody else gets the first page. Without a connection it waits for one. */
async function showTo(owner: string): Promise<void> {
  try {
    const { page } = await readPage({ address: '/signed-in' }, AbortSignal.timeout(5_000))
    if (ownerIn(page) === owner) document.documentElement.hidden = false
    else location.replace('/')
  } catch {
    setTimeout(() => void showTo(owner), 1_000)
  }
}
