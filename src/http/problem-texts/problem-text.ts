import type { LocalisedText } from '../../model/language.ts'

/** What the page of a problem says, beside its title and status. Text between backticks is code. */
export interface ProblemText {
  /** What happened, and whether anything was sent or stored. */
  readonly happened: LocalisedText
  /** Lines of a request or an answer that show it; of made-up data. A text without words has no language. */
  readonly example: string | LocalisedText
  /** What the reader can do. */
  readonly action: LocalisedText
}
