import { runCommand } from './run-command.ts'
import type { Terminal } from './terminal/command.ts'

const terminal: Terminal = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  environment: process.env,
  ...(!process.stdout.isTTY && { raw: (text: string) => void process.stdout.write(text) }),
  ...(process.stderr.isTTY && { showProgress: (line: string) => void process.stderr.write(`\r\x1b[2K${line}`) }),
  async readInput() {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
}

process.exitCode = await runCommand(process.argv.slice(2), terminal)
