import { WitnessPolicyFaultsError } from '../boot/witness-policy-file.ts'
import { SluisError } from '../errors.ts'
import { COMMANDS } from './commands.ts'
import { EXIT, type ExitCode, type Terminal, UsageError, VerificationError } from './terminal/command.ts'

/**
 * Runs the command that the first words name. Whatever goes wrong is said in one line on `err`, without a stack trace; a
 * command line that makes no sense is answered with what does.
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, position) => args[position] === word))
  if (!command) {
    const isHelp = args.length === 0 || ['help', '--help', '-h'].includes(args[0]!)
    terminal[isHelp ? 'out' : 'err'](formatHelp())
    return isHelp ? EXIT.done : EXIT.failed
  }
  if (args.includes('--help')) {
    terminal.out(`${command.summary}\nuse: sluis ${command.name} ${command.usage}`)
    return EXIT.done
  }
  try {
    return await command.run(args.slice(command.name.split(' ').length), terminal)
  } catch (error) {
    const isMalformed = error instanceof WitnessPolicyFaultsError
    for (const fault of isMalformed ? error.faults : []) terminal.err(fault)
    for (const message of messagesOf(error)) terminal.err(`sluis: ${message}`)
    if (error instanceof UsageError) terminal.err(`use: sluis ${command.name} ${command.usage}`)
    return isMalformed || error instanceof VerificationError ? EXIT.verificationFailed : EXIT.failed
  }
}

function messagesOf(error: unknown): readonly string[] {
  if (error instanceof SluisError) return error.faults.map(({ detail }) => detail.en)
  return [error instanceof Error ? error.message : 'failed']
}

function formatHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  return [
    'sluis: data-sharing gateway for the chain against human trafficking',
    '',
    ...COMMANDS.map(({ name, summary }) => `  sluis ${name.padEnd(width)}  ${summary}`),
    '',
    'sluis COMMAND --help shows what it takes',
    'exit codes: 0 done, 1 failed, 2 refused, 3 rule file invalid, 4 verification failed',
  ].join('\n')
}
