import { createServer } from 'node:net'
import { runCommand } from '../../src/cli/run-command.ts'

/**
 * Runs commands of `sluis` in its own folder for `send-command.ts`, so that the modules are loaded once and not for every
 * line of the docs. One connection is one command: a JSON line each way.
 */
export interface CommandCall {
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface CommandResult {
  readonly code: number
  readonly out: string
  readonly err: string
}

const [socketPath] = process.argv.slice(2)
const server = createServer({ allowHalfOpen: true }, async (socket) => {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  const { args, environment } = JSON.parse(Buffer.concat(chunks).toString()) as CommandCall
  const lines = { out: '', err: '' }
  const code = await runCommand(args, {
    out: (line) => {
      lines.out += `${line}\n`
    },
    err: (line) => {
      lines.err += `${line}\n`
    },
    environment,
    readInput: async () => new Uint8Array(),
  })
  socket.end(JSON.stringify({ code, ...lines } satisfies CommandResult))
})
server.listen(socketPath, () => console.log('listening'))
