import { readBounded } from '../encoding/bounded-body.ts'
import type { Json } from '../encoding/json.ts'
import { sluisError } from '../errors.ts'
import { MAX_BODY_BYTES, parseJson } from '../report/json.ts'

/**
 * Largest body of a whole rule set, which only officers may send. The SQLite of a Durable Object stores no larger value, so every
 * set that one runtime accepts fits in the other.
 */
export const MAX_POLICY_BYTES = 1_900_000

/**
 * The body of a request as strictly parsed JSON.
 *
 * @param knownNames members that an error may name; any other name could be personal data and is shown as `*`
 * @throws SluisError `content-type-unsupported` (415), `body-too-large` (413) or one of `json-…` (400)
 */
export async function readJson(
  request: Request,
  knownNames: ReadonlySet<string>,
  maxBytes = MAX_BODY_BYTES,
): Promise<Json> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType)) {
    throw sluisError('content-type-unsupported', {
      nl: 'stuur het bericht met `Content-Type: application/json`',
      en: 'send the body with `Content-Type: application/json`',
    })
  }
  return parseJson(await readBody(request, maxBytes), knownNames, maxBytes)
}

/** Reading a stream costs more than reading a body in one piece; HTTP limits a body to its declared length (RFC 9112 §6.3). */
async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declaredBytes = Number(request.headers.get('content-length') ?? Number.NaN)
  if (declaredBytes <= maxBytes) return new Uint8Array(await request.arrayBuffer())
  return readBounded(request.body, maxBytes)
}
