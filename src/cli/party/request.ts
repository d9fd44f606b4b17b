import { readFileSync } from 'node:fs'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_ALWAYS_OPTION, LANGUAGE_OPTION, PARTY_OPTION } from '../terminal/options.ts'
import { printAnswer, printText } from '../terminal/visible-text.ts'
import { openClient } from './open-client.ts'

/** Like `gh api`: fetches a token, signs the DPoP proof, sends, and prints the answer. */
export const request = defineCommand({
  name: 'request',
  summary: {
    nl: 'de API aanroepen als een partij, met token en DPoP-bewijs, en het antwoord tonen',
    en: 'call the API as a party: fetch a token, sign the DPoP proof, send, and print the answer',
  },
  usage: 'METHOD PATH --as PARTY',
  operands: {
    METHOD: { nl: 'GET of POST', en: 'GET or POST' },
    PATH: { nl: 'pad van de API, zoals /v1/policies', en: 'path of the API, such as /v1/policies' },
  },
  options: {
    ...PARTY_OPTION,
    body: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'bestand met het bericht in JSON; - leest de standaardinvoer',
        en: 'file of the JSON body; - reads standard input',
      },
    },
    header: {
      type: 'string',
      multiple: true,
      default: [] as string[],
      value: 'NAME:VALUE',
      what: { nl: 'een header om mee te sturen', en: 'a header to add' },
    },
    ...LANGUAGE_OPTION,
    ...JSON_ALWAYS_OPTION,
  },
  exits: { refused: { nl: 'de gateway weigerde (HTTP 403)', en: 'the gateway refused (HTTP 403)' } },
  examples: [
    'request GET /v1/policies --as politie',
    'request POST /v1/exchanges/_check --as politie --body var/demo/check.json',
    'request POST /v1/exchanges --as politie --body var/demo/report.json --header Idempotency-Key:ID',
  ],
  async run({ values, positionals, settings }, terminal) {
    const [method, path] = positionals
    if (!method || !path?.startsWith('/') || !values.as)
      throw new UsageError({
        nl: 'geef een methode, een pad dat begint met `/`, en --as PARTY',
        en: 'give a method, a path that starts with `/`, and --as PARTY',
      })
    const client = await openClient(settings(), values.as)
    const body =
      values.body === undefined
        ? undefined
        : values.body === '-'
          ? await terminal.readInput()
          : readFileSync(values.body)
    const headers: Record<string, string> = { 'accept-language': values.lang }
    if (body) headers['content-type'] = 'application/json'
    // Every run is a new report; to repeat one, give its key with --header.
    if (method.toUpperCase() === 'POST' && path === '/v1/exchanges') headers['idempotency-key'] = crypto.randomUUID()
    for (const header of values.header) {
      const colon = header.indexOf(':')
      if (colon < 1)
        throw new UsageError({ nl: '--header schrijft u als NAME:VALUE', en: '--header is written NAME:VALUE' })
      headers[header.slice(0, colon).trim().toLowerCase()] = header.slice(colon + 1).trim()
    }
    const response = await client.request(method.toUpperCase(), path, {
      headers,
      ...(body && { body: new Uint8Array(body) }),
    })
    const text = await response.text()
    terminal.err(`HTTP ${response.status}`)
    if (/\bjson\b/.test(response.headers.get('content-type') ?? ''))
      printText(terminal.out, JSON.stringify(JSON.parse(text), null, 2))
    // A checkpoint or a CSV export that goes to a file must keep its bytes; on a screen it must not move the cursor.
    else printAnswer(terminal, text)
    return response.ok ? EXIT.done : response.status === 403 ? EXIT.refused : EXIT.failed
  },
})
