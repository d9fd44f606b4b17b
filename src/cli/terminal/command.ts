import type { parseArgs } from 'node:util'
import type { Settings } from '../../boot/settings.ts'
import type { LocalisedText } from '../../model/language.ts'
import { parseArguments } from './arguments.ts'
import { readSettings } from './read-settings.ts'

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, refused: 2, invalidPolicy: 3, verificationFailed: 4 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Where a command writes: results to `out`, everything else to `err`. Both show control characters as escapes, newlines included. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  /** Writes a result unchanged, without a line break of its own. Absent when the result appears on a screen. */
  readonly raw?: (text: string) => void
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly readInput: () => Promise<Uint8Array>
  /**
   * Asks the person at the terminal, on the error stream; undefined when the input ends. Absent when nobody can answer: standard
   * input or the error stream is not a terminal. @throws InterruptedError at Ctrl-C
   */
  readonly ask?: (prompt: string) => Promise<string | undefined>
  /** Characters in a line of the screen. Absent when the output is not a terminal. */
  readonly columns?: number
  /** Replaces the progress line; an empty string removes it. Absent when the output is not a terminal. */
  readonly showProgress?: (line: string) => void
}

/** An option, as `node:util` parses it and as the help describes it. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  readonly default?: string | string[]
  /** Placeholder for the value in the help: `FILE`. */
  readonly value?: string
  /** What the option does, in one clause. */
  readonly what: LocalisedText
  /** What applies without the option, where `default` does not say it; a text for a name or number that is the same in both languages. */
  readonly otherwise?: string | LocalisedText
}

export type OptionTable = Readonly<Record<string, Option>>

/** What the help and `docs/commands.md` say about a command. */
export interface CommandDescription {
  /** Words on the command line: `audit verify`. */
  readonly name: string
  /** One line, starting with a verb. */
  readonly summary: LocalisedText
  /** Operands and required options; the rest is shown as `[options]`. */
  readonly usage: string
  /** Placeholder of each operand in `usage`, and what it is. */
  readonly operands?: Readonly<Record<string, LocalisedText>>
  readonly options: OptionTable
  /** What an exit code means here; 0 and 1 mean done and failed unless stated. */
  readonly exits?: Readonly<Partial<Record<keyof typeof EXIT, LocalisedText>>>
  /** Command lines after `sluis`, the simplest first. */
  readonly examples: readonly string[]
}

export interface Command extends CommandDescription {
  /** @throws UsageError for a wrong command line; VerificationError; any other Error fails the command */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}

type Parsed<Options extends OptionTable> = ReturnType<
  typeof parseArgs<{ options: Options; strict: true; allowPositionals: true }>
>

/** What the user gave to a command. */
export interface Input<Options extends OptionTable> {
  readonly values: Parsed<Options>['values']
  readonly positionals: readonly string[]
  /**
   * The settings of this run, read at the first call. Commands that need none do not fail on a wrong one.
   * @throws UsageError that names every setting that does not fit
   */
  readonly settings: () => Settings
}

/** A command whose options, help and page in `docs/commands.md` come from one description. */
export function defineCommand<Options extends OptionTable>(
  definition: Omit<CommandDescription, 'options'> & {
    readonly options: Options
    run(input: Input<Options>, terminal: Terminal): Promise<ExitCode>
  },
): Command {
  return {
    ...definition,
    run(args, terminal) {
      const { values, positionals } = parseArguments(args, definition)
      let settings: Settings | undefined
      return definition.run(
        {
          values,
          positionals,
          settings: () => {
            settings ??= readSettings(terminal.environment)
            return settings
          },
        },
        terminal,
      )
    },
  }
}
