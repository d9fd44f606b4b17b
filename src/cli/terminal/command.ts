import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, refused: 2, invalidPolicy: 3, verificationFailed: 4 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly readInput: () => Promise<Uint8Array>
  /** Replaces the line of progress by this one; an empty one takes it away. Absent where nobody watches. */
  readonly showProgress?: (line: string) => void
}

export interface Command {
  /** Words on the command line: `audit verify`. */
  readonly name: string
  /** What comes after the name, for the help. */
  readonly usage: string
  readonly summary: string
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}

/** A command line that makes no sense; the text says what does. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Something that failed verification, or is too malformed to be verified; the text says where and how to mend it. Exit 4. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError'
}

/** Options and positional words of a command. @throws UsageError with the option that is not known */
export function parseArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. ')[0]! : 'the options do not fit')
  }
}
