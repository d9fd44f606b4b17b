import { showInvisible } from './visible-text.ts'

/** What an element contains: other elements, or text that is only ever shown. */
export type Child = Node | string

/** Makes an element. Text never becomes markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

/**
 * A button that does something in the page. A second press while that is under way does nothing; it keeps the focus, which a disabled
 * button would lose.
 */
export function button(label: string, act: () => void | Promise<void>, className = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', class: `utrecht-button ${className}`.trim() }, label)
  made.addEventListener('click', async () => {
    if (made.ariaDisabled === 'true') return
    made.ariaDisabled = 'true'
    await act()
    made.ariaDisabled = null
  })
  return made
}

/** Moves the focus to a part that is no control, such as one that just changed. */
export function focusOn(part: HTMLElement): void {
  part.tabIndex = -1
  part.focus()
}

/** Text that somebody else wrote, apart from the text around it. */
export const written = (text: string): HTMLElement => element('bdi', { class: 'written' }, showInvisible(text))

/** The one element with this id. @throws Error when the page lacks it, which is a programming error */
export function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`)
  return found
}

/** Offers bytes as a file to save. */
export function saveAs(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = element('a', { href: address, download: name })
  link.click()
  URL.revokeObjectURL(address)
}
