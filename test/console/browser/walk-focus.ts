import type { Page } from 'playwright-core'

/** One stop of the Tab key. */
export interface Stop {
  /** What the stop is called: its text, label or value. */
  readonly name: string
  readonly tag: string
  /** Whether it looks different because it has the focus. */
  readonly isVisible: boolean
  /** Whether it comes after the stop before it, in the page and as people read it. */
  readonly isInOrder: boolean
}

const MOST_PRESSES = 300

// Runs in the page. A stop is where it was marked last, so that the next one can be compared with it.
const DESCRIBE_STOP = `(() => {
  const stop = document.activeElement
  if (!stop || stop === document.body) return null
  const before = document.querySelector('[data-stop]')
  // A date is one field with several stops, which the browser marks itself.
  if (stop === before) return { isSame: true }
  const { outlineStyle, outlineWidth } = getComputedStyle(stop)
  const place = stop.getBoundingClientRect()
  const isBelow = !before || place.bottom + scrollY > Number(before.dataset.stop)
  const isAfter = !before || (before.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) > 0
  before?.removeAttribute('data-stop')
  stop.dataset.stop = String(place.top + scrollY)
  return {
    name: (stop.labels?.[0]?.textContent ?? stop.textContent ?? '').trim().slice(0, 80),
    tag: stop.tagName.toLowerCase(),
    isVisible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    isInOrder: isBelow && isAfter,
  }
})()`

/**
 * Walks through a page with the Tab key, from its top to its end.
 * @returns the stops, and what is wrong with them: no visible focus, or not in the order of reading (WCAG 2.2, 2.4.3 and 2.4.7)
 */
export async function walkFocus(
  page: Page,
): Promise<{ readonly stops: readonly Stop[]; readonly faults: readonly string[] }> {
  const stops: Stop[] = []
  await page.evaluate(
    "document.activeElement?.blur(); document.querySelector('[data-stop]')?.removeAttribute('data-stop')",
  )
  await page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await page.keyboard.press('Tab')
    const stop = (await page.evaluate(DESCRIBE_STOP)) as Stop | { readonly isSame: true } | null
    if (!stop) break
    if (!('isSame' in stop)) stops.push(stop)
  }
  const faults = stops.flatMap(({ name, tag, isVisible, isInOrder }) => [
    ...(isVisible ? [] : [`the focus cannot be seen at ${tag} \`${name}\``]),
    ...(isInOrder ? [] : [`the focus jumps back to ${tag} \`${name}\``]),
  ])
  return { stops, faults: stops.length === 0 ? ['the keyboard reaches nothing'] : faults }
}
