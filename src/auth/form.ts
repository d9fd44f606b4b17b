export type FormResult =
  | { readonly parameters: ReadonlyMap<string, string> }
  /** What is wrong, and its HTTP status. */
  | { readonly fault: string; readonly status: 400 | 413 }

/**
 * Reads a form of at most `maxBytes`. A parameter without a value counts as absent; one that is sent twice is refused.
 * @see RFC 6749 §3.2 and appendix B
 */
export async function parseForm(request: Request, maxBytes: number): Promise<FormResult> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/x-www-form-urlencoded') {
    return { status: 400, fault: 'Content-Type: not a form; send application/x-www-form-urlencoded' }
  }
  const text = await readText(request, maxBytes)
  if (text === undefined) return { status: 413, fault: `body: over ${maxBytes} bytes; send a smaller one` }

  const parameters = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (parameters.has(name)) return { status: 400, fault: 'body: a parameter is sent twice; send each once' }
    parameters.set(name, value)
  }
  return { parameters: new Map([...parameters].filter(([, value]) => value !== '')) }
}

/** The body as text, or undefined when it exceeds `maxBytes`: Content-Length is not trusted. */
async function readText(request: Request, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  if (request.body === null) return text
  const reader = request.body.getReader()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.byteLength
    if (length > maxBytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
  return text + decoder.decode()
}
