import { normalise, removeInvisible } from '../../encoding/plain-text.ts'
import { accepted, type Canonicalisation, noEvidence, refused } from './outcome.ts'

/** The words of the vocabulary that count as evidence. */
const SEXES: ReadonlySet<string> = new Set(['vrouw', 'man'])

/**
 * Sex: `vrouw` or `man`. Any other word of the vocabulary, such as `anders` or `onbekend`, is no evidence: it covers other and
 * unknown cases alike, so it neither supports nor contradicts a match.
 */
export function canonicaliseSex(value: string): Canonicalisation {
  const word = normalise(removeInvisible(value), 'NFKC').trim()
  if (!/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/.test(word)) {
    return refused(
      'is geen woord uit de woordenlijst; schrijf vrouw of man',
      'is no word of the vocabulary; write vrouw or man',
    )
  }
  const lower = word.toLowerCase()
  return SEXES.has(lower) ? accepted(lower) : noEvidence
}
