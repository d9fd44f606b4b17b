import { sluisError } from '../errors.ts'
import { MAX_BODY_BYTES, parseJson } from '../report/json.ts'
import type { Json } from '../types.ts'

/**
 * The body of a request as strictly parsed JSON.
 * @throws SluisError `content-type-unsupported` (415), `body-too-large` (413) or one of `json-…` (400)
 */
export async function readJson(request: Request): Promise<Json> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType)) {
    throw sluisError('content-type-unsupported', {
      nl: 'stuur het bericht met `Content-Type: application/json`',
      en: 'send the body with `Content-Type: application/json`',
    })
  }
  return parseJson(await readBytes(request))
}

/** Stops reading as soon as the body is too large, whatever its Content-Length claims. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body) {
    const reader = request.body.getReader()
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      length += chunk.value.length
      if (length > MAX_BODY_BYTES) {
        await reader.cancel()
        throw sluisError('body-too-large', {
          nl: 'een bericht is hoogstens 1 MiB; splits de melding',
          en: 'a body is at most 1 MiB; split the report',
        })
      }
      chunks.push(chunk.value)
    }
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
