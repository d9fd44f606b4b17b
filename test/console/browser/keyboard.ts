import type { Page } from 'playwright-core'

/** Somebody who has a keyboard and no mouse. */
export interface Keyboard {
  /** Presses Tab until a control with this name, or in a part with this id, has the focus. @throws Error when it is not reached, or a focus on the way cannot be seen */
  tabTo(name: string): Promise<void>
  /** Reaches a control, and presses Enter there. */
  press(name: string): Promise<void>
  /** The same, for a link or button that leads to another page. */
  follow(name: string): Promise<void>
  /** Reaches a list or a field, and types there. */
  fill(name: string, text: string): Promise<void>
  /** Reaches a question, and gives its first answer (yes) or its second (no). */
  answer(question: string, reply: 'yes' | 'no'): Promise<void>
}

const MOST_PRESSES = 300

interface Focus {
  /** Of the control; for one of several answers that of the question. */
  readonly id: string
  /** Text, label or value; for one of several answers the question. */
  readonly name: string
  readonly isVisible: boolean
}

const READ_FOCUS = `(() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const part = at.type === 'radio' ? at.closest('fieldset') : at.tagName === 'SUMMARY' ? at.parentElement : at
  const named = at.type === 'radio' ? part.querySelector('legend') : at.labels?.[0]
  const { outlineStyle, outlineWidth } = getComputedStyle(at)
  return {
    id: part.id,
    name: ((named ?? at).textContent || at.value || '').replace(/\\s+/g, ' ').trim(),
    isVisible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
  }
})()`

/** What has the focus of a page; undefined when nothing has, which after an update means that it was lost. */
export const readFocus = async (page: Page): Promise<Focus | undefined> =>
  ((await page.evaluate(READ_FOCUS)) as Focus | null) ?? undefined

export function useKeyboard(page: Page): Keyboard {
  const { keyboard } = page

  async function tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < MOST_PRESSES; presses++) {
      await keyboard.press('Tab')
      const focus = await readFocus(page)
      if (focus && !focus.isVisible) throw new Error(`the focus cannot be seen at \`${focus.name}\``)
      if (focus?.id === name || focus?.name.startsWith(name)) return
    }
    throw new Error(`the keyboard does not reach \`${name}\``)
  }

  async function press(name: string): Promise<void> {
    await tabTo(name)
    await keyboard.press('Enter')
  }

  return {
    tabTo,
    press,
    async follow(name) {
      await tabTo(name)
      await Promise.all([page.waitForNavigation(), keyboard.press('Enter')])
    },
    async fill(name, text) {
      await tabTo(name)
      await keyboard.type(text)
    },
    async answer(question, reply) {
      await tabTo(question)
      await keyboard.press(reply === 'yes' ? 'Space' : 'ArrowRight')
    },
  }
}
