import { findNearestWord } from '../../encoding/nearest-word.ts'
import { compareText } from '../../encoding/text-order.ts'
import type { Language, LocalisedText } from '../../model/language.ts'

/** A position in a rule file; lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A fault in a rule file: where it is, what is wrong, and how to fix it (`mend`). */
export interface PolicyFault extends Position {
  readonly message: LocalisedText
  readonly mend: LocalisedText
}

/** Formats a fault the way editors and terminals recognise: `file:line:column: what is wrong; how to fix it`. */
export function formatFault(fault: PolicyFault, language: Language = 'nl'): string {
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}; ${fault.mend[language]}`
}

/** Adds one fault to the list that the readers fill. */
export function addFault(faults: PolicyFault[], position: Position, message: LocalisedText, mend: LocalisedText): void {
  faults.push({ file: position.file, line: position.line, column: position.column, message, mend })
}

/** Sorts by file, then by position. */
export function sortFaults(faults: readonly PolicyFault[]): readonly PolicyFault[] {
  return faults.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
}

/** A word from a file in backticks, short and without control characters, so that it cannot disturb a terminal. */
export function quote(word: string): string {
  const printable = word.replace(/[\p{C}`]/gu, '�')
  return `\`${printable.length > 60 ? `${printable.slice(0, 60)}…` : printable}\``
}

/** How to fix an unknown word: the known word nearest to it, or all known words when they are few, or where they are listed. */
export function mendUnknown(word: string, known: Iterable<string>, where: LocalisedText): LocalisedText {
  const words = [...known].sort()
  const nearest = findNearestWord(word, words, maxTypingErrors)
  if (nearest !== undefined) return { nl: `bedoelde u ${quote(nearest)}?`, en: `did you mean ${quote(nearest)}?` }
  if (words.length > 0 && words.length <= 8) {
    const list = words.map(quote).join(', ')
    return { nl: `kies uit ${list}`, en: `choose from ${list}` }
  }
  return { nl: `kies een woord uit ${where.nl}`, en: `choose a word from ${where.en}` }
}

/**
 * Adds a fault about a key that is not one of `known`. Before a bracket the parser takes the next colon, so that `geldig {vanaf: …}`
 * has the key `geldig {vanaf`: then the fault is about the colon, and the result is the key that is meant.
 */
export function addUnknownKey(
  faults: PolicyFault[],
  position: Position,
  key: string,
  known: readonly string[],
): string | undefined {
  const meant = /^([a-z_]+) *[[{]/.exec(key)?.[1]
  if (meant !== undefined && known.includes(meant)) {
    addFault(
      faults,
      position,
      { nl: `na ${quote(meant)} ontbreekt de dubbele punt`, en: `the colon after ${quote(meant)} is missing` },
      { nl: `schrijf ${quote(`${meant}:`)} met een spatie erachter`, en: `write ${quote(`${meant}:`)} and a space` },
    )
    return meant
  }
  addFault(
    faults,
    position,
    { nl: `onbekende sleutel ${quote(key)}`, en: `unknown key ${quote(key)}` },
    mendUnknown(key, known, { nl: `de sleutels ${known.join(', ')}`, en: `the keys ${known.join(', ')}` }),
  )
  return undefined
}

// Words in a rule file are long and typed by hand: a third of the word may differ.
const maxTypingErrors = (word: string, known: string): number =>
  Math.max(1, Math.floor(Math.max(word.length, known.length) / 3))
