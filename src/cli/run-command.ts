import { WitnessPolicyFaultsError } from '../boot/witness-policy-file.ts'
import { findNearestWord } from '../encoding/nearest-word.ts'
import { SluisError } from '../errors.ts'
import type { Language } from '../model/language.ts'
import { COMMAND_GROUPS, COMMANDS } from './commands.ts'
import { type Command, EXIT, type ExitCode, type Terminal } from './terminal/command.ts'
import { CommandError, UsageError, VerificationError } from './terminal/failure.ts'
import { formatCommandHelp, formatCommandList, formatHelp, formatUse } from './terminal/help.ts'
import { guardTerminal, printText } from './terminal/visible-text.ts'

/**
 * Runs the command that the first words name. Every failure is reported in one line on `err`, without a stack trace; a wrong
 * command line also gets the right one.
 */
export async function runCommand(args: readonly string[], unguarded: Terminal): Promise<ExitCode> {
  const terminal = guardTerminal(unguarded)
  const [first] = args
  if (first === undefined || first === '--help' || first === '-h') return showHelp([], terminal)
  if (first === 'help') return showHelp(args.slice(1), terminal)
  const command = findCommand(args)
  if (!command) return rejectCommand(args, terminal)
  if (args.includes('--help') || args.at(-1) === '-h') return showHelp(command.name.split(' '), terminal)
  try {
    return await command.run(args.slice(command.name.split(' ').length), terminal)
  } catch (error) {
    const isMalformed = error instanceof WitnessPolicyFaultsError
    for (const fault of isMalformed ? error.faults : []) terminal.err(fault)
    if (error instanceof UsageError) printText(terminal.err, `sluis: ${error.message}\n${formatUse(command)}`)
    else for (const message of messagesOf(error, languageIn(args))) terminal.err(`sluis: ${message}`)
    return isMalformed || error instanceof VerificationError ? EXIT.verificationFailed : EXIT.failed
  }
}

const findCommand = (words: readonly string[]): Command | undefined =>
  COMMANDS.find(({ name }) => name.split(' ').every((word, index) => words[index] === word))

/** The commands that begin with a word: those of `policy`. */
const findFamily = (word: string): readonly Command[] => COMMANDS.filter(({ name }) => name.split(' ')[0] === word)

/** `sluis help`, `sluis help COMMAND`, and `sluis help policy` for the commands that start with that word. */
function showHelp(words: readonly string[], terminal: Terminal): ExitCode {
  if (words.length === 0) printText(terminal.out, formatHelp(COMMAND_GROUPS))
  else {
    const command = findCommand(words)
    const family = findFamily(words[0]!)
    if (command) printText(terminal.out, formatCommandHelp(command))
    else if (words.length === 1 && family.length > 0) for (const line of formatCommandList(family)) terminal.out(line)
    else return rejectCommand(words, terminal)
  }
  return EXIT.done
}

function rejectCommand(words: readonly string[], terminal: Terminal): ExitCode {
  const family = findFamily(words[0]!)
  if (family.length > 0 && (words.length === 1 || words[1]!.startsWith('-'))) {
    terminal.err(`sluis: \`${words[0]}\` needs one more word:`)
    for (const line of formatCommandList(family)) terminal.err(line)
    return EXIT.failed
  }
  const names = COMMANDS.map(({ name }) => name)
  const nearest = findNearestWord(words.slice(0, 2).join(' '), names) ?? findNearestWord(words[0]!, names)
  const mend = nearest === undefined ? '`sluis help` lists the commands' : `did you mean \`sluis ${nearest}\`?`
  terminal.err(`sluis: there is no such command; ${mend}`)
  return EXIT.failed
}

/** The language that a command line asks for, also when its command failed before it read its options. */
function languageIn(args: readonly string[]): Language {
  const given =
    args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length) ?? args[args.indexOf('--lang') + 1]
  return given === 'nl' && args.some((arg) => arg.startsWith('--lang')) ? 'nl' : 'en'
}

function messagesOf(error: unknown, language: Language): readonly string[] {
  if (error instanceof SluisError) return error.faults.map(({ detail }) => detail[language])
  if (error instanceof CommandError) return [error.text[language]]
  return [error instanceof Error ? error.message : 'failed']
}
