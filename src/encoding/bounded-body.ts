/**
 * Reads a body until it ends or exceeds `maxBytes`, whatever its Content-Length claims; the rest is not awaited.
 * @returns more than `maxBytes` bytes exactly when the body has more
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body?.getReader()
  while (reader && length <= maxBytes) {
    const chunk = await reader.read()
    if (chunk.done) break
    chunks.push(chunk.value)
    length += chunk.value.length
  }
  if (length > maxBytes) await reader?.cancel()
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

/** Whether a body is sent in a content coding; `identity` is none (RFC 9110 §8.4 and §12.5.3). */
export function isContentEncoded(headers: Headers): boolean {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  return coding !== '' && coding !== 'identity'
}
