import { readFileSync } from 'node:fs'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { openClient } from './open-client.ts'

/** Like `gh api`: fetches a token, signs the DPoP proof, sends, and prints the answer. */
export const request: Command = {
  name: 'request',
  usage: 'METHOD PATH --as PARTY [--body FILE|-] [--header NAME:VALUE …]',
  summary: 'call the API as a party, with its keys',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      as: { type: 'string' },
      body: { type: 'string' },
      header: { type: 'string', multiple: true, default: [] },
      lang: { type: 'string', default: 'en' },
    })
    const [method, path] = positionals
    if (!method || !path?.startsWith('/') || !values.as)
      throw new UsageError('give a method, a path that starts with `/`, and --as PARTY')
    const client = await openClient(terminal, values.as)
    const body =
      values.body === undefined
        ? undefined
        : values.body === '-'
          ? await terminal.readInput()
          : readFileSync(values.body)
    const headers: Record<string, string> = { 'accept-language': values.lang }
    if (body) headers['content-type'] = 'application/json'
    // A new key for every run, as for every report; give the same one with --header to send the same report again.
    if (method.toUpperCase() === 'POST' && path === '/v1/exchanges') headers['idempotency-key'] = crypto.randomUUID()
    for (const header of values.header) {
      const colon = header.indexOf(':')
      if (colon < 1) throw new UsageError('--header is written NAME:VALUE')
      headers[header.slice(0, colon).trim().toLowerCase()] = header.slice(colon + 1).trim()
    }
    const response = await client.request(method.toUpperCase(), path, {
      headers,
      ...(body && { body: new Uint8Array(body) }),
    })
    const text = await response.text()
    terminal.err(`HTTP ${response.status}`)
    terminal.out(
      /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.stringify(JSON.parse(text), null, 2) : text,
    )
    return response.ok ? EXIT.done : response.status === 403 ? EXIT.refused : EXIT.failed
  },
}
