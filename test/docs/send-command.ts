import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import type { CommandCall, CommandResult } from './command-server.ts'

// Stands in for `npx`: what follows `sluis` goes to the command server.
const [program, ...args] = process.argv.slice(2)
if (program !== 'sluis')
  throw new Error(`the docs call ${program} with npx; name it among the commands that are not run`)
const socket = createConnection(process.env.COMMAND_SOCKET!)
socket.end(JSON.stringify({ args, environment: process.env } satisfies CommandCall))
const { code, out, err } = JSON.parse(await text(socket)) as CommandResult
process.stdout.write(out)
process.stderr.write(err)
process.exitCode = code
