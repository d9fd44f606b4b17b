import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { runCommand } from '../../src/cli/run-command.ts'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command in this process, with nothing but these settings. */
export async function runSluis(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Run> {
  const lines = { out: '', err: '' }
  const code = await runCommand(args, {
    out: (line) => {
      lines.out += `${line}\n`
    },
    err: (line) => {
      lines.err += `${line}\n`
    },
    environment: settings,
    readInput: async () => new TextEncoder().encode(input),
  })
  return { code, stdout: lines.out, stderr: lines.err }
}

/** Runs the command line as a user does, in a process of its own, and waits for its end. */
export async function spawnSluis(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** A line of a stack trace: something that a person at a terminal never gets to see. */
export const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m
