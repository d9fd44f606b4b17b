import type { Language } from '../model/language.ts'

/** More languages and parameters than anybody sends; what follows is not read. */
const MAX_RANGES = 32
const MAX_PARAMETERS = 4

/**
 * The reader's language by `Accept-Language`: Dutch unless English has the higher weight.
 * @see RFC 9110 §12.5.4
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const weights = new Map<string, number>()
  for (const range of (acceptLanguage ?? '').split(',', MAX_RANGES)) {
    // Split before trimming: a pattern with spaces around the semicolon takes quadratic time on a run of spaces.
    const [tag = '', ...parameters] = range
      .toLowerCase()
      .split(';', MAX_PARAMETERS)
      .map((part) => part.trim())
    const language = tag.split('-')[0]!
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    const weight = quality === undefined ? 1 : Number.parseFloat(quality.slice(2))
    if (Number.isFinite(weight)) weights.set(language, Math.max(weight, weights.get(language) ?? 0))
  }
  const anyOther = weights.get('*') ?? 0
  return (weights.get('en') ?? anyOther) > (weights.get('nl') ?? anyOther) ? 'en' : 'nl'
}

/** The language in which a request is answered. */
export const languageOf = (request: Request): Language =>
  preferredLanguage(request.headers.get('accept-language') ?? undefined)
