const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/**
 * Words that join names and distinguish no persons: Dutch tussenvoegsels (in 't and van 't are two words here), their
 * abbreviations and their counterparts elsewhere, in canonical form (bn, abn and abw are Arabic letters).
 */
const PARTICLES = words(`
  a aan af bij boven d de den der des die en het in of onder op over s t te ten ter tho thoe to toe tot uijt uit v van vanden
  vander vd ver voor
  am auf aus dem im und unter vom von vor zu zum zur
  da das dal dalla de degli dei del della delle di do dos du e i l la las le les lo los y
  abd abn abu abw al as at ben bin bint binti bn ech ed el ibn oglu ould oulad ul ur
`)

/** Particles that are names as well: Ben, Di, Lo. In a field of given names they count as names. */
const PARTICLES_THAT_ARE_NAMES = words('ben dal di do don im le lo')

/** Placeholders for an unknown name, or names that only mark the sex; shared by too many people to be evidence. */
const EMPTY_WORDS = words(
  'anoniem anonymous baby fnu lnu nb nn nnb ntb nomen nescio nvt onbekend onbekende unbekannt unknown thi xx xxx',
)

/** The surname without its leading particles; one without evidence after them, such as `Le Thi`, is kept whole. */
export function withoutLeadingParticles(parts: readonly string[]): readonly string[] {
  const first = parts.findIndex((part) => !PARTICLES.has(part))
  return first > 0 && parts.slice(first).some(isEvidence) ? parts.slice(first) : parts
}

/**
 * The parts of a canonical name that count as evidence, each once: no initials and no words for an unknown name. Particles
 * count only when the name has nothing else: the surname Le is evidence, the `de` of `de J.` is not.
 */
export function distinctiveParts(canonical: string, field: 'given' | 'family'): readonly string[] {
  const parts = [...new Set(canonical.split(' '))]
  const isParticle = (part: string) => PARTICLES.has(part) && !(field === 'given' && PARTICLES_THAT_ARE_NAMES.has(part))
  const distinctive = parts.filter((part) => isEvidence(part) && !isParticle(part))
  if (distinctive.length > 0) return distinctive
  return parts.every((part) => isParticle(part) || EMPTY_WORDS.has(part)) ? parts.filter(isEvidence) : []
}

const isEvidence = (part: string): boolean => !EMPTY_WORDS.has(part) && !isInitial(part)

/** A single letter: `transliterate` never leaves a real name of one letter. */
const isInitial = (part: string): boolean => /^\p{L}\p{M}*$/u.test(part)
