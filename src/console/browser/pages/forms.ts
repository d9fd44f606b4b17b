/** For every page with a form: a second press on a button while the first is under way sends nothing. */
for (const form of document.forms) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'yes') event.preventDefault()
    form.dataset.sent = 'yes'
  })
}
// A page that the browser puts back as it was must be usable again.
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})
