import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

export interface ChildWitness {
  readonly url: string
  readonly verifierKey: string
  output(): string
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
  /** Asks it to stop, and gives its exit code. */
  stop(signal: 'SIGTERM' | 'SIGINT'): Promise<number | null>
}

/** Runs `sluis witness` as a process of its own and resolves when it listens. Killed after the test when it still runs. */
export async function startChildWitness(options: {
  readonly logs: string
  readonly data: string
  readonly name?: string
}): Promise<ChildWitness> {
  const name = options.name === undefined ? [] : ['--name', options.name]
  const args = ['witness', '--logs', options.logs, '--data', options.data, ...name, '--port', '0']
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => end(child, 'SIGKILL').then(() => undefined))
  let output = ''
  const collect = (text: string) => (output += text)
  child.stderr!.setEncoding('utf8').on('data', collect)
  const [verifierKey, url] = await new Promise<[string, string]>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      collect(text)
      const found = /^verifier key (\S+)\nlistening on ([^\s,]+)/m.exec(output)
      if (found) resolve([found[1]!, found[2]!])
    })
    child.once('exit', () => reject(new Error(`the witness did not start: ${output}`)))
  })
  return {
    url,
    verifierKey,
    output: () => output,
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    stop: (signal) => end(child, signal),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const gone = once(child, 'exit')
  child.kill(signal)
  const [code] = (await gone) as [number | null]
  return code
}
