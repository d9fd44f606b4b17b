import { runCommand } from './run-command.ts'
import type { Terminal } from './terminal/command.ts'
import { openPrompt } from './terminal/prompt.ts'

const prompt = process.stdin.isTTY && process.stderr.isTTY ? openPrompt(process.stdin, process.stderr) : undefined
const terminal: Terminal = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  environment: process.env,
  ...(!process.stdout.isTTY && { raw: (text: string) => void process.stdout.write(text) }),
  ...(process.stderr.isTTY && { showProgress: (line: string) => void process.stderr.write(`\r\x1b[2K${line}`) }),
  ...(prompt && { ask: prompt.ask }),
  ...(process.stderr.isTTY && { columns: process.stderr.columns }),
  async readInput() {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
}

process.exitCode = await runCommand(process.argv.slice(2), terminal)
prompt?.close()
