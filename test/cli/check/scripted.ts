import { runCommand } from '../../../src/cli/run-command.ts'
import type { Run } from '../run-sluis.ts'

export interface ScriptedRun extends Run {
  /** Prompts that were shown, in order. */
  readonly asked: readonly string[]
}

/**
 * Runs `sluis check` with somebody at the terminal.
 * @param reply what is typed at a prompt, given everything shown since the one before; undefined ends the input
 */
export async function checkAtTerminal(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  reply: (prompt: string, shown: string, number: number) => string | undefined,
  columns = 100,
): Promise<ScriptedRun> {
  const lines = { out: '', err: '' }
  const asked: string[] = []
  let since = 0
  const code = await runCommand(['check', ...args], {
    out: (line) => {
      lines.out += `${line}\n`
    },
    err: (line) => {
      lines.err += `${line}\n`
    },
    environment: settings,
    readInput: () => Promise.reject(new Error('standard input is a terminal')),
    columns,
    async ask(prompt) {
      asked.push(prompt)
      const shown = lines.err.slice(since)
      since = lines.err.length
      return reply(prompt, shown, asked.length)
    },
  })
  return { code, stdout: lines.out, stderr: lines.err, asked }
}

/** Replies in order, and then the end of the input. */
export const inOrder =
  (...replies: readonly string[]) =>
  (_prompt: string, _shown: string, number: number): string | undefined =>
    replies[number - 1]
