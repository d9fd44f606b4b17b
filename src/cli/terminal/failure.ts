import { LocalisedError } from '../../errors.ts'

/** A failure of a command. Exit 1. */
export class CommandError extends LocalisedError {
  override readonly name: string = 'CommandError'
}

/** A command line that cannot be run; the text says what it should be. Exit 1. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
}

/** Something that failed verification, or is too malformed to be verified; the text says where and how to fix it. Exit 4. */
export class VerificationError extends CommandError {
  override readonly name = 'VerificationError'
}
