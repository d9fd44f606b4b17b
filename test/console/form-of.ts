/**
 * What a browser without scripts would send for the first form of a page that posts to `action`: every field with its value, and no
 * button. Enough for pages of our own templates.
 */
export function formOf(html: string, action: string): Record<string, string> {
  const start = html.search(
    new RegExp(`<form method="post"[^>]* action="${action}"|<form method="post" action="${action}"`),
  )
  if (start < 0) throw new Error(`no form posts to ${action}`)
  const form = html.slice(start, html.indexOf('</form>', start))
  const values: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const isChoice = /type="(?:radio|checkbox)"/.test(tag)
    if (name !== undefined && (!isChoice || / checked/.test(tag))) values[name] = attribute(tag, 'value') ?? ''
  }
  for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const selected = options!.match(/<option value="([^"]*)" selected/)
    values[name!] = selected ? unescapeHtml(selected[1]!) : ''
  }
  for (const [, name, text] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g))
    values[name!] = unescapeHtml(text!)
  return values
}

function attribute(tag: string, name: string): string | undefined {
  const value = tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1]
  return value === undefined ? undefined : unescapeHtml(value)
}

const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
