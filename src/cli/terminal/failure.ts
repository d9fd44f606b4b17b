import type { LocalisedText } from '../../model/language.ts'

/** A failure of a command, in words that say what to do, in the language of the reader. Exit 1. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly text: LocalisedText

  constructor(text: LocalisedText, options?: ErrorOptions) {
    super(text.en, options)
    this.text = text
  }
}

/** A command line that cannot be run; the text says what it should be. Exit 1. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
}

/** Something that failed verification, or is too malformed to be verified; the text says where and how to fix it. Exit 4. */
export class VerificationError extends CommandError {
  override readonly name = 'VerificationError'
}
