import { WitnessPolicyFaultsError } from '../boot/witness-policy-file.ts'
import { findNearestWord } from '../encoding/nearest-word.ts'
import { LocalisedError, SluisError } from '../errors.ts'
import type { Language } from '../model/language.ts'
import { COMMAND_GROUPS, COMMANDS } from './commands.ts'
import { type Command, EXIT, type ExitCode, type Terminal } from './terminal/command.ts'
import { UsageError, VerificationError } from './terminal/failure.ts'
import { formatCommandHelp, formatCommandList, formatHelp, formatUse } from './terminal/help.ts'
import { guardTerminal, printText } from './terminal/visible-text.ts'
import { formatReason } from './verification/reasons.ts'

/**
 * Runs the command that the first words name. `--lang` is accepted anywhere, also before the command: help and errors are in that
 * language, and so is what the command prints when it has the option. Every failure is reported in one line on `err`, without a
 * stack trace; a wrong command line also gets the right one.
 */
export async function runCommand(given: readonly string[], unguarded: Terminal): Promise<ExitCode> {
  const terminal = guardTerminal(unguarded)
  const { args, chosen } = takeLanguage(given)
  const language = chosen === 'nl' ? 'nl' : 'en'
  if (chosen !== undefined && chosen !== language) return rejectLanguage(args, terminal)
  const [first] = args
  if (first === undefined || first === '--help' || first === '-h') return showHelp([], terminal, language)
  if (first === 'help') return showHelp(args.slice(1), terminal, language)
  const command = findCommand(args)
  if (!command) return rejectCommand(args, terminal, language)
  if (args.includes('--help') || args.at(-1) === '-h') return showHelp(command.name.split(' '), terminal, language)
  try {
    const rest = args.slice(command.name.split(' ').length)
    const argsOfCommand = chosen !== undefined && 'lang' in command.options ? ['--lang', language, ...rest] : rest
    return await command.run(argsOfCommand, terminal)
  } catch (error) {
    const isMalformed = error instanceof WitnessPolicyFaultsError
    for (const fault of isMalformed ? error.faults : []) terminal.err(formatReason(fault, language))
    if (error instanceof UsageError)
      printText(terminal.err, `sluis: ${error.text[language]}\n${formatUse(command, language)}`)
    else for (const message of messagesOf(error, language)) terminal.err(`sluis: ${message}`)
    return isMalformed || error instanceof VerificationError ? EXIT.verificationFailed : EXIT.failed
  }
}

/** Takes every `--lang` out of a command line; the last one counts, and one without a value is the empty text. */
function takeLanguage(given: readonly string[]): { readonly args: readonly string[]; readonly chosen?: string } {
  const at = given.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  if (at < 0) return { args: given }
  const isApart = given[at] === '--lang'
  const chosen = isApart ? (given[at + 1] ?? '') : given[at]!.slice('--lang='.length)
  return { chosen, ...takeLanguage(given.toSpliced(at, isApart ? 2 : 1)) }
}

const findCommand = (words: readonly string[]): Command | undefined =>
  COMMANDS.find(({ name }) => name.split(' ').every((word, index) => words[index] === word))

/** The commands that begin with a word: those of `policy`. */
const findFamily = (word: string): readonly Command[] => COMMANDS.filter(({ name }) => name.split(' ')[0] === word)

/** `sluis help`, `sluis help COMMAND`, and `sluis help policy` for the commands that start with that word. */
function showHelp(words: readonly string[], terminal: Terminal, language: Language): ExitCode {
  if (words.length === 0) printText(terminal.out, formatHelp(COMMAND_GROUPS, language))
  else {
    const command = findCommand(words)
    const family = findFamily(words[0]!)
    if (command) printText(terminal.out, formatCommandHelp(command, language))
    else if (words.length === 1 && family.length > 0)
      for (const line of formatCommandList(family, language)) terminal.out(line)
    else return rejectCommand(words, terminal, language)
  }
  return EXIT.done
}

/** In English, because no language is known. */
function rejectLanguage(args: readonly string[], terminal: Terminal): ExitCode {
  const command = findCommand(args)
  terminal.err('sluis: --lang is nl or en')
  if (command) terminal.err(formatUse(command, 'en'))
  return EXIT.failed
}

function rejectCommand(words: readonly string[], terminal: Terminal, language: Language): ExitCode {
  const isDutch = language === 'nl'
  const family = findFamily(words[0]!)
  if (family.length > 0 && (words.length === 1 || words[1]!.startsWith('-'))) {
    terminal.err(`sluis: \`${words[0]}\` ${isDutch ? 'heeft nog een woord nodig' : 'needs one more word'}:`)
    for (const line of formatCommandList(family, language)) terminal.err(line)
    return EXIT.failed
  }
  const names = COMMANDS.map(({ name }) => name)
  const nearest = findNearestWord(words.slice(0, 2).join(' '), names) ?? findNearestWord(words[0]!, names)
  const known = isDutch ? '`sluis help` noemt de opdrachten' : '`sluis help` lists the commands'
  const meant = isDutch ? 'bedoelde u' : 'did you mean'
  const mend = nearest === undefined ? known : `${meant} \`sluis ${nearest}\`?`
  terminal.err(`sluis: ${isDutch ? 'die opdracht bestaat niet' : 'there is no such command'}; ${mend}`)
  return EXIT.failed
}

function messagesOf(error: unknown, language: Language): readonly string[] {
  if (error instanceof SluisError) return error.faults.map(({ detail }) => detail[language])
  if (error instanceof LocalisedError) return [error.text[language]]
  if (error instanceof WitnessPolicyFaultsError) return [formatReason(error.message, language)]
  return [error instanceof Error ? error.message : 'failed']
}
