#!/usr/bin/env node
import { SluisError } from '../errors.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './command.ts'
import { COMMANDS } from './commands.ts'

const terminal: Terminal = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  environment: process.env,
  async readInput() {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
}

async function runCommand(args: readonly string[]): Promise<ExitCode> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, position) => args[position] === word))
  if (!command) {
    const isHelp = args.length === 0 || ['help', '--help', '-h'].includes(args[0]!)
    terminal[isHelp ? 'out' : 'err'](formatHelp())
    return isHelp ? EXIT.done : EXIT.failed
  }
  try {
    return await command.run(args.slice(command.name.split(' ').length), terminal)
  } catch (error) {
    if (error instanceof UsageError) terminal.err(`sluis: ${error.message}\nuse: sluis ${command.name} ${command.usage}`)
    else if (error instanceof SluisError) terminal.err(`sluis: ${error.message}`)
    else terminal.err(`sluis: ${error instanceof Error ? error.message : 'failed'}`)
    return EXIT.failed
  }
}

function formatHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name, usage }) => `${name} ${usage}`.length))
  return [
    'sluis: data-sharing gateway for the chain against human trafficking',
    '',
    ...COMMANDS.map(({ name, usage, summary }) => `  sluis ${`${name} ${usage}`.padEnd(width)}  ${summary}`),
    '',
    'exit codes: 0 done, 1 failed, 2 refused, 3 rule file invalid, 4 verification failed',
  ].join('\n')
}

process.exitCode = await runCommand(process.argv.slice(2))
