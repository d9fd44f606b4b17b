import { foldText, type Span } from './folded-text.ts'
import { findIdentifiers } from './identifier-patterns.ts'
import { findKnownValue } from './known-values.ts'

const PLACEHOLDER = '[weggelaten]'

/**
 * Removes identifiers from free text: everything in the form of one (BSN, V-nummer, IBAN, telephone number, e-mail address)
 * and every known value, whatever its case, accents or grouping, and for a date in its common notations. Each becomes
 * `[weggelaten]`. Not replaced: a known value of one character, one of two letters without a capital, and a year on its own.
 *
 * This reduces the risk and does not remove it: a person can also be described.
 *
 * @param knownValues values as they were submitted: names, numbers, dates `YYYY-MM-DD`
 * @returns the text, and how many ranges were replaced
 */
export function redactIdentifiers(
  text: string,
  knownValues: readonly string[],
): { readonly text: string; readonly redactions: number } {
  const foldedText = foldText(text)
  const merged = mergeSpans([
    ...findIdentifiers(foldedText.folded).map(foldedText.locate),
    ...[...new Set(knownValues)].flatMap((value) => findKnownValue(value, foldedText)),
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
