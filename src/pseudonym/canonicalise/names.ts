import { accepted, type Canonicalisation, type Refusal, refused } from './outcome.ts'
import { withoutLeadingParticles } from './particles.ts'
import { splitWords, type TextRules } from './words.ts'

const MAX_PARTS = 60

/**
 * Given names or a tussenvoegsel: lower-case parts in Latin letters, with one space between, as `splitWords` finds them. Digits,
 * symbols, emoji and control characters belong to no name: a field with them probably contains something else,
 * such as a number that must not be accepted as a name.
 */
export const canonicaliseName = (value: string): Canonicalisation => canonicaliseParts(value)

/**
 * A family name, as `canonicaliseName`, without the particles in front: `van der Wiel` here is the same as `Wiel` here and
 * `van der` as tussenvoegsel. A name of particles only is kept whole.
 */
export const canonicaliseFamilyName = (value: string): Canonicalisation =>
  canonicaliseParts(value, { hasArticles: true }, withoutLeadingParticles)

/** Another name that a person is known by, whole or in part; all its parts count. */
export const canonicaliseAlias = (value: string): Canonicalisation => canonicaliseParts(value, { hasArticles: true })

function canonicaliseParts(
  value: string,
  rules: TextRules = {},
  select: (parts: readonly string[]) => readonly string[] = (parts) => parts,
): Canonicalisation {
  const result = splitWords(value, rules)
  if (!result.ok) return REFUSALS[result.reason]
  if (result.words.length > MAX_PARTS) return REFUSALS['too-long']
  return result.words.length > 0 ? accepted(select(result.words).join(' ')) : withoutLetters
}

const REFUSALS: Readonly<Record<'foreign-character' | 'too-long', Refusal>> = {
  'foreign-character': refused(
    'bevat een teken dat niet in een naam hoort; gebruik letters, spaties en leestekens',
    'holds a character that belongs to no name; use letters, spaces and punctuation',
  ),
  'too-long': refused(
    'is te lang; geef hoogstens 200 tekens en 60 delen',
    'is too long; give at most 200 characters and 60 parts',
  ),
}
const withoutLetters = refused(
  'bevat geen letters; laat het veld weg als de naam onbekend is',
  'holds no letters; leave the field out when the name is unknown',
)
