import { createInterface } from 'node:readline'

/** Lines that may be typed before they are asked for. */
const MAX_LINES_AHEAD = 1000

/** Ctrl-C at a question. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

export interface Prompt {
  /** Shows the text and resolves to the line that is typed; undefined at the end of the input (Ctrl-D). @throws InterruptedError */
  ask(text: string): Promise<string | undefined>
  /** Leaves the terminal as it was. Without it the process waits for input. */
  close(): void
}

/**
 * Asks on a terminal. Nothing is read before the first question. Lines that were typed or pasted ahead answer the questions in
 * order; nothing is kept in a history.
 */
export function openPrompt(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Prompt {
  const ahead: string[] = []
  let waiting: { resolve: (line: string | undefined) => void; reject: (error: Error) => void } | undefined
  let isEnded = false
  let reader: ReturnType<typeof createInterface> | undefined

  function open() {
    const opened = createInterface({ input, output, terminal: true, historySize: 0 })
    opened.on('line', (line) => {
      if (waiting) waiting.resolve(line)
      else if (ahead.length < MAX_LINES_AHEAD) ahead.push(line)
      waiting = undefined
    })
    opened.on('close', () => {
      isEnded = true
      waiting?.resolve(undefined)
      waiting = undefined
    })
    opened.on('SIGINT', () => {
      const asked = waiting
      waiting = undefined
      opened.close()
      output.write('\n')
      // Between two questions there is nobody to report to: the process ends as it would without a prompt.
      if (asked) asked.reject(new InterruptedError('interrupted'))
      else process.kill(process.pid, 'SIGINT')
    })
    return opened
  }

  return {
    ask(text) {
      reader ??= open()
      const line = ahead.shift()
      if (line !== undefined) return Promise.resolve(line)
      if (isEnded) return Promise.resolve(undefined)
      reader.setPrompt(text)
      reader.prompt()
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
      })
    },
    close: () => reader?.close(),
  }
}
