import { foldText, type Span } from './folded-text.ts'
import { findIdentifiers } from './identifier-patterns.ts'
import { findKnownNumbers, findKnownValue } from './known-values.ts'
import { findRomanisedNames, type Romanise } from './romanised-words.ts'

const PLACEHOLDER = '[weggelaten]'

/**
 * Removes identifiers from free text: everything in the form of one (BSN, V-nummer, IBAN, telephone number, e-mail address, any other number
 * as long as these) and every known value, whatever its case, accents, digits or grouping; a name in any script, a date in its common
 * notations, and a telephone number with or without its country code. Each becomes `[weggelaten]`. Not replaced: a known
 * value of one character, one of two letters without a capital, and a year on its own.
 *
 * This reduces the risk and does not remove it: a person can also be described.
 *
 * @param knownValues values as they were submitted or in canonical form: names, numbers, dates `YYYY-MM-DD`
 * @param romanise a word as names are compared; case alone is folded when absent
 * @returns the text, and how many ranges were replaced
 */
export function redactIdentifiers(
  text: string,
  knownValues: readonly string[],
  romanise: Romanise = (word) => word.toLowerCase(),
): { readonly text: string; readonly redactions: number } {
  const foldedText = foldText(text)
  const known = [...new Set(knownValues)]
  const merged = mergeSpans([
    ...findIdentifiers(foldedText.folded).map(foldedText.locate),
    ...known.flatMap((value) => findKnownValue(value, foldedText)),
    ...findKnownNumbers(known, foldedText),
    ...findRomanisedNames(
      text,
      known.filter((value) => !/\p{N}|@/u.test(value)),
      romanise,
    ),
  ])

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
