import type { Terminal } from './command.ts'

const WIDTH = 24
const QUIET_MS = 1000
const EVERY_MS = 100

/**
 * A progress bar on the error stream, for work that takes longer than a second; shorter work shows nothing.
 * @returns a function to call with the amount done and the total; the last call removes the bar
 */
export function progressBar(terminal: Terminal, label: string): (done: number, total: number) => void {
  const start = Date.now()
  let drawn = 0
  return (done, total) => {
    const now = Date.now()
    if (done >= total) {
      if (drawn > 0) terminal.showProgress?.('')
      return
    }
    if (now - start < QUIET_MS || now - drawn < EVERY_MS) return
    drawn = now
    const filled = Math.floor((WIDTH * done) / total)
    terminal.showProgress?.(`${label} [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total}`)
  }
}

/** Passes items on and reports how many were consumed. */
export async function* withProgress<Item>(
  items: AsyncIterable<Item>,
  total: number,
  show: (done: number, total: number) => void,
): AsyncGenerator<Item> {
  let done = 0
  for await (const item of items) {
    yield item
    show(++done, total)
  }
  show(total, total)
}
