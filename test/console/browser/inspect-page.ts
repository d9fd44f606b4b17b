import type { Page } from 'playwright-core'
import { MARK } from '../hostile-policies.ts'

/** Runs in the page: what a hostile text did to it. */
const INSPECT = `(() => {
  const faults = []
  if (window.taken !== undefined) faults.push('a script of a text ran')
  const own = ':not([src^="/assets/"])'
  for (const { tagName } of document.querySelectorAll(
    'img' + own + ', script' + own + ', svg, iframe, object, embed, base, [onerror], [onload], [onmouseover], [style]',
  ))
    faults.push('a text became <' + tagName.toLowerCase() + '>')
  for (const node of document.querySelectorAll('[href], [src], [action], [formaction]'))
    for (const name of ['href', 'src', 'action', 'formaction'])
      if (node.hasAttribute(name) && !/^https?:$/.test(new URL(node.getAttribute(name), location.href).protocol))
        faults.push('a text became the address of <' + node.tagName.toLowerCase() + '>')
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) {
    const widest = [...document.querySelectorAll('main *, header *')].filter(
      (node) => node.getBoundingClientRect().right > clientWidth + 1 && node.children.length === 0,
    )
    faults.push('the page scrolls sideways: ' + widest.slice(0, 3).map((node) => node.tagName + '.' + node.className + ' ' + node.parentElement.tagName).join(', '))
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode
    if (!/[\\u0590-\\u07ff]/.test(data) || parentElement.closest('option, textarea, script, style')) continue
    let around = parentElement
    while (getComputedStyle(around).display === 'inline' && !/isolate|plaintext/.test(getComputedStyle(around).unicodeBidi))
      around = around.parentElement
    const isInline = getComputedStyle(around).display === 'inline'
    const words = around.textContent.trim().replace(/[.?!]$/, '')
    if (!isInline && !(words.startsWith('${MARK}') && words.endsWith('${MARK}')))
      faults.push('a text turns its sentence around: <' + around.tagName.toLowerCase() + '> ' + words.slice(0, 60))
  }
  return [...new Set(faults), ...(window.violations ?? [])]
})()`

/** Makes a page remember what its policy forbade. */
export const watchPolicy = (page: Page): Promise<unknown> =>
  page.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => (window.violations ??= []).push('forbidden by ' + event.violatedDirective))`,
  )

/** What hostile texts did to a page; empty when each is only a text. */
export const inspectPage = (page: Page): Promise<readonly string[]> => page.evaluate(INSPECT)
