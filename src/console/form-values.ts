import { isContentEncoded, readBounded } from '../encoding/bounded-body.ts'
import { sluisError } from '../errors.ts'
import { MAX_BODY_BYTES } from '../report/json.ts'

/** More fields than a report of every kind has for every person in it. */
const MAX_FIELDS = 5_000

/** What a form holds, by the names of its fields. */
export type FormValues = URLSearchParams

/**
 * The fields of a form that was sent. An unchecked box and an absent field look the same.
 * @throws SluisError `content-type-unsupported` (415) or `body-too-large` (413)
 * @see URL Standard, application/x-www-form-urlencoded parsing
 */
export async function readForm(request: Request): Promise<FormValues> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType) || isContentEncoded(request.headers)) {
    throw sluisError('content-type-unsupported', {
      nl: 'stuur het formulier met `Content-Type: application/x-www-form-urlencoded`',
      en: 'send the form with `Content-Type: application/x-www-form-urlencoded`',
    })
  }
  const bytes = await readBounded(request.body, MAX_BODY_BYTES)
  const text = new TextDecoder().decode(bytes)
  // Counted before parsing, because each field costs an object.
  if (bytes.length > MAX_BODY_BYTES || text.split('&', MAX_FIELDS + 1).length > MAX_FIELDS) {
    throw sluisError('body-too-large', {
      nl: `het formulier is te groot; stuur ten hoogste ${MAX_BODY_BYTES} bytes en ${MAX_FIELDS} velden`,
      en: `the form is too large; send at most ${MAX_BODY_BYTES} bytes and ${MAX_FIELDS} fields`,
    })
  }
  return new URLSearchParams(text)
}
