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
// A page that the browser puts back as it was must be usable again.
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})
