import { foldText, type Span } from './folded-text.ts'
import { findIdentifiers } from './identifier-patterns.ts'
import { createNumberFinder, createValueFinder } from './known-values.ts'
import { readLettersAndDigits } from './letters-and-digits.ts'
import { createNameFinder, type Romanise } from './romanised-words.ts'

/** Removes identifiers from a text. @returns the text, and how many ranges were replaced */
export type Redact = (text: string) => { readonly text: string; readonly redactions: number }

const PLACEHOLDER = '[weggelaten]'

/**
 * Prepares the removal of identifiers from free text: everything in the form of one (BSN, V-nummer, IBAN, telephone number, e-mail address,
 * any other number as long as these) and every known value, whatever its case, accents, digits or grouping; a name in any script, a date in
 * its common notations, and a telephone number with or without its country code. Each becomes `[weggelaten]`. Not replaced: a known
 * value of one character, one of two letters without a capital, and a year on its own.
 *
 * This reduces the risk and does not remove it: a person can also be described. Known values are read once for all texts of a report; the
 * time for a text grows with its length, and for each known value by a search for a string.
 *
 * @param knownValues values as they were submitted or in canonical form: names, numbers, dates `YYYY-MM-DD`
 * @param romanise a word as names are compared; case alone is folded when absent
 */
export function createRedact(
  knownValues: readonly string[],
  romanise: Romanise = (word) => word.toLowerCase(),
): Redact {
  const known = [...new Set(knownValues)]
  const finders = [...known.map(createValueFinder), createNumberFinder(known)]
  const findNames = createNameFinder(
    known.filter((value) => !/\p{N}|@/u.test(value)),
    romanise,
  )
  return (text) => {
    const foldedText = foldText(text)
    const letters = readLettersAndDigits(foldedText.folded)
    return replaceSpans(text, [
      ...findIdentifiers(foldedText.folded).map(foldedText.locate),
      ...finders.flatMap((find) => find(foldedText, letters)),
      ...findNames(text),
    ])
  }
}

function replaceSpans(text: string, spans: readonly Span[]): ReturnType<Redact> {
  const merged = mergeSpans(spans)
  let redacted = ''
  let at = 0
  for (const { start, end } of merged) {
    redacted += text.slice(at, start) + PLACEHOLDER
    at = end
  }
  return { text: redacted + text.slice(at), redactions: merged.length }
}

/** The same ranges in order; ranges that touch or overlap are merged. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || span.start > last.end) merged.push(span)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
  }
  return merged
}
